"""Which months a series covers: observed, provisional, or a hole with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.measures.coverage import as_date, current_month
from data.measures.panel import sources_where
from data.measures.queries import load_query
from data.measures.reasons import Gap
from data.measures.selection import Selection

if TYPE_CHECKING:
    from data.release import Release

# Grain -> months in a period.
GRAINS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a series by its first day. A hole (`is_covered` False) has no values, only a reason."""

    start: date
    is_covered: bool
    is_provisional: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Observed:
    """The months in which one source was observed; True where all its boards were."""

    source: str
    months: dict[date, bool]

    def spans(self, month: date) -> bool:
        return min(self.months) <= month <= max(self.months)


def periods(
    release: Release, selection: Selection, counted: Iterable[date], *, grain: str = "month"
) -> list[Period]:
    """Every period from the first to the last observed one, in order, within the selection's bounds.

    `counted`: periods that hold adverts; they are never holes. Raises KeyError for an unknown grain.
    """
    observed, with_adverts = _observed(release, selection), set(counted)
    known = {floor(month, grain) for source in observed for month in source.months} | with_adverts
    bounded = [p for p in known if _inside(p, selection, grain)]
    if not bounded:
        return []
    now = floor(current_month(release), grain)
    return [
        _period(start, grain, observed, start in with_adverts, now)
        for start in _steps(min(bounded), max(bounded), GRAINS[grain])
    ]


def floor(day: date, grain: str) -> date:
    """First day of the period of `grain` that holds `day`."""
    step = GRAINS[grain]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _observed(release: Release, selection: Selection) -> list[_Observed]:
    where, values = sources_where(release, selection, "m")
    frame = release.query(load_query("source_months").replace("{source}", where), values)
    found: dict[str, dict[date, bool]] = {}
    for row in frame.itertuples():
        month = as_date(row.month)
        if month is not None:
            found.setdefault(row.source, {})[month] = bool(row.is_whole)
    return [_Observed(source, months) for source, months in sorted(found.items())]


def _period(start: date, grain: str, observed: list[_Observed], has_adverts: bool, now: date) -> Period:
    months = list(_steps(start, _plus(start, GRAINS[grain] - 1), 1))
    is_covered = has_adverts or any(m in s.months for s in observed for m in months)
    reason = _reason(months, observed) or (str(Gap.INCOMPLETE) if start >= now else None)
    if reason is None and _is_edge(months, observed):
        reason = str(Gap.PART_OBSERVED)
    if is_covered:
        return Period(start, True, reason is not None, reason)
    return Period(start, False, False, reason or str(Gap.NO_CHECK))


def _reason(months: list[date], observed: list[_Observed]) -> str | None:
    """What was missed within the time that each source spans; None where nothing was."""
    missing = [s.source for s in observed if any(s.spans(m) and m not in s.months for m in months)]
    broken = [s.source for s in observed if not all(s.months.get(m, True) for m in months)]
    if missing:
        return f"{Gap.NO_ADVERTS}:{','.join(missing)}"
    return f"{Gap.BOARDS_FAILED}:{','.join(broken)}" if broken else None


def _is_edge(months: list[date], observed: list[_Observed]) -> bool:
    """Does the time that a source spans begin or end within the period?"""
    return any(0 < sum(s.spans(m) for m in months) < len(months) for s in observed)


def _inside(start: date, selection: Selection, grain: str) -> bool:
    low = floor(selection.since, grain) if selection.since else date.min
    high = floor(selection.until, grain) if selection.until else date.max
    return low <= start <= high


def _steps(first: date, last: date, step: int) -> Iterator[date]:
    while first <= last:
        yield first
        first = _plus(first, step)


def _plus(month: date, months: int) -> date:
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
