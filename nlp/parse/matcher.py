"""Finds thousands of literals in one pass over a text, at word boundaries and with true offsets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nlp.parse.folding import fold

OPEN = "*"
GLUED = 6


@dataclass(frozen=True, slots=True)
class Literal:
    """One pattern: a `*` at an end lets the word go on there; `table` and `key` say what it stands for."""

    text: str
    table: str
    key: Any


@dataclass(frozen=True, slots=True)
class Hit:
    """A literal found at `start:end` of the text."""

    start: int
    end: int
    table: str
    key: Any


class Matcher:
    """An Aho-Corasick automaton over folded literals; several literals may share one form."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        from ahocorasick_rs import AhoCorasick

        forms: dict[str, list[tuple[bool, bool, str, Any]]] = {}
        for literal in literals:
            bare = fold(literal.text.strip(OPEN))
            meaning = (literal.text.startswith(OPEN), literal.text.endswith(OPEN), literal.table, literal.key)
            forms.setdefault(bare, []).append(meaning)
        self._meanings = [(form[0].isalnum(), form[-1].isalpha() and len(form) > 2, uses) for form, uses in forms.items()]
        self._automaton = AhoCorasick(list(forms))

    def find(self, folded: str, text: str) -> dict[str, list[Hit]]:
        """Return the hits by table, in order of their start; a plural s belongs to the hit.

        `folded` is the folded `text`. Where sources glue lines together ("hybrideProgramme"), the capital is a boundary.
        """
        found: dict[str, list[Hit]] = {}
        padded = folded + "   "
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            guarded, plural, uses = self._meanings[index]
            left = not guarded or start == 0 or not (padded[start - 1].isalnum() or padded[start - 1] == "_")
            after = padded[end]
            if plural and after == "s" and not padded[end + 1].isalnum():
                end, after = end + 1, padded[end + 1]
            right = not (after.isalnum() or after == "_") or not padded[end - 1].isalnum()
            if not (left and right) and end - start >= GLUED and end < len(text):
                left = left or (text[start].isupper() and text[start - 1].islower() and text[start + 1].islower())
                right = right or (text[end].isupper() and text[end - 1].islower())
            if left and right:
                for _, _, table, key in uses:
                    found.setdefault(table, []).append(Hit(start, end, table, key))
            else:
                self._open_ended(uses, (left, right), (start, end), found)
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    @staticmethod
    def _open_ended(
        uses: list[tuple[bool, bool, str, Any]], sides: tuple[bool, bool], span: tuple[int, int], found: dict[str, list[Hit]]
    ) -> None:
        for opens, goes_on, table, key in uses:
            if (sides[0] or opens) and (sides[1] or goes_on):
                found.setdefault(table, []).append(Hit(*span, table, key))


def longest(hits: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits sorted by start, the leftmost and longest."""
    kept: list[Hit] = []
    end = -1
    for hit in hits:
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
