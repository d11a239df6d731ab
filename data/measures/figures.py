"""The pay figure of each opening: three markets that never share a series, and the unit of their figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.measures.coverage import Coverage, cover
from data.measures.queries import load_query
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    from data.release import Release


@dataclass(frozen=True, slots=True)
class Market:
    """Adverts whose pay may stand in one series: kinds of work, unit of the figures, (en, fr) label."""

    work_kinds: tuple[str, ...]
    period: str
    label: tuple[str, str]


# Work whose kind is `unclear` belongs to no market.
MARKETS: dict[str, Market] = {
    "payroll": Market(("payroll",), "year", ("Employees, per year", "Salariés, par an")),
    "contract": Market(("contract",), "year", ("Contractors, annualised", "Indépendants, annualisé")),
    "gig": Market(("gig_content", "gig_ai_training"), "hour", ("Gigs, per hour", "Piges, à l'heure")),
}
_CURRENCY = re.compile(r"[A-Z]{3}")


def figures(selection: Selection, market: str, currency: str) -> Condition:
    """(SQL of sql/pay_figures.sql, its values): one row per opening of the market.

    payroll and contract: per year, converted for USD, else only figures stated in `currency`. gig: per
    hour as stated in `currency`. Raises SelectionError for an unknown market or a malformed currency.
    """
    if market not in MARKETS:
        raise SelectionError("not_allowed", name="market", value=market, allowed=", ".join(MARKETS))
    if not _CURRENCY.fullmatch(currency):
        raise SelectionError("currency", value=currency)
    figure, unit_values = _figure(market, currency)
    kinds, kind_values = in_market(market)
    where, values = selection.where("p")
    sql = (
        load_query("pay_figures")
        .replace("{lower}", figure.format("min"))
        .replace("{upper}", figure.format("max"))
        .replace("{native_lower}", _native(market).format("min"))
        .replace("{native_upper}", _native(market).format("max"))
        .replace("{selected}", where)
        .replace("{market}", kinds)
    )
    return sql, [*unit_values, *unit_values, *values, *kind_values]


def in_market(market: str) -> Condition:
    """The condition over alias p that an advert belongs to `market` (a key of MARKETS)."""
    kinds = MARKETS[market].work_kinds
    return f"p.work_kind IN ({', '.join('?' * len(kinds))})", list(kinds)


def cover_market(
    release: Release, selection: Selection, market: str, *, method: str, rule: str | None = None
) -> Coverage:
    """The coverage of the market's part of a selection."""
    return cover(release, selection, method=method, rule=rule, only=in_market(market))


def _figure(market: str, currency: str) -> Condition:
    """SQL of a figure ({} is min or max), and the values it takes."""
    if MARKETS[market].period == "hour":
        return "CASE WHEN p.pay_currency = ? AND p.pay_period = 'hour' THEN p.pay_{} END", [currency]
    if currency == "USD":
        return "p.pay_usd_{}", []
    return "CASE WHEN p.pay_currency = ? THEN p.pay_annual_{} END", [currency]


def _native(market: str) -> str:
    """SQL of a figure in the currency it is stated in, per the market's period ({} is min or max)."""
    if MARKETS[market].period == "hour":
        return "CASE WHEN p.has_pay AND p.pay_period = 'hour' THEN p.pay_{} END"
    return "CASE WHEN p.has_pay THEN p.pay_annual_{} END"
