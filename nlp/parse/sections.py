"""Assigns each line of an advert to a section by its headings, on their own line or inline."""

import re
from collections.abc import Sequence

from nlp.parse.matcher import Hit, Literal
from nlp.parse.reading import Line, spans
from nlp.parse.tables import rule_rows, spellings

TABLE = "sections"
MAX_HEADING = 90
# "Location: Paris" or "Stack: Python" inside a text speaks for its own line only.
ASKING = frozenset({"requirements", "preferred"})
PASSING = frozenset({"legal", "benefits", "stack"})
_EDGE = re.compile(r"^[\W_\d]+|[\W_]+$")
_BARE = re.compile(r"^\W+")
OURS = ("our ", "notre ", "nos ")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[.,;!?|]")


def literals() -> list[Literal]:
    """Return the headings of `rules/sections.csv`, patterns expanded; the key is (section, strong)."""
    return [
        Literal(form, TABLE, (row["section"], row["strong"] == "1"))
        for row in rule_rows(TABLE)
        for form in spellings(row)
    ]


def assign(folded: str, hits: Sequence[Hit]) -> list[Line]:
    """Cut the text into lines with sections; an inline heading ("Requirements: …") starts a piece of its own."""
    lines: list[Line] = []
    section: str | None = None
    at, last = 0, len(hits)
    for start, end in spans(folded):
        first = at
        while at < last and hits[at].start < end:
            at += 1
        if at == first or (end - start > MAX_HEADING and folded.find(":", start, end) < 0):
            lines.append(Line(start, end, section, False))
            continue
        pieces, section = _pieces(folded, (start, end), hits[first:at], section)
        lines.extend(pieces)
    return lines


def _pieces(
    folded: str, span: tuple[int, int], hits: Sequence[Hit], section: str | None
) -> tuple[list[Line], str | None]:
    whole = _whole_line(folded, span, hits)
    if (
        whole == "stack"
        and section in ASKING
        and not _BARE.sub("", folded[span[0] : span[1]]).startswith(OURS)
    ):
        whole = section  # "Tools" among the requirements is a part of them, "Our stack" is not
    if whole:
        return [Line(*span, whole, True)], whole
    cuts: list[tuple[int, str]] = []
    for hit in hits:
        if hit.key[0] == "stack" and section in ASKING:
            continue
        if (not cuts or hit.start > cuts[-1][0]) and _is_inline(folded, span, hit):
            cuts.append((hit.start, hit.key[0]))
    lines = []
    at, before = span[0], section
    for position, named in cuts:
        if position > at:
            lines.append(Line(at, position, section, False))
        at, section = position, named
    lines.append(Line(at, span[1], section, False))
    return lines, before if section in PASSING else section


def _whole_line(folded: str, span: tuple[int, int], hits: Sequence[Hit]) -> str | None:
    """Return the section when the line is nothing but a heading: one literal makes up most of its words."""
    line = folded[span[0] : span[1]]
    if len(line) > MAX_HEADING:
        return None
    bare = _EDGE.sub("", line)
    best = max(hits, key=lambda hit: (hit.end - hit.start, -hit.start))
    size = best.end - best.start
    if size >= len(bare) - 1:
        return str(best.key[0])
    closed = line.rstrip(" *_").endswith((":", "?"))
    starts = folded.find(bare, span[0], span[1]) == best.start
    if not (starts or closed or best.key[1]):
        return None
    words = len(_WORD.findall(bare))
    if starts and bare.startswith(("about ", "à propos ")) and words <= 5 and not line.endswith("."):
        return str(best.key[0]) if size > len("about the") else "about"
    if closed and (words <= 7 or best.key[1]):
        return str(best.key[0])
    prose = line.rstrip().endswith((".", ",", ";"))
    if best.key[1] and not prose and (size * 2 >= len(bare) or (starts and words <= 6)):
        return str(best.key[0])
    return None


def _is_inline(folded: str, span: tuple[int, int], hit: Hit) -> bool:
    """Is the hit a heading within a line: at the start of a sentence and closed by a colon or a dash?"""
    colon = folded.find(":", hit.end, min(span[1], hit.end + 30))
    if colon < 0:
        return False
    before = folded[max(span[0], hit.start - 3) : hit.start].strip(" *_-•#>")
    if hit.start - span[0] > 3 and before and before[-1] not in ".!?:;)|":
        return False
    between = folded[hit.end : colon]
    return not _BREAK.search(between) and len(between.split()) <= 3
