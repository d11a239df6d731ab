"""Addresses that came from outside: only public ones are asked, by name and by what the name resolves to."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

log = logging.getLogger(__name__)

# Names that stand for machines of a house, never for a site.
_INNER = (
    ".localhost",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home",
    ".corp",
    ".test",
    ".invalid",
    ".onion",
)
_PORTS = {None, 80, 443}


class PrivateAddressError(DNSLookupError):  # type: ignore[misc]
    """A public name that resolves to a private address."""


def not_public(url: str) -> str | None:
    """Why an address may not be asked, None where it may. The name is looked at, not resolved."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"it cannot be read: {error}"
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme or 'no scheme'} is not http or https"
    if parts.username is not None or parts.password is not None:
        return "it holds a user name or a password"
    if port not in _PORTS:
        return f"port {port} is not a web site's"
    if is_private(host) or ("." not in host and ":" not in host) or host.endswith(_INNER):
        return f"{host or 'nothing'} is no public host"
    return None


def is_private(host: str) -> bool:
    """Whether `host` is a network address that is not public; a name is none."""
    try:
        address = ip_address(host.split("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return not address.is_global or address.is_multicast


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
