"""Last step: writes one board's check and postings, whole or not at all."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from scraper.answers import Listing
from scraper.ledger import Ledger


class StoreListing:
    """Listing in, the same listing out, in the record."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Listing) -> Listing:
        self.crawler.get_extension(Ledger).save(item)
        return item
