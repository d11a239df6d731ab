"""The scheduler: one process under a lock that crawls each source when its card says so, and publishes what came of it."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from data.errors import BusyError
from scraper.schedule_journal import close_left_open, last_attempts, open_journal, store_url
from scraper.schedule_rules import Attempt, begins, cron_trigger, due
from scraper.schedule_service import Service

if TYPE_CHECKING:
    from apscheduler.schedulers.blocking import BlockingScheduler

    from data.reference import Card

_PARALLEL = 2
# Also how soon a machine that was suspended notices what it missed: the wait for the next job does not count that time.
POLL = 30
_service: Service | None = None


def update_source(source: str) -> None:
    """The scheduled job: one crawl of the source. Stored by this name in schedule.sqlite."""
    if _service is not None:
        _service.run(source)


def run_scheduler(home: Path, cards: Sequence[Card], *, poll: float = POLL) -> None:
    """Run until SIGTERM or SIGINT. Raises BusyError where another scheduler holds the lock."""
    from apscheduler.events import EVENT_SCHEDULER_STARTED

    global _service
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "scheduler.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"Another scheduler already runs on {home}; stop it first, or set PROMPTJOBS_HOME."
        ) from None
    with lock:
        _service = service = Service(make_scheduler(home), open_journal(home), cards)
        close_left_open(service.journal, datetime.now(UTC))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: service.stop())
        service.scheduler.add_listener(lambda _: _catch_up(service), EVENT_SCHEDULER_STARTED)
        service.start(poll)


def _catch_up(service: Service) -> None:
    sync_jobs(service.scheduler, service.cards, last_attempts(service.journal), now=datetime.now(UTC))


def make_scheduler(home: Path) -> BlockingScheduler:
    """A scheduler with its persistent job store in `home`/schedule.sqlite; not started."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.memory import MemoryJobStore
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.blocking import BlockingScheduler

    return BlockingScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=store_url(home)), "memory": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(_PARALLEL), "release": ThreadPoolExecutor(2)},
        # No grace: a run that was missed is never dropped, only run once for all.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )


def sync_jobs(
    scheduler: BlockingScheduler, cards: Sequence[Card], last: Mapping[str, Attempt], *, now: datetime
) -> None:
    """Make the stored jobs equal to the cards. Sources that owe a run begin at once, a few seconds apart."""
    planned = {card.id: card.schedule for card in cards if card.schedule}
    for job in scheduler.get_jobs("default"):
        if job.id not in planned:
            scheduler.remove_job(job.id)
    starts = begins([source for source, cron in planned.items() if due(cron, last.get(source), now)], now)
    for source, cron in planned.items():
        first = {"next_run_time": starts[source]} if source in starts else {}
        scheduler.add_job(
            update_source,
            cron_trigger(cron),
            [source],
            id=source,
            name=cron,
            replace_existing=True,
            **first,
        )


def next_runs(home: Path) -> dict[str, datetime]:
    """When each source runs next (UTC, aware), from the stored schedule; empty before the first start."""
    from sqlalchemy import create_engine, inspect, text

    if not (home / "schedule.sqlite").exists():
        return {}
    engine = create_engine(store_url(home))
    if not inspect(engine).has_table("apscheduler_jobs"):
        return {}
    with engine.connect() as db:
        rows = db.execute(
            text("select id, next_run_time from apscheduler_jobs where next_run_time is not null")
        )
        return {row.id: datetime.fromtimestamp(row.next_run_time, UTC) for row in rows}
