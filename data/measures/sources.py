"""Sources: what each one gave, how it is doing, and under which terms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.frames import RUNS
from data.health.verdict import LATE_BY_CARD, Around, Health, Verdict, judge
from data.measures.coverage import Measure, cover
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_query, from_rows
from data.measures.source_columns import COVERAGE_STRIP, SOURCE_HEALTH
from data.plans import expected, planned_run
from data.publishing.health import read_healths
from data.reference import load_cards
from data.store import utc_now

if TYPE_CHECKING:
    from data.release import Release

_CARD = (
    "label",
    "label_fr",
    "origin",
    "n_postings",
    "last_good_day",
    "last_outcome",
    "licence",
    "url",
    "terms",
)
_COUNTS = {
    "last_good_at": "last_good_at",
    "boards_asked": "n_boards",
    "boards_answered": "n_answered",
    "boards_suspended": "n_suspended",
    "n_seen": "n_seen",
    "n_usual": "n_usual",
    "n_set_aside": "n_rejected",
}


def source_health(release: Release, now: datetime | None = None) -> Measure:
    """Every source of the manifest with its last checks and run (columns SOURCE_HEALTH), in the manifest's order.

    `now` (UTC, naive; the clock's where left out) decides what is overdue.
    """
    checks = release.query(load_query("source_checks"))
    by_source: dict[str, dict[str, Any]] = {row["source"]: row for row in _rows(checks)}
    healths, moment = read_healths(release), now or utc_now()
    rows = [
        _health_row(entry, by_source.get(entry["id"], {}), healths.get(entry["id"]), moment)
        for entry in release.manifest["sources"]
    ]
    coverage = cover(release, Selection(role="all"), method="sources", unit="posting")
    return Measure("sources.source_health", from_rows(SOURCE_HEALTH, rows), coverage)


def coverage_strip(release: Release, selection: Selection) -> Measure:
    """Boards covered and failed by source and day (columns COVERAGE_STRIP), for the strip under a time axis."""
    where, values = Selection(source=selection.source, role="all").where("c")
    frame = release.query(load_query("coverage_strip").replace("{source}", where), values)
    coverage = cover(release, selection, method="sources", unit="posting")
    return Measure("sources.coverage_strip", from_query(COVERAGE_STRIP, frame), coverage)


def run_history(release: Release, selection: Selection) -> Measure:
    """The runs of the selected sources, latest first (columns data.frames.RUNS)."""
    where, values = Selection(source=selection.source, role="all").where("r")
    frame = release.query(f"SELECT r.* FROM runs r WHERE {where} ORDER BY started_at DESC, run_id", values)
    coverage = cover(release, selection, method="sources", unit="posting")
    return Measure("sources.run_history", from_query(RUNS, frame), coverage)


def _rows(frame: Any) -> list[dict[str, Any]]:
    return [
        {name: None if value != value else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


_UNCHECKED: dict[str, None] = dict.fromkeys(
    (
        "last_day",
        "boards_covered",
        "boards_failed",
        "last_run_at",
        "last_run_status",
        "last_run_reason",
        "n_runs",
        "n_rejected",
    )
)


def _health_row(
    entry: dict[str, Any], checks: dict[str, Any], health: Health | None, now: datetime
) -> dict[str, Any]:
    planned = planned_run(load_cards().get(entry["id"]), health.last_run_at if health else None)
    verdict = _verdict(entry, health, planned, now)
    row = {name: entry[name] for name in _CARD} | {"source": entry["id"]}
    counts = {name: getattr(health, field) if health else None for name, field in _COUNTS.items()}
    state = {"level": verdict.level.value if verdict else None, "next_run_at": planned}
    sentence = verdict.sentence if verdict else entry["sentence"]
    return (
        row
        | _UNCHECKED
        | checks
        | counts
        | state
        | _both("sentence", sentence)
        | _both("attribution", entry["attribution"])
    )


def _verdict(
    entry: dict[str, Any], health: Health | None, planned: datetime | None, now: datetime
) -> Verdict | None:
    """None where the release is older than its journal of health, and says how a source is in words."""
    if health is None and "sentence" in entry:
        return None
    card = load_cards().get(entry["id"])
    found = health or Health(entry["id"])
    around = Around(
        now,
        next_run=planned,
        grace=LATE_BY_CARD,
        expected=expected(card, found.n_answered),
        has_postings=entry["n_postings"] > 0,
    )
    return judge(found, card, around)


def _both(name: str, words: Any) -> dict[str, str]:
    """A text of the manifest in both languages; a plain one stands for both."""
    found = words if isinstance(words, dict) else {"en": words, "fr": words}
    return {f"{name}_{lang}": found[lang] for lang in ("en", "fr")}
