"""robots.txt of every host, as RFC 9309 says, with the one exception a source's card may document."""

from __future__ import annotations

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from data.reference import card

# RFC 9309, 2.5: at least 500 KiB must be read; more is not.
MAX_ROBOTS = 512_000


class RobotsForbiddenError(IgnoreRequest):  # type: ignore[misc]
    """robots.txt disallows the address for our user agent."""


class RobotsUnreadableError(IgnoreRequest):  # type: ignore[misc]
    """robots.txt could not be fetched: nothing is allowed until it can be (RFC 9309, 2.3.1.4)."""


class _Unreadable(RobotParser):  # type: ignore[misc]
    def __init__(self, why: str) -> None:
        self.why = why

    @classmethod
    def from_crawler(cls, crawler: object, robotstxt_body: bytes) -> _Unreadable:
        return cls("")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return False


class Robots(RobotsTxtMiddleware):  # type: ignore[misc]
    """Scrapy's middleware reads an error page as a robots.txt and a failure as consent; this one does not."""

    async def process_request(self, request: Request) -> None:
        robots = card(self.crawler.spider.name).robots
        if robots is None or robots.policy != "documented_api":
            await super().process_request(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if isinstance(rp, _Unreadable):
            raise RobotsUnreadableError(f"robots.txt could not be read, so nothing was asked: {rp.why}")
        if rp is not None and not rp.allowed(request.url, self._robotstxt_useragent or "promptjobs"):
            self.crawler.stats.inc_value("robotstxt/forbidden")
            raise RobotsForbiddenError("disallowed by robots.txt")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise RobotsUnreadableError(f"HTTP {response.status}")
        body = response.body[:MAX_ROBOTS] if response.status < 400 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        waiting = self._parsers[netloc]
        self._parsers[netloc] = _Unreadable(str(exc))
        waiting.callback(self._parsers[netloc])
