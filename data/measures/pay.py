"""Pay: lower and upper bounds that adverts state, one figure per opening, never without disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.claims import claim_share
from data.measures.columns import DISTRIBUTION, PAY
from data.measures.coverage import Coverage, Figure, Measure, made_on, withhold
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.intervals import median, median_interval
from data.measures.pay_bootstrap import median_by_employer
from data.measures.pay_growth import pay_growth
from data.measures.pay_headline import headline_check, headline_sentence
from data.measures.pay_mandate import pay_under_mandate
from data.measures.pay_periods import pay_by_period
from data.measures.pay_without import pay_without_employer
from data.measures.pay_worst_case import pay_worst_case
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.reported import reported_pay
from data.measures.selection import Selection
from data.measures.shape import from_query, from_rows

if TYPE_CHECKING:
    from data.release import Release

__all__ = [
    "MARKETS",
    "claim_share",
    "headline_check",
    "headline_sentence",
    "pay_by_period",
    "pay_by_year",
    "pay_distribution",
    "pay_growth",
    "pay_overall",
    "pay_under_mandate",
    "pay_without_employer",
    "pay_worst_case",
    "reported_pay",
]


NOTE = (
    "These are the openings that state pay; the others may pay otherwise (pay_worst_case says by how much).",
    "Ce sont les postes qui indiquent la rémunération\u00a0; les autres peuvent payer autrement (pay_worst_case dit de "
    "combien).",
)


def pay_by_year(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """Median lower and upper bounds by year with intervals, n and disclosure (columns PAY).

    payroll and contract: per year, converted for USD, else only figures stated in `currency`. gig: per
    hour as stated in `currency`. Years without an opening have no row. Raises SelectionError.
    """
    this_year = made_on(release).year
    rows = [
        row | {"is_provisional": row["year"] >= this_year}
        for row in _rows(release, selection, market, currency, year="year(dated_on)")
        if row["year"] is not None
    ]
    coverage = replace(cover_market(release, selection, market, method="pay"), note=NOTE)
    return Measure("pay.pay_by_year", from_rows(PAY, rows), coverage)


def pay_overall(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """The same as pay_by_year over the whole selection: one row, `year` missing (columns PAY).

    No row where the selection has no opening of the market. The coverage's figure is the median of the lower
    bounds with its interval by employer. Raises SelectionError.
    """
    rows = _rows(release, selection, market, currency, year="NULL::BIGINT")
    coverage = replace(cover_market(release, selection, market, method="pay"), note=NOTE)
    marked = [row | {"is_provisional": coverage.provisional} for row in rows]
    return Measure("pay.pay_overall", from_rows(PAY, marked), _with_figure(coverage, rows))


def pay_distribution(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """The stated bounds of every opening that gives one, lowest first (columns DISTRIBUTION).

    They are adverts anyone can read, so rows are shown whatever their number; `coverage.withheld` says
    where they are too few to be called a distribution. Raises SelectionError.
    """
    sql, values = figures(selection, market, currency)
    frame = release.query(load_query("pay_openings").replace("{figures}", sql), values, scope=selection.scope)
    unit = frame.assign(currency=currency, period=MARKETS[market].period)
    coverage = replace(cover_market(release, selection, market, method="pay", rule="cell"), note=NOTE)
    return Measure("pay.pay_distribution", from_query(DISTRIBUTION, unit), coverage)


def _with_figure(coverage: Coverage, rows: list[dict[str, Any]]) -> Coverage:
    if not rows:
        return coverage
    (row,) = rows
    unit = f"{row['currency']} per {row['period']}"
    ends = (row["lower_employer_low"], row["lower_employer_high"], Interval.BOOTSTRAP)
    figure = Figure(row["lower_median"], unit, *ends, n=row["n_lower"])
    return replace(coverage, figure=figure, withheld=row["lower_withheld"])


def _rows(
    release: Release, selection: Selection, market: str, currency: str, *, year: str
) -> list[dict[str, Any]]:
    """The rows of sql/pay.sql with medians; `year` is the SQL of their grain."""
    sql, values = figures(selection, market, currency)
    query = load_query("pay").replace("{figures}", sql).replace("{year}", year)
    unit = {"currency": currency, "period": MARKETS[market].period}
    return [
        _row(found) | unit for found in release.query(query, values, scope=selection.scope).to_dict("records")
    ]


def _row(found: dict[str, Any]) -> dict[str, Any]:
    import pandas as pd

    lower, lower_reason = _bound("lower", found)
    upper, upper_reason = _bound("upper", found)
    counts = {name: int(found[name]) for name in ("n_openings", "n_paid", "n_employers")}
    return {
        "year": None if pd.isna(found["year"]) else int(found["year"]),
        **counts,
        "disclosure": counts["n_paid"] / counts["n_openings"],
        **lower,
        **upper,
        "lower_withheld": lower_reason,
        "withheld": lower_reason or upper_reason,
    }


def _bound(name: str, found: dict[str, Any]) -> tuple[dict[str, Any], Withheld | None]:
    """Median and intervals of one bound, or why they are withheld; n stands in either case."""
    ascending: Sequence[float] = found[name]
    n = len(ascending)
    reason = withhold("median", n, int(found[f"{name}_employers"]), int(found[f"{name}_top"]))
    ranks = median_interval(ascending) if reason is None else None
    wide = median_by_employer(found[name], found[f"{name}_groups"]) if reason is None else None
    low, high = (None, None) if ranks is None else (float(ranks[0]), float(ranks[1]))
    employer_low, employer_high = wide or (None, None)
    return {
        f"n_{name}": n,
        f"{name}_median": median(ascending) if reason is None else None,
        f"{name}_low": low,
        f"{name}_high": high,
        f"{name}_employer_low": employer_low,
        f"{name}_employer_high": employer_high,
    }, reason
