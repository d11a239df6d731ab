"""Which weeks a series covers: observed, provisional, or a hole with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.measures.calendar import Period
from data.measures.coverage import as_date, made_on
from data.measures.panel import panel_where
from data.measures.queries import load_query
from data.measures.reasons import Gap
from data.measures.selection import Selection

if TYPE_CHECKING:
    from data.release import Release

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Read:
    """The weeks (Mondays) in which one source was read, True where all its boards were; first and last such day."""

    source: str
    weeks: dict[date, bool]
    first_day: date
    last_day: date

    def spans(self, monday: date) -> bool:
        return min(self.weeks) <= monday <= max(self.weeks)

    def is_edge(self, monday: date) -> bool:
        """Was it first read after the week had begun, or last read before it was over?"""
        return monday < self.first_day < monday + WEEK or monday <= self.last_day < monday + WEEK


def weeks(release: Release, selection: Selection) -> list[Period]:
    """Every week (by its Monday) from the first to the last check of the listing sources, in the selection's months.

    Provisional: a week that was not over when the release was made; one that a source entered or left half-way; one
    in which a source, or one of its boards that were asked, was not read. Without any complete check it is a hole.
    """
    read = _read(release, selection)
    mondays = sorted({monday for one in read for monday in one.weeks})
    if not mondays:
        return []
    steps = [mondays[0] + i * WEEK for i in range((mondays[-1] - mondays[0]) // WEEK + 1)]
    return [_period(monday, read, made_on(release)) for monday in steps if _inside(monday, selection)]


def _read(release: Release, selection: Selection) -> list[_Read]:
    where, values = panel_where(release, Selection(source=selection.source, role="all"))
    frame = release.query(load_query("source_weeks").replace("{source}", where), values)
    found: dict[str, _Read] = {}
    for row in frame.itertuples():
        week, first, last = as_date(row.week), as_date(row.first_day), as_date(row.last_day)
        if week is not None and first is not None and last is not None:
            one = found.setdefault(row.source, _Read(row.source, {}, first, last))
            one.weeks[week] = bool(row.is_whole)
    return list(found.values())


def _period(monday: date, read: list[_Read], now: date) -> Period:
    is_covered = any(monday in one.weeks for one in read)
    missing = [one.source for one in read if one.spans(monday) and monday not in one.weeks]
    broken = [one.source for one in read if not one.weeks.get(monday, True)]
    reason = None
    if missing:
        reason = f"{Gap.NO_CHECK}:{','.join(missing)}"
    elif broken:
        reason = f"{Gap.BOARDS_FAILED}:{','.join(broken)}"
    elif monday + WEEK > now:
        reason = str(Gap.INCOMPLETE)
    elif any(one.is_edge(monday) for one in read):
        reason = str(Gap.PART_OBSERVED)
    return Period(monday, is_covered, is_covered and reason is not None, reason)


def _inside(monday: date, selection: Selection) -> bool:
    month = monday.replace(day=1)
    return (selection.since or month) <= month <= (selection.until or month)
