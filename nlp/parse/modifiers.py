"""Decides how strongly a thing is asked for, after ConText: cues with direction, scope and terminators."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from nlp.parse.matcher import Literal
from nlp.parse.reading import Reading
from nlp.parse.tables import alternatives, rule_rows

TABLE = "modifiers"
BY_SECTION = {"requirements": "required", "preferred": "preferred"}
DEFAULT = "mentioned"
# Cues that say less than the section they stand in: "experience with" among the wishes, "stack:" among the musts.
OUTDONE = frozenset({("required", "preferred"), ("mentioned", "requirements")})
QUIET = frozenset({"about", "benefits", "legal"})
LOUD = 3
HEARING = 200  # characters: the longest scope in the table
LONGEST = 60


class Level(NamedTuple):
    """How strongly something is asked for, and by which rule."""

    level: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A modifier: `direction` forward, backward or both; `scope` characters at most; the level it gives."""

    category: str
    direction: str
    scope: int
    weight: int
    level: Level


def literals() -> list[Literal]:
    """Return the cues of `rules/modifiers.csv`, patterns expanded."""
    return [
        Literal(form, TABLE, _cue(row, form))
        for row in rule_rows(TABLE)
        for form in alternatives(row["literal"])
    ]


def _cue(row: dict[str, str], form: str) -> Cue:
    level = Level(row["category"], f"level.{row['category']}:{form}")
    return Cue(row["category"], row["direction"], int(row["scope"]), int(row["weight"]), level)


class Levels:
    """The cues of one advert, ready to be asked about a span."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._cues = reading.found(TABLE)

    @cached_property
    def _starts(self) -> list[int]:
        return [cue[0] for cue in self._cues]

    @cached_property
    def _stops(self) -> list[int]:
        return [cue[0] for cue in self._cues if cue[3].category == "stop"]

    def level(self, start: int, end: int, *, within: int = HEARING, study: bool = True) -> Level:
        """Return required, preferred, mentioned, not_required or study (a field of study) for a span of the text.

        Cues further off than `within` characters are not heard, nor those of fields of study unless `study`.
        """
        section = self._reading.section(start)
        cue = self._loudest(start, end, within, study)
        quiet = cue is not None and section in QUIET and cue.weight < LOUD
        weaker = cue is not None and (cue.category, section) in OUTDONE
        if cue is not None and not quiet and not weaker:
            return cue.level
        if section is None and not self._reading.is_titled and start < self._reading.head_end:
            return Level("required", "section.head")
        return _by_section(section)

    def _loudest(self, start: int, end: int, within: int, study: bool) -> Cue | None:
        """Return the weightiest, then nearest cue that reaches the span from within its sentence."""
        left, right = self._reading.sentence(start)
        left, right = max(left, start - within - LONGEST), min(right, end + within)
        starts = self._starts
        first = bisect_left(starts, left)
        loudest = nearest = -1
        chosen: Cue | None = None
        for at, until, _, cue in self._cues[first : bisect_left(starts, right, first)]:
            if cue.weight < loudest or cue.category == "stop" or (cue.category == "study" and not study):
                continue
            distance = self._reach(cue, (at, until), start, end)
            if distance is None or distance > within or (cue.weight == loudest and distance >= nearest):
                continue
            if at < end or not self._aside(end, at):
                loudest, nearest, chosen = cue.weight, distance, cue
        return chosen

    def _reach(self, cue: Cue, span: tuple[int, int], start: int, end: int) -> int | None:
        """Return the distance from a cue at `span` to the thing at `start:end`, or None when the cue does not reach it."""
        if span[1] <= start and cue.direction != "backward":
            left, right = span[1], start
        elif span[0] >= end and cue.direction != "forward":
            left, right = end, span[0]
        else:
            return 0 if span[0] < end and span[1] > start else None
        distance = right - left
        if distance > cue.scope or bisect_left(self._stops, left) < bisect_left(self._stops, right):
            return None
        return distance

    def _aside(self, end: int, cue: int) -> bool:
        """Does the cue speak of other words in a bracket that opens behind the span ("SQL (Oracle is a plus)")?"""
        opens = self._reading.folded.rfind("(", end, cue)
        if opens < 0:
            return False
        inside = self._reading.folded[opens:cue]
        return ")" not in inside and any(letter.isalnum() for letter in inside)


@cache
def _by_section(section: str | None) -> Level:
    return Level(BY_SECTION.get(section or "", DEFAULT), f"section.{section or 'none'}")
