"""Finds thousands of literals in one pass over a text, at word boundaries and with true offsets."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from nlp.parse.folding import fold

OPEN = "*"
GLUED = 6
NEVER = "\x00\x00"
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


class _Meaning(NamedTuple):
    """One use of a form: may the word go on to the left or right of it, and what it stands for."""

    opens: bool
    goes_on: bool
    table: str
    key: Any


class Matcher:
    """An Aho-Corasick automaton over folded literals; several literals may share one form."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        from ahocorasick_rs import AhoCorasick

        forms: dict[str, list[_Meaning]] = {}
        for literal in literals:
            bare = fold(literal.text.strip(OPEN))
            meaning = _Meaning(
                literal.text.startswith(OPEN), literal.text.endswith(OPEN), literal.table, literal.key
            )
            forms.setdefault(bare, []).append(meaning)
        self._uses = list(forms.values())
        self._worded = [form[0].isalnum() for form in forms]
        self._plural = [form[-1].isalpha() and len(form) > 2 for form in forms]
        # Short forms are everywhere inside words: these are dismissed by the letter before them alone.
        self._short = [
            form[0].isalnum() and len(form) < GLUED - 1 and not any(use.opens for use in uses)
            for form, uses in forms.items()
        ]
        # Single letters are everywhere: a search for each one that is a word of its own is cheaper.
        names = list(forms)
        self._letters = [(index, _single(form)) for index, form in enumerate(names) if len(form) == 1]
        self._automaton = AhoCorasick([form if len(form) > 1 else NEVER for form in names])

    def find(self, folded: str, text: str) -> dict[str, list[Hit]]:
        """Return the hits by table, in order of their start; a plural s belongs to the hit.

        `folded` is the folded `text`. Where sources glue lines together ("hybrideProgramme"), the capital is a boundary.
        """
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        padded = f"{folded}   "
        uses, plural, worded, short = self._uses, self._plural, self._worded, self._short
        new = tuple.__new__  # half the cost of calling Hit
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        matches += [(index, *m.span()) for index, letter in self._letters for m in letter.finditer(folded)]
        for index, start, end in matches:
            left = right = True
            if padded[start - 1].isalnum():
                if short[index]:
                    continue
                left = not worded[index]
            if padded[end].isalnum():
                if padded[end] == "s" and plural[index] and not padded[end + 1].isalnum():
                    end += 1
                else:
                    right = not padded[end - 1].isalnum()
            if not (left and right) and end - start >= GLUED and end < len(text):
                left, right = _glued(text, start, end, (left, right))
            for opens, goes_on, table, key in uses[index]:
                if (left or opens) and (right or goes_on):
                    found[table].append(new(Hit, (start, end, table, key)))
        for hits in found.values():
            hits.sort(key=_END, reverse=True)
            hits.sort(key=_START)
        return found


def _glued(text: str, start: int, end: int, sides: tuple[bool, bool]) -> tuple[bool, bool]:
    """Take a change from small letter to capital as the boundary that is missing."""
    left = sides[0] or (text[start].isupper() and text[start - 1].islower() and text[start + 1].islower())
    return left, sides[1] or (text[end].isupper() and text[end - 1].islower())


def _single(letter: str) -> re.Pattern[str]:
    """Match a letter that is a word of its own; the letter comes first, so that most text is skipped."""
    return re.compile(rf"{re.escape(letter)}\b(?<=\b\w)")


def longest(hits: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits sorted by start, the leftmost and longest."""
    kept: list[Hit] = []
    end = -1
    for hit in hits:
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
