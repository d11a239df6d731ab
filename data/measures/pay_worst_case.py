"""What undisclosed pay could change: worst-case bounds of the quartiles of what adverts offer."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Coverage, Figure, Measure, withhold
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.pay_columns import WORST_CASE
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

QUANTILES = (0.25, 0.5, 0.75)
NOTE = (
    "Bounds hold whatever the silent openings pay. Where half of the openings or more are silent, the median could be "
    "anything, and nothing but an assumption narrows it.",
    "Les bornes valent quoi que paient les postes silencieux. Si au moins la moitié des postes se tait, la médiane "
    "peut être quelconque, et seule une hypothèse la resserre.",
)


def pay_worst_case(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """Quartiles of the stated bounds, and between what they lie for all openings (columns WORST_CASE).

    One row per bound (lower, upper) and quantile. An opening without a figure in the asked unit may pay anything:
    worst_low and worst_high are the quantile if each of them paid nothing, or without limit; empty where that has
    no end (`low_withheld`, `high_withheld`). Manski (1989), Anatomy of the selection problem, Journal of Human
    Resources 24, 343-360; Manski (1994), The selection problem, in Sims (ed.), Advances in Econometrics. Figures in
    `currency` per year (gigs: per hour). Raises SelectionError.
    """
    sql, values = figures(selection, market, currency)
    query = load_query("pay").replace("{figures}", sql).replace("{year}", "NULL::BIGINT")
    found = release.query(query, values, scope=selection.scope).to_dict("records")
    unit = {"currency": currency, "period": MARKETS[market].period}
    rows = [
        _row(bound, share, found[0]) | unit for bound in ("lower", "upper") for share in QUANTILES if found
    ]
    coverage = cover_market(release, selection, market, method="worst-case")
    frame = from_rows(WORST_CASE, rows)
    return Measure("pay.pay_worst_case", frame, replace(_with_figure(coverage, rows), note=NOTE))


def quantile(ascending: list[float], share: float, *, n_low: int = 0, n_high: int = 0) -> float:
    """The quantile of ascending values with `n_low` of minus and `n_high` of plus infinity joined to them.

    Linear between ranks as numpy's default (definition 7 of Hyndman and Fan 1996, The American Statistician 50,
    361-365). Raises IndexError for none at all.
    """
    position = share * (len(ascending) + n_low + n_high - 1)
    below, rest = math.floor(position), position - math.floor(position)
    ends = [_at(ascending, place - n_low) for place in ((below, below + 1) if rest else (below,))]
    if math.isinf(ends[0]) or math.isinf(ends[-1]):
        return ends[0] if math.isinf(ends[0]) else ends[-1]
    return ends[0] + rest * (ends[-1] - ends[0])


def _at(ascending: list[float], place: int) -> float:
    if 0 <= place < len(ascending):
        return float(ascending[place])
    return -math.inf if place < 0 else math.inf


def _row(bound: str, share: float, found: dict[str, Any]) -> dict[str, Any]:
    ascending, n_all = list(found[bound]), int(found["n_openings"])
    n, n_silent = len(ascending), n_all - len(ascending)
    reason = withhold("median", n, int(found[f"{bound}_employers"]), int(found[f"{bound}_top"]))
    row = {"bound": bound, "quantile": share, "n_openings": n_all, "n_figures": n, "withheld": reason}
    if reason is not None:
        empty = dict.fromkeys(("stated", "worst_low", "worst_high"))
        return row | empty | {"low_withheld": reason, "high_withheld": reason}
    low = quantile(ascending, share, n_low=n_silent)
    high = quantile(ascending, share, n_high=n_silent)
    return row | {
        "stated": quantile(ascending, share),
        "worst_low": None if math.isinf(low) else low,
        "low_withheld": Withheld.MOSTLY_SILENT if math.isinf(low) else None,
        "worst_high": None if math.isinf(high) else high,
        "high_withheld": Withheld.MOSTLY_SILENT if math.isinf(high) else None,
    }


def _with_figure(coverage: Coverage, rows: list[dict[str, Any]]) -> Coverage:
    """The median of the lower bounds with its worst cases."""
    if not rows:
        return coverage
    row = next(row for row in rows if row["bound"] == "lower" and row["quantile"] == 0.5)
    unit = f"{row['currency']} per {row['period']}"
    ends = (row["worst_low"], row["worst_high"], Interval.WORST_CASE)
    return replace(
        coverage, figure=Figure(row["stated"], unit, *ends, n=row["n_figures"]), withheld=row["withheld"]
    )
