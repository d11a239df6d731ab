"""Which postings of a listing deserve a request for their own page, the most wanted first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.reference import Board
from data.schema import Posting
from scraper.interest import is_of_interest
from scraper.platforms.base import READ_ERRORS, Ask, Platform, Raw
from scraper.platforms.repeats import identity


@dataclass(frozen=True, slots=True)
class Wanted:
    """The record at `place` of the listing, its identity, the request for its own page, its rank (0 first)."""

    place: int
    external_id: str
    ask: Ask
    rank: int


def choose(
    platform: Platform, raws: Sequence[Raw], board: Board, known: Mapping[str, Posting]
) -> list[Wanted]:
    """Postings of interest first; where only the own page has the text, then those that have none yet."""
    found = [w for place, raw in enumerate(raws) if (w := _wanted(platform, place, raw, board, known))]
    return sorted(found, key=lambda w: (w.rank, w.place))


def _wanted(
    platform: Platform, place: int, raw: Raw, board: Board, known: Mapping[str, Posting]
) -> Wanted | None:
    try:
        external_id = platform.external_id(raw)
        rank = _rank(platform, raw, known.get(external_id))
        ask = None if rank is None else platform.detail(raw, board)
    except READ_ERRORS:
        return None  # the reader sets it aside with its reason
    return None if ask is None or rank is None else Wanted(place, external_id, ask, rank)


def _rank(platform: Platform, raw: Raw, posting: Posting | None) -> int | None:
    words = platform.words(raw)
    if is_of_interest(words) or (posting and is_of_interest(f"{posting.title} {_text(posting)}")):
        return 0
    if not platform.lacks_text(raw):
        return None
    if posting is None or not _text(posting):
        return 1
    return 2 if posting.title != words.strip() else None


def _text(posting: Posting) -> str:
    return posting.html or posting.text or ""


def settle(
    platform: Platform,
    raws: Sequence[Raw],
    wanted: Sequence[Wanted],
    read: Mapping[int, Raw],
    known: Mapping[str, Posting],
) -> tuple[Raw | Posting, ...]:
    """The listing as it stands: own pages where they were read (`read`, by place), else what was known."""
    missing = {one.place for one in wanted} - read.keys()
    settled: list[Raw | Posting] = []
    for place, raw in enumerate(raws):
        token = identity(platform, raw)
        if place in read or token is None or not (place in missing or platform.lacks_text(raw)):
            settled.append(read.get(place, raw))
        else:
            settled.append(platform.without_detail(raw, known.get(token)))
    return tuple(settled)
