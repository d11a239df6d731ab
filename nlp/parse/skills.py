"""Reads hard skills: lexicon hits, corroborated where a word is ambiguous, each at its strongest level."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.parse.lexicon import TABLE, Entry, literals
from nlp.parse.matcher import Hit, longest
from nlp.parse.modifiers import Level, Levels
from nlp.parse.reading import Reading
from nlp.parse.tables import rule_rows

__all__ = ["TABLE", "Skill", "find_skills", "literals"]

MOST_TRIES = 12  # of one ambiguous word in one advert: keeps a text of nothing but "Go" cheap
STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1}
STRONGEST = "required"
CUE = "level."
QUIET = frozenset({"about", "benefits", "legal"})
# Of these kinds, a name before "engineers" or "team" says who people are; "Python developer" asks for Python.
TRADES = frozenset({"framework", "ml", "business", "data", "domain"})
_JOINED = re.compile(
    r"[\s,;/&+|()\[\]:*\-•·]*(?:(?:and|or|et|ou|und|oder|y|o|e\.g\.?|i\.e\.?|such as|like|using|with)[\s,:]*)?$"
)
_AFTER = frozenset(" /-")
_LEADS = re.compile(r"[ :]*(?:\(|(?:such as|like|including|comme|tels? que|telles? que)\b)")
_LINKED = re.compile(r"(?:https?://|www\.|[\w.]+@)\S*\Z")

Corroborate = Callable[[str, Hit], bool]


class Skill(NamedTuple):
    """A skill of an advert: `s` reads exactly as the text from start to end."""

    id: str
    label: str
    kind: str
    s: str
    start: int
    end: int
    level: str
    rule: str


def find_skills(reading: Reading, corroborate: Corroborate) -> list[Skill]:
    """Return each skill of the advert once, at its strongest level, in order of appearance."""
    levels = Levels(reading)
    best: dict[str, Skill] = {}
    for hit, listed in _mentions(reading.folded, _accepted(reading, corroborate)):
        entry: Entry = hit.key.entry
        known = best.get(entry.id)
        if known is not None and known.level == STRONGEST:
            continue
        section = reading.section(hit.start)
        if _never_counts(hit.key.need, section, listed=listed):
            continue
        found = levels.level(hit.start, hit.end)
        if found.level not in STRENGTH or not counts(hit.key.need, found, section, listed=listed):
            continue
        if known is None or STRENGTH[found.level] > STRENGTH[known.level]:
            surface = reading.text[hit.start : hit.end]
            rule = f"skills.lexicon:{entry.id}; {found.rule}"
            best[entry.id] = Skill(
                entry.id, entry.label, entry.kind, surface, hit.start, hit.end, found.level, rule
            )
    return sorted(best.values(), key=lambda skill: skill.start)


def counts(need: str, found: Level, section: str | None = None, *, listed: bool = True) -> bool:
    """Does a name, notion ("asked") or everyday word ("cue") count as a skill at this level?

    Notions and words count where somebody asks for them, not in an employer's own story or benefits; outside a list
    of skills, notions want a cue beside them, everyday words never count, and stories only name what a cue asks for.
    """
    by_cue = found.rule.startswith(CUE)
    if need and (section in QUIET or found.level == "mentioned" or (need == "cue" and not by_cue)):
        return False
    return listed or (need != "cue" and (by_cue or not (need or section in QUIET)))


def _never_counts(need: str, section: str | None, *, listed: bool) -> bool:
    """Would `counts` say no at any level? Spares the question how strongly it is asked for."""
    return bool(need) and (section in QUIET or (need == "cue" and not listed))


def _mentions(folded: str, hits: Sequence[Hit]) -> Iterator[tuple[Hit, bool]]:
    """Yield each hit and whether it stands in a list with another one.

    Left out are trades of people and notions that only lead to their examples ("cloud platforms (AWS, GCP)").
    """
    before = False
    for index, hit in enumerate(hits):
        after = index + 1 < len(hits) and _joined(folded, hit.end, hits[index + 1].start)
        leads = after and hit.key.need and _LEADS.match(folded, hit.end)
        if not leads and (hit.key.entry.kind not in TRADES or not names_people(folded, hit)):
            yield hit, before or after
        before = after


def names_people(folded: str, hit: Hit) -> bool:
    """Is it a part of a job's or a team's name ("machine learning engineers", "équipe front-end")?"""
    if folded[hit.end : hit.end + 1] in _AFTER and _people("after").match(folded, hit.end):
        return True
    if folded[max(0, hit.start - 3) : hit.start] not in _endings():
        return False
    return folded.endswith(_people_before(), 0, hit.start)


@cache
def _people(side: str) -> re.Pattern[str]:
    words = "|".join(re.escape(row["literal"]) for row in rule_rows("people") if row["side"] == side)
    return re.compile(rf"[ /-]+(?:(?:research|software|web|product|ops|r&d) )?(?:{words})s?\b")


@cache
def _endings() -> frozenset[str]:
    """Return the last letters of what stands before: one look dismisses most words."""
    return frozenset(words[-3:] for words in _people_before())


@cache
def _people_before() -> tuple[str, ...]:
    return tuple(
        f"{row['literal']}{end}"
        for row in rule_rows("people")
        if row["side"] == "before"
        for end in (" ", "s ")
    )


def _accepted(reading: Reading, corroborate: Corroborate) -> list[Hit]:
    """Return the longest hits, without addresses and without ambiguous words that nothing supports.

    A name in small letters ("go", "react") needs known skills on both sides of it in a list.
    """
    text, folded = reading.text, reading.folded
    hits = [hit for hit in longest(_spelled(reading)) if not in_address(folded, hit)]
    right = [is_rightly_written(text, hit) for hit in hits]
    sure = {index for index, hit in enumerate(hits) if right[index] and not hit.key.ambiguous}
    kept = []
    tries: Counter[str] = Counter()
    for index, hit in enumerate(hits):
        supported = index in sure
        if not right[index]:
            supported = _is_between(folded, hits, index, sure)
        elif not supported:
            supported = _in_list(folded, hits, index, sure)
            if not supported and tries[hit.key.entry.id] < MOST_TRIES:
                tries[hit.key.entry.id] += 1
                supported = corroborate(text, hit)
        if supported:
            sure.add(index)
            kept.append(hit)
    return kept


def _spelled(reading: Reading) -> list[Hit]:
    text = reading.text
    found = reading.found(TABLE)
    return [
        hit
        for hit in found
        if hit.key.written is None or is_rightly_written(text, hit) or text[hit.start : hit.end].islower()
    ]


def _is_between(folded: str, hits: Sequence[Hit], index: int, sure: set[int]) -> bool:
    """Do sure skills stand right before and behind it in a list?"""
    return (
        index - 1 in sure
        and index + 1 in sure
        and _joined(folded, hits[index - 1].end, hits[index].start)
        and _joined(folded, hits[index].end, hits[index + 1].start)
    )


def is_rightly_written(text: str, hit: Hit) -> bool:
    """Is it spelled as demanded, or all in capitals (GIT for Git)?"""
    surface, written = text[hit.start : hit.end], hit.key.written
    return written is None or surface.startswith(written) or (len(surface) > 2 and surface.isupper())


def _in_list(folded: str, hits: Sequence[Hit], index: int, sure: set[int]) -> bool:
    """Does a sure skill stand beside it in a list ("Python, R and Go")?"""
    hit = hits[index]
    if index and index - 1 in sure and _joined(folded, hits[index - 1].end, hit.start):
        return True
    later = index + 1
    while later < len(hits) and later - index < 4 and _joined(folded, hits[later - 1].end, hits[later].start):
        if later in sure:
            return True
        later += 1
    return False


def _joined(folded: str, start: int, end: int) -> bool:
    return end - start <= 14 and _joins(folded[start:end])


@lru_cache(maxsize=4096)
def _joins(gap: str) -> bool:
    return "\n" not in gap and _JOINED.match(gap) is not None


def in_address(folded: str, hit: Hit) -> bool:
    """Is the hit part of a link or of an e-mail address? Looks no further than 120 characters back."""
    if folded[hit.end : hit.end + 1] == "@":
        return True
    if folded[hit.start - 1 : hit.start] == " ":
        return False
    before = folded[max(0, hit.start - 120) : hit.start]
    return ("." in before[-1:] and before[-2:-1].isalnum()) or (
        "/" in before and bool(_LINKED.search(before))
    )
