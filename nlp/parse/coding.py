"""Decides whether programming and a machine-learning background are demanded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.parse.facts import Fact
from nlp.parse.matcher import Hit, longest
from nlp.parse.reading import Evidence, Reading
from nlp.parse.role import TITLES, title_families
from nlp.parse.skills import Skill
from nlp.parse.tables import rule_rows

NOT_MENTIONED = "not_mentioned"
CODING = frozenset({"software", "data_science"})
OTHER = "not_software"
PLAIN = frozenset({"yes", "language"})
OPENING = 40  # characters of a line before the role it opens with
REACH = 120
_SEVERAL = re.compile(
    r"\b(?:multiple|various|several|many|all|different|open|roles|positions|openings|see below)\b"
)
_SEEKS = re.compile(
    r"\b(?:looking for|hiring|seeking|searching for|we need|join us as|join as|role|roles|position|positions|openings?|"
    r"recherchons|recrutons|cherchons)\b[^.;]*$"
)
NEAR = 40
_CODE = re.compile(
    r"langu|langa|concept|skills?\b|knowledge|experience|expérience|connaissance|compétence|notions|bases\b|maîtrise|chops|python|java|bash|"
    r"shell|powershell|statisti|object|objet|engineering|principles|informatique"
)
_NO_CODE = re.compile(
    r"usinage|architectur|urbai|\bcnc\b|storyboard|call |video|sales|vente|efforts|life ?cycle|sdlc|culturel|événement|tv\b|team"
)
_INTEREST = re.compile(
    r"\b(?:interest|curiosity|passion|passionate|appétence|intérêt|curieux|curieuse|passionnée?) (?:in|for|about|pour|de|par) [^.;:\n]*$"
)
_WAIVED = re.compile(
    r"\bno (?:previous |prior )?(?:ai|ml|machine learning|ai/ml|ml/ai) (?:experience|background)(?: is)? (?:required|needed|necessary)"
)
_PROSE = re.compile(r"\b(?:we|we're|our|us|with|is|are|as|of|by|for|the|you|your|from)\b")
_ROLES = re.compile("engineer|develop|scien|research|program|architect|dévelop|ingénieur|cto|lead")
COLLEAGUES = ("engineer", "developer", "team", "dev", "colleague", "counterpart", "équipe")


@dataclass(frozen=True, slots=True)
class Demand:
    """Whether coding and ML are required, preferred or not_mentioned."""

    coding: Fact[str]
    ml: Fact[str]


def find_demand(reading: Reading, skills: Sequence[Skill]) -> Demand:
    """Return both demands, from the families of the roles on offer and from the skills at their levels.

    An advert of several roles demands what one of them does.
    """
    families = _families(reading)
    first = next(iter(families), None)
    codes = bool(families.keys() & CODING) and not (reading.is_titled and first == OTHER)
    coding = _from_skills(_coding_skills(reading, skills, codes=codes), "coding", reading)
    ml = _from_skills([s for s in skills if s.id in _asked("ml")], "ml", reading)
    if codes:
        if coding.value != "required":
            coding = Fact("required", coding.evidence)
        if ml.value != "required" and "data_science" in families and not _waives_ml(reading):
            ml = Fact("required", ml.evidence)
    return Demand(coding, ml)


def _families(reading: Reading) -> dict[str, Hit]:
    """Return the families of the roles on offer: those of the title, else those that a post without titles lists."""
    named = title_families(reading.title_hits)
    if reading.is_titled:
        return named
    roles = [hit for hit in longest(reading.found(TITLES)) if _names_role(reading, hit)]
    offered = [hit for hit in roles if _is_offered(reading, hit)]
    if named or offered or _has_head(reading):
        return named | {hit.key[0]: hit for hit in offered}
    return {
        hit.key[0]: hit for hit in roles if reading.text[hit.start].isupper() or hit.key[0] != "data_science"
    }


def _waives_ml(reading: Reading) -> bool:
    """Does the advert take people who are new to it ("no previous AI experience is required")?"""
    return "experience" in reading.folded and bool(_WAIVED.search(reading.folded))


def _has_head(reading: Reading) -> bool:
    """Does the head line give a role of its own ("Office Manager"), and not "Multiple roles"?"""
    return not reading.text.lstrip().startswith(reading.title) and not _SEVERAL.search(reading.title.lower())


def _names_role(reading: Reading, hit: Hit) -> bool:
    """Is it a role ("Machine Learning Engineer") and not a trade ("data science")?"""
    return _ROLES.search(reading.folded, hit.start, hit.end) is not None


def _is_offered(reading: Reading, hit: Hit) -> bool:
    """Does the role open a line of a list, or does its sentence seek it?"""
    line = reading.line_at(hit.start)
    if hit.start - line.start <= OPENING and reading.text[hit.start].isupper():
        before = reading.folded[line.start : hit.start]
        if hit.start > reading.lines[0].end and not _PROSE.search(before):
            return True
    left = max(reading.sentence(hit.start)[0], hit.start - REACH)
    return bool(_SEEKS.search(reading.folded, left, hit.start))


def _coding_skills(reading: Reading, skills: Sequence[Skill], *, codes: bool) -> list[Skill]:
    """Return the skills that show a demand for coding; outside of software roles only plain ones."""
    asked = [s for s in skills if s.id in _asked("coding")]
    if codes:
        return asked
    return [s for s in asked if _is_plain(reading, s) and not _names_colleague(reading, s)]


def _is_plain(reading: Reading, skill: Skill) -> bool:
    """Does the skill mean coding outside of software roles too, as Python does and "mobile apps" or "call scripts" do not?"""
    elsewhere = _asked("coding")[skill.id]
    if elsewhere != "doubtful":
        return elsewhere in PLAIN
    around = reading.folded[max(0, skill.start - NEAR) : skill.end + NEAR]
    return bool(_CODE.search(around)) and not _NO_CODE.search(around)


def _names_colleague(reading: Reading, skill: Skill) -> bool:
    """Is it the trade of others that one works with ("front-end engineers")?"""
    return reading.folded[skill.end : skill.end + 14].lstrip(" -").startswith(COLLEAGUES)


@cache
def _asked(field: str) -> Mapping[str, str]:
    """Return the skills that show the demand, each with whether it does so outside of software roles."""
    return {row["skill"]: row["elsewhere"] for row in rule_rows("demands") if row["field"] == field}


def _from_skills(skills: Sequence[Skill], rule: str, reading: Reading) -> Fact[str]:
    """Return the strongest level; a language that the duties name is one that the work is done in."""
    if rule == "ml":
        skills = [s for s in skills if not _INTEREST.search(reading.folded, max(0, s.start - REACH), s.start)]
    done = [s for s in skills if rule == "coding" and s.level == "mentioned" and _is_worked_in(reading, s)]
    found = {level: [s for s in skills if s.level == level] for level in ("required", "preferred")}
    for level, shown in (("required", found["required"] or done), ("preferred", found["preferred"])):
        if shown:
            skill = shown[0]
            return Fact(level, Evidence(skill.start, skill.end, f"{rule}.{level}:{skill.id}"))
    return Fact(NOT_MENTIONED)


def _is_worked_in(reading: Reading, skill: Skill) -> bool:
    return _asked("coding")[skill.id] == "language" and reading.section(skill.start) == "duties"
