"""Skills: how many openings name each one, at what level, how that moves, what goes together and what pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures.columns import SKILLS_BY_YEAR, SOFT_SKILLS, TOP_SKILLS
from data.measures.correction import correction, correction_note, measured_errors
from data.measures.coverage import Measure, cover
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_churn import churn, turnover
from data.measures.skill_columns import SOFT_SKILLS_CORRECTED, TOP_SKILLS_CORRECTED
from data.measures.skill_demands import demands, skill_levels
from data.measures.skill_pairs import pairs
from data.measures.skill_premium import premium
from data.measures.skill_series import skills_over_time
from data.measures.skill_shares import LEVELS, TRUE_ZERO, at_least_one, share_of, strengths, with_shares
from data.measures.skill_studies import headings, studies

if TYPE_CHECKING:
    from data.release import Release

__all__ = [
    "LEVELS",
    "SOFT_LABELS",
    "TRUE_ZERO",
    "churn",
    "demands",
    "headings",
    "pairs",
    "premium",
    "skill_levels",
    "skills_by_year",
    "skills_over_time",
    "soft_skills",
    "studies",
    "top_skills",
    "turnover",
]

SOFT_LABELS: dict[str, tuple[str, str]] = {
    "communication": ("Communication", "Communication"),
    "problem_solving": ("Problem solving", "Résolution de problèmes"),
    "creativity": ("Creativity", "Créativité"),
    "teamwork": ("Teamwork", "Travail en équipe"),
    "critical_thinking": ("Critical thinking", "Esprit critique"),
    "attention_to_detail": ("Attention to detail", "Souci du détail"),
    "leadership": ("Leadership", "Leadership"),
    "adaptability": ("Adaptability", "Adaptabilité"),
    "time_management": ("Time management", "Gestion du temps"),
    "customer_focus": ("Customer focus", "Sens du client"),
}


def top_skills(
    release: Release, selection: Selection, *, level: str | None = None, n: int = 25, corrected: bool = False
) -> Measure:
    """The `n` skills that most openings name (at `level`), most named first (columns TOP_SKILLS).

    `share` is of the openings at the asked level (all levels where `level` is None). `corrected` adds the shares
    corrected for the errors of our rules (columns TOP_SKILLS_CORRECTED); they were measured for naming a skill at
    any level, so that shares at one level have none. Raises SelectionError for an unknown level or n < 1.
    """
    at_least_one(n)
    where, values = selection.where("p")
    sql = load_query("skills").replace("{selected}", where).replace("{levels}", strengths(level))
    records = release.query(f"{sql}\nLIMIT ?", [*values, n], scope=selection.scope).to_dict("records")
    rows = [
        row
        | {"n_employers": row["n_level_employers"]}
        | share_of(row["n_level"], row["n_level_employers"], row["n_all"])
        for row in records
    ]
    coverage = cover(release, selection, method="skills")
    if not corrected:
        return Measure("skills.top_skills", from_rows(TOP_SKILLS, rows), coverage)
    noted = replace(coverage, note=correction_note(release))
    errors = measured_errors(release, "skills") if level is None else {}
    rows = [r | correction(r["n_level"], r["n_all"], errors.get(r["skill_id"]), r["withheld"]) for r in rows]
    return Measure("skills.top_skills", from_rows(TOP_SKILLS_CORRECTED, rows), noted)


def skills_by_year(
    release: Release, selection: Selection, *, skill_ids: Sequence[str] | None = None
) -> Measure:
    """Share of each year's openings that name the skills, at any level (columns SKILLS_BY_YEAR).

    `skill_ids`: None takes the eight that most adverts name. Every year with openings has a row per skill; 0 is a true 0.
    """
    ids = None if skill_ids is None else list(skill_ids)
    where, values = selection.where("p")
    sql = load_query("skills_by_year").replace("{selected}", where)
    rows = with_shares(release.query(sql, [*values, ids], scope=selection.scope).to_dict("records"))
    return Measure(
        "skills.skills_by_year", from_rows(SKILLS_BY_YEAR, rows), cover(release, selection, method="skills")
    )


def soft_skills(release: Release, selection: Selection, *, corrected: bool = False) -> Measure:
    """Soft skills by share of openings that ask for them, most asked first (columns SOFT_SKILLS).

    `corrected` adds the shares corrected for the errors of our rules (columns SOFT_SKILLS_CORRECTED).
    """
    where, values = selection.where("p")
    frame = release.query(
        load_query("soft_skills").replace("{selected}", where), values, scope=selection.scope
    )
    rows = [row | _soft_labels(row["soft"]) for row in with_shares(frame.to_dict("records"))]
    coverage = cover(release, selection, method="skills")
    if not corrected:
        return Measure("skills.soft_skills", from_rows(SOFT_SKILLS, rows), coverage)
    noted = replace(coverage, note=correction_note(release))
    errors = measured_errors(release, "soft")
    rows = [r | correction(r["n_openings"], r["n_all"], errors.get(r["soft"]), r["withheld"]) for r in rows]
    return Measure("skills.soft_skills", from_rows(SOFT_SKILLS_CORRECTED, rows), noted)


def _soft_labels(soft: str) -> dict[str, str]:
    english, french = SOFT_LABELS[soft]
    return {"label_en": english, "label_fr": french}
