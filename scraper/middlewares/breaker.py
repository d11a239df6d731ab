"""Leaves a host alone that fails time and again: one pause is waited for, after that its requests fail at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import exceptions
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

FAILURES = 5
"""Different addresses of one host that fail with no answer between them; one bad board is one address."""
LONGEST = 900.0
_SLICE = 0.5
_UNWELL = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_NO_ANSWER = (
    exceptions.CannotResolveHostError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadFailedError,
    exceptions.DownloadTimeoutError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
)


class HostLeftAloneError(exceptions.IgnoreRequest):  # type: ignore[misc]
    """The host failed too often in a row; nothing was asked."""


@dataclass(slots=True)
class Circuit:
    """One host's row of failures. Pure: times are seconds of a clock that is an argument."""

    pause: float
    failed: set[str] = field(default_factory=set)
    last: str = ""
    n_pauses: int = 0
    until: float = 0.0
    probe: Request | None = None

    def answered(self) -> None:
        """The host is well: the row ends."""
        self.failed.clear()
        self.n_pauses, self.probe = 0, None

    def failed_at(self, request: Request, why: str, now: float) -> None:
        """One more failure: the fifth begins a pause, one of the probe begins the next, twice as long."""
        self.last = why
        self.failed.add(request.url)
        if request is self.probe or (self.n_pauses == 0 and len(self.failed) >= FAILURES):
            self.until = now + min(self.pause * 2**self.n_pauses, LONGEST)
            self.n_pauses += 1
            self.probe = None

    def wait(self, request: Request, now: float) -> float | None:
        """Seconds to wait before asking again whether `request` may go; 0 lets it go, None refuses it.

        The first pause is waited for, so that a short fault costs no boards. Afterwards only the probe goes.
        """
        if self.n_pauses == 0:
            return 0.0
        if now >= self.until and self.probe is None:
            self.probe = request
            return 0.0
        return min(max(self.until - now, 0.05), _SLICE) if self.n_pauses == 1 else None


class Breaker:
    """Stands next to the network, so that each attempt counts, asked again or not.

    Boards with hosts of their own count together where they share a download slot.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._pause = crawler.settings.getfloat("PROMPTJOBS_PAUSE")
        self._circuits: dict[str, Circuit] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def circuit(self, request: Request) -> tuple[str, Circuit]:
        name = request.meta.get("download_slot") or urlsplit(request.url).netloc
        return name, self._circuits.setdefault(name, Circuit(self._pause))

    async def process_request(self, request: Request) -> None:
        name, circuit = self.circuit(request)
        while (wait := circuit.wait(request, monotonic())) != 0:
            if wait is None:
                raise HostLeftAloneError(
                    f"{name} is left alone after {FAILURES} failures in a row (the last: {circuit.last})"
                )
            if not self.crawler.engine.running:
                raise exceptions.IgnoreRequest("the crawl was stopped while a host was left alone")
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        _, circuit = self.circuit(request)
        if response.status >= 500 or response.status in _UNWELL:
            circuit.failed_at(request, f"HTTP {response.status}", monotonic())
        else:
            circuit.answered()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        _, circuit = self.circuit(request)
        if isinstance(exception, _NO_ANSWER):
            circuit.failed_at(request, f"{type(exception).__name__}: {exception}"[:200], monotonic())
        elif circuit.probe is request:
            circuit.probe = None  # it says nothing of the host: another request may try
