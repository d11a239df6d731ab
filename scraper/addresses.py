"""Addresses that came from outside: only public ones are asked. Pure; what a name resolves to is the resolver's to judge."""

from __future__ import annotations

import csv
import re
from functools import cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from data.errors import SettingError
from data.reference import FOLDER

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
# All that is public lies here (RFC 4291, 2.4); outside are NAT64 and other ways of writing an IPv4 address.
_PUBLIC_V6 = IPv6Network("2000::/3")
_SIX_TO_FOUR = IPv6Network("2002::/16")


def public_address(url: str | None) -> str:
    """`url` where it may be asked. Raises SettingError saying why not."""
    why = "none was given" if url is None else not_public(url)
    if url is None or why:
        raise SettingError(f"Name a public page as url=https://…; this one cannot be asked: {why}.")
    return url


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
    return never_asked(host)


def is_private(host: str) -> bool:
    """Whether `host` is a network address that is not public; a name is none."""
    try:
        address = ip_address(host.split("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    if isinstance(address, IPv6Address) and (address not in _PUBLIC_V6 or address in _SIX_TO_FOUR):
        return True
    return not address.is_global or address.is_multicast


def never_asked(host: str) -> str | None:
    """Why no program of ours asks `host`, where it belongs to a site that forbids it (never_asked.csv)."""
    for site, why in _never_asked().items():
        if re.search(rf"(?:^|\.){re.escape(site)}(?:\.com?)?\.[a-z]{{2,3}}$", host):
            return f"{site} is never asked: {why}"
    return None


@cache
def _never_asked() -> dict[str, str]:
    with (FOLDER / "never_asked.csv").open(encoding="utf-8", newline="") as file:
        return {row["site"]: row["why"] for row in csv.DictReader(file)}
