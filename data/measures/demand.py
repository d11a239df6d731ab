"""Demand: adverts and openings by month, stock by day where presence is observed, and others' benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from data.measures.absorption import absorption
from data.measures.calendar import Period, periods
from data.measures.columns import BENCHMARKS, FLOW, RELATIONS, STOCK
from data.measures.coverage import Coverage, Measure, as_date, cover, withhold
from data.measures.growth import growth
from data.measures.index import index
from data.measures.intervals import poisson, wilson
from data.measures.panel import TOGETHER, cover_panel, in_panel, panel_where
from data.measures.panel_days import panel_days
from data.measures.panel_share import panel_share
from data.measures.queries import load_query
from data.measures.reasons import Gap, Withheld
from data.measures.rebased import rebased_benchmarks
from data.measures.selection import Condition, Selection
from data.measures.shape import from_query, from_rows
from data.measures.trend import trend
from data.measures.trend_words import trend_sentence
from data.measures.units import in_unit
from data.measures.weeks import weeks
from data.release import Scope
from data.schema import PROMPT_RELATIONS

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

__all__ = [
    "absorption",
    "benchmarks",
    "by_relation_month",
    "flow",
    "flow_by_month",
    "growth",
    "index",
    "panel_share",
    "rebased_benchmarks",
    "stock_by_day",
    "trend",
    "trend_sentence",
]
PER = 10_000


def flow_by_month(release: Release, selection: Selection) -> Measure:
    """Adverts and openings by month of posting with intervals and their share of all adverts (FLOW)."""
    return flow(release, selection, grain="month")


def flow(release: Release, selection: Selection, *, grain: str = "month", unit: str = "opening") -> Measure:
    """The flow by `grain` (week, month, quarter, year), one row per period, holes included (columns FLOW).

    `unit`: posting, opening, role or employer: what `n` counts, with its exact Poisson interval. Counts are never
    withheld: a count is its own n. The share (adverts per 10,000 of the panel, Wilson) is withheld below the cell
    rule, save a true 0 of an observed panel. Holes have no values at all. Weeks (ISO 8601, by their Monday) are those
    of listing sources only. Raises KeyError for an unknown grain, SelectionError for an unknown unit.
    """
    only, coverage = _covered_flow(release, selection, grain, unit)
    if coverage.withheld is Withheld.OLD_RELEASE:
        return Measure("demand.flow", from_rows(FLOW, []), coverage)
    panel, panel_values = panel_where(release, selection.panel())
    selected, values = panel_where(release, selection)
    sql = load_query("flow_week" if grain == "week" else "flow")
    sql = sql.replace("{selected}", selected).replace("{panel}", panel).replace("{grain}", grain)
    counts = _by_month(release.query(sql, [*panel_values, *values], scope=selection.scope))
    if unit == "role":
        _add_roles(release, selection, grain, only, counts)
    spans = weeks(release, selection) if grain == "week" else periods(release, selection, counts, grain=grain)
    rows = [_flow_row(period, counts.get(period.start), unit) for period in spans]
    return Measure("demand.flow", from_rows(FLOW, rows), coverage)


def _covered_flow(
    release: Release, selection: Selection, grain: str, unit: str
) -> tuple[Condition, Coverage]:
    """What the grain leaves of the panel (a condition over alias p), and the coverage in `unit`."""
    coverage = replace(cover_panel(release, selection, method="flow"), note=TOGETHER)
    panel, values = in_panel(release)
    only = (f"{panel} AND p.lifecycle = 'listing'" if grain == "week" else panel, values)
    if grain == "week" and coverage.withheld is None:
        coverage = cover(release, selection, method="flow", only=only)
        coverage = replace(coverage, note=_WEEKS) if coverage.n_openings else coverage
    return only, in_unit(release, selection, coverage, unit, only)


_WEEKS = (
    f"Weeks are counted at sources whose listings are read; threads come once a month. {TOGETHER[0]}",
    "Les semaines ne comptent que les sources dont les listes sont relevées ; les fils sont mensuels. "
    + TOGETHER[1],
)


def _add_roles(
    release: Release, selection: Selection, grain: str, only: Condition, counts: dict[date, dict[str, int]]
) -> None:
    day = "p.dated_on" if grain == "week" else "p.month"
    selected, values = selection.where("p")
    sql = load_query("roles_by_period").replace("{period}", f"date_trunc('{grain}', {day})::DATE")
    sql = sql.replace("{selected}", f"{selected} AND {only[0]}")
    found = _by_month(release.query(sql, [*values, *only[1]], scope=selection.scope))
    for start, row in counts.items():
        row |= found.get(start, {"n_roles": 0})


def by_relation_month(release: Release, selection: Selection, *, grain: str = "month") -> Measure:
    """Openings by period and relation to prompting, whatever the selection's role (columns RELATIONS).

    Observed periods have a row for every relation but `none` (0 is a true 0); holes have no values.
    """
    panel, values = panel_where(release, selection.panel())
    sql = load_query("relations").replace("{panel}", panel).replace("{grain}", grain)
    counts: dict[date, dict[str, Any]] = {}
    for row in release.query(sql, [*values, *values], scope=Scope.NAMED).itertuples():
        month = as_date(row.month)
        if month is not None:
            counts.setdefault(month, {"n_all": int(row.n_all)})[row.relation] = int(row.n_openings)
    rows = [
        row
        for period in periods(release, selection, counts, grain=grain)
        for row in _relation_rows(period, counts.get(period.start, {"n_all": 0}))
    ]
    coverage = cover_panel(release, selection.panel(), method="absorption")
    return Measure("demand.by_relation_month", from_rows(RELATIONS, rows), coverage)


def stock_by_day(release: Release, selection: Selection, *, unit: str = "opening") -> Measure:
    """What is open at each day's end at sources whose listings we check, in `unit` (columns STOCK).

    stock(t) = stock(t-1) + n_new - n_closed holds exactly. A day without any covered board is a hole:
    its n_open is missing (nothing enters or leaves the stock on it). `since` and `until` cut the days
    that are shown, not what is counted. Raises SelectionError for an unknown unit.
    """
    only: Condition = ("p.lifecycle = 'listing'", [])
    coverage = in_unit(release, selection, cover(release, selection, method="stock", only=only), unit, only)
    frame = _stock_in(release, selection, unit) if coverage.withheld is None else None
    found = [] if frame is None else _stock_rows(frame)
    rows = [row for row in found if _shown(row["day"], selection)]
    return Measure("demand.stock_by_day", from_rows(STOCK, rows), coverage)


def _stock_in(release: Release, selection: Selection, unit: str) -> pd.DataFrame | None:
    """day, n_new, n_first_check, n_closed, boards_covered, boards_failed; None without any check."""
    import pandas as pd

    if unit == "opening":
        source, source_values = Selection(source=selection.source, role="all").where("p")
        selected, values = replace(selection, since=None, until=None).where("p")
        sql = load_query("stock").replace("{source}", source).replace("{selected}", selected)
        return release.query(sql, [*source_values, *values], scope=selection.scope)
    panel = panel_days(release, selection, unit=unit)
    if panel is None:
        return None
    names = ("n_new", "n_first_check", "n_closed", "boards_covered", "boards_failed")
    return pd.DataFrame({"day": pd.to_datetime(panel.days)} | {name: getattr(panel, name) for name in names})


def benchmarks(
    release: Release, selection: Selection | None = None, *, countries: Sequence[str] = ()
) -> Measure:
    """Indeed's posting index and AI share (CC BY 4.0) for `countries`, else the selection's, else all.

    Columns BENCHMARKS. They count all postings, not prompt-engineer ones; the coverage is of ours.
    """
    chosen = selection or Selection()
    wanted = list(countries) or list(chosen.country)
    where = f"WHERE country IN ({', '.join('?' * len(wanted))})" if wanted else ""
    frame = release.query(f"SELECT * FROM benchmarks {where} ORDER BY series, country, day", wanted)
    return Measure(
        "demand.benchmarks", from_query(BENCHMARKS, frame), cover(release, chosen, method="benchmarks")
    )


def _by_month(frame: pd.DataFrame) -> dict[date, dict[str, int]]:
    columns = [name for name in frame.columns if name != "month"]
    return {
        row["month"].date(): {name: int(row[name]) for name in columns} for row in frame.to_dict("records")
    }


_FLOW_VALUES = ("n_postings", "n_openings", "n_new", "n_employers", "n_all", "n_backfilled")


_COUNTED = {"posting": "n_postings", "opening": "n_openings", "role": "n_roles", "employer": "n_employers"}


def _flow_row(period: Period, counts: dict[str, int] | None, unit: str) -> dict[str, object]:
    if not period.is_covered:
        return dict.fromkeys((c.name for c in FLOW), None) | _marks(period)
    counted = _COUNTED[unit]
    n = counts if counts is not None else dict.fromkeys((*_FLOW_VALUES, counted), 0)
    low, high = poisson(n[counted])
    row: dict[str, object] = {
        "n_low": low,
        "n_high": high,
        "n": n[counted],
        **n,
        **_share(n),
        **_marks(period),
    }
    if n["n_backfilled"] and not period.reason:
        row |= {"is_provisional": True, "reason": str(Gap.BEFORE_FIRST_CHECK)}
    return row


def _share(n: dict[str, int]) -> dict[str, object]:
    """Share per 10,000 with interval, or the reason why not. None of the panel is a true 0 with an interval."""
    k = min(n["n_postings"], n["n_all"])
    ends = wilson(k, n["n_all"])
    reason = withhold("cell", n["n_openings"], n["n_employers"]) if k else None
    if ends is None or reason is not None:
        return {"share_per_10k": None, "share_low": None, "share_high": None, "withheld": reason}
    share = {"share_per_10k": k / n["n_all"], "share_low": ends[0], "share_high": ends[1]}
    return {name: PER * value for name, value in share.items()} | {"withheld": None}


def _marks(period: Period) -> dict[str, object]:
    return {
        "month": period.start,
        "is_covered": period.is_covered,
        "is_provisional": period.is_provisional,
        "reason": period.reason,
    }


def _relation_rows(period: Period, counts: dict[str, Any]) -> Iterator[dict[str, object]]:
    for relation in PROMPT_RELATIONS:
        if relation == "none":
            continue
        covered = period.is_covered
        yield _marks(period) | {
            "relation": relation,
            "n_openings": counts.get(relation, 0) if covered else None,
            "n_all": counts["n_all"] if covered else None,
        }


def _stock_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    records = frame.to_dict("records")
    changes = (row["n_new"] - row["n_closed"] for row in records)
    for row, n_open in zip(records, accumulate(changes), strict=True):
        covered = row["boards_covered"] > 0
        yield row | {
            "n_open": n_open if covered else None,
            "is_covered": covered,
            "reason": _stock_reason(row),
        }


def _stock_reason(row: dict[str, Any]) -> str | None:
    if row["boards_failed"]:
        return str(Gap.BOARDS_FAILED)
    return None if row["boards_covered"] else str(Gap.NO_CHECK)


def _shown(day: Any, selection: Selection) -> bool:
    month = day.date().replace(day=1)
    return bool((selection.since or month) <= month <= (selection.until or month))
