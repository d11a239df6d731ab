"""Ends a crawl that takes too long: gently, with what it has, and with a word in every check it still owes."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from sqlalchemy import Engine, func, select

from data import tables as t
from scraper.ledger import Ledger

REASON = "deadline: "
OVERTIME = 900.0
"""Seconds after its deadline at which a crawl that did not stop is killed."""


class Deadline:
    """PROMPTJOBS_DEADLINE seconds after its start the crawl is stopped as a signal would stop it."""

    def __init__(self, crawler: Crawler, seconds: float) -> None:
        self.crawler = crawler
        self.seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._last: threading.Timer | None = None
        self._stop: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        seconds = crawler.settings.getfloat("PROMPTJOBS_DEADLINE")
        if seconds <= 0:
            raise NotConfigured("no deadline")
        own = cls(crawler, seconds)
        crawler.signals.connect(own.begin, signal=signals.spider_opened)
        crawler.signals.connect(own.end, signal=signals.spider_closed)
        return own

    def begin(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self.seconds, self.strike)
        self._last = threading.Timer(self.seconds + OVERTIME, os.kill, (os.getpid(), signal.SIGKILL))
        self._last.daemon = True
        self._last.start()

    def end(self) -> None:
        if self._timer and self._last:
            self._timer.cancel()
            self._last.cancel()

    def strike(self) -> None:
        ledger = self.crawler.get_extension(Ledger)
        if ledger:
            minutes = round(self.seconds / 60, 1)
            ledger.stopped_by = f"{REASON}a crawl may take {minutes:g} minutes; boards it did not reach come first in the next"
        self._stop = asyncio.ensure_future(self.crawler.stop_async())


def left_out(engine: Engine, source: str) -> set[str]:
    """The boards of `source` whose last check is owed to a deadline."""
    b, c = t.boards.c, t.checks.c
    mine = t.checks.join(t.boards, b.board_id == c.board_id)
    last = select(func.max(c.check_id)).select_from(mine).where(b.source == source).group_by(c.board_id)
    query = select(b.board).select_from(mine).where(c.check_id.in_(last) & c.reason.startswith(REASON))
    with engine.connect() as db:
        return set(db.scalars(query))
