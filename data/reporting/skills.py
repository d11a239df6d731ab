"""Reports about skills."""

from __future__ import annotations

from data.measures import columns, skills
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "skills": Report(
        ("Skills by share of openings", "Compétences par part des postes"),
        columns.TOP_SKILLS,
        lambda release, selection: skills.top_skills(release, selection, n=10_000),
    ),
    "skills-yearly": Report(
        ("The most named skills by year", "Les compétences les plus citées, par an"),
        columns.SKILLS_BY_YEAR,
        skills.skills_by_year,
    ),
    "soft-skills": Report(
        ("Soft skills by share of openings", "Qualités humaines par part des postes"),
        columns.SOFT_SKILLS,
        skills.soft_skills,
    ),
}
