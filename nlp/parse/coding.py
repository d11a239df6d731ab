"""Decides whether programming and a machine-learning background are demanded."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.parse.facts import Fact
from nlp.parse.reading import Evidence, Reading
from nlp.parse.role import title_families
from nlp.parse.skills import Skill
from nlp.parse.tables import rule_rows

NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True)
class Demand:
    """Whether coding and ML are required, preferred or not_mentioned."""

    coding: Fact[str]
    ml: Fact[str]


def find_demand(reading: Reading, skills: Sequence[Skill]) -> Demand:
    """Return both demands, from the role's family and from the skills at their levels."""
    families = title_families(reading.title_hits)
    if not families and not reading.is_titled:
        families = title_families(reading.hits)
    asked = {field: _asked(field) for field in ("coding", "ml")}
    coding = _from_skills([s for s in skills if s.id in asked["coding"]], "coding")
    ml = _from_skills([s for s in skills if s.id in asked["ml"]], "ml")
    if "not_software" not in families:
        if coding.value != "required" and families.keys() & {"software", "data_science"}:
            coding = Fact("required", coding.evidence)
        if ml.value != "required" and "data_science" in families:
            ml = Fact("required", ml.evidence)
    return Demand(coding, ml)


@cache
def _asked(field: str) -> frozenset[str]:
    return frozenset(row["skill"] for row in rule_rows("demands") if row["field"] == field)


def _from_skills(skills: Sequence[Skill], rule: str) -> Fact[str]:
    for level in ("required", "preferred"):
        for skill in skills:
            if skill.level == level:
                return Fact(level, Evidence(skill.start, skill.end, f"{rule}.{level}:{skill.id}"))
    return Fact(NOT_MENTIONED)
