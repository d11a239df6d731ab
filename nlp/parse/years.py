"""Reads the smallest number of years of experience that an advert demands as a must."""

import re
from collections.abc import Iterator

from nlp.parse.facts import Fact
from nlp.parse.modifiers import Levels
from nlp.parse.reading import Evidence, Reading, matches_up_to

NAMED = {
    "a couple of": 2,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six ans": 6, "sept": 7, "huit": 8, "dix": 10,
}  # fmt: skip
MOST = 25
NEAR = 50
_NUMBER = r"(\d{1,2}|a couple of|one|two|three|four|five|six|seven|eight|nine|ten|une?|deux|trois|quatre|cinq|sept|huit|dix)"
_UNIT = r"(?:years?|yrs?|yoe|ans|années?|an\b|jahren?|años|anos|anni|jaar|års?|năm)"
# Every match of _YEARS ends with a unit, which begins with one of these at most LONGEST behind its start. To look for
# a few strings is many times faster than for a pattern.
STEMS = ("year", "yr", "yoe", "jahr", "años", "jaar", "år", "năm")
_AN = re.compile(r"an(?<=[\s\d)+-]an)(?:s|nées?|ni|os)?(?![a-zà-ÿ])")
_ENDS = re.compile(rf"{_UNIT}(?![a-zà-ÿ])")
LONGEST = 50
# What may stand between blanks before a unit, besides a digit.
COUNTS = (*NAMED, ")", "+", "more", "full", "solid", "plus", "good")
_YEARS = re.compile(
    rf"(?<![\w.,$€£/-]){_NUMBER}(?: ?\(\d{{1,2}}\))? ?\+?(?: ?(?:-|to|à|a|ou|or|/|et) ?(\d{{1,2}}|{_NUMBER}) ?\+?)?"
    rf" ?(?:or more |full |solid |plus |good |\+ )? ?-?{_UNIT}(?![a-zà-ÿ])"
)
_WANTED = re.compile(
    r"experience|expérience|exp\b|exp\.|background|in an? |in the |in |with |of |working|building|hands-on|erfahrung|"
    r"experiencia|ervaring|erfarenhet|kinh nghiệm|esperienza|software|developing|managing|leading|selling|running|designing|driving|delivering|teaching|coaching|supervising|professional|industry|relevant|post|minimum|\)|d'|de |dans|en |sur|yoe"
)
_BARRED = re.compile(
    r"years? old|(?:plus de|au moins|avoir) 1[68] ans|ans révolus|âgée?s? |ans d'existence|years? ago|year-old|years? of age|last \S+ years?|past \S+ years?|next \S+ years?|"
    r"in business|depuis|il y a|over the (?:last|past)|for the (?:last|past)|within|founded|fondée|créée|vesting|contract|"
    r"durée|renouvel|expérience (?:souhaitée|appréciée|désirée)|ancienneté moyenne|average tenure|first|history|combined|our|we have|we've|team has|plus de \S+ ans d'(?:existence|expertise|histoire)|"
    r"years?\)?: ?[$€£]|ans\)? ?: ?\d|consecutive|every|anniversary|warranty|accompagn|pendant|in a row|during|moins de \d|less than|jusqu'à"
)
WAIVED = frozenset({"preferred", "not_required"})
# Among what a firm offers, years are the applicant's only where the sentence says so.
_CANDIDATE = re.compile(
    r"\b(?:vous|tu|you|your|minimum|mini|au moins|at least|required|requis|profil|justifi\w+|candidate?s?)\b"
)
ABOUT = frozenset({"about", "benefits", "legal"})


def find_years(reading: Reading) -> Fact[int | None]:
    """Return the smallest demanded number of years, with its evidence; None where none is demanded."""
    best: Fact[int | None] = Fact(None)
    for start, end, years, refusal in candidates(reading):
        if refusal is None and (best.value is None or years < best.value):
            best = Fact(years, Evidence(start, end, "years.number-unit-experience"))
    return best


def candidates(reading: Reading) -> Iterator[tuple[int, int, int, str | None]]:
    """Yield start, end and number of every count of years, and why it is no must: no_demand, preferred, not_required."""
    levels = Levels(reading)
    for match in matches_up_to(_YEARS, _units(reading.folded), reading.folded, LONGEST):
        years = _amount(match.group(1))
        if years is None or not 0 < years <= MOST:
            continue
        start, end = match.span()
        if not _is_demand(reading, match):
            yield start, end, years, "no_demand"
            continue
        level = levels.level(start, end, within=NEAR, study=False).level
        yield start, end, years, level if level in WAIVED else None


def _units(folded: str) -> Iterator[re.Match[str]]:
    """Yield the units of years in order."""
    places = [at for stem in STEMS for at in _places(folded, stem)]
    places += [match.start() for match in _AN.finditer(folded)]
    done = 0
    for at in sorted(places):
        unit = _ENDS.match(folded, at) if at >= done else None
        if unit is not None:
            done = unit.end()
            if _follows_a_number(folded, at):
                yield unit


def _follows_a_number(folded: str, at: int) -> bool:
    """Say at a glance whether a number may stand before a unit: the English "an" is everywhere."""
    before = folded[max(0, at - LONGEST) : at].rstrip(" -")
    return before.endswith(COUNTS) or before[-1:].isdigit()


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _amount(word: str) -> int | None:
    return int(word) if word.isdigit() else NAMED.get(word)


def _is_demand(reading: Reading, match: re.Match[str]) -> bool:
    """Does the number speak of the applicant's experience, not of the company or of a time span?"""
    section = reading.section(match.start())
    left, right = reading.sentence(match.start())
    before = reading.folded[max(left, match.start() - 45) : match.start()]
    after = reading.folded[match.end() : min(right, match.end() + 60)]
    around = before + match.group() + after
    if _BARRED.search(around[: len(before) + len(match.group()) + 22]):
        return False
    if section in ABOUT:
        said = "experience" in around or "expérience" in around
        return said and (section == "about" or bool(_CANDIDATE.search(around)))
    return bool(_WANTED.search(around)) and (
        section in ("requirements", "preferred") or _speaks_of_skill(around)
    )


def _speaks_of_skill(around: str) -> bool:
    return bool(
        re.search(
            r"experience|expérience|exp\b|exp\.|yoe|erfahrung|experiencia|ervaring|background|minimum|at least|au moins|\+|require",
            around,
        )
    )
