"""Asks again after a failure: later each time, never before Retry-After, never for longer than a bound."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

_SLICE = 0.5


class Backoff(RetryMiddleware):  # type: ignore[misc]
    """Retry-After holds the whole host; other failures hold only their own request.

    A wait above PROMPTJOBS_MAX_WAIT seconds is not waited for: the check fails and says so.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._base = crawler.settings.getfloat("PROMPTJOBS_RETRY_BASE")
        self._longest = crawler.settings.getfloat("PROMPTJOBS_MAX_WAIT")
        self._held: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        while (left := max(self._held.get(host, 0), request.meta.get("not_before", 0)) - monotonic()) > 0:
            if not self.crawler.engine.running:
                raise IgnoreRequest("the crawl was stopped while it waited to ask again")
            await asyncio.sleep(min(left, _SLICE))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in self.retry_http_codes:
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is not None and wait > self._longest:
            return response
        again = self._retry(request, f"HTTP {response.status}")
        if again is None:
            return response
        if wait is not None:
            self._held[urlsplit(request.url).netloc] = monotonic() + wait
        return self._later(again, wait)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        again = self._retry(request, exception)
        return self._later(again, None) if again else None

    def _later(self, again: Request, wait: float | None) -> Request:
        own = self._base * 2 ** (again.meta["retry_times"] - 1) * random.uniform(0.75, 1.25)
        again.meta["not_before"] = monotonic() + min(own if wait is None else wait, self._longest)
        return again


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds to wait as a Retry-After header says (seconds or a date); None where it says nothing readable."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdigit() and len(text) < 10:
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None
