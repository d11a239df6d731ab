"""The rule of words: which adverts of one employer and title say the same, one after another or at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.openings.spellings import normalise_title
from data.similarity import jaccard, marks

SAME_TEXT = 0.8
"""Jaccard index from which two adverts of one employer, title and seniority are one opening (METHOD.md)."""
REPOST_DAYS = 60
"""Longest gap between two adverts with the same text that are still one opening."""
UNSPECIFIED = "unspecified"
"""The seniority of an advert that states none: unknown, so it contradicts no other."""
WIDTH = 32
"""Chains kept per mark: the latest. Bounds the work where one employer has very many adverts alike in parts."""
COMPARED = 16
"""Chains whose texts are compared with an advert: those that share most marks with it."""

SENIORITY, OTHER_REQUISITION, GAP = "seniority", "requisition", "gap"
CONTRADICTIONS = (SENIORITY, OTHER_REQUISITION, GAP)
"""Why two adverts of one employer and title are not compared by words at all."""


@dataclass(frozen=True, slots=True)
class Advert:
    """What identity rests on. `start` and `end` are the first and last day it is known to have been up.

    `place` as stated, several separated by "; "; `sketch` as data.similarity makes it, b"" without text.
    """

    posting_key: str
    start: date
    end: date
    employer_key: str | None
    title: str | None
    seniority: str
    url: str
    requisition_id: str | None
    sketch: bytes
    place: str | None = None

    @property
    def title_key(self) -> str | None:
        return normalise_title(self.title, self.place)

    @property
    def requisition(self) -> str | None:
        return None if self.requisition_id is None else self.requisition_id.casefold()


@dataclass(slots=True)
class Chain:
    """Adverts that follow each other: the latest of them, the last day any was up, and what is known of all.

    What one advert leaves open another may fill, so that no chain holds two that contradict each other.
    """

    latest: Advert
    end: date
    seniority: str = UNSPECIFIED
    requisition: str | None = None

    @classmethod
    def begin(cls, advert: Advert) -> Chain:
        return cls(advert, advert.end, advert.seniority, advert.requisition)

    def contradicts(self, advert: Advert) -> str | None:
        """One of CONTRADICTIONS, or None. `advert` is not older than the chain."""
        if UNSPECIFIED not in (advert.seniority, self.seniority) and advert.seniority != self.seniority:
            return SENIORITY
        numbers = {advert.requisition, self.requisition}
        # Two numbers up at once are two requisitions; one that follows another is a repost under a new number.
        if None not in numbers and len(numbers) > 1 and advert.start <= self.end:
            return OTHER_REQUISITION
        return GAP if (advert.start - self.end).days > REPOST_DAYS else None

    def take(self, advert: Advert) -> None:
        self.latest, self.end = advert, max(self.end, advert.end)
        self.seniority = advert.seniority if self.seniority == UNSPECIFIED else self.seniority
        self.requisition = advert.requisition or self.requisition


def same_text(adverts: Sequence[Advert]) -> Iterator[tuple[Advert, Advert]]:
    """Pairs (earlier, later) with the same words; `adverts` of one employer and title, in time order.

    Each advert is tied to the chain whose latest advert is most like it, if alike enough and nothing
    contradicts. Adverts without text are left alone.
    """
    index = _Index()
    for advert in adverts:
        if not advert.sketch:
            continue
        found = _nearest(index.near(advert), advert)
        if found is None:
            index.add(Chain.begin(advert))
        else:
            yield found.latest, advert
            index.remove(found)
            found.take(advert)
            index.add(found)


def _nearest(near: Iterator[Chain], advert: Advert) -> Chain | None:
    best, likeness = None, SAME_TEXT
    for chain in near:
        found = jaccard(chain.latest.sketch, advert.sketch, least=likeness)
        if found > likeness or (best is None and found == likeness):
            best, likeness = chain, found
        if likeness == 1.0 and best is not None:
            break
    return best


@dataclass(slots=True)
class _Index:
    """Chains by the whole sketch of their latest advert and by each of its marks."""

    slots: dict[bytes | int, dict[int, None]] = field(default_factory=dict)
    chains: dict[int, Chain] = field(default_factory=dict)

    def add(self, chain: Chain) -> None:
        self.chains[id(chain)] = chain
        for slot in _slots(chain.latest.sketch):
            held = self.slots.setdefault(slot, {})
            held[id(chain)] = None
            if len(held) > WIDTH:
                del held[next(iter(held))]

    def remove(self, chain: Chain) -> None:
        for slot in _slots(chain.latest.sketch):
            self.slots[slot].pop(id(chain), None)

    def near(self, advert: Advert) -> Iterator[Chain]:
        """The chains to compare: of the same words first, then those that share most marks, latest first."""
        shared = Counter[int]()
        for slot in _slots(advert.sketch):
            shared.update(reversed(self.slots.get(slot, {})))
        left = COMPARED
        for key, _ in shared.most_common():
            chain = self.chains[key]
            if chain.contradicts(advert) is None:
                yield chain
                left -= 1
            if not left:
                return


def _slots(sketch: bytes) -> tuple[bytes | int, ...]:
    return sketch, *marks(sketch)
