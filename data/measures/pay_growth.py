"""How stated pay moves: the naive median beside two series that the mix of adverts does not move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Coverage, Figure, Measure, made_on
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.pay_cells import naive, within_cell
from data.measures.pay_columns import GROWTH
from data.measures.pay_regression import employer_effects
from data.measures.pay_series import Point, Sample, sample_of
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

NOTE = (
    "The naive median moves when other employers, places or roles advertise, and with exchange rates; the other two "
    "series compare like with like, on fewer openings.",
    "La médiane naïve bouge quand d'autres employeurs, lieux ou métiers recrutent, et avec les taux de change\u00a0; les "
    "deux autres séries comparent ce qui est comparable, sur moins de postes.",
)
_SERIES = {"naive": naive, "within_cell": within_cell, "employer_effects": employer_effects}


@dataclass(frozen=True, slots=True)
class _Asked:
    unit: dict[str, str]
    this_year: int


def pay_growth(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """Three series of each bound by year: naive, within_cell, employer_effects (columns GROWTH).

    naive: medians in `currency` per year (gigs: per hour). within_cell: weighted median of the growth of medians over
    cells of relation, country, pay period and currency. employer_effects: regression of log pay on years with an
    effect for every employer, currency and period. The last two use pay in the currency it is stated in. The figure
    is the growth of the lower bounds with employer effects in the last year that is over. Raises SelectionError.
    """
    sql, values = figures(selection, market, currency)
    query = load_query("pay_rows").replace("{figures}", sql)
    found = release.query(query, values, scope=selection.scope).dropna(subset=["year"])
    unit = {"currency": currency, "period": MARKETS[market].period}
    asked = _Asked(unit, made_on(release).year)
    rows = [row for bound in ("lower", "upper") for row in _rows(bound, sample_of(found, bound), asked)]
    coverage = cover_market(release, selection, market, method="pay-growth")
    measured = replace(_with_figure(coverage, rows), note=NOTE)
    return Measure("pay.pay_growth", from_rows(GROWTH, rows), measured)


def _rows(bound: str, sample: Sample, asked: _Asked) -> list[dict[str, Any]]:
    return [
        {"bound": bound, "series": name, **_cells(point), **asked.unit}
        | {"is_provisional": point.year >= asked.this_year}
        for name, series in _SERIES.items()
        for point in series(sample)
    ]


def _cells(point: Point) -> dict[str, Any]:
    growth, index = point.growth or (None,) * 3, point.index or (None,) * 3
    return {
        "year": point.year,
        "n_figures": point.n_figures,
        "n_employers": point.n_employers,
        "n_links": point.n_links,
        "median": point.median,
        **dict(zip(("growth", "growth_low", "growth_high"), growth, strict=True)),
        **dict(zip(("index", "index_low", "index_high"), index, strict=True)),
        "withheld": point.withheld,
    }


def _with_figure(coverage: Coverage, rows: list[dict[str, Any]]) -> Coverage:
    asked = [row for row in rows if row["bound"] == "lower" and row["series"] == "employer_effects"]
    over = [row for row in asked if not row["is_provisional"]]
    if not over:
        return replace(coverage, withheld=Withheld.FEW_OPENINGS, figure=Figure(None, "growth a year", n=0))
    row = over[-1]
    ends = (row["growth_low"], row["growth_high"], Interval.CLUSTER)
    figure = Figure(row["growth"], "growth a year", *ends, n=row["n_figures"])
    reason = row["withheld"] or (Withheld.NO_LINK if row["growth"] is None else None)
    return replace(coverage, figure=figure, withheld=reason)
