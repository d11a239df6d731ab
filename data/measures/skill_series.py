"""Skills over time: the share of each period's openings that names them, with holes where nothing was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.calendar import GRAINS, Period, periods
from data.measures.coverage import Measure, as_date
from data.measures.panel import cover_panel, panel_where
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import SKILLS_OVER_TIME
from data.measures.skill_shares import share_of, strengths

if TYPE_CHECKING:
    from data.release import Release

MOST_NAMED = 8
_NOTE = (
    "A share is shown where at least 5 openings name the skill, so that of periods with few openings only high shares "
    "are seen: read the intervals.",
    "Une part se montre si 5 postes au moins nomment la compétence : des périodes à peu de postes, on ne voit que les "
    "parts élevées ; lisez les intervalles.",
)


def skills_over_time(
    release: Release,
    selection: Selection,
    *,
    skill_ids: Sequence[str] | None = None,
    level: str | None = None,
    grain: str = "quarter",
) -> Measure:
    """Share of each period's openings that name the skills at `level`, one row per period and skill (SKILLS_OVER_TIME).

    `skill_ids`: None takes the eight that most adverts name. `level` None: at any. `grain`: month, quarter, year.
    Adverts of the panel only (as for demand), from the first period that has one. Holes have no values; an observed
    period without openings has n_all 0 and no share. Raises SelectionError for an unknown level or grain.
    """
    check_grain(grain)
    where, values = panel_where(release, selection)
    ids = list(skill_ids) if skill_ids is not None else most_named(release, selection, (where, values))
    sql = load_query("skills_over_time").replace("{selected}", where)
    sql = sql.replace("{grain}", grain).replace("{levels}", strengths(level))
    counts: dict[date, dict[str, dict[str, Any]]] = {}
    for row in release.query(sql, [*values, ids], scope=selection.scope).to_dict("records"):
        month = as_date(row["month"])
        if month is not None:
            counts.setdefault(month, {})[row["skill_id"]] = row
    names = labels(release, ids)
    first = min(counts, default=date.max)
    rows = [
        _row(period, skill, names[skill], counts.get(period.start, {}).get(skill))
        for period in periods(release, selection, counts, grain=grain)
        if period.start >= first
        for skill in ids
    ]
    coverage = replace(cover_panel(release, selection, method="skills-over-time"), note=_NOTE)
    return Measure("skills.skills_over_time", from_rows(SKILLS_OVER_TIME, rows), coverage)


def most_named(
    release: Release, selection: Selection, where: tuple[str, list[object]], n: int = MOST_NAMED
) -> list[str]:
    """Ids of the `n` skills that most adverts under the condition `where` name, most named first."""
    sql = load_query("skill_most_named").replace("{selected}", where[0])
    return list(release.query(f"{sql}\nLIMIT ?", [*where[1], n], scope=selection.scope)["skill_id"])


def labels(release: Release, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Id -> skill_id, label_en, label_fr; the id itself where the release has no name."""
    # The whole table: handing over a long list of ids costs more than reading all names.
    frame = release.query("SELECT skill_id, label_en, label_fr FROM skill_names")
    known = {skill: (en, fr) for skill, en, fr in zip(*(frame[name] for name in frame), strict=True)}
    names = {skill: known.get(skill, (skill, skill)) for skill in ids}
    return {skill: {"skill_id": skill, "label_en": en, "label_fr": fr} for skill, (en, fr) in names.items()}


def check_grain(grain: str) -> None:
    """Raises SelectionError for a grain that is none of month, quarter, year."""
    if grain not in GRAINS:
        raise SelectionError("not_allowed", name="grain", value=grain, allowed=", ".join(GRAINS))


def _row(period: Period, skill: str, names: dict[str, str], found: dict[str, Any] | None) -> dict[str, Any]:
    marks = {
        "month": period.start,
        "is_provisional": period.is_provisional,
        "is_covered": period.is_covered,
        "reason": period.reason,
    }
    row = dict.fromkeys((column.name for column in SKILLS_OVER_TIME), None) | names | marks
    if not period.is_covered:
        return row
    k, employers, n = (found["n_openings"], found["n_employers"], found["n_all"]) if found else (0, 0, 0)
    return row | {"n_openings": k, "n_employers": employers, "n_all": n} | share_of(k, employers, n)
