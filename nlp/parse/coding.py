"""Decides whether programming and a machine-learning background are demanded."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.parse.facts import Fact
from nlp.parse.matcher import Hit
from nlp.parse.reading import Evidence, Reading
from nlp.parse.role import title_families
from nlp.parse.skills import Skill
from nlp.parse.tables import rule_rows

NOT_MENTIONED = "not_mentioned"
CODING = frozenset({"software", "data_science"})
ROLES = (
    "engineer",
    "develop",
    "scien",
    "research",
    "program",
    "architect",
    "dévelop",
    "ingénieur",
    "cto",
    "lead",
)
COLLEAGUES = ("engineer", "developer", "team", "dev", "colleague", "counterpart", "équipe")


@dataclass(frozen=True, slots=True)
class Demand:
    """Whether coding and ML are required, preferred or not_mentioned."""

    coding: Fact[str]
    ml: Fact[str]


def find_demand(reading: Reading, skills: Sequence[Skill]) -> Demand:
    """Return both demands, from the role's family and from the skills at their levels."""
    families = title_families(reading.title_hits)
    if not families and not reading.is_titled:
        families = {
            name: hit for name, hit in title_families(reading.hits).items() if _names_role(reading, hit)
        }
    codes = bool(families.keys() & CODING) and next(iter(families)) != "not_software"
    asked = {field: _asked(field) for field in ("coding", "ml")}
    wanted = [s for s in skills if s.id in asked["coding"] and (codes or not _names_colleague(reading, s))]
    coding = _from_skills(wanted, "coding")
    ml = _from_skills([s for s in skills if s.id in asked["ml"]], "ml")
    if codes:
        if coding.value != "required":
            coding = Fact("required", coding.evidence)
        if ml.value != "required" and "data_science" in families:
            ml = Fact("required", ml.evidence)
    return Demand(coding, ml)


def _names_role(reading: Reading, hit: Hit) -> bool:
    """Is it a role on offer ("Machine Learning Engineer") and not a trade or a colleague ("our data scientists")?"""
    is_named = reading.text[hit.start].isupper() or hit.key[0] != "data_science"
    return is_named and any(role in reading.folded[hit.start : hit.end] for role in ROLES)


def _names_colleague(reading: Reading, skill: Skill) -> bool:
    """Is it the trade of others that one works with ("front-end engineers")?"""
    return reading.folded[skill.end : skill.end + 14].lstrip(" -").startswith(COLLEAGUES)


@cache
def _asked(field: str) -> frozenset[str]:
    return frozenset(row["skill"] for row in rule_rows("demands") if row["field"] == field)


def _from_skills(skills: Sequence[Skill], rule: str) -> Fact[str]:
    for level in ("required", "preferred"):
        for skill in skills:
            if skill.level == level:
                return Fact(level, Evidence(skill.start, skill.end, f"{rule}.{level}:{skill.id}"))
    return Fact(NOT_MENTIONED)
