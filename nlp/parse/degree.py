"""Reads the lowest degree an advert accepts, and whether it is required or preferred."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.parse.facts import rule_literals
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.modifiers import Levels
from nlp.parse.reading import Evidence, Reading

TABLE = "degrees"
RANK = {"other": 0, "bachelor": 1, "master": 2, "phd": 3, "unnamed": 4}


ABBREVIATION = 4  # letters: "GED" is a degree in English, a document store in French
BEFORE = 40
REACH = 160
ASKED = frozenset({"requirements", "preferred"})
_HOLDERS = re.compile(
    r"\b(?:we are|we're|we have|our|the team|team of|group of|founders?|founded by|co-?founders?|of us|us have|backed by|led by|composed of|made up of|"
    r"alumni|alums|my|i'm|i am|from|scientists|stanford|mit|harvard|berkeley|cmu|carnegie mellon|cambridge|oxford|three|two|four|five|several|many)\b"
)
_ASKS = re.compile(
    r"\b(?:requir\w*|must|should|looking for|seeking|hiring|hire|need\w*|candidates?|you|you'll|your|applicants?|qualif\w*|prefer\w*|minimum|"
    r"at least|or equivalent|ideal\w*|a plus|experience with|years)\b"
)
_NAMED = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+,? ?\($")
_WISHED = re.compile(
    r"prefer|ideal|idéal|a plus\b|an asset|an advantage|un plus\b|souhait|appréci|atout|desir|nice to have|bonus|de préférence"
)
# Words between a degree and a wish that the wish speaks of.
_OTHERS = re.compile(
    r"required|requis|exigé|obligatoire|experience|expérience|years|skills|, (?:with|and a|mba|master|advanced|une|un|des|la|le|certificat)\b"
)


@dataclass(frozen=True, slots=True)
class Degree:
    """`degree` is none_stated, bachelor, master, phd or other; `level` required, preferred or None."""

    degree: str
    level: str | None
    evidence: Evidence | None = None


def literals() -> list[Literal]:
    """Return the degree names of `rules/degrees.csv`."""
    return rule_literals(TABLE, lambda row: (row["degree"], row["doubtful"] == "1", row["lang"]))


def candidates(reading: Reading) -> Iterator[tuple[Hit, str]]:
    """Yield every degree named: required, preferred, not_required, or elsewhere (where none is asked for)."""
    levels = Levels(reading)
    for hit in longest(reading.found(TABLE)):
        name, doubtful, lang = hit.key
        if (
            name == "none"
            or _is_foreign(reading, hit, doubtful=doubtful, lang=lang)
            or _is_elsewhere(reading, hit)
        ):
            continue
        section = reading.section(hit.start)
        if doubtful and section not in (None, "requirements", "preferred"):
            yield hit, "elsewhere"
            continue
        level = levels.level(hit.start, hit.end, study=False).level
        if level == "preferred" and _is_firm(reading, hit):
            level = "required"
        yield hit, level if level in ("preferred", "not_required") else "required"


def _is_foreign(reading: Reading, hit: Hit, *, doubtful: bool, lang: str) -> bool:
    """Is it a short word that means a degree in another language only ("market cap")?"""
    return (doubtful or lang == "fr") and hit.end - hit.start <= ABBREVIATION and lang != reading.lang


def _is_elsewhere(reading: Reading, hit: Hit) -> bool:
    """Is it part of an address, or a degree that the people who hire hold ("a team of PhD scientists")?"""
    if (
        hit.start
        and reading.text[hit.start - 1] == "/"
        and "//" in reading.text[max(0, hit.start - 90) : hit.start]
    ):
        return True
    if reading.lang != "en" or reading.section(hit.start) in ASKED:
        return False
    left, right = reading.sentence(hit.start)
    left, right = max(left, hit.start - REACH), min(right, hit.end + REACH)
    if _ASKS.search(reading.folded, left, right):
        return False
    return bool(
        _HOLDERS.search(reading.folded, left, hit.start) or _NAMED.search(reading.text, left, hit.start)
    )


def _is_firm(reading: Reading, hit: Hit) -> bool:
    """Does "preferred" speak of something else ("Bachelor's degree required, MBA preferred"; "a degree, with sales experience preferred")?"""
    left, right = reading.sentence(hit.start)
    before = reading.folded[max(left, hit.start - BEFORE) : hit.start]
    if _WISHED.search(before.rpartition(" and a ")[2]) or reading.section(hit.start) == "preferred":
        return False
    wish = _WISHED.search(reading.folded, hit.end, right)
    return wish is not None and bool(_OTHERS.search(reading.folded, hit.end, wish.start()))


def find_degree(reading: Reading) -> Degree:
    """Return the lowest degree demanded as a must, else the lowest preferred one; an unnamed one only if alone."""
    found: dict[str, list[tuple[int, Hit]]] = {"required": [], "preferred": []}
    for hit, level in candidates(reading):
        if level in found:
            found[level].append((RANK[hit.key[0]], hit))
    for level in ("required", "preferred"):
        if found[level]:
            hit = min(found[level], key=lambda pair: (pair[0], pair[1].start))[1]
            name = "other" if hit.key[0] == "unnamed" else hit.key[0]
            return Degree(name, level, Evidence(hit.start, hit.end, f"degree.{hit.key[0]}"))
    return Degree("none_stated", None)
