"""Finds thousands of literals in one pass over a text, at word boundaries and with true offsets."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import itemgetter
from typing import Any, NamedTuple

from nlp.parse.folding import case_bytes, fold, word_bytes

OPEN = "*"
GLUED = 6
_HUMP = b"\1\2\1"
_NONE, _S, _BEYOND = b"\0", ord("s"), ord("ª")
_GOES_ON, _PHRASE, _MANIFOLD = 64, 128, 255
_ORDINARY = (1, 0, True, True)  # lead, tail, plural, is_word of a shape

Match = tuple[int, int, int]
_START, _END = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Literal:
    """One pattern: a `*` at an end lets the word go on there; `table` and `key` say what it stands for."""

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

        shapes: dict[_Shape, dict[str, list[_Use]]] = {}
        for literal, form, words in _forms(list(literals)):
            use = _Use(literal.text.endswith(OPEN), literal.table, literal.key)
            shape = _shape(form, words, opens=literal.text.startswith(OPEN), goes_on=use.goes_on)
            shapes.setdefault(shape, {}).setdefault(form, []).append(use)
        self._tables = list(
            dict.fromkeys(use.table for uses in shapes.values() for use in chain(*uses.values()))
        )
        coded = [self._code(shape, uses) for shape, uses in shapes.items()]
        self._codes = bytes(code for code, _, _ in coded)
        self._written = [form for _, form, _ in coded]
        self._keys = [key for _, _, key in coded]
        self._automaton = BytesAhoCorasick([shape.pattern for shape in shapes])
        self._openings = frozenset(shape.pattern[1:GLUED] for shape in shapes if len(shape.pattern) >= GLUED)
        self._longest = max((len(shape.pattern) for shape in shapes), default=0) + 2

    def _code(self, shape: _Shape, uses: dict[str, list[_Use]]) -> tuple[int, str, Any]:
        """Return the number of the table with the signs `_GOES_ON` and `_PHRASE`, the form and its key.

        Small numbers in one string of bytes, since objects all over the memory cost more than what is done with them.
        """
        (form, [use, *more]), *others = uses.items()
        if more or others or shape[1:] != _ORDINARY:
            return _MANIFOLD, "", _Manifold(shape, uses)
        is_phrase = _NONE[0] in shape.pattern[1:] or _BEYOND in shape.pattern
        code = self._tables.index(use.table) + _GOES_ON * use.goes_on + _PHRASE * is_phrase
        return code, form, use.key

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
                for hit in _manifold(page, keys[index], start, end):
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


def _manifold(page: Page, forms: _Manifold, first: int, last: int) -> list[Hit]:
    shape, uses = forms
    start, end = first - 1 + shape.lead, last - 1 - shape.tail
    written = uses.get(page.folded[start:end])
    if written is None:
        return []
    follows = page.words[end + 1]
    runs_on = False
    if follows == _S and shape.plural and not page.words[end + 2]:
        end += 1
    elif follows:
        runs_on = shape.is_word and not _ends_glued(page.text, start, end)
    new = tuple.__new__
    return [new(Hit, (start, end, table, key)) for goes_on, table, key in written if goes_on or not runs_on]


def _forms(literals: list[Literal]) -> Iterator[tuple[Literal, str, bytes]]:
    """Yield each literal with its folded form and that one's bytes: all of them are folded at once, as a text of lines."""
    folded = fold("\n".join([literal.text.strip(OPEN) for literal in literals]))
    words = word_bytes(folded)
    at = 0
    for literal, form in zip(literals, folded.split("\n"), strict=bool(literals)):
        yield literal, form, words[at : at + len(form)]
        at += len(form) + 1


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
