"""The scheduler: one process under a lock that starts `promptjobs update SOURCE` when a card's cron line says so."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from data.errors import BusyError

if TYPE_CHECKING:
    from apscheduler.schedulers.blocking import BlockingScheduler

    from data.reference import Card

log = logging.getLogger(__name__)

# A machine that was off for a week still catches up, once, when it is back.
_GRACE = 7 * 24 * 3600
_JITTER = 120
_STAGGER = 3
_STOP_WAIT = 30
_PARALLEL = 2

_children: set[subprocess.Popen[bytes]] = set()
_stopping = threading.Event()


def update_source(source: str) -> None:
    """The scheduled job: scrape → enrich → publish of one source, in a process of its own."""
    if _stopping.is_set():
        return
    child = subprocess.Popen([sys.executable, "-m", "promptjobs", "update", source], start_new_session=True)
    _children.add(child)
    try:
        status = child.wait()
    finally:
        _children.discard(child)
    log.log(
        logging.INFO if status == 0 else logging.WARNING, "update %s ended with status %s", source, status
    )


def run_scheduler(home: Path, cards: Sequence[Card]) -> None:
    """Run until SIGTERM or SIGINT. Raises BusyError where another scheduler holds the lock."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "scheduler.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"Another scheduler already runs on {home}; stop it first, or set PROMPTJOBS_HOME."
        ) from None
    with lock:
        scheduler = make_scheduler(home)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: _stop(scheduler))
        _start(scheduler, cards)


def make_scheduler(home: Path) -> BlockingScheduler:
    """A scheduler with its persistent job store in `home`/schedule.sqlite; not started."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.blocking import BlockingScheduler

    return BlockingScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=store_url(home))},
        executors={"default": ThreadPoolExecutor(_PARALLEL)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": _GRACE},
        timezone=UTC,
    )


def store_url(home: Path) -> str:
    """Where the schedule is kept."""
    return f"sqlite:///{home / 'schedule.sqlite'}"


def _start(scheduler: BlockingScheduler, cards: Sequence[Card]) -> None:
    from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, EVENT_SCHEDULER_STARTED

    scheduler.add_listener(_note, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    scheduler.add_listener(lambda _: sync_jobs(scheduler, cards), EVENT_SCHEDULER_STARTED)
    scheduler.start()


def _note(event: Any) -> None:
    log.warning("scheduled update %s did not run as planned at %s", event.job_id, event.scheduled_run_time)


def sync_jobs(scheduler: BlockingScheduler, cards: Sequence[Card], *, now: datetime | None = None) -> None:
    """Make the stored jobs equal to the cards; a job whose cron line is the same keeps its next run.

    Replacing it would forget a run that was missed while the machine was off. A source that is new
    here runs at once, a few seconds apart.
    """
    from apscheduler.triggers.cron import CronTrigger

    now = now or datetime.now(UTC)
    planned = {card.id: card.schedule for card in cards if card.schedule}
    stored = {job.id: job for job in scheduler.get_jobs()}
    for job_id in stored.keys() - planned.keys():
        scheduler.remove_job(job_id)
    for n, (source, cron) in enumerate(planned.items()):
        if source in stored and stored[source].name == cron:
            continue
        trigger = CronTrigger.from_crontab(cron, timezone=UTC)
        trigger.jitter = _JITTER
        first = {} if source in stored else {"next_run_time": now + timedelta(seconds=_STAGGER * (n + 1))}
        scheduler.add_job(
            update_source, trigger, [source], id=source, name=cron, replace_existing=True, **first
        )


def _stop(scheduler: BlockingScheduler) -> None:
    """Ask the crawls to end, wait for them, then end the scheduler."""
    _stopping.set()
    running = list(_children)
    for child in running:
        child.terminate()
    for child in running:
        try:
            child.wait(_STOP_WAIT)
        except subprocess.TimeoutExpired:
            child.kill()
    scheduler.shutdown(wait=False)


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
