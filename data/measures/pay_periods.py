"""Pay as it is stated: by pay period and currency, nothing annualised, nothing converted, markets apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Measure, cover, withhold
from data.measures.figures import MARKETS, figures
from data.measures.intervals import median
from data.measures.pay_bootstrap import median_by_employer
from data.measures.pay_columns import PERIODS
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

NOTE = (
    "As the adverts state it: nothing is annualised or converted; rows of different units cannot be compared.",
    "Tel que les annonces l'indiquent : rien n'est annualisé ni converti\u00a0; des unités différentes ne se comparent pas.",
)


def pay_by_period(release: Release, selection: Selection) -> Measure:
    """Medians of the stated bounds by market, pay period and currency (columns PERIODS), most openings first.

    Figures are in `currency` per `period` as stated. Medians below the median rule, and those of adverts that leave
    the currency open, are withheld. A market whose adverts state no pay has no row. Raises SelectionError.
    """
    rows = [row for market in MARKETS for row in _rows(release, selection, market)]
    coverage = replace(cover(release, selection, method="pay-period"), note=NOTE)
    return Measure("pay.pay_by_period", from_rows(PERIODS, rows), coverage)


def _rows(release: Release, selection: Selection, market: str) -> list[dict[str, Any]]:
    sql, values = figures(selection, market, "USD")
    query = load_query("pay_periods").replace("{figures}", sql)
    found = release.query(query, values, scope=selection.scope).to_dict("records")
    return [_row(market, unit) for unit in found]


def _row(market: str, unit: dict[str, Any]) -> dict[str, Any]:
    n_market = int(unit["n_market"])
    return {
        "market": market,
        "period": unit["period"],
        "currency": unit["currency"],
        "n_paid": int(unit["n_paid"]),
        "n_openings": n_market,
        "disclosure": int(unit["n_disclosed"]) / n_market,
        **_bound("lower", unit),
        **_bound("upper", unit),
    }


def _bound(name: str, unit: dict[str, Any]) -> dict[str, Any]:
    n, n_employers = len(unit[name]), int(unit[f"{name}_employers"])
    reason = withhold("median", n, n_employers, int(unit[f"{name}_top"]))
    if not isinstance(unit["currency"], str):
        reason = Withheld.OPEN_CURRENCY
    ends = None if reason else median_by_employer(unit[name], unit[f"{name}_groups"])
    low, high = ends or (None, None)
    return {
        f"n_{name}": n,
        f"{name}_employers": n_employers,
        f"{name}_median": None if reason else median(unit[name]),
        f"{name}_low": low,
        f"{name}_high": high,
        f"{name}_withheld": reason,
    }
