"""What a source's card has us expect: when it runs next, and how many postings a usual day gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from data.errors import ReferenceDataError
from data.health.verdict import LEAST_USUAL
from data.reference import Card, load_boards

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger


def cron_trigger(cron: str) -> CronTrigger:
    """The trigger of a card's cron line, in UTC: no hour is missing or repeated by summer time.

    Raises ReferenceDataError for weekdays in figures: APScheduler counts them from Monday, crontab from Sunday.
    """
    from apscheduler.triggers.cron import CronTrigger

    if any(sign.isdigit() for sign in cron.split()[-1]):
        raise ReferenceDataError(f"schedule {cron!r}: write days of the week as names (mon,thu).")
    return CronTrigger.from_crontab(cron, timezone=UTC)


def next_time(cron: str, after: datetime) -> datetime | None:
    """The first time after `after` (both UTC, naive) that a cron line names, as the scheduler reads it."""
    found = cron_trigger(cron).get_next_fire_time(None, after.replace(tzinfo=UTC) + timedelta(seconds=1))
    return found.replace(tzinfo=None) if found else None


def planned_run(card: Card | None, last_run_at: datetime | None) -> datetime | None:
    """When the card's cron line has the source run after its last run (UTC, naive)."""
    if card is None or not card.enabled or not card.schedule or last_run_at is None:
        return None
    return next_time(card.schedule, last_run_at)


def expected(card: Card | None, n_boards: int) -> int | None:
    """Postings of a usual day: the card's, in proportion where `n_boards` answered and ours are more.

    None where that proportion is too small to judge by.
    """
    if card is None or card.expected_min is None:
        return None
    ours = sum(board.source == card.id and board.status == "on" for board in load_boards())
    if not ours:
        return card.expected_min
    share = int(card.expected_min * min(1.0, n_boards / ours))
    return share if share >= LEAST_USUAL else None
