"""Skills: how many openings name each one, at what level, and in what share over the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.columns import SKILLS_BY_YEAR, SOFT_SKILLS, TOP_SKILLS
from data.measures.coverage import Measure, cover, withhold
from data.measures.intervals import wilson
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

# Level -> its strength in skills.sql; None takes all.
LEVELS: dict[str | None, tuple[int, ...]] = {
    None: (1, 2, 3),
    "required": (3,),
    "preferred": (2,),
    "mentioned": (1,),
}
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

TRUE_ZERO = 50
"""Openings among which a skill that none names is shown as 0 (below: withheld)."""


def top_skills(release: Release, selection: Selection, *, level: str | None = None, n: int = 25) -> Measure:
    """The `n` skills that most openings name (at `level`), most named first (columns TOP_SKILLS).

    `share` is of the openings at the asked level (all levels where `level` is None). Raises
    SelectionError for an unknown level or n < 1.
    """
    if level not in LEVELS:
        raise SelectionError(
            "not_allowed", name="level", value=level, allowed="required, preferred, mentioned"
        )
    if n < 1:
        raise SelectionError("at_least_one", name="n", value=n)
    where, values = selection.where("p")
    levels = ", ".join(str(strength) for strength in LEVELS[level])
    sql = load_query("skills").replace("{selected}", where).replace("{levels}", levels)
    records = release.query(f"{sql}\nLIMIT ?", [*values, n], scope=selection.scope).to_dict("records")
    rows = [
        row
        | {"n_employers": row["n_level_employers"]}
        | _share(row["n_level"], row["n_level_employers"], row["n_all"])
        for row in records
    ]
    return Measure(
        "skills.top_skills", from_rows(TOP_SKILLS, rows), cover(release, selection, method="skills")
    )


def skills_by_year(
    release: Release, selection: Selection, *, skill_ids: Sequence[str] | None = None
) -> Measure:
    """Share of each year's openings that name the skills, at any level (columns SKILLS_BY_YEAR).

    `skill_ids`: None takes the eight that most adverts name. Every year with openings has a row per skill; 0 is a true 0.
    """
    ids = None if skill_ids is None else list(skill_ids)
    where, values = selection.where("p")
    sql = load_query("skills_by_year").replace("{selected}", where)
    rows = _with_shares(release.query(sql, [*values, ids], scope=selection.scope).to_dict("records"))
    return Measure(
        "skills.skills_by_year", from_rows(SKILLS_BY_YEAR, rows), cover(release, selection, method="skills")
    )


def soft_skills(release: Release, selection: Selection) -> Measure:
    """Soft skills by share of openings that ask for them, most asked first (columns SOFT_SKILLS)."""
    where, values = selection.where("p")
    frame = release.query(
        load_query("soft_skills").replace("{selected}", where), values, scope=selection.scope
    )
    rows = [row | _soft_labels(row["soft"]) for row in _with_shares(frame.to_dict("records"))]
    return Measure(
        "skills.soft_skills", from_rows(SOFT_SKILLS, rows), cover(release, selection, method="skills")
    )


def _soft_labels(soft: str) -> dict[str, str]:
    english, french = SOFT_LABELS[soft]
    return {"label_en": english, "label_fr": french}


def _with_shares(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | _share(row["n_openings"], row["n_employers"], row["n_all"]) for row in rows]


def _share(k: int, n_employers: int, n: int) -> dict[str, object]:
    """Share with interval, or the reason why not.

    None of n openings is a true 0 only where n is large: among few, it would stand as a precise "0 %" beside
    1 to 4 that are withheld.
    """
    reason = withhold("cell", k, n_employers) if k or n < TRUE_ZERO else None
    ends = wilson(k, n)
    if reason is not None or ends is None:
        return {"share": None, "share_low": None, "share_high": None, "withheld": reason}
    return {"share": k / n, "share_low": ends[0], "share_high": ends[1], "withheld": None}
