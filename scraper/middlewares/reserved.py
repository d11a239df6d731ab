"""An answer whose owner reserves it against text and data mining is not read (TDM Reservation Protocol, the header)."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from scraper.middlewares.robots import RobotsForbiddenError

REASON = "the site reserves its pages against text and data mining (TDM-Reservation)"


class ReservedError(RobotsForbiddenError):
    """The owner's word against mining stands in the answer: the check is blocked, as it is by robots.txt."""


class Reserved:
    """`TDM-Reservation: 1` blocks; any other value, and none, reserves nothing."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        if response.headers.get("TDM-Reservation", b"").strip() == b"1":
            raise ReservedError(REASON)
        return response
