"""Ends a crawl whose starter died: the record is written in whole checks, so nothing is lost by it."""

from __future__ import annotations

import os
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from data.starter import ORPHANED, watch_starter


class WatchParent:
    """Ends the process at once: what its starter's successor begins must not run beside it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("PROMPTJOBS_TELL"):
            raise NotConfigured("started by hand")
        watch_starter(lambda: os._exit(ORPHANED))
        return cls()
