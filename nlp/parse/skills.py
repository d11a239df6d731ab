"""Reads hard skills: lexicon hits, corroborated where a word is ambiguous, each at its strongest level."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.parse.folding import fold
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.modifiers import Level, Levels
from nlp.parse.reading import Reading
from nlp.parse.tables import alternatives, reference_rows

TABLE = "skills"
MOST_TRIES = 12  # of one ambiguous word in one advert: keeps a text of nothing but "Go" cheap
STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1}
STRONGEST = "required"
_JOINED = re.compile(
    r"[\s,;/&+|()\[\]:*\-•·]*(?:(?:and|or|et|ou|und|oder|y|o|e\.g\.?|i\.e\.?|such as|like|using|with)[\s,:]*)?$"
)
_LINKED = re.compile(r"(?:https?://|www\.|[\w.]+@)\S*\Z")

Corroborate = Callable[[str, Hit], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon."""

    id: str
    label: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What a literal stands for.

    `written` is the only spelling that counts; `ambiguous` words need support; `need` is "" (counts anywhere),
    "asked" (only where required or preferred) or "cue" (only where words beside it ask for it).
    """

    entry: Entry
    written: str | None
    ambiguous: bool
    need: str


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


def literals() -> list[Literal]:
    """Return every label and alias of `skills.csv`."""
    found: dict[str, Literal] = {}
    for row in reference_rows(TABLE):
        entry = Entry(row["id"], row["label_en"], row["kind"], row["parent"])
        cased, ambiguous = (
            frozenset(filter(None, row[column].split("|"))) for column in ("cased", "ambiguous")
        )
        for form in _forms(row):
            sense = Sense(
                entry, form if form in cased or form in ambiguous else None, form in ambiguous, row["need"]
            )
            found.setdefault(form if sense.written else fold(form), Literal(form, TABLE, sense))
    return list(found.values())


def _forms(row: dict[str, str]) -> list[str]:
    """Return label and aliases, each also with its hyphens and spaces exchanged."""
    forms = [
        row["label_en"],
        row["label_fr"],
        *(form for part in _split(row["aliases"]) for form in alternatives(part)),
    ]
    forms = [form for form in forms if form]
    hyphened = [form.replace(" ", "-") for form in forms if " " in form and "-" not in form]
    return forms + hyphened + [form.replace("-", " ") for form in forms if "-" in form]


def _split(aliases: str) -> list[str]:
    """Split on the bars outside braces."""
    return [part for part in re.split(r"\|(?![^{]*\})", aliases) if part]


def find_skills(reading: Reading, corroborate: Corroborate) -> list[Skill]:
    """Return each skill of the advert once, at its strongest level, in order of appearance."""
    levels = Levels(reading)
    best: dict[str, Skill] = {}
    for hit in _accepted(reading, corroborate):
        entry: Entry = hit.key.entry
        known = best.get(entry.id)
        if known is not None and known.level == STRONGEST:
            continue
        found = levels.level(hit.start, hit.end)
        if found.level not in STRENGTH or not counts(hit.key.need, found):
            continue
        if known is None or STRENGTH[found.level] > STRENGTH[known.level]:
            surface = reading.text[hit.start : hit.end]
            rule = f"skills.lexicon:{entry.id}; {found.rule}"
            best[entry.id] = Skill(
                entry.id, entry.label, entry.kind, surface, hit.start, hit.end, found.level, rule
            )
    return sorted(best.values(), key=lambda skill: skill.start)


def counts(need: str, found: Level) -> bool:
    """Does a generic word count here? Everyday words are skills only where they are asked for."""
    if need == "cue":
        return found.rule.startswith("level.") and found.level != "mentioned"
    return need != "asked" or found.level != "mentioned"


def _accepted(reading: Reading, corroborate: Corroborate) -> list[Hit]:
    """Return the longest hits, without addresses and without ambiguous words that nothing supports."""
    hits = [hit for hit in longest(_rightly_written(reading)) if not in_address(reading.folded, hit)]
    sure = {index for index, hit in enumerate(hits) if not hit.key.ambiguous}
    kept = []
    tries: Counter[str] = Counter()
    for index, hit in enumerate(hits):
        supported = index in sure or _in_list(reading.folded, hits, index, sure)
        if not supported and tries[hit.key.entry.id] < MOST_TRIES:
            tries[hit.key.entry.id] += 1
            supported = corroborate(reading.text, hit)
        if supported:
            sure.add(index)
            kept.append(hit)
    return kept


def _rightly_written(reading: Reading) -> list[Hit]:
    text = reading.text
    return [hit for hit in reading.found(TABLE) if is_rightly_written(text, hit)]


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
    return end - start <= 14 and "\n" not in folded[start:end] and bool(_JOINED.match(folded[start:end]))


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
