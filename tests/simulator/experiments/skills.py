"""Skills against the truth: shares, and what errors of reading do to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data.measures import skills
from data.measures.selection import Selection
from tests.simulator import truth
from tests.simulator.released import released
from tests.simulator.setting import Errors, Setting, Skill
from tests.simulator.trial import Claim, Estimate, Experiment, Row

MARKET = Setting(
    days=90,
    relations={"title": 0.8, "core": 0.6},
    skills=(Skill("python", 0.5), Skill("rag", 0.15)),
)
ERRORS = Errors(skill_sensitivity=0.85, skill_specificity=0.97)


def _shares(seed: int, folder: Path) -> Iterator[Estimate]:
    for name, errors in (("", Errors()), ("_misread", ERRORS)):
        setting = replace(MARKET, errors=errors)
        _, release = released(setting, seed, folder / f"read{name}")
        frame = skills.top_skills(release, Selection()).frame.set_index("skill_id")
        for skill in ("python", "rag"):
            row = frame.loc[skill]
            true = truth.skill_share(setting, skill)
            yield Estimate(f"{skill}{name}", true, row["share"], row["share_low"], row["share_high"])


_NOT_CORRECTED = (
    "none covers errors of extraction or of matching",
    "aucun ne couvre les erreurs de lecture",
)
SHARES = Experiment(
    id="skills",
    measure="skills.top_skills",
    question=("What share of openings names a skill?", "Quelle part des postes cite une compétence ?"),
    market=(
        "Python in 50 % of openings, retrieval in 15 %; in `misread` the reader finds 85 % of what is there and says 3 % of "
        "what is not",
        "Python dans 50 % des postes, la recherche augmentée dans 15 % ; avec `misread`, le lecteur trouve 85 % de ce qui y "
        "est et dit 3 % de ce qui n'y est pas",
    ),
    rows={
        "python": Row(("50 %, read well", "50 %, bien lu"), Claim.COVERS, is_relative=False),
        "rag": Row(("15 %, read well", "15 %, bien lu"), Claim.COVERS, is_relative=False),
        "python_misread": Row(
            ("50 %, misread", "50 %, mal lu"), Claim.BIASED, is_relative=False, said=_NOT_CORRECTED
        ),
        "rag_misread": Row(
            ("15 %, misread", "15 %, mal lu"), Claim.NARROW, is_relative=False, said=_NOT_CORRECTED
        ),
    },
    run=_shares,
)

EXPERIMENTS = (SHARES,)
