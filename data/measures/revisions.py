"""Revisions: what each kept release said of the same number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.change_columns import REVISIONS
from data.measures.coverage import Measure, as_date, cover
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

FIGURE = "figure"
# Names a report's column of periods can have.
PERIODS = ("period", "day", "week", "month", "quarter", "year")
# Columns whose interval's ends have a shorter name.
_STEMS = {"n_openings": "n"}
_PREFERRED = ("n_openings", "n_open", "n_postings")


def revisions(
    releases: Sequence[Release], report: str, selection: Selection, *, column: str | None = None
) -> Measure:
    """What `releases` (oldest first) say of a report's figure and of `column` in each of its periods (REVISIONS).

    `column` None takes the number of openings where the report has one row per period; a report without such rows has
    its figure only. Rows are by period, then by release; the coverage is that of the newest. Raises
    SelectionError for an unknown report, a column it has no series of, and where there is no release.
    """
    from data.reports import find_report

    found = find_report(report)
    if not releases:
        raise SelectionError("no_releases")
    measures = [found.measure(release, selection) for release in releases]
    chosen = _column(report, [column_.name for column_ in found.columns], measures, column)
    rows = [
        row
        for release, measure in zip(releases, measures, strict=True)
        for row in (*_figure(release, measure), *_series(release, measure, chosen))
    ]
    frame = from_rows(REVISIONS, _with_revisions(rows))
    return Measure("changes.revisions", frame, cover(releases[-1], selection, method="revisions"))


def _column(
    report: str, columns: Sequence[str], measures: Sequence[Measure], asked: str | None
) -> tuple[str, str] | None:
    """(column of periods, column followed) of a report with one row per period; None where it has none."""
    period = next((name for name in PERIODS if name in columns), None)
    if period is None or any(measure.frame[period].duplicated().any() for measure in measures):
        if asked is not None:
            raise SelectionError("no_series", report=report)
        return None
    numbers = [name for name in columns if _is_number(name, measures) and name != period]
    wanted = asked or next((name for name in _PREFERRED if name in numbers), None)
    if wanted is not None and wanted not in numbers:
        raise SelectionError("not_allowed", name="column", value=wanted, allowed=", ".join(numbers))
    return None if wanted is None else (period, wanted)


def _is_number(name: str, measures: Sequence[Measure]) -> bool:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    kind = measures[0].frame[name].dtype
    return is_numeric_dtype(kind) and not is_bool_dtype(kind)


def _head(release: Release) -> dict[str, Any]:
    manifest = release.manifest
    made_at = datetime.fromisoformat(str(manifest["made_at"]))
    return {"made_at": made_at, **{name: str(manifest[name]) for name in ("rules_version", "method_version")}}


def _figure(release: Release, measure: Measure) -> Iterator[dict[str, Any]]:
    coverage, figure = measure.coverage, measure.coverage.figure
    if figure is None:
        return
    is_shown = coverage.withheld is None
    yield {
        **_head(release),
        "period": None,
        "figure": FIGURE,
        "unit": figure.unit,
        "value": figure.value if is_shown else None,
        "low": figure.low if is_shown else None,
        "high": figure.high if is_shown else None,
        "n_openings": coverage.n_openings,
        "is_provisional": coverage.provisional,
        "withheld": coverage.withheld,
    }


def _series(release: Release, measure: Measure, chosen: tuple[str, str] | None) -> Iterator[dict[str, Any]]:
    import pandas as pd

    if chosen is None:
        return
    period, name = chosen
    frame = measure.frame
    low, high = _ends(name, list(frame.columns))
    for row in frame.to_dict("records"):
        yield {
            **_head(release),
            "period": None if pd.isna(row[period]) else _start(row[period]),
            "figure": name,
            "unit": None,
            "value": _number(row[name]),
            "low": _number(row[low]) if low else None,
            "high": _number(row[high]) if high else None,
            "n_openings": _number(row.get("n_openings")),
            "is_provisional": bool(row.get("is_provisional", False)),
            "withheld": row.get("withheld") if _number(row[name]) is None else None,
        }


def _ends(name: str, columns: Sequence[str]) -> tuple[str | None, str | None]:
    """The columns of the interval of `name`; (None, None) where it has none."""
    stems = (name, name.removesuffix("_median"), name.removesuffix("_per_10k"), _STEMS.get(name, name))
    stem = next((one for one in stems if f"{one}_low" in columns), None)
    return (f"{stem}_low", f"{stem}_high") if stem else (None, None)


def _start(value: Any) -> date | None:
    return date(int(value), 1, 1) if isinstance(value, int) else as_date(value)


def _number(value: Any) -> float | None:
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)


def _with_revisions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by period, each with its difference from the same number in the release before."""
    last: dict[tuple[str, date | None], float] = {}
    done = []
    for row in rows:
        key, value = (row["figure"], row["period"]), row["value"]
        is_known = value is not None and key in last
        done.append(row | {"revision": value - last[key] if is_known else None})
        if value is not None:
            last[key] = value
    return sorted(done, key=lambda r: (r["figure"] != FIGURE, r["period"] or date.min, r["made_at"]))
