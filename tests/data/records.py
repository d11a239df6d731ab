"""Builders of small records: invented adverts, checks on given days, and a reader that stands in for nlp."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine

from data import store
from data.intake import accept
from data.listings import Saved, save_listing
from data.schema import Check, Outcome, Posting
from data.similarity import sketch

RULES = "test-1"
WORDS = (
    "river lamp orchard signal copper meadow paper window ladder harbour salt candle garden engine marble "
    "cloud needle forest mirror bridge pepper anchor violet stone feather"
)
TEXT = " ".join(
    f"{word} number {i} helps our small team write better prompts" for i, word in enumerate(WORDS.split())
)
"""A long enough invented advert; `variant` gives others that are more or less like it."""


def variant(changed: int) -> str:
    """TEXT with the first `changed` of its 25 sentences replaced."""
    sentences = TEXT.split(" prompts ")
    return " prompts ".join(["quite another line about tea and trains"] * changed + sentences[changed:])


def posting(external_id: str, **changes: Any) -> Posting:
    """An advert on the board `acme` of the listing source `greenhouse`, unless said otherwise."""
    record: dict[str, Any] = {
        "source": "greenhouse",
        "board": "acme",
        "external_id": external_id,
        "url": f"https://example.org/jobs/{external_id}",
        "title": "Prompt Engineer",
        "company": "Acme Inc.",
        "text": f"{TEXT} {external_id}",
    }
    return accept(record | changes)


def check(day: date, outcome: Outcome = Outcome.COMPLETE, **changes: Any) -> Check:
    """A look at `acme` at six in the morning of `day`."""
    record: dict[str, Any] = {"source": "greenhouse", "board": "acme", "at": datetime.combine(day, time(6))}
    return Check(**(record | {"outcome": outcome} | changes))


def look(
    engine: Engine,
    day: date,
    ids: Sequence[str] = (),
    outcome: Outcome = Outcome.COMPLETE,
    *,
    run: str = "",
    **changes: Any,
) -> Saved:
    """One run with one check of `acme` that lists `ids`; `changes` go to the check."""
    run_id = run or f"{day}-{changes.get('board', 'acme')}-{outcome}"
    one = check(day, outcome, **changes)
    store.start_run(engine, run_id, source=one.source, kind="scrape", at=one.at)
    listed = [posting(i, source=one.source, board=one.board) for i in ids]
    saved = save_listing(engine, run_id, one, listed)
    store.finish_run(engine, run_id, at=one.at, status="finished", stats={})
    return saved


def save(engine: Engine, day: date, postings: Sequence[Posting], *, run: str, **changes: Any) -> Saved:
    """One run with one check of the postings' board that lists exactly `postings`."""
    first = postings[0]
    one = check(day, **({"source": first.source, "board": first.board} | changes))
    store.start_run(engine, run, source=one.source, kind=changes.get("kind", "scrape"), at=one.at)
    return save_listing(engine, run, one, postings)


def fake_enrich(engine: Engine, rules_version: str = RULES) -> int:
    """Facts straight from the stored fields, for tests that need no language; returns documents read."""
    n = 0
    for batch in store.pending_documents(engine, rules_version):
        rows: dict[str, list[dict[str, Any]]] = {"facts": [], "salaries": [], "skills": []}
        for document_id, body in batch:
            _read(rows, document_id, store.read_document(body), rules_version)
        store.save_facts(engine, rows["facts"], rows["salaries"], rows["skills"])
        n += len(batch)
    return n


def _read(
    rows: dict[str, list[dict[str, Any]]], document_id: int, document: dict[str, Any], version: str
) -> None:
    text = document.get("text") or document.get("html") or ""
    title = document.get("title")
    is_prompt = "prompt" in (title or "").lower()
    places = [{"city": p, "region": None, "country": "FR", "raw": p} for p in document.get("places", ())]
    span = {"start": 0, "end": 5, "quote": text[:5], "before": "", "after": text[5:30], "rule": "first words"}
    rows["facts"].append(
        {
            "document_id": document_id,
            "rules_version": version,
            "lang": "en",
            "title": title,
            "company": document.get("company"),
            "places": json.dumps(places),
            "prompt_relation": "title" if is_prompt else "none",
            "work_kind": "payroll",
            "coding": "not_mentioned",
            "ml": "not_mentioned",
            "remote": document.get("workplace") or "unspecified",
            "years_min": None,
            "degree": "none_stated",
            "degree_level": None,
            "seniority": "senior" if "senior" in (title or "").lower() else "unspecified",
            "domain": None,
            "main_salary": 0 if document.get("pay") else None,
            "soft": json.dumps(["communication"] if is_prompt else []),
            "evidence": json.dumps({"prompt_relation": span}),
            "requisition_id": document.get("requisition_id"),
            "sketch": sketch(text),
            "error": None,
        }
    )
    for position, pay in enumerate(document.get("pay", ())):
        rows["salaries"].append(_salary(document_id, position, pay))
    if "python" in text.lower():
        rows["skills"].append(_skill(document_id, text))


def _salary(document_id: int, position: int, pay: dict[str, Any]) -> dict[str, Any]:
    factor = {"year": 1, "hour": 2080}[pay["period"]]
    low, high = pay.get("min"), pay.get("max")
    return {
        "document_id": document_id,
        "position": position,
        "min": low,
        "max": high,
        "annual_min": None if low is None else low * factor,
        "annual_max": None if high is None else high * factor,
        "currency": pay.get("currency"),
        "period": pay["period"],
        "kind": pay["kind"],
        "bound": "range",
        "flag": "too low" if low is not None and low * factor < 1000 else None,
        "rule": "field",
        "start": None,
        "end": None,
        "quote": "x" * 300,
        "before": "",
        "after": "",
    }


def _skill(document_id: int, text: str) -> dict[str, Any]:
    start = text.lower().index("python")
    return {
        "document_id": document_id,
        "position": 0,
        "skill_id": "python",
        "label": "Python",
        "level": "required",
        "surface": text[start : start + 6],
        "rule": "lexicon",
        "start": start,
        "end": start + 6,
        "before": "",
        "after": "",
    }


@dataclass(frozen=True)
class FakeCard:
    """A source card with what publishing reads of it."""

    label: str
    label_fr: str | None = None
    lifecycle: str | None = "listing"
    kind: str = "platform"
    licence: str = "public"
    terms: str | None = "https://example.org/terms"
    hosts: tuple[str, ...] = ("example.org",)
    republish: tuple[str, ...] = ("facts", "links", "quotes")
    enabled: bool = True
    keys: tuple[str, ...] = ()
    partial: str | None = None
    closing_checks: int = 1
    attribution: Any = field(default_factory=lambda: _Words("From the source", "De la source"))


@dataclass(frozen=True)
class _Words:
    en: str
    fr: str


CARDS: Mapping[str, FakeCard] = {
    "hackernews": FakeCard("Hacker News", lifecycle="flow", kind="thread"),
    "greenhouse": FakeCard("Greenhouse"),
    "lever": FakeCard("Lever"),
}
