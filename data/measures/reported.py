"""Salaries that people report themselves: another kind of number, never mixed with what adverts state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.measures.columns import REPORTED
from data.measures.coverage import Coverage, Measure, withhold
from data.measures.intervals import median, median_interval
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release


def reported_pay(release: Release, title: str = "Prompt Engineer") -> Measure:
    """Medians of self-reported yearly salaries in USD by year (columns REPORTED): ai-jobs.net's table, CC0.

    The table names no employers, so only the number of rows decides whether a median is shown; in the
    coverage, postings and openings count reports.
    """
    sql = "SELECT year, salary_usd FROM reported_pay WHERE lower(title) = lower(?) AND salary_usd IS NOT NULL"
    frame = release.query(f"{sql} ORDER BY year, salary_usd", [title])
    rows = [_row(int(year), group["salary_usd"].tolist()) for year, group in frame.groupby("year")]
    return Measure("pay.reported_pay", from_rows(REPORTED, rows), _coverage(len(frame)))


def _row(year: int, ascending: list[float]) -> dict[str, Any]:
    reason = withhold("reported", len(ascending), 0)
    row: dict[str, Any] = {"year": year, "n": len(ascending), "withheld": reason}
    if reason is not None:
        return row | {"median": None, "low": None, "high": None}
    low, high = median_interval(ascending) or (None, None)
    return row | {"median": median(ascending), "low": low, "high": high}


def _coverage(n: int) -> Coverage:
    return Coverage(
        unit="report",
        n_postings=n,
        n_openings=n,
        n_employers=0,
        disclosure=None,
        since=None,
        until=None,
        sources=("ai_jobs_net_salaries",),
        provisional=False,
        withheld=withhold("reported", n, 0),
        method="reported-pay",
    )
