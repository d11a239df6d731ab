"""PROMPTJOBS_UPSTREAM: sends every request to {UPSTREAM}/{host}/{path}?{query} instead of the host itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response


class UpstreamHandler(HTTP11DownloadHandler):  # type: ignore[misc]
    """A download handler, below every middleware: robots.txt, throttle slots, redirects and spiders
    see only the original address; without an upstream it is Scrapy's own handler."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._upstream: str | None = crawler.settings.get("PROMPTJOBS_UPSTREAM")

    async def download_request(self, request: Request) -> Response:
        if not self._upstream:
            return await super().download_request(request)
        away = request.replace(url=send_to(self._upstream, request.url))
        try:
            response = await super().download_request(away)
        finally:
            request.meta.update(away.meta)  # the measured latency
        if "Location" in response.headers:
            place = response.headers["Location"].decode("latin-1")
            response.headers["Location"] = bring_back(self._upstream, place)
        return response.replace(url=request.url)


def send_to(upstream: str, url: str) -> str:
    """`https://host/path?query` as `{upstream}/host/path?query`."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{upstream}/{parts.netloc}{parts.path or '/'}{query}"


def bring_back(upstream: str, url: str) -> str:
    """The reverse, for redirects that name the upstream; any other address is left as it is."""
    if not url.startswith(upstream + "/"):
        return url
    return "https://" + url.removeprefix(upstream + "/")
