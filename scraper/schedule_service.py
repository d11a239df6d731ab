"""The running scheduler: begins crawls, notes how they ended, publishes what they brought, and ends them when it ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.errors import BusyError, PromptjobsError
from scraper import child
from scraper.run import CrawlResult, crawl
from scraper.schedule_journal import RELEASE, Came, begin, end, last_attempts, unpublished
from scraper.schedule_rules import AGAIN, Due, Status, due, is_release_due

if TYPE_CHECKING:
    from apscheduler.schedulers.blocking import BlockingScheduler
    from sqlalchemy import Engine

    from data.reference import Card

log = logging.getLogger(__name__)

_STOP_WAIT = 30
_NOT_READ = ("failed", "blocked")


class Service:
    """The running scheduler: its jobs, its journal, and the sources it is collecting."""

    def __init__(self, scheduler: BlockingScheduler, journal: Engine, cards: Sequence[Card]) -> None:
        self.scheduler = scheduler
        self.journal = journal
        self.cards = cards
        self.crons = {card.id: card.schedule for card in cards if card.schedule}
        self.stopping = threading.Event()
        self.under_way: set[str] = set()
        self._publishing = threading.Lock()

    def start(self, poll: float) -> None:
        """Look for what is to be published every `poll` seconds and run the jobs; blocks until stopped."""
        from apscheduler.events import EVENT_JOB_ERROR

        self.scheduler.add_listener(_note, EVENT_JOB_ERROR)
        # Two at most, of which one returns at once: a release may take longer than the interval.
        self.scheduler.add_job(
            self.publish, "interval", seconds=poll, jobstore="memory", executor="release", max_instances=2
        )
        self.scheduler.start()

    def run(self, source: str) -> None:
        """One attempt, noted before it begins and after it ended; then what the source owes still."""
        if self.stopping.is_set():
            return
        self.under_way.add(source)
        try:
            self._attempt(source)
        finally:
            self.under_way.discard(source)

    def _attempt(self, source: str) -> None:
        now = datetime.now(UTC)
        cron, last = self.crons[source], last_attempts(self.journal).get(source)
        owed = due(cron, last, now) or Due("scheduled", now)
        number = begin(self.journal, source, owed, now)
        came = Came("failed", "the crawl could not be begun; the scheduler's log says why")
        try:
            result = crawl(source, settings={"PROMPTJOBS_ORIGIN": owed.kind})
            came = what_came(result, is_stopping=self.stopping.is_set())
        except BusyError as error:
            came = Came("busy", str(error))
        except PromptjobsError as error:
            came = Came("failed", str(error))
        finally:
            now = datetime.now(UTC)
            end(self.journal, number, came, now)
        if not self.stopping.is_set():
            self._put_on(source, now)

    def _put_on(self, source: str, now: datetime) -> None:
        """A run that is still owed, or fell due meanwhile, does not wait for the next cron time."""
        last = last_attempts(self.journal)[source]
        log.info("%s: %s%s", source, last.status, f" ({last.reason})" if last.reason else "")
        if due(self.crons[source], last, now):
            job = self.scheduler.get_job(source)
            when = now + AGAIN if last.is_owed else now
            if job and (job.next_run_time is None or when < job.next_run_time):
                job.modify(next_run_time=when)

    def publish(self) -> None:
        """Read and publish what is new, where its time has come."""
        if not self._publishing.acquire(blocking=False):
            return
        try:
            now = datetime.now(UTC)
            coming = min((job.next_run_time for job in self.scheduler.get_jobs("default")), default=None)
            waiting, busy = unpublished(self.journal), bool(self.under_way)
            if not self.stopping.is_set() and is_release_due(waiting, busy=busy, coming=coming, now=now):
                self._release(now)
        finally:
            self._publishing.release()

    def _release(self, now: datetime) -> None:
        self.under_way.add(RELEASE)
        try:
            number = begin(self.journal, RELEASE, Due("scheduled", now), now)
            # Adverts that cannot be read wait for a later release; they do not keep this one back.
            said = [child.run_command(word) for word in ("enrich", "publish") if not self.stopping.is_set()]
            is_made = len(said) == 2 and said[-1][0] == 0
            status: Status = "finished" if is_made else "stopped" if self.stopping.is_set() else "failed"
            came = Came(status, "; ".join(words for _, words in said if words) or None)
            end(self.journal, number, came, datetime.now(UTC))
            log.info("release: %s (%s)", came.status, came.reason)
        finally:
            self.under_way.discard(RELEASE)

    def stop(self) -> None:
        """Ask the crawls to end, wait for them, then end the scheduler. For a signal: it returns at once."""
        if not self.stopping.is_set():
            self.stopping.set()
            threading.Thread(target=self._wind_up, name="wind-up", daemon=True).start()

    def _wind_up(self) -> None:
        deadline = time.monotonic() + _STOP_WAIT
        while self.under_way or not self.scheduler.running:
            child.stop_all(at_once=time.monotonic() > deadline)
            time.sleep(0.05)
        self.scheduler.shutdown(wait=False)


def what_came(result: CrawlResult, *, is_stopping: bool) -> Came:
    """A crawl's result as the journal keeps it."""
    status: Status = result.status
    if is_stopping and status in ("interrupted", "failed"):
        status = "stopped"
    elif result.run_id is None and result.exit_code < 0:
        status = "killed"
    has_news = status in ("killed", "stopped") or any(name not in _NOT_READ for name in result.checks)
    return Came(status, result.reason, result.run_id, has_news)


def _note(event: Any) -> None:
    log.warning("the scheduled run of %s failed: %s", event.job_id, event.exception)
