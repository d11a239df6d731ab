"""Releases of a few invented rows, spelled out by each test: only what matters is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.frames import JOURNAL, TABLES, arrow_schema
from data.release import Release, open_release
from data.release_files import write_release

MADE_AT = datetime(2026, 8, 15, 6, 0, 0)
_DEFAULTS: dict[str, Any] = {
    "origin": "archive",
    "source": "hackernews",
    "lifecycle": "flow",
    "is_repost": False,
    "prompt_relation": "title",
    "work_kind": "payroll",
    "remote": "unspecified",
    "has_pay": False,
    "countries": [],
}


def posting(number: int, day: date, **given: Any) -> dict[str, Any]:
    """One posting of `day`, alone in its opening, by an employer of its own unless `given` says otherwise."""
    source = given.get("source", "hackernews")
    key = f"{source}:{number}"
    row = dict.fromkeys(column.name for column in TABLES["postings"]) | _DEFAULTS
    row |= {
        "posting_key": key,
        "opening_key": key,
        "role_key": key,
        "employer_key": f"employer {number}",
        "company": f"Employer {number}",
        "title": "Prompt Engineer",
        "board": f"{day:%Y-%m}",
        "url": f"https://example.org/{number}",
        "posted_on": day,
        "dated_on": day,
        "month": day.replace(day=1),
    }
    return row | given


def paid(number: int, day: date, low: float | None, high: float | None, **given: Any) -> dict[str, Any]:
    """A posting that states yearly pay in USD."""
    pay = {
        "has_pay": True,
        "pay_min": low,
        "pay_max": high,
        "pay_currency": "USD",
        "pay_period": "year",
        "pay_annual_min": low,
        "pay_annual_max": high,
        "pay_usd_min": low,
        "pay_usd_max": high,
    }
    return posting(number, day, **(pay | given))


def checked(source: str, board: str, day: date, outcome: str = "complete") -> dict[str, Any]:
    """One row of coverage."""
    return {"source": source, "board": board, "day": day, "outcome": outcome, "n_seen": 1, "reason": None}


def spell(key: str, first: date, last: date, gone: date | None, number: int = 1) -> dict[str, Any]:
    """One spell of a posting."""
    return {"posting_key": key, "spell": number, "first_seen": first, "last_seen": last, "gone_by": gone}


def release_of(folder: Path, postings: Iterable[Mapping[str, Any]], **tables: Iterable[Any]) -> Release:
    """An open release of `postings` and the other `tables` given (rows as mappings)."""
    given = {"postings": list(postings), **{name: list(rows) for name, rows in tables.items()}}
    arrow = {
        name: pa.Table.from_pylist(given.get(name, []), schema=arrow_schema(columns))
        for name, columns in TABLES.items()
    }
    runs = pa.Table.from_pylist(given.get("runs", []), schema=arrow_schema(JOURNAL["runs"]))
    sources = sorted({row["source"] for row in given["postings"]})
    about = {
        "rules_version": "r1",
        "method_version": "1",
        "archive": None,
        "sources": [_card(s) for s in sources],
    }
    write_release(folder, arrow, runs, about, now=MADE_AT)
    return open_release(folder)


def _card(source: str) -> dict[str, Any]:
    words = {"en": f"Adverts of {source}.", "fr": f"Annonces de {source}."}
    card = dict.fromkeys(("label", "label_fr", "licence", "url", "terms"), source)
    state = {"origin": "archive", "n_postings": 1, "last_good_day": None, "last_outcome": None}
    kind = "import" if source == "sample" else "thread"
    return {"id": source, "kind": kind, **card, **state, "attribution": words, "sentence": words}
