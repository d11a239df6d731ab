"""Reports about skills."""

from __future__ import annotations

from data.measures import columns, skill_columns, skills
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "skills": Report(
        ("Skills by share of openings", "Compétences par part des postes"),
        columns.TOP_SKILLS,
        lambda release, selection: skills.top_skills(release, selection, n=10_000),
    ),
    "skills-corrected": Report(
        (
            "Skills by share of openings, corrected for the errors of our rules",
            "Compétences par part des postes, corrigées des erreurs de nos règles",
        ),
        skill_columns.TOP_SKILLS_CORRECTED,
        lambda release, selection: skills.top_skills(release, selection, n=10_000, corrected=True),
    ),
    "skills-yearly": Report(
        ("The most named skills by year", "Les compétences les plus citées, par an"),
        columns.SKILLS_BY_YEAR,
        skills.skills_by_year,
    ),
    "skills-quarterly": Report(
        (
            "The most named skills by quarter, holes included",
            "Les compétences les plus citées par trimestre, trous compris",
        ),
        skill_columns.SKILLS_OVER_TIME,
        skills.skills_over_time,
    ),
    "skill-levels": Report(
        ("Skills by level", "Compétences par niveau"),
        skill_columns.SKILL_LEVELS,
        lambda release, selection: skills.skill_levels(release, selection, n=10_000),
    ),
    "skill-demands": Report(
        ("Programming and machine learning demanded", "Programmation et apprentissage automatique demandés"),
        skill_columns.DEMANDS,
        skills.demands,
    ),
    "skill-churn": Report(
        (
            "Skills that come and go between years",
            "Compétences qui arrivent et partent d'une année à l'autre",
        ),
        skill_columns.CHURN,
        skills.churn,
    ),
    "skill-turnover": Report(
        ("Turnover of the asked skills by year", "Renouvellement des compétences demandées, par an"),
        skill_columns.TURNOVER,
        skills.turnover,
    ),
    "skill-pairs": Report(
        ("Skills named together", "Compétences citées ensemble"),
        skill_columns.PAIRS,
        lambda release, selection: skills.pairs(release, selection, n=500),
    ),
    "skill-premium": Report(
        (
            "Employees' pay with and without a skill, USD",
            "Rémunération des salariés avec et sans une compétence, USD",
        ),
        skill_columns.PREMIUM,
        lambda release, selection: skills.premium(release, selection, n=200),
    ),
    "skill-headings": Report(
        (
            "Four headings beside those of Vu and Oppenlaender 2025",
            "Quatre rubriques, à côté de Vu et Oppenlaender 2025",
        ),
        skill_columns.HEADINGS,
        skills.headings,
    ),
    "skill-studies": Report(
        (
            "Our shares beside those of a study of 102 adverts",
            "Nos parts à côté de celles d'une étude de 102 annonces",
        ),
        skill_columns.STUDIES,
        skills.studies,
    ),
    "soft-skills": Report(
        ("Soft skills by share of openings", "Qualités humaines par part des postes"),
        columns.SOFT_SKILLS,
        skills.soft_skills,
    ),
    "soft-skills-corrected": Report(
        (
            "Soft skills by share of openings, corrected for the errors of our rules",
            "Qualités humaines par part des postes, corrigées des erreurs de nos règles",
        ),
        skill_columns.SOFT_SKILLS_CORRECTED,
        lambda release, selection: skills.soft_skills(release, selection, corrected=True),
    ),
}
