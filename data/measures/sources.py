"""Sources: what each one gave, how its checks ended, and under which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.frames import RUNS
from data.measures.columns import COVERAGE_STRIP, SOURCE_HEALTH
from data.measures.coverage import Measure, cover
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_query, from_rows

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


def source_health(release: Release) -> Measure:
    """Every source of the manifest with its last checks and run (columns SOURCE_HEALTH), in the manifest's order."""
    checks = release.query(load_query("source_checks"))
    by_source: dict[str, dict[str, Any]] = {row["source"]: row for row in _rows(checks)}
    rows = [_health_row(card, by_source.get(card["id"], {})) for card in release.manifest["sources"]]
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


def _health_row(card: dict[str, Any], checks: dict[str, Any]) -> dict[str, Any]:
    row = {name: card[name] for name in _CARD} | {"source": card["id"]}
    return row | _UNCHECKED | checks | _both("sentence", card) | _both("attribution", card)


def _both(name: str, card: dict[str, Any]) -> dict[str, str]:
    """A text of the manifest in both languages; a plain one stands for both."""
    words = card[name]
    found = words if isinstance(words, dict) else {"en": words, "fr": words}
    return {f"{name}_{lang}": found[lang] for lang in ("en", "fr")}
