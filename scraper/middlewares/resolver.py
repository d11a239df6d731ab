"""Resolves names and refuses private results: no name may lead a crawl into the user's own network."""

from __future__ import annotations

import logging
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from scraper.addresses import is_private

log = logging.getLogger(__name__)


class PrivateAddressError(DNSLookupError):  # type: ignore[misc]
    """A public name that resolves to a private address."""


class PublicResolver(CachingThreadedResolver):  # type: ignore[misc]
    """Resolves names and refuses private results, so that a name cannot change its mind after it was looked at."""

    spared: frozenset[str | None] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        resolver: Self = super().from_crawler(crawler, reactor)
        # What the user set up himself may be private: the replay server, a proxy of the house.
        own = [crawler.settings.get("PROMPTJOBS_UPSTREAM") or "", *getproxies().values()]
        resolver.spared = frozenset(urlsplit(url).hostname for url in own)
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802 - Twisted's name
        found = super().getHostByName(name, timeout)
        return found if name in self.spared else found.addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if is_private(address):
        # Twisted tells the asker only that nothing was found.
        log.warning("%s resolves to the private address %s and is not asked", name, address)
        raise PrivateAddressError(f"{name} resolves to the private address {address}")
    return address
