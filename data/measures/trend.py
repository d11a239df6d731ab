"""The trend of demand: one verdict on new openings, with the power of the data behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from data.measures.cohorts import WINDOWS, Cohorts, cohorts, flow_months, only
from data.measures.coverage import RULES, Coverage, Figure, Measure
from data.measures.demand_columns import TREND
from data.measures.panel import cover_panel
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Condition, Selection
from data.measures.shape import from_rows
from data.measures.slope import Slope, Stratum, fit_slope

if TYPE_CHECKING:
    from data.release import Release

NEW: Condition = ("NOT p.is_repost", [])
LEVEL_BOUND = 0.05
"""Growth a month, up or down, that is called level where the whole interval lies within it."""
WEEKS_A_MONTH = 365.25 / 12 / 7


class Verdict(StrEnum):
    """What the interval of the growth says."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class _Window:
    """The complete periods looked at: their grain, first and last number, and those left out of them."""

    grain: str
    first: int
    last: int
    left_out: frozenset[int]

    @property
    def numbers(self) -> list[int]:
        return [n for n in range(self.first, self.last + 1) if n not in self.left_out]


def trend(release: Release, selection: Selection, *, weeks: int = 26) -> Measure:
    """Do new openings of the role become more frequent among all adverts of the same boards? One row (columns TREND).

    Over the last `weeks` complete weeks of listing sources (cut to the selection's months); where there are none,
    over as many months of the other sources (26 weeks: 6 months). The count of new openings (no reposts) of each
    period is a Poisson variable with the adverts read in it as exposure; boards observed through the same periods
    share a level, all share one growth (data.measures.slope), so that boards that join or end move nothing. `growth`
    is the relative change of that rate a month, `detectable` the smallest growth a month that such data would find
    with 80 % power. verdict: up, down (the interval excludes 0), level (it lies within 5 % a month), else
    not_enough_data. Withheld below 5 complete periods or 10 openings. The running period is left out.
    """
    row = _weekly(release, selection, weeks) or _monthly(release, selection, math.ceil(weeks * 12 / 52))
    coverage = cover_panel(release, selection, method="trend")
    if row is None:
        row = dict.fromkeys(column.name for column in TREND) | _counted(0, 0, None)
    measure = Measure("demand.trend", from_rows(TREND, [row]), _spoken(coverage, row))
    return replace(measure, coverage=replace(measure.coverage, note=_note(row)))


def verdict(low: float, high: float) -> Verdict:
    """What an interval of the growth a month (0.05 = 5 %) says."""
    if low > 0:
        return Verdict.UP
    if high < 0:
        return Verdict.DOWN
    return Verdict.LEVEL if low >= -LEVEL_BOUND and high <= LEVEL_BOUND else Verdict.NOT_ENOUGH_DATA


def _weekly(release: Release, selection: Selection, weeks: int) -> dict[str, Any] | None:
    found = cohorts(release, selection, grain="week", where=NEW)
    if found.last is None or found.first is None:
        return None
    bounds = _bounded(found, "week", selection)
    window = _Window("week", max(bounds[0], bounds[1] - weeks + 1), bounds[1], frozenset())
    return _fitted(found, window)


def _monthly(release: Release, selection: Selection, months: int) -> dict[str, Any] | None:
    """By month for sources without listings; months in which one was not read whole are left out."""
    found = cohorts(release, selection, grain="month", where=NEW)
    if found.last is None or found.first is None:
        return None
    whole = {
        _number(period.start)
        for period in flow_months(release, selection)
        if period.is_covered and not period.is_provisional
    }
    low, high = _bounded(found, "month", selection)
    chosen = sorted(n for n in whole if low <= n <= high)[-months:]
    if not chosen:
        return None
    left_out = set(range(chosen[0], chosen[-1] + 1)) - set(chosen)
    return _fitted(found, _Window("month", chosen[0], chosen[-1], frozenset(left_out)))


def _number(month: date) -> int:
    return 12 * month.year + month.month - 1


def _bounded(found: Cohorts, grain: str, selection: Selection) -> tuple[int, int]:
    """First and last window within the months of the selection."""
    windows, numbers = WINDOWS[grain], range(found.first or 0, (found.last or 0) + 1)
    inside = [
        n
        for n in numbers
        if (selection.since or date.min) <= windows.start(n)
        and windows.end(n).replace(day=1) <= (selection.until or date.max)
    ]
    return (inside[0], inside[-1]) if inside else (1, 0)


def _strata(found: Cohorts, window: _Window) -> Iterator[Stratum]:
    """One per set of boards that were observed through the same of the window's periods."""
    import numpy as np

    clipped = [
        columns
        | {
            "first": columns["first_window"].clip(window.first),
            "last": columns["last_window"].clip(0, window.last),
        }
        for columns in (found.adverts, found.openings)
    ]
    spans = {tuple(pair) for pair in np.stack([clipped[0]["first"], clipped[0]["last"]], axis=1).tolist()}
    for first, last in sorted(spans):
        times = [n for n in window.numbers if first <= n <= last]
        adverts, events = (
            _by_window(columns, name, (first, last), times)
            for columns, name in zip(clipped, ("n_all", "n"), strict=True)
        )
        if times:
            yield Stratum(np.array(times, dtype=float) - window.first, np.minimum(events, adverts), adverts)


def _by_window(columns: dict[str, Any], name: str, span: tuple[int, int], times: list[int]) -> Any:
    """The sum of a column in each of `times` over the boards of one span."""
    import numpy as np

    kept = only(columns, (columns["first"] == span[0]) & (columns["last"] == span[1]))
    totals = np.zeros(len(times))
    place = {n: i for i, n in enumerate(times)}
    for n, value in zip(kept["win"].tolist(), kept[name].tolist(), strict=True):
        if n in place:
            totals[place[n]] += value
    return totals


def _fitted(found: Cohorts, window: _Window) -> dict[str, Any]:
    strata = list(_strata(found, window))
    observed = sorted({float(t) for s in strata for t in s.times[s.exposures > 0]})
    n_openings = int(sum(s.events.sum() for s in strata))
    row: dict[str, Any] = dict.fromkeys(column.name for column in TREND)
    row |= _counted(n_openings, len(observed), window.grain)
    if observed:
        windows = WINDOWS[window.grain]
        row |= {
            "since": windows.start(window.first + int(observed[0])),
            "until": windows.end(window.first + int(observed[-1])),
        }
    slope = fit_slope(strata) if row["withheld"] is None else None
    return row | (_growth(slope, window.grain) if slope is not None else {})


def _counted(n_openings: int, n_periods: int, grain: str | None) -> dict[str, Any]:
    rule = RULES["trend"]
    reason = Withheld.FEW_PERIODS if n_periods < rule.weeks else None
    if n_openings < rule.openings:
        reason = Withheld.FEW_OPENINGS
    verdict_ = None if reason is None else Verdict.NOT_ENOUGH_DATA
    counts = {"n_openings": n_openings, "n_periods": n_periods, "grain": grain}
    return counts | {"withheld": reason, "verdict": verdict_}


def _growth(slope: Slope, grain: str) -> dict[str, Any]:
    a_month = WEEKS_A_MONTH if grain == "week" else 1.0
    value, low, high, least = (
        _relative(one * a_month) for one in (slope.value, slope.low, slope.high, slope.detectable)
    )
    return {
        "growth": _finite(value),
        "growth_low": low,
        "growth_high": _finite(high),
        "detectable": _finite(least),
        "dispersion": slope.dispersion,
        "verdict": verdict(low, high),
    }


def _relative(logarithm: float) -> float:
    return math.expm1(logarithm) if logarithm < 50 else math.inf


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _spoken(coverage: Coverage, row: dict[str, Any]) -> Coverage:
    reason = coverage.withheld or row["withheld"]
    if reason is not None:
        return replace(coverage, withheld=reason, figure=Figure(None, "growth per month"))
    figure = Figure(row["growth"], "growth per month", row["growth_low"], row["growth_high"], Interval.SCORE)
    return replace(coverage, figure=figure)


def _note(row: dict[str, Any]) -> tuple[str, str] | None:
    if row["grain"] != "month":
        return None
    return (
        "By month, at sources that are not listed daily; months that were not read whole are left out.",
        "Par mois, pour les sources qui ne sont pas relevées chaque jour ; les mois lus en partie sont exclus.",
    )
