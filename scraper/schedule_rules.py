"""When a source runs and when a release is made: pure decisions. Times are UTC and aware; the clock is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from data import plans

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

JITTER = 120
"""Seconds a run may begin after its cron time, by chance: not every installation asks at the same second."""
STAGGER = timedelta(seconds=3)
LATE = timedelta(hours=1)
"""A run that begins later than this after its cron time is a catch-up."""
AGAIN = timedelta(minutes=10)
"""Before a source is tried again whose crawl was killed, or which another process was collecting."""
QUIET = timedelta(minutes=15)
LONGEST = timedelta(hours=1)
PATIENCE = timedelta(hours=6)

Kind = Literal["first", "scheduled", "catch-up", "retry"]
Status = Literal["running", "finished", "failed", "interrupted", "off", "busy", "killed", "stopped"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run the scheduler began. `due` is the cron time it answers.

    busy: another process was collecting the source; killed: the crawl's process died by a signal;
    stopped: the scheduler ended before the crawl did, asked to or killed.
    """

    source: str
    kind: Kind
    due: datetime
    started: datetime
    status: Status
    reason: str | None = None

    @property
    def is_owed(self) -> bool:
        """Whether what was due is still to be done. A crawl that is killed twice waits for its cron time."""
        return self.status in ("busy", "stopped") or (self.status == "killed" and self.kind != "retry")


@dataclass(frozen=True, slots=True)
class Due:
    """What a run that begins now is for."""

    kind: Kind
    at: datetime


def cron_trigger(cron: str) -> CronTrigger:
    """The trigger of a card's cron line (data.plans), late by chance. Raises ReferenceDataError."""
    trigger = plans.cron_trigger(cron)
    trigger.jitter = JITTER
    return trigger


def due(cron: str, last: Attempt | None, now: datetime) -> Due | None:
    """What `source` owes at `now`, given its last attempt; None before its next cron time.

    However many cron times passed, one run answers them all.
    """
    if last is None:
        return Due("first", now)
    if last.is_owed:
        again: dict[str, Kind] = {"killed": "retry", "stopped": "catch-up"}
        return Due(again.get(last.status, last.kind), last.due)
    passed = _next(cron, min(last.started, now))
    if passed > now:
        return None
    return Due("catch-up" if now - passed > LATE else "scheduled", passed)


def _next(cron: str, after: datetime) -> datetime:
    found: datetime = plans.cron_trigger(cron).get_next_fire_time(None, after + timedelta(microseconds=1))
    return found


def begins(owed: list[str], now: datetime) -> dict[str, datetime]:
    """When each of the sources that owe a run begins, a few seconds apart."""
    return {source: now + STAGGER * n for n, source in enumerate(owed, start=1)}


@dataclass(frozen=True, slots=True)
class Unpublished:
    """What was recorded since the last release: the first run's end; whether any run read a board."""

    since: datetime
    has_news: bool
    failed_at: datetime | None = None  # when a release was tried since and could not be made


def is_release_due(
    waiting: Unpublished | None, *, busy: bool, coming: datetime | None, now: datetime
) -> bool:
    """Whether to read what is new and publish.

    One release serves the sources that run close together: it waits until no crawl is under way or due
    in a quarter of an hour, an hour at most. Where all that was recorded are failures, it waits six hours for news.
    """
    if waiting is None or (waiting.failed_at and now - waiting.failed_at < LONGEST):
        return False
    if not waiting.has_news:
        return now - waiting.since >= PATIENCE
    is_quiet = not busy and (coming is None or coming - now > QUIET)
    return is_quiet or now - waiting.since >= LONGEST
