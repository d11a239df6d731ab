"""First step: every record of an answer becomes a validated posting or is set aside with its reason."""

from __future__ import annotations

import os
from collections import Counter
from time import monotonic
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from scraper.answers import Answer, Listing
from scraper.ledger import Ledger
from scraper.platforms.base import Platform
from scraper.readers import Readers
from scraper.reading import Read, read_whole
from scraper.reading import read_answer as read_answer

SMALL = 20  # records: fewer are read here in less time than sending them takes
BEHIND = 1.0  # seconds of reading, at least a quarter of all that has passed, before others are asked to help


class ReadRecords:
    """Answer in, Listing out; words the platform does not know are counted.

    Reading is done here until it holds up the crawl; then other processes help (`scraper.readers`).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._readers: Readers | None = None
        self._begun, self._spent = monotonic(), 0.0
        crawler.signals.connect(self._stop, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, item: Answer) -> Listing:
        listing, unknown = await self._read(item, self.crawler.spider.platform)
        return _counted(listing, unknown, self.crawler.get_extension(Ledger))

    async def _read(self, answer: Answer, platform: Platform) -> Read:
        if self._readers is None and self._is_behind():
            self._readers = Readers(platform)
        if self._readers and len(answer.raws) >= SMALL:
            read = await self._readers.read(answer)
            if read:
                return read
        begun = monotonic()
        here = read_whole(answer, platform)
        self._spent += monotonic() - begun
        return here

    def _is_behind(self) -> bool:
        passed = monotonic() - self._begun
        return self._spent > max(BEHIND, passed / 4) and (os.cpu_count() or 1) > 1

    async def _stop(self) -> None:
        if self._readers:
            await self._readers.stop()


def read_counted(answer: Answer, platform: Platform, ledger: Ledger) -> Listing:
    """Read all records of one answer; what was set aside and what was not known goes into the run's counters."""
    unknown: Counter[str] = Counter()
    return _counted(read_answer(answer, platform, unknown), unknown, ledger)


def _counted(listing: Listing, unknown: Counter[str], ledger: Ledger) -> Listing:
    for word, n in unknown.items():
        ledger.count(f"unknown/{word}", n)
    for reject in listing.rejects:
        ledger.count(f"rejects/{reject.field}")
    return listing
