"""The ledger of one crawl: holds the source's lock, opens and closes the run, owes a check to every planned board."""

from __future__ import annotations

import json
import sys
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.python.failure import Failure

from data.listings import Saved, board_states, forget_validators, save_listing
from data.schema import Check, Outcome
from data.store import finish_run, mark_interrupted, open_record, start_run, utc_now
from scraper.answers import Listing
from scraper.lock import take_lock
from scraper.reading import reader_version, spare_the_collector

PREFIX = "promptjobs/"
_FAILURES = frozenset({Outcome.FAILED, Outcome.BLOCKED})


class Ledger:
    """A Scrapy extension: the one place of a crawl that writes runs and checks."""

    def __init__(self, crawler: Crawler, source: str) -> None:
        self.crawler = crawler
        self.source = source
        self.run_id = crawler.settings.get("PROMPTJOBS_RUN_ID") or new_run_id(source)
        self._lock = take_lock(Path(crawler.settings["PROMPTJOBS_HOME"]), source)
        self.engine = open_record(crawler.settings["PROMPTJOBS_DATABASE_URL"])
        mark_interrupted(self.engine, at=utc_now(), source=source)
        start_run(self.engine, self.run_id, source=source, kind="scrape", at=utc_now())
        forget_validators(self.engine, source, reader=reader_version())
        self.states = board_states(self.engine, source)
        self._planned: dict[str, None] = {}
        self._owed: dict[str, None] = {}
        self._outcomes: Counter[Outcome] = Counter()
        self._fault: str | None = None
        self._first_failure: str | None = None
        self.stopped_by: str | None = None  # why a crawl that is stopped is stopped, where it is known
        if origin := crawler.settings.get("PROMPTJOBS_ORIGIN"):
            self.count(f"origin/{origin}")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if getattr(crawler.spider, "platform", None) is None:
            raise NotConfigured("not a board spider")
        spare_the_collector()
        ledger = cls(crawler, crawler.spider.name)
        crawler.signals.connect(ledger.close, signal=signals.spider_closed)
        crawler.signals.connect(ledger.note_error, signal=signals.item_error)
        crawler.signals.connect(ledger.note_error, signal=signals.spider_error)
        return ledger

    def plan(self, tokens: Iterable[str]) -> None:
        """Add boards that this run owes a check."""
        new = dict.fromkeys(token for token in tokens if token not in self._planned)
        self._planned |= new
        self._owed |= new
        self.count("boards/planned", len(new))
        self._tell()

    def give_up(self, reason: str) -> None:
        """Note why the plan itself could not be made; boards that never were complete are owed a check."""
        self._fault = self._fault or reason
        self.plan(token for token, state in self.states.items() if state.last_complete_at is None)

    def note_error(self, failure: Failure) -> None:
        """An error of ours (a listing that could not be written, a bug): the run has failed and says so."""
        self._fault = self._fault or f"{type(failure.value).__name__}: {failure.value}"[:400]

    def save(self, listing: Listing) -> Saved:
        """Write one board's check and all it listed in one transaction."""
        check = listing.check
        saved = self._write(listing)
        self._owed.pop(check.board, None)
        self._outcomes[check.outcome] += 1
        if check.outcome in _FAILURES:
            self._first_failure = self._first_failure or f"The first, {check.board}: {check.reason}"
        self.count(f"checks/{check.outcome.value}")
        for name in ("seen", "new", "changed"):
            self.count(f"postings/{name}", getattr(saved, name))
        self._tell()
        return saved

    def _write(self, listing: Listing) -> Saved:
        return save_listing(
            self.engine, self.run_id, listing.check, listing.entries or listing.postings, listing.rejects
        )

    def count(self, name: str, n: int = 1) -> None:
        """Add to one of the run's counters; they are the health report of the run."""
        self.crawler.stats.inc_value(PREFIX + name, n)

    def close(self, reason: str) -> None:
        """Write the checks still owed and close the run."""
        status, why = self._verdict(reason)
        for token in list(self._owed):
            self.save(
                Listing(_owed_check(self.source, token, why or "the crawl ended before its answer was read"))
            )
        finish_run(self.engine, self.run_id, at=utc_now(), status=status, reason=why, stats=self._stats())
        tell("result", status=status, reason=why, run_id=self.run_id, stats=self._stats())
        self.engine.dispose()
        self._lock.release()

    def _verdict(self, reason: str) -> tuple[str, str | None]:
        if reason == "shutdown":
            return "interrupted", self.stopped_by or "The crawl was stopped before it ended."
        if self._fault or reason != "finished":
            return "failed", self._fault or f"The crawl ended early: {reason}."
        n = sum(self._outcomes.values())
        if n and all(outcome in _FAILURES for outcome in self._outcomes):
            return "failed", f"None of {n} boards could be read. {self._first_failure}"
        return "finished", None

    def _stats(self) -> dict[str, Any]:
        found = self.crawler.stats.get_stats()
        return {k.removeprefix(PREFIX): v for k, v in found.items() if k.startswith(PREFIX)}

    def _tell(self) -> None:
        if self.crawler.settings.getbool("PROMPTJOBS_TELL"):
            tell("progress", done=sum(self._outcomes.values()), total=len(self._planned))


def _owed_check(source: str, token: str, reason: str) -> Check:
    return Check(source=source, board=token, at=utc_now(), outcome=Outcome.FAILED, reason=reason)


def new_run_id(source: str) -> str:
    """An id that sorts by time and never repeats."""
    return f"{utc_now():%Y%m%dT%H%M%S}-{source}-{uuid.uuid4().hex[:8]}"


def tell(event: str, **values: object) -> None:
    """One JSON line for the process that started the crawl."""
    sys.stdout.write(json.dumps({"event": event, **values}, default=str) + "\n")
    sys.stdout.flush()
