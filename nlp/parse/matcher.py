"""Finds thousands of literals in one pass over a text, at word boundaries and with true offsets."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, starmap
from operator import itemgetter
from typing import Any, NamedTuple

from nlp.parse.folding import case_bytes, fold, word_bytes

OPEN = "*"
GLUED = 6
MANY = 1000
_HUMP = b"\1\2\1"
_NONE, _S, _BEYOND = b"\0", ord("s"), ord("ª")
_GOES_ON, _PHRASE, _MANIFOLD = 64, 128, 255
_ORDINARY = (1, 0, True, True)  # lead, tail, plural, is_word of a shape

Match = tuple[int, int, int]
_START, _END = itemgetter(0), itemgetter(1)
_TABLE = itemgetter(1)


class Literal(NamedTuple):
    """One pattern: a `*` at an end lets the word go on there; `table` and `key` say what it stands for.

    A named tuple: the rules make tens of thousands.
    """

    text: str
    table: str
    key: Any


class Hit(NamedTuple):
    """A literal found at `start:end` of the text (a named tuple: an advert has hundreds)."""

    start: int
    end: int
    table: str
    key: Any


class Page(NamedTuple):
    """A text as the automata read it: folded, as bytes of words between zeros, and where capitals follow small letters."""

    text: str
    folded: str
    words: bytes
    humps: list[int]


def open_page(text: str) -> Page:
    """Return the page of a text; linear in its length."""
    folded = fold(text)
    return Page(text, folded, _NONE + word_bytes(folded) + 3 * _NONE, _humps(case_bytes(text)))


class _Use(NamedTuple):
    """One use of a form: may the word go on to the right of it, and what it stands for."""

    goes_on: bool
    table: str
    key: Any


class _Shape(NamedTuple):
    """How a form is looked for: with a byte of boundary before (`lead`) and behind it (`tail`), 0 or 1.

    `plural`: an s may follow; `is_word`: it ends with a letter or digit, so that another one would prolong it.
    """

    pattern: bytes
    lead: int
    tail: int
    plural: bool
    is_word: bool


class _Manifold(NamedTuple):
    """A shape that is not `_ORDINARY` or stands for several forms or uses."""

    shape: _Shape
    uses: dict[str, list[_Use]]


class Matcher:
    """An Aho-Corasick automaton over folded literals; several literals may share one form.

    It runs over bytes in which all characters that belong to no word are alike: the boundary before a word is then
    part of its pattern, so that nothing is found inside of words. Forms that differ in such characters alone
    ("ci/cd", "ci-cd") share a pattern and are told apart where it is found.
    """

    def __init__(self, literals: Iterable[Literal]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        literals = list(literals)
        self._tables = list(dict.fromkeys(map(_TABLE, literals)))
        self._codes, self._written, self._keys = bytearray(), list[str](), list[Any]()
        patterns = self._code(literals)
        self._automaton = BytesAhoCorasick(patterns)
        self._openings = frozenset(pattern[1:GLUED] for pattern in patterns if len(pattern) >= GLUED)
        self._longest = max(map(len, patterns), default=0) + 2

    def _code(self, literals: list[Literal]) -> list[bytes]:
        """Give each pattern the number of its table with the signs `_GOES_ON` and `_PHRASE`, its form and key.

        Small numbers in one string of bytes, since objects all over the memory cost more than what is done with them.
        Nearly all literals take the short way: at start-up there are tens of thousands.
        """
        numbers = {table: number for number, table in enumerate(self._tables)}
        codes, written, keys = self._codes, self._written, self._keys
        places: dict[bytes, int] = {}
        rest: dict[_Shape, dict[str, list[_Use]]] = {}
        for literal, form, pattern in _forms(literals):
            text, table, key = literal
            is_ordinary = form[-1].isalpha() and len(form) > 2 and pattern[1] and text[0] != OPEN
            if is_ordinary and pattern not in places:
                places[pattern] = len(keys)
                code = numbers[table] + _GOES_ON * (text[-1] == OPEN)
                codes.append(code + _PHRASE * (pattern.find(0, 1) > 0 or _BEYOND in pattern))
                written.append(form)
                keys.append(key)
                continue
            use = _Use(text[-1] == OPEN, table, key)
            if is_ordinary:
                self._share(places[pattern], pattern, form, use)
            else:
                shape = _shape(form, pattern[1:], opens=text[0] == OPEN, goes_on=use.goes_on)
                rest.setdefault(shape, {}).setdefault(form, []).append(use)
        codes.extend([_MANIFOLD] * len(rest))
        written.extend([""] * len(rest))
        keys.extend(starmap(_Manifold, rest.items()))
        return [*places, *(shape.pattern for shape in rest)]

    def _share(self, place: int, pattern: bytes, form: str, use: _Use) -> None:
        """Let a pattern that has a place already stand for one more form or use."""
        if self._codes[place] != _MANIFOLD:
            code = self._codes[place] % _PHRASE
            first = _Use(code >= _GOES_ON, self._tables[code % _GOES_ON], self._keys[place])
            self._keys[place] = _Manifold(_Shape(pattern, *_ORDINARY), {self._written[place]: [first]})
            self._codes[place] = _MANIFOLD
        self._keys[place].uses.setdefault(form, []).append(use)

    def find(self, page: Page) -> dict[str, list[Hit]]:
        """Return the hits by table, in order of their start; a plural s belongs to the hit.

        Where sources glue lines together ("hybrideProgramme"), the capital is a boundary.
        """
        matches = self._automaton.find_matches_as_indexes(page.words, overlapping=True)
        found = self._hits(page, matches, self._glued(page, page.humps))
        return dict(zip(self._tables, found, strict=True))

    def find_between(self, page: Page, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        """Return the hits of all tables within some lines of the page, in order of their start."""
        parts = [page.words[start : end + 1] for start, end in spans]
        ends = list(accumulate(map(len, parts)))
        matches, part = [], 0
        words = b"".join([*parts, _NONE])
        for index, first, last in self._automaton.find_matches_as_indexes(words, overlapping=True):
            while ends[part] <= first:
                part += 1
            shift = spans[part][1] + 1 - ends[part]
            matches.append((index, first + shift, last + shift))
        glued = self._glued(page, _within(page.humps, spans))
        hits = [*chain(*self._hits(page, matches, glued))]
        _order(hits)
        return hits

    def _hits(self, page: Page, matches: Iterable[Match], glued: Iterable[Match]) -> list[list[Hit]]:
        """Return the hits by the number of their table. This loop runs for every literal of every advert."""
        text, folded, words, _ = page
        codes, keys, written, tables = self._codes, self._keys, self._written, self._tables
        new = tuple.__new__  # half the cost of calling Hit
        found: list[list[Hit]] = [[] for _ in tables]
        for index, start, end in chain(matches, glued):
            code = codes[index]
            if code == _MANIFOLD:
                shape, uses = keys[index]
                written_as = uses.get(folded[start - 1 + shape[1] : end - 1 - shape[2]])
                if written_as is not None:
                    for hit in _manifold(page, shape, written_as, start, end):
                        found[tables.index(hit[2])].append(hit)
                continue
            end -= 1
            if code >= _PHRASE:
                if folded[start:end] != written[index]:
                    continue
                code -= _PHRASE
            if follows := words[end + 1]:
                if follows == _S and not words[end + 2]:
                    end += 1
                elif code < _GOES_ON and not _ends_glued(text, start, end):
                    continue
            code %= _GOES_ON
            found[code].append(new(Hit, (start, end, tables[code], keys[index])))
        for hits in found:
            _order(hits)
        return found

    def _glued(self, page: Page, humps: Iterable[int]) -> list[Match]:
        """Return the matches that begin with a capital inside of a word, the line before having lost its end."""
        found: list[Match] = []
        for at in humps:
            if page.words[at + 1 : at + GLUED] in self._openings:
                words = _NONE + page.words[at + 1 : at + self._longest]
                matches = self._automaton.find_matches_as_indexes(words, overlapping=True)
                found += [
                    (index, at, at + last)
                    for index, first, last in matches
                    if not first and self._is_long(index, page.words, at, at + last)
                ]
        return found

    def _is_long(self, index: int, words: bytes, start: int, end: int) -> bool:
        """Is what was found as long as a word must be to be believed inside of another one, with its plural s?"""
        size = end - 1 - start
        return size >= GLUED or (size == GLUED - 1 and words[end] == _S and not words[end + 1])


def _manifold(page: Page, shape: _Shape, uses: list[_Use], first: int, last: int) -> list[Hit]:
    """Return a hit for each use of a form that was found and that its surroundings allow."""
    start, end = first - 1 + shape.lead, last - 1 - shape.tail
    follows = page.words[end + 1]
    runs_on = False
    if follows == _S and shape.plural and not page.words[end + 2]:
        end += 1
    elif follows:
        runs_on = shape.is_word and not _ends_glued(page.text, start, end)
    new = tuple.__new__
    return [new(Hit, (start, end, table, key)) for goes_on, table, key in uses if goes_on or not runs_on]


def _forms(literals: list[Literal]) -> Iterator[tuple[Literal, str, bytes]]:
    """Yield each literal with its folded form and that one's bytes behind a zero.

    Many are folded at once, as a text of lines: not all, which hold too many different letters to be quick.
    """
    for first in range(0, len(literals), MANY):
        some = literals[first : first + MANY]
        folded = fold("\n".join([literal[0].strip(OPEN) for literal in some]))
        words = word_bytes(folded)
        at = 0
        for literal, form in zip(some, folded.split("\n"), strict=True):
            end = at + len(form)
            yield literal, form, _NONE + words[at:end]
            at = end + 1


def _shape(form: str, words: bytes, *, opens: bool, goes_on: bool) -> _Shape:
    """Return the shape of a form. The shortest ones are everywhere: what follows them belongs to their pattern."""
    lead = bool(words[0]) and not opens
    tail = len(form) < 3 and bool(words[-1]) and not goes_on
    pattern = lead * _NONE + words + tail * _NONE
    return _Shape(pattern, lead, tail, len(form) > 2 and form[-1].isalpha(), bool(words[-1]))


def _ends_glued(text: str, start: int, end: int) -> bool:
    """Is the change from small letter to capital the boundary that is missing?"""
    return end - start >= GLUED and text[end].isupper() and text[end - 1].islower()


def _humps(cases: bytes) -> list[int]:
    """Return the offsets of capitals between small letters."""
    found = []
    at = cases.find(_HUMP)
    while at >= 0:
        found.append(at + 1)
        at = cases.find(_HUMP, at + 2)
    return found


def _within(offsets: list[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the offsets that stand within one of the spans, which are in order."""
    if not offsets or not spans:
        return []
    starts = [start for start, _ in spans]
    return [at for at in offsets if starts[0] <= at < spans[bisect_right(starts, at) - 1][1]]


def _order(hits: list[Hit]) -> None:
    if len(hits) > 1:
        hits.sort(key=_END, reverse=True)
        hits.sort(key=_START)


def longest(hits: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits sorted by start, the leftmost and longest."""
    kept: list[Hit] = []
    end = -1
    for hit in hits:
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
