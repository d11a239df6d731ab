"""`promptjobs extract --explain`: each fact with its quote in context, its rule, and what competed with it and lost."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from data.reasons import reason_in, why_lost
from nlp.explain import Rival, rivals
from nlp.extract import BadLine, load_extractor

CONTEXT = 60
_PLAIN = ("lang", "degree_level", "domain", "soft")
Shown = dict[str, Any]


def adverts(raw: bytes) -> Iterator[tuple[int, Any]]:
    """Yield the adverts of a file with their line numbers: one JSON object, JSON lines, or a plain text.

    Raises BadLine where a line of JSON lines is none.
    """
    text = raw.decode("utf-8", "replace").strip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        yield 1, {"id": "text", "text": text}
        return
    whole = _json(text)
    if whole is not None:
        yield from enumerate(whole if isinstance(whole, list) else [whole], 1)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            advert = _json(line)
            if advert is None:
                raise BadLine(f"line {number} is not JSON: give JSON, JSON lines or a plain text.")
            yield number, advert


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def explain(line: Mapping[str, Any], *, lang: str = "en") -> Shown:
    """Return id and facts of one advert: fact, value, rule, start, end, quote, before, after and `lost`.

    `lost` lists the candidates that competed for the fact: value, quote, where, reason and `why`, the reason in words
    of `lang` (en or fr). Candidates of facts that the advert does not state stand under a fact without value.
    Raises BadLine.
    """
    advert, reading, facts = load_extractor().read(line)
    found = rivals(reading, facts, country=advert.country)
    shown = [*_scalars(facts), *_pays(facts), *_skills(facts)]
    for item in shown:
        item |= _context(reading.text, item)
    return {
        "id": facts["id"],
        "title": facts["title"],
        "facts": _with_lost(shown, [_lost(rival, reading.text, lang) for rival in found]),
    }


def _scalars(facts: Mapping[str, Any]) -> Iterator[Shown]:
    names = ("prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree", "seniority")
    for name in (*names, *_PLAIN):
        proof = facts["evidence"].get(name, {})
        yield _fact(name, facts[name], proof.get("rule"), proof.get("start"), proof.get("end"))


def _pays(facts: Mapping[str, Any]) -> Iterator[Shown]:
    for index, pay in enumerate(facts["salaries"]):
        is_main = index == facts["main_salary"]
        value = {name: pay[name] for name in ("min", "max", "currency", "period", "kind", "flag")}
        yield _fact("main_salary" if is_main else "pay", value, pay["rule"], pay["start"], pay["end"])


def _skills(facts: Mapping[str, Any]) -> Iterator[Shown]:
    for skill in facts["skills"]:
        value = {"label": skill["label"], "level": skill["level"]}
        yield _fact("skill", value, skill["rule"], skill["start"], skill["end"])


def _fact(name: str, value: Any, rule: str | None, start: int | None, end: int | None) -> Shown:
    is_quoted = start is not None and start != end
    return {
        "fact": name, "value": value, "rule": rule,
        "start": start if is_quoted else None, "end": end if is_quoted else None, "lost": [],
    }  # fmt: skip


def _context(text: str, item: Shown) -> Shown:
    """The quote and the words of its line around it; Nones where a field or the title decided."""
    start, end = item["start"], item["end"]
    if start is None:
        return {"quote": None, "before": None, "after": None}
    left = max(text.rfind("\n", max(0, start - CONTEXT), start) + 1, start - CONTEXT, 0)
    right = text.find("\n", end, end + CONTEXT)
    return {
        "quote": text[start:end],
        "before": text[left:start],
        "after": text[end : right if right >= 0 else end + CONTEXT],
    }


def _lost(rival: Rival, text: str, lang: str) -> Shown:
    item = asdict(rival) | {"why": why_lost(lang, rival.fact, rival.reason, rival.cue)}
    return item | {name: part for name, part in _context(text, item).items() if name != "quote"}


def _with_lost(shown: list[Shown], lost: list[Shown]) -> list[Shown]:
    """Each lost candidate under the fact it lost to; those of a list (pay, skill) under an entry of their own."""
    single = {item["fact"]: item for item in shown if item["fact"] not in ("pay", "skill")}
    rest: dict[str, Shown] = {}
    for item in lost:
        name = item.pop("fact")
        home = single.get(name) or rest.setdefault(
            name, _fact(name, None, None, None, None) | {"quote": None, "before": None, "after": None}
        )
        home["lost"].append(item)
    return [*shown, *rest.values()]


def flag_in(lang: str, value: Any) -> str | None:
    """The plausibility rule that objects to a pay figure, in words; None for anything else."""
    flag = value.get("flag") if isinstance(value, dict) else None
    return reason_in(lang, flag) if flag else None
