"""One advert as the parsers see it: text, folded text, lines with their section, sentences and hits."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from nlp.parse.matcher import Hit

# One set of characters comes first: the search then skips everything else at once.
_STOP = re.compile(
    r"[.!?;\n•·▪●✔](?:(?<![.!?])|(?<!e\.g\.)(?<!i\.e\.)(?<!\bex\.)(?<!\bvs\.)(?=[\s\"')\]]|[a-zà-ÿ]{4}))"
)


MAX_HEAD = 500


class Line(NamedTuple):
    """A line of the text; `section` is None before the first known heading."""

    start: int
    end: int
    section: str | None
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a fact rests on and the rule that read them."""

    start: int
    end: int
    rule: str


@dataclass
class Reading:
    """What is known about an advert before any fact is read; offsets are into `text`.

    `title` is the given title or, where `is_titled` is false, the head line that may hold one. `starts` are those of
    `lines`, `breaks` the starts of the lines of the text, which an inline heading may part.
    """

    text: str
    folded: str
    title: str
    is_titled: bool
    hits: Mapping[str, list[Hit]]
    title_hits: Mapping[str, list[Hit]]
    lang: str
    lines: list[Line] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    _stops: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def head_end(self) -> int:
        """The end of the first line when it is a head line ("Company | Role | Place"), else 0."""
        first = self.lines[0] if self.lines else None
        is_head = first is not None and first.end <= MAX_HEAD and self.text.count("|", 0, first.end) >= 2
        return first.end if first is not None and is_head else 0

    def found(self, table: str) -> list[Hit]:
        """Return the hits of a rule table in the text, in order."""
        return self.hits.get(table, [])

    def sentence(self, position: int) -> tuple[int, int]:
        """Return start and end of the sentence that holds a position; it never reaches over its line."""
        start = self.breaks[bisect_right(self.breaks, position) - 1] if self.breaks else 0
        stops = self._stops.get(start)
        if stops is None:
            stops = self._stops[start] = sentence_ends(self.folded, start)
        at = bisect_right(stops, position)
        end = stops[at] if at < len(stops) else len(self.text)
        return (stops[at - 1] if at else start), end

    def line_at(self, position: int) -> Line:
        """Return the line that holds a position."""
        return self.lines[max(0, bisect_right(self.starts, position) - 1)]

    def section(self, position: int) -> str | None:
        """Return the section that a position stands in."""
        at = bisect_right(self.starts, position)
        return self.lines[at - 1 if at else 0].section if self.lines else None


def matches_up_to(
    pattern: re.Pattern[str], ends: Iterable[re.Match[str]], text: str, reach: int
) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` would, looking only at the `reach` characters before each of `ends`.

    For patterns that are slow to search and whose every match ends where one of `ends`, fast to find, does.
    """
    done = 0
    for end in ends:
        match = pattern.search(text, max(done, end.start() - reach), end.end())
        if match is not None:
            done = match.end()
            yield match


def spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each non-empty line."""
    found = []
    at = 0
    for line in text.split("\n"):
        if line:
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def sentence_ends(folded: str, start: int) -> list[int]:
    """Return the offsets just behind each sentence of the line that begins at `start`, in order."""
    end = folded.find("\n", start)
    return [match.end() for match in _STOP.finditer(folded, start, end + 1 if end >= 0 else len(folded))]
