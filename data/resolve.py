"""Which postings advertise the same opening (METHOD.md, units and identity), decided alike in any order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.openings.chains import Advert, same_text
from data.openings.spellings import canonical_url

__all__ = ["REASONS", "Advert", "Placed", "Tie", "Up", "place", "resolve"]

SAME_SPELL_DAYS = 3
"""A gap up to this is a relisting, not a repost."""

FIRST, REQUISITION, URL, TEXT, USER = "first", "requisition", "url", "text", "user"
REASONS = (FIRST, REQUISITION, URL, TEXT, USER)
"""Why a posting is in its opening: it is the opening's earliest, which rule ties it to an earlier one, or the user said so."""


@dataclass(frozen=True, slots=True)
class Up:
    """When a posting was up: all that its spells need."""

    posting_key: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Tie:
    """Two postings and the rule that made their groups one: `late` is the posting itself or one it came with."""

    reason: str
    early: str
    late: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The opening a posting belongs to. `is_repost`: nothing of the opening was up just before it."""

    posting_key: str
    opening_key: str
    reason: str
    is_repost: bool
    tie: Tie | None = None


def resolve(adverts: Iterable[Advert]) -> list[Placed]:
    """The opening of every advert, ordered by posting key.

    An opening's key is the key of its earliest posting (by start, then key). Adverts without a known
    employer or without text are never merged by words; title and employer alone never merge. Adverts
    that share no employer with title or requisition, and no address, have no say in each other's opening
    (see data.openings.sets).
    """
    ordered = sorted(adverts, key=in_time)
    groups = _Groups(ordered)
    groups.join(_same(ordered, _requisition), REQUISITION)
    groups.join(_same(ordered, address), URL)
    groups.join(_of_one_block(ordered), TEXT)
    placed = place(ordered, [ordered[groups.root(i)].posting_key for i in range(len(ordered))], groups.ties)
    return sorted(placed, key=lambda one: one.posting_key)


def in_time(advert: Advert) -> tuple[date, str]:
    return advert.start, advert.posting_key


class _Groups:
    """Union-find over positions in time order; the root of a group is its earliest advert."""

    def __init__(self, ordered: Sequence[Advert]) -> None:
        self._parent = list(range(len(ordered)))
        self._ordered = ordered
        self._at = {advert.posting_key: i for i, advert in enumerate(ordered)}
        self.ties: dict[str, Tie] = {}

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, pairs: Iterable[tuple[Advert, Advert]], reason: str) -> None:
        """Merge pairs of adverts. The later root of a pair keeps the tie: it stops being a root once."""
        for one, other in pairs:
            early, late = one.posting_key, other.posting_key
            a, b = self.root(self._at[early]), self.root(self._at[late])
            if a > b:
                a, b, early, late = b, a, late, early
            if a != b:
                self._parent[b] = a
                self.ties[self._ordered[b].posting_key] = Tie(reason, early, late)


def _same(ordered: Sequence[Advert], link: Callable[[Advert], object]) -> Iterator[tuple[Advert, Advert]]:
    """Pairs of adverts for which `link` gives the same key: each with the latest before it."""
    seen: dict[object, Advert] = {}
    for advert in ordered:
        key = link(advert)
        if key is None:
            continue
        if key in seen:
            yield seen[key], advert
        seen[key] = advert


def _requisition(advert: Advert) -> tuple[str, str] | None:
    if advert.requisition is None or advert.employer_key is None:
        return None
    return advert.employer_key, advert.requisition


def address(advert: Advert) -> tuple[str, str | None] | None:
    url = canonical_url(advert.url)
    # An employer's careers page stands for many openings: the title must agree too.
    return None if url is None else (url, advert.title_key)


def _of_one_block(ordered: Sequence[Advert]) -> Iterator[tuple[Advert, Advert]]:
    blocks: dict[tuple[str, str | None], list[Advert]] = defaultdict(list)
    for advert in ordered:
        if advert.employer_key is not None:
            blocks[advert.employer_key, advert.title_key].append(advert)
    for adverts in blocks.values():
        if len(adverts) > 1:
            yield from same_text(adverts)


def place(ordered: Sequence[Advert | Up], openings: Sequence[str], ties: dict[str, Tie]) -> Iterator[Placed]:
    """The adverts (in time order) in the opening named for each, with the reason and whether it is a repost."""
    ends: dict[str, date] = {}
    for advert, opening in zip(ordered, openings, strict=True):
        gap = (advert.start - ends[opening]).days if opening in ends else 0
        tie = ties.get(advert.posting_key)
        reason = FIRST if tie is None else tie.reason
        yield Placed(advert.posting_key, opening, reason, gap > SAME_SPELL_DAYS, tie)
        ends[opening] = max(ends.get(opening, advert.end), advert.end)
