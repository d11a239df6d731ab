"""Finds what the lexicon may lack: terms that adverts list beside skills it holds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from nlp.parse.folding import fold
from nlp.parse.lexicon import TABLE, literals
from nlp.parse.matcher import Hit, Matcher, Page, longest, open_page
from nlp.parse.reading import spans
from nlp.parse.skills import in_address, is_rightly_written
from nlp.parse.tables import rule_rows

EXAMPLES = 3
AROUND = 40  # characters of an example on each side
LONGEST = 40
MOST_WORDS = 4
# What stands between members of a list, or leads into one.
_BETWEEN = re.compile(
    r"[,;/|•·()\[\]:]|\s[-–]\s|\b(?:and|or|et|ou|und|oder|y|e|with|using|avec|such as|like|including|comme|"
    r"tels? que|telles que|notamment|e\.g|ex\.|i\.e)\b",
    re.IGNORECASE,
)
_EDGE = " \t.-–—*•·!?\"'“”’&+…"
_TERM = re.compile(r"[^\W\d_]")
_FILLERS = frozenset(
    {"etc", "more", "others", "other", "similar", "equivalent", "related", "plus", "autres", "équivalent"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that may be a skill.

    `n` adverts list it beside a known skill, `n_between` of them between two; `n_employers` is None where no
    advert names its employer.
    """

    term: str
    n: int
    n_between: int
    n_employers: int | None
    examples: tuple[str, ...]


@dataclass
class _Tally:
    spellings: dict[str, int] = field(default_factory=dict)
    n: int = 0
    n_between: int = 0
    employers: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)


def mine(adverts: Iterable[tuple[str, str | None]], *, least: int = 3) -> list[Candidate]:
    """Return terms that at least `least` adverts list beside known skills, the most frequent first.

    `adverts` are (text, employer or None); an advert counts once for a term, however often it names it.
    """
    tallies: dict[str, _Tally] = {}
    for text, employer in adverts:
        for key, (start, end, between) in _terms(text).items():
            _count(tallies.setdefault(key, _Tally()), text, (start, end), between, employer)
    found = [_candidate(tally) for tally in tallies.values() if tally.n >= least]
    return sorted(found, key=lambda candidate: (-candidate.n, candidate.term))


def _count(tally: _Tally, text: str, span: tuple[int, int], between: bool, employer: str | None) -> None:
    start, end = span
    spelling = text[start:end]
    tally.spellings[spelling] = tally.spellings.get(spelling, 0) + 1
    tally.n += 1
    tally.n_between += between
    if employer:
        tally.employers.add(fold(employer))
    if len(tally.examples) < EXAMPLES:
        tally.examples.append(" ".join(text[max(0, start - AROUND) : end + AROUND].split()))


def _candidate(tally: _Tally) -> Candidate:
    term = max(tally.spellings, key=lambda spelling: (tally.spellings[spelling], spelling))
    employers = len(tally.employers) or None
    return Candidate(term, tally.n, tally.n_between, employers, tuple(tally.examples))


def _terms(text: str) -> dict[str, tuple[int, int, bool]]:
    """Return the terms of one advert by folded form: start, end and whether known skills stand on both sides."""
    page = open_page(text)
    folded = page.folded
    hits = _known(page)
    found: dict[str, tuple[int, int, bool]] = {}
    at = 0
    for start, end in spans(folded):
        while at < len(hits) and hits[at].end <= start:
            at += 1
        if at == len(hits):
            break
        if hits[at].start >= end:
            continue
        for left, right, between in _neighbours(folded, (start, end), hits[at:]):
            term = folded[left:right]
            if _is_term(text, left, right, between) and (term not in found or between):
                found[term] = (left, right, between)
    return found


def _known(page: Page) -> list[Hit]:
    found = _matcher().find(page).get(TABLE, [])
    hits = longest([hit for hit in found if is_rightly_written(page.text, hit)])
    return [hit for hit in hits if hit.key.need != "cue" and not in_address(page.folded, hit)]


@cache
def _matcher() -> Matcher:
    return Matcher(literals())


def _neighbours(folded: str, line: tuple[int, int], hits: list[Hit]) -> Iterator[tuple[int, int, bool]]:
    """Yield the members of a line's lists that are no known skill but stand beside one."""
    members = list(_members(folded, line))
    spoken = [
        any(hit.start < end and hit.end > start for hit in _within(hits, line[1])) for start, end in members
    ]
    # A long member that holds a skill is prose, not a list.
    known = [says and end - start <= LONGEST for says, (start, end) in zip(spoken, members, strict=True)]
    for index, (start, end) in enumerate(members):
        before = index > 0 and known[index - 1]
        after = index + 1 < len(members) and known[index + 1]
        if not spoken[index] and (before or after):
            yield start, end, before and after


def _within(hits: list[Hit], end: int) -> Iterator[Hit]:
    for hit in hits:
        if hit.start >= end:
            return
        yield hit


def _members(folded: str, line: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands between the separators of a line, without marks."""
    start = line[0]
    for mark in (*_BETWEEN.finditer(folded, *line), None):
        end = mark.start() if mark else line[1]
        piece = folded[start:end]
        left = start + len(piece) - len(piece.lstrip(_EDGE))
        right = left + len(folded[left:end].rstrip(_EDGE))
        if right > left:
            yield left, right
        start = mark.end() if mark else end


def _is_term(text: str, start: int, end: int, between: bool) -> bool:
    """Does it look like a name: short, without function words, and written as a name unless skills enclose it?"""
    term = text[start:end]
    words = term.split()
    if not _TERM.search(term) or not 2 <= len(term) <= LONGEST or len(words) > MOST_WORDS:
        return False
    if any(word.lower() in _plain() for word in words):
        return False
    return between or any(letter.isupper() or letter.isdigit() for letter in term)


@cache
def _plain() -> frozenset[str]:
    """Words that make no name: function words of every language we know, and what closes a list."""
    return _FILLERS | {row["word"] for row in rule_rows("stopwords")}
