"""Assigns each line of an advert to a section by its headings, on their own line or inline."""

import re
from collections.abc import Sequence

from nlp.parse.matcher import Hit, Literal, Matcher, Page
from nlp.parse.reading import Line
from nlp.parse.tables import rule_rows, spellings

TABLE = "sections"
MAX_HEADING = 90
# "Location: Paris" or "Stack: Python" inside a text speaks for its own line only.
ASKING = frozenset({"requirements", "preferred"})
PASSING = frozenset({"legal", "benefits", "stack"})
_NO_WORD, _DIGITS = b"\0", b"0123456789\xb9"
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


def assign(page: Page, every: Sequence[tuple[int, int]], headings: Matcher) -> list[Line]:
    """Give the lines of a text their sections; an inline heading ("Requirements: …") starts a piece of its own."""
    lines: list[Line] = []
    section: str | None = None
    folded = page.folded
    hits = headings.find_between(page, [span for span in every if _may_hold(folded, *span)])
    at, last = 0, len(hits)
    new = tuple.__new__  # half the cost of calling Line
    for start, end in every:
        first = at
        while at < last and hits[at][0] < end:
            at += 1
        if at == first or not _may_hold(folded, start, end):
            lines.append(new(Line, (start, end, section, False)))
            continue
        pieces, section = _pieces(page, (start, end), hits[first:at], section)
        lines += pieces
    return lines


def _may_hold(folded: str, start: int, end: int) -> bool:
    """Headings stand on short lines or before a colon: most of a text is never searched for them."""
    return end - start <= MAX_HEADING or folded.find(":", start, end) >= 0


def _pieces(
    page: Page, span: tuple[int, int], hits: Sequence[Hit], section: str | None
) -> tuple[list[Line], str | None]:
    folded = page.folded
    whole = _whole_line(page, span, hits)
    if (
        whole == "stack"
        and section in ASKING
        and not _BARE.sub("", folded[span[0] : span[1]]).startswith(OURS)
    ):
        whole = section  # "Tools" among the requirements is a part of them, "Our stack" is not
    if whole:
        return [Line(*span, whole, True)], whole
    if folded.find(":", *span) < 0:
        return [Line(*span, section, False)], section
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
    is_field = section == "about" and bool(cuts) and span[1] - span[0] <= MAX_HEADING  # "Company: Example"
    return lines, before if section in PASSING or is_field else section


def _whole_line(page: Page, span: tuple[int, int], hits: Sequence[Hit]) -> str | None:
    """Return the section when the line is nothing but a heading: one literal makes up most of its words."""
    if span[1] - span[0] > MAX_HEADING:
        return None
    start, end = _bare(page, *span)
    best = max(hits, key=_size) if len(hits) > 1 else hits[0]
    size = best.end - best.start
    section, is_strong = best.key
    if size >= end - start - 1:
        return str(section)
    line = page.folded[span[0] : span[1]]
    closed = line.rstrip(" *_").endswith((":", "?"))
    starts = start == best.start
    if not (closed or is_strong or (starts and page.folded.startswith(("about ", "à propos "), start))):
        return None
    words = len(_WORD.findall(page.folded, start, end))
    if (
        starts
        and page.folded.startswith(("about ", "à propos "), start)
        and words <= 5
        and not line.endswith(".")
    ):
        return str(section) if size > len("about the") else "about"
    if closed and (words <= 7 or is_strong):
        return str(section)
    prose = line.rstrip().endswith((".", ",", ";"))
    if is_strong and not prose and (size * 2 >= end - start or (starts and words <= 6)):
        return str(section)
    return None


def _bare(page: Page, start: int, end: int) -> tuple[int, int]:
    """Return start and end of a line without the marks around it and the numbers before it."""
    words = page.words[start + 1 : end + 1].rstrip(_NO_WORD)
    return start + len(words) - len(words.lstrip(_NO_WORD + _DIGITS)), start + len(words)


def _size(hit: Hit) -> tuple[int, int]:
    return hit.end - hit.start, -hit.start


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
