"""Which postings advertise the same opening (METHOD.md, units and identity), decided alike in any order of arrival."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from data.similarity import jaccard, marks

SAME_TEXT = 0.8
"""Jaccard index from which two adverts of one employer, title and seniority are one opening."""
REPOST_DAYS = 60
"""Longest gap between two adverts with the same text that are still one opening."""
SAME_SPELL_DAYS = 3
"""A gap up to this is a relisting, not a repost."""

FIRST, REQUISITION, URL, TEXT = "first", "requisition", "url", "text"
REASONS = (FIRST, REQUISITION, URL, TEXT)
"""Why a posting is in its opening: it is the opening's earliest, or which rule ties it to an earlier one."""


@dataclass(frozen=True, slots=True)
class Advert:
    """What identity rests on. `start` and `end` are the first and last day it is known to have been up."""

    posting_key: str
    start: date
    end: date
    employer_key: str | None
    title: str | None
    seniority: str
    url: str
    requisition_id: str | None
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """The opening a posting belongs to. `is_repost`: nothing of the opening was up just before it."""

    posting_key: str
    opening_key: str
    reason: str
    is_repost: bool


def resolve(adverts: Iterable[Advert]) -> list[Placed]:
    """The opening of every advert, ordered by posting key.

    An opening's key is the key of its earliest posting (by start, then key). Adverts without a known
    employer or without text are never merged by words; title and employer alone never merge.
    """
    ordered = sorted(adverts, key=lambda advert: (advert.start, advert.posting_key))
    groups = _Groups(len(ordered))
    groups.join(_same(ordered, _requisition), REQUISITION)
    groups.join(_same(ordered, _address), URL)
    groups.join(_same_text(ordered), TEXT)
    return sorted(_placed(ordered, groups), key=lambda placed: placed.posting_key)


class _Groups:
    """Union-find over positions in time order; the root of a group is its earliest advert."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))
        self.reasons: dict[int, str] = {}

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, pairs: Iterable[tuple[int, int]], reason: str) -> None:
        """Merge pairs of adverts. The later root of a pair keeps the reason: it stops being a root once."""
        for one, other in pairs:
            a, b = sorted((self.root(one), self.root(other)))
            if a != b:
                self._parent[b] = a
                self.reasons[b] = reason


def _same(ordered: Sequence[Advert], link: Callable[[Advert], object]) -> Iterator[tuple[int, int]]:
    """Pairs of adverts for which `link` gives the same key: each with the latest before it."""
    seen: dict[object, int] = {}
    for i, advert in enumerate(ordered):
        key = link(advert)
        if key is None:
            continue
        if key in seen:
            yield seen[key], i
        seen[key] = i


def _requisition(advert: Advert) -> tuple[str, str] | None:
    if advert.requisition_id is None or advert.employer_key is None:
        return None
    return advert.employer_key, advert.requisition_id.casefold()


def _address(advert: Advert) -> tuple[str, str | None] | None:
    url = canonical_url(advert.url)
    # An employer's careers page stands for many openings: the title must agree too.
    return None if url is None else (url, normalise_title(advert.title))


def _same_text(ordered: Sequence[Advert]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for i, advert in enumerate(ordered):
        if advert.employer_key is not None and advert.sketch:
            blocks[advert.employer_key, normalise_title(advert.title), advert.seniority].append(i)
    for block in blocks.values():
        if len(block) > 1:
            yield from _chains(ordered, block)


def _chains(ordered: Sequence[Advert], block: list[int]) -> Iterator[tuple[int, int]]:
    """Tie each advert to the most similar chain of the block that ended at most REPOST_DAYS before it."""
    chains: list[tuple[int, date]] = []  # the latest advert of a chain, and the last day any of it was up
    by_mark: dict[int, set[int]] = defaultdict(set)  # chains by the marks of their latest advert
    for i in block:
        advert, chain = ordered[i], len(chains)
        near = sorted(set().union(*(by_mark.get(mark, ()) for mark in marks(advert.sketch))))
        found = _nearest(ordered, chains, near, advert)
        if found is None:
            chains.append((i, advert.end))
        else:
            chain, (last, end) = found, chains[found]
            yield last, i
            for mark in marks(ordered[last].sketch):
                by_mark[mark].discard(chain)
            chains[chain] = (i, max(end, advert.end))
        for mark in marks(advert.sketch):
            by_mark[mark].add(chain)


def _nearest(
    ordered: Sequence[Advert], chains: list[tuple[int, date]], near: list[int], advert: Advert
) -> int | None:
    """The chain among `near` whose latest advert is most like this one, if alike enough and recent enough."""
    recent = [chain for chain in near if (advert.start - chains[chain][1]).days <= REPOST_DAYS]
    likeness = {chain: jaccard(ordered[chains[chain][0]].sketch, advert.sketch) for chain in recent}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= SAME_TEXT else None


def _placed(ordered: Sequence[Advert], groups: _Groups) -> Iterator[Placed]:
    ends: dict[int, date] = {}
    for i, advert in enumerate(ordered):
        root = groups.root(i)
        gap = (advert.start - ends[root]).days if root in ends else 0
        reason = groups.reasons.get(i, FIRST)
        yield Placed(advert.posting_key, ordered[root].posting_key, reason, gap > SAME_SPELL_DAYS)
        ends[root] = max(ends.get(root, advert.end), advert.end)


# --- spellings ------------------------------------------------------------------------------------

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^\w+#]+")
# Says where a reader came from, not which job it is.
_TRACKING = re.compile(
    r"^(utm_.*|gh_src|lever-(source|origin).*|source|src|ref|referrer|trk|fbclid|gclid|t)$"
)
_APPLY = re.compile(r"/(apply|application|candidature)$")
_SAME_HOST = {"job-boards.greenhouse.io": "boards.greenhouse.io"}


def normalise_title(title: str | None) -> str | None:
    """The title without case, brackets ("(m/w/d)") and punctuation; None where nothing is left.

    >>> normalise_title("Prompt Engineer (f/m/x) – Remote!")
    'prompt engineer remote'
    """
    if title is None:
        return None
    plain = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(_NOT_WORD.sub(" ", _BRACKETS.sub(" ", plain)).split()) or None


def canonical_url(url: str) -> str | None:
    """The address of one advert without scheme, www, tracking and "/apply"; None for a bare site.

    >>> canonical_url("https://www.job-boards.greenhouse.io/acme/jobs/7?utm_source=x#app")
    'boards.greenhouse.io/acme/jobs/7'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as a broken IPv6 host
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = _APPLY.sub("", parts.path.rstrip("/"))
    pairs = parts.query.split("&") if parts.query else []
    query = sorted(pair for pair in pairs if pair and not _TRACKING.match(pair.partition("=")[0].lower()))
    if not path and not query:
        return None
    return _SAME_HOST.get(host, host) + path + (f"?{'&'.join(query)}" if query else "")
