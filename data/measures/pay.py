"""Pay: lower and upper bounds that adverts state, one figure per opening, never without disclosure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.columns import CLAIM, DISTRIBUTION, PAY, REPORTED
from data.measures.coverage import Coverage, Measure, Withheld, cover, made_on, withhold
from data.measures.intervals import median_interval, wilson
from data.measures.queries import load_query
from data.measures.selection import Condition, Selection
from data.measures.shape import from_query, from_rows

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release


@dataclass(frozen=True, slots=True)
class Market:
    """Adverts whose pay may stand in one series: kinds of work, unit of the figures, (en, fr) label."""

    work_kinds: tuple[str, ...]
    period: str
    label: tuple[str, str]


# Three markets that never share a series; `unclear` work belongs to none of them.
MARKETS: dict[str, Market] = {
    "payroll": Market(("payroll",), "year", ("Employees, per year", "Salariés, par an")),
    "contract": Market(("contract",), "year", ("Contractors, annualised", "Indépendants, annualisé")),
    "gig": Market(("gig_content", "gig_ai_training"), "hour", ("Gigs, per hour", "Piges, à l'heure")),
}
_CURRENCY = re.compile(r"[A-Z]{3}")


def pay_by_year(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """Median lower and upper bounds by year with intervals, n and disclosure (columns PAY).

    payroll and contract: per year, converted for USD, else only figures stated in `currency`. gig: per
    hour as stated in `currency`. Years without an opening have no row. Raises SelectionError.
    """
    openings = _openings(release, selection, market, currency)
    this_year = made_on(release).year
    rows = [
        _pay_row(group, market, currency) | {"year": int(year), "is_provisional": int(year) >= this_year}
        for year, group in openings.groupby(openings["dated_on"].dt.year)
    ]
    return Measure("pay.pay_by_year", from_rows(PAY, rows), _cover(release, selection, market, method="pay"))


def pay_overall(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """The same as pay_by_year over the whole selection: one row, `year` missing (columns PAY)."""
    openings = _openings(release, selection, market, currency)
    coverage = _cover(release, selection, market, method="pay")
    row = _pay_row(openings, market, currency) | {"year": None, "is_provisional": coverage.provisional}
    return Measure("pay.pay_overall", from_rows(PAY, [row]), coverage)


def pay_distribution(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """The stated bounds of every opening that gives one, lowest first (columns DISTRIBUTION)."""
    openings = _openings(release, selection, market, currency)
    stated = openings[openings["lower"].notna() | openings["upper"].notna()]
    ordered = stated.sort_values(["lower", "upper", "posting_key"], kind="stable")
    unit = ordered.assign(currency=currency, period=MARKETS[market].period)
    coverage = _cover(release, selection, market, method="pay", rule="cell")
    return Measure("pay.pay_distribution", from_query(DISTRIBUTION, unit), coverage)


def claim_share(
    release: Release,
    selection: Selection,
    *,
    low: float = 175_000,
    high: float = 300_000,
    currency: str = "USD",
) -> Measure:
    """How many payroll openings reach a claimed yearly range, by criterion (columns CLAIM).

    Shares are of the openings whose figures can tell, with Wilson intervals; worst_low and worst_high
    bound the share of all openings whatever the undisclosed pay is (Manski 1989). The defaults are the
    claim of 2023 (claims.yml). Raises SelectionError where low > high.
    """
    if low > high:
        raise SelectionError(f"a claim's lower end ({low:,.0f}) cannot exceed its upper end ({high:,.0f}).")
    openings = _openings(release, selection, "payroll", currency)
    rows = [_claim_row(openings, name, low, high) for name in CRITERIA]
    return Measure(
        "pay.claim_share", from_rows(CLAIM, rows), _cover(release, selection, "payroll", method="claim")
    )


def reported_pay(release: Release, title: str = "Prompt Engineer") -> Measure:
    """Medians of self-reported salaries by year (columns REPORTED): ai-jobs.net's table, CC0.

    People's own reports, not adverts: they never join the adverts' series. The table names no employers,
    so only the number of rows decides whether a median is shown. Coverage counts reports as postings.
    """
    sql = "SELECT year, salary_usd FROM reported_pay WHERE lower(title) = lower(?) AND salary_usd IS NOT NULL"
    frame = release.query(sql + " ORDER BY year, salary_usd", [title])
    rows = [_reported_row(int(year), list(group["salary_usd"])) for year, group in frame.groupby("year")]
    coverage = Coverage(
        unit="report",
        n_postings=len(frame),
        n_openings=len(frame),
        n_employers=0,
        disclosure=None,
        since=None,
        until=None,
        sources=("ai_jobs_net_salaries",),
        provisional=False,
        withheld=withhold("reported", len(frame), 0),
        method="reported-pay",
    )
    return Measure("pay.reported_pay", from_rows(REPORTED, rows), coverage)


def _openings(release: Release, selection: Selection, market: str, currency: str) -> pd.DataFrame:
    """One row per opening of the market, ordered; `lower` and `upper` in the asked unit."""
    if market not in MARKETS:
        raise SelectionError(f"market is {market!r}; allowed: {', '.join(MARKETS)}.")
    if not _CURRENCY.fullmatch(currency):
        raise SelectionError(f"currency is {currency!r}; give an ISO 4217 code such as USD or EUR.")
    kinds = MARKETS[market].work_kinds
    (lower, upper), unit_values = _figures(market, currency)
    where, values = selection.where("p")
    sql = (
        load_query("pay_openings")
        .replace("{selected}", where)
        .replace("{market}", ", ".join("?" * len(kinds)))
        .replace("{lower}", lower)
        .replace("{upper}", upper)
    )
    return release.query(sql, [*values, *kinds, *unit_values, *unit_values])


def _cover(
    release: Release, selection: Selection, market: str, *, method: str, rule: str | None = None
) -> Coverage:
    kinds = MARKETS[market].work_kinds
    only: Condition = (f"p.work_kind IN ({', '.join('?' * len(kinds))})", list(kinds))
    return cover(release, selection, method=method, rule=rule, only=only)


def _figures(market: str, currency: str) -> tuple[tuple[str, str], list[object]]:
    """SQL of the lower and upper figure, and the values either takes."""
    if MARKETS[market].period == "hour":
        when = "CASE WHEN p.pay_currency = ? AND p.pay_period = 'hour' THEN p.pay_{} END"
        return (when.format("min"), when.format("max")), [currency]
    if currency == "USD":
        return ("p.pay_usd_min", "p.pay_usd_max"), []
    when = "CASE WHEN p.pay_currency = ? THEN p.pay_annual_{} END"
    return (when.format("min"), when.format("max")), [currency]


def _pay_row(openings: pd.DataFrame, market: str, currency: str) -> dict[str, Any]:
    n, n_paid = len(openings), int(openings["has_pay"].sum())
    figures = openings[openings["lower"].notna() | openings["upper"].notna()]
    lower, lower_reason = _median(openings, "lower")
    upper, upper_reason = _median(openings, "upper")
    return {
        "n_openings": n,
        "n_paid": n_paid,
        "disclosure": n_paid / n if n else None,
        "n_employers": int(figures["employer_key"].nunique()),
        **lower,
        **upper,
        "currency": currency,
        "period": MARKETS[market].period,
        "withheld": lower_reason or upper_reason,
    }


def _median(openings: pd.DataFrame, bound: str) -> tuple[dict[str, Any], Withheld | None]:
    stated = openings[openings[bound].notna()]
    employers = stated["employer_key"].value_counts()
    reason = withhold("median", len(stated), len(employers), int(employers.max()) if len(employers) else 0)
    values = {f"n_{bound}": len(stated), f"{bound}_median": None, f"{bound}_low": None, f"{bound}_high": None}
    if reason is not None:
        return values, reason
    ascending = sorted(stated[bound])
    low, high = median_interval(ascending) or (None, None)
    return values | {f"{bound}_median": median(ascending), f"{bound}_low": low, f"{bound}_high": high}, None


def median(ascending: list[float]) -> float:
    """The median of ascending values, in their unit. Raises IndexError for none."""
    half = len(ascending) // 2
    return float(ascending[half] if len(ascending) % 2 else (ascending[half - 1] + ascending[half]) / 2)


_Test = Callable[["pd.DataFrame", float, float], "pd.Series"]
# Criterion -> (bounds it needs, test, English, French).
CRITERIA: dict[str, tuple[tuple[str, ...], _Test, str, str]] = {
    "upper_reaches_low": (
        ("upper",),
        lambda f, low, high: f["upper"] >= low,
        "The upper bound reaches the claim's lower end",
        "La borne haute atteint le bas de l'affirmation",
    ),
    "lower_reaches_low": (
        ("lower",),
        lambda f, low, high: f["lower"] >= low,
        "The lower bound reaches the claim's lower end",
        "La borne basse atteint le bas de l'affirmation",
    ),
    "upper_reaches_high": (
        ("upper",),
        lambda f, low, high: f["upper"] >= high,
        "The upper bound reaches the claim's upper end",
        "La borne haute atteint le haut de l'affirmation",
    ),
    "range_inside": (
        ("lower", "upper"),
        lambda f, low, high: (f["lower"] >= low) & (f["upper"] <= high),
        "The whole range lies inside the claim",
        "Toute la fourchette est dans l'affirmation",
    ),
}


def _claim_row(openings: pd.DataFrame, name: str, low: float, high: float) -> dict[str, Any]:
    bounds, test, english, french = CRITERIA[name]
    known = openings.dropna(subset=list(bounds))
    k, n, n_all = int(test(known, low, high).sum()), len(known), len(openings)
    reason = withhold("cell", n, int(known["employer_key"].nunique()))
    row = {"criterion": name, "label_en": english, "label_fr": french, "low": low, "high": high}
    row |= {"n_reach": k, "n_figures": n, "n_openings": n_all, "withheld": reason}
    return row | _claim_shares(k, n, n_all, reason)


def _claim_shares(k: int, n: int, n_all: int, reason: Withheld | None) -> dict[str, float | None]:
    names = ("share", "share_low", "share_high", "worst_low", "worst_high")
    ends = wilson(k, n)
    if reason is not None or ends is None:
        return dict.fromkeys(names)
    return dict(zip(names, (k / n, *ends, k / n_all, (k + n_all - n) / n_all), strict=True))


def _reported_row(year: int, ascending: list[float]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "year": year,
        "n": len(ascending),
        "withheld": withhold("reported", len(ascending), 0),
    }
    if row["withheld"] is not None:
        return row | {"median": None, "low": None, "high": None}
    low, high = median_interval(ascending) or (None, None)
    return row | {"median": median(ascending), "low": low, "high": high}
