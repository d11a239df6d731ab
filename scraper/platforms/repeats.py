"""One posting listed twice (on two pages, once per place, once per language) is one record. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.platforms.base import READ_ERRORS, Platform, Raw


def join(platform: Platform, read: list[Raw], more: Iterable[Raw]) -> int:
    """Add the records `more` to `read`, a repeated one merged; returns how many brought anything new.

    A record without a readable identity is kept as it is: it will be set aside with its reason.
    """
    places = {token: n for n, raw in enumerate(read) if (token := identity(platform, raw)) is not None}
    n_news = 0
    for raw in more:
        token = identity(platform, raw)
        place = places.setdefault(token, len(read)) if token is not None else len(read)
        if place == len(read):
            read.append(raw)
            n_news += 1
        elif (merged := platform.merge(read[place], raw)) != read[place]:
            read[place] = merged
            n_news += 1
    return n_news


def identity(platform: Platform, raw: Raw) -> str | None:
    """The record's identity, None where it cannot be read."""
    try:
        return platform.external_id(raw)
    except READ_ERRORS:
        return None
