"""Reads every stored document whose facts are missing or older than the rules, in parallel batches."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from data import similarity, store
from nlp import rules_version
from nlp.explain import Rival, rivals
from nlp.extract import load_extractor, plain_text

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from nlp.extract import Extractor

_BATCH = 250
_SMALL = 400  # documents that one process reads sooner than a second one starts
_CONTEXT = 80
_QUOTE = 200
_RIVALS = 3
_SCALARS = (
    "lang", "prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree",
    "degree_level", "seniority", "domain", "main_salary",
)  # fmt: skip
_PAY = ("min", "max", "annual_min", "annual_max", "currency", "period", "kind", "bound", "flag", "rule")
_UNREAD: dict[str, Any] = {
    "prompt_relation": "none", "work_kind": "unclear", "coding": "not_mentioned", "ml": "not_mentioned",
    "remote": "unspecified", "degree": "none_stated", "seniority": "unspecified",
}  # fmt: skip

Row = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """The rows of one batch, ready for data.store.save_facts."""

    facts: list[Row] = field(default_factory=list)
    salaries: list[Row] = field(default_factory=list)
    skills: list[Row] = field(default_factory=list)
    rivals: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Enriched:
    """What one enrich did: documents read, of them unreadable, and the rules that read them."""

    n_read: int
    n_errors: int
    rules_version: str


def enrich(
    engine: Engine, *, workers: int = 1, progress: Callable[[int, int], None] | None = None
) -> Enriched:
    """Derive facts for every document that has none of the current rules version.

    Each batch is one transaction, so a kill loses at most the batches under way and the next call
    goes on. `progress(done, total)` is called after each batch.
    """
    version = rules_version()
    total = store.count_pending(engine, version)
    done = errors = 0
    for rows in _read_all(
        store.pending_documents(engine, version, batch=_BATCH), version, workers if total > _SMALL else 1
    ):
        store.save_facts(engine, rows.facts, rows.salaries, rows.skills, rows.rivals)
        done += len(rows.facts)
        errors += sum(row["error"] is not None for row in rows.facts)
        if progress:
            progress(done, total)
    return Enriched(done, errors, version)


def _read_all(batches: Iterator[list[tuple[int, bytes]]], version: str, workers: int) -> Iterator[Rows]:
    if workers == 1:
        yield from (read_batch(batch, version) for batch in batches)
        return
    under_way: deque[Future[Rows]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool:
        for batch in batches:
            under_way.append(pool.submit(read_batch, batch, version))
            if len(under_way) > 2 * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for its next batch for ever: it ends instead."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def read_batch(batch: list[tuple[int, bytes]], version: str) -> Rows:
    """Facts of a batch of (document id, compressed body). Runs in a worker process."""
    rows = Rows()
    extractor = load_extractor()
    for document_id, body in batch:
        try:
            _read_document(rows, extractor, document_id, store.read_document(body), version)
        except Exception as error:  # noqa: BLE001 - the edge of a worker: one bad advert must not stop the rest
            rows.facts.append(_unread(document_id, version, f"{type(error).__name__}: {error}"))
    return rows


def _read_document(rows: Rows, extractor: Extractor, document_id: int, document: Row, version: str) -> None:
    text = plain_text(document)
    read, reading, found = extractor.read(advert(document, text))
    fact = {name: found[name] for name in _SCALARS} | {
        "document_id": document_id,
        "rules_version": version,
        "title": found["title"],
        "company": found["company"],
        "places": json.dumps(found["places"], ensure_ascii=False),
        "soft": json.dumps(found["soft"]),
        "evidence": json.dumps(_evidence(found["evidence"], text), ensure_ascii=False),
        "requisition_id": document.get("requisition_id"),
        "sketch": similarity.sketch(text),
        "error": None,
    }
    rows.salaries += [_salary_row(document_id, i, pay, text) for i, pay in enumerate(found["salaries"])]
    rows.skills += [_skill_row(document_id, i, skill, text) for i, skill in enumerate(found["skills"])]
    if found["prompt_relation"] != "none":
        lost = _kept(rivals(reading, found, country=read.country))
        rows.rivals += [_rival_row(document_id, i, rival, text) for i, rival in enumerate(lost)]
    rows.facts.append(fact)


def _kept(found: list[Rival]) -> Iterator[Rival]:
    """The first few rivals of each fact and reason: a page shows no more, and lists of words would fill the record."""
    told: Counter[tuple[str, str]] = Counter()
    for rival in found:
        told[rival.fact, rival.reason] += 1
        if told[rival.fact, rival.reason] <= _RIVALS:
            yield rival


def advert(document: Row, text: str) -> Row:
    """A stored document in the form the extractor reads (the contract of `promptjobs extract`)."""
    names = ("source", "title", "company", "country", "lang")
    fields = {name: document[name] for name in ("pay", "workplace", "employment_type") if name in document}
    return {
        "id": "",
        **{name: document[name] for name in names if name in document},
        "location": "; ".join(document.get("places", ())) or None,
        "text": text,
        "fields": fields,
    }


def _salary_row(document_id: int, position: int, pay: Row, text: str) -> Row:
    return {
        "document_id": document_id,
        "position": position,
        **{name: pay[name] for name in _PAY},
        "quote": pay["quote"][:_QUOTE],
        **_where(pay, text),
    }


def _skill_row(document_id: int, position: int, skill: Row, text: str) -> Row:
    return {
        "document_id": document_id,
        "position": position,
        "skill_id": skill["id"],
        "label": skill["label"],
        "level": skill["level"],
        "surface": skill["s"][:_QUOTE],
        "rule": skill["rule"],
        **_where(skill, text),
    }


def _rival_row(document_id: int, position: int, rival: Rival, text: str) -> Row:
    return {
        "document_id": document_id,
        "position": position,
        "fact": rival.fact,
        "value": rival.value,
        "reason": rival.reason,
        "cue": rival.cue and rival.cue[:_QUOTE],
        "quote": rival.quote[:_QUOTE],
        **_where({"start": rival.start, "end": rival.end}, text),
    }


def _where(span: Row, text: str) -> Row:
    """Offsets of a quote and up to 80 characters on both sides; none for a fact from a field."""
    start, end = span["start"], span["end"]
    if start is None or end is None or start == end:
        return {"start": None, "end": None, "before": "", "after": ""}
    return {
        "start": start,
        "end": end,
        "before": text[max(0, start - _CONTEXT) : start],
        "after": text[end : end + _CONTEXT],
    }


def _evidence(evidence: dict[str, Row | None], text: str) -> dict[str, Row]:
    return {
        fact: {"quote": span["quote"][:_QUOTE], "rule": span["rule"], **_where(span, text)}
        for fact, span in evidence.items()
        if span is not None
    }


def _unread(document_id: int, version: str, error: str) -> Row:
    empty = {name: _UNREAD.get(name) for name in (*_SCALARS, "title", "company", "requisition_id")}
    lists = {"places": "[]", "soft": "[]", "evidence": "{}", "sketch": b""}
    return {**empty, **lists, "document_id": document_id, "rules_version": version, "error": error[:500]}
