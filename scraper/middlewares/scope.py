"""Keeps every request, redirects too, on the hosts of the source's card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from data.reference import card
from scraper.addresses import never_asked, not_public


class OutOfScopeError(IgnoreRequest):  # type: ignore[misc]
    """The address is not on a host of the source's card."""


class Scope:
    """A redirect elsewhere (also to a private address) ends the request with its reason."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        own, parts = card(self.crawler.spider.name), urlsplit(request.url)
        if own.kind == "page":
            if why := not_public(request.url):
                raise OutOfScopeError(f"{request.url[:200]} may not be asked: {why}")
            return
        if why := never_asked(parts.hostname or ""):
            raise OutOfScopeError(why)
        hosts = own.hosts
        if parts.scheme not in ("http", "https") or not is_among(parts.netloc, hosts):
            raise OutOfScopeError(f"{parts.scheme}://{parts.netloc} is not a host of the source's card")


def is_among(host: str, hosts: Sequence[str]) -> bool:
    """Whether `host` is named, or lies below a name that begins with "*."."""
    return any(host.endswith(name[1:]) if name.startswith("*.") else host == name for name in hosts)
