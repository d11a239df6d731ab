"""How strongly skills are asked for: shares by level, and programming and machine learning demanded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.correction import Errors, correction, correction_note, measured_errors
from data.measures.coverage import Figure, Measure, cover
from data.measures.queries import load_query
from data.measures.reasons import Interval
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import DEMANDS, SKILL_LEVELS
from data.measures.skill_shares import LEVELS, at_least_one, share_of

if TYPE_CHECKING:
    from data.release import Release

# (fact, level) -> English, French.
_DEMANDS: dict[tuple[str, str], tuple[str, str]] = {
    ("coding", "required"): ("Programming required", "Programmation exigée"),
    ("coding", "preferred"): ("Programming preferred", "Programmation souhaitée"),
    ("coding", "not_mentioned"): ("No programming asked", "Aucune programmation demandée"),
    ("ml", "required"): ("Machine learning required", "Apprentissage automatique exigé"),
    ("ml", "preferred"): ("Machine learning preferred", "Apprentissage automatique souhaité"),
    ("ml", "not_mentioned"): ("No machine learning asked", "Aucun apprentissage automatique demandé"),
}


def skill_levels(release: Release, selection: Selection, *, n: int = 25) -> Measure:
    """The `n` most named skills by level, three rows a skill (columns SKILL_LEVELS).

    `share` is of all openings of the selection, `share_naming` of those that name the skill; each opening counts at
    its strongest level, so that the levels of a skill add up. Raises SelectionError for n < 1.
    """
    at_least_one(n)
    where, values = selection.where("p")
    sql = load_query("skill_levels").replace("{selected}", where)
    found = release.query(sql, [*values, n], scope=selection.scope).to_dict("records")
    rows = [
        _level_row(row, level, strength[0])
        for row in found
        for level, strength in LEVELS.items()
        if level is not None
    ]
    return Measure(
        "skills.skill_levels", from_rows(SKILL_LEVELS, rows), cover(release, selection, method="skill-levels")
    )


def demands(release: Release, selection: Selection) -> Measure:
    """Programming and machine learning demanded, by level (columns DEMANDS), also corrected for our errors.

    The corrected shares of the three levels are each against the rest, so that they need not add up to 1.
    The coverage's figure is the share that requires programming.
    """
    where, values = selection.where("p")
    sql = load_query("skill_demands").replace("{selected}", where)
    found = {
        (row["fact"], row["level"]): row
        for row in release.query(sql, values, scope=selection.scope).to_dict("records")
    }
    read = {fact: row["n_all"] for (fact, _), row in found.items()}
    errors = {fact: measured_errors(release, fact) for fact in read}
    rows = [
        _demand_row(fact, level, found.get((fact, level)), read[fact], errors[fact].get(level))
        for fact, level in _DEMANDS
        if fact in read
    ]
    coverage = cover(release, selection, method="demands")
    coverage = replace(coverage, figure=_figure(rows), note=correction_note(release))
    return Measure("skills.demands", from_rows(DEMANDS, rows), coverage)


def _level_row(row: dict[str, Any], level: str, strength: int) -> dict[str, Any]:
    n, k, employers = row["n_openings"], row[f"n_{strength}"], row[f"e_{strength}"]
    of_all, of_naming = share_of(k, employers, row["n_all"]), share_of(k, employers, n)
    if (
        of_naming["withheld"] is not None
    ):  # the smaller base decides for both: no value is missing without a reason
        of_all = of_naming
    return {
        **{name: row[name] for name in ("skill_id", "label_en", "label_fr", "n_openings", "n_all")},
        "level": level,
        "n_level": k,
        "n_employers": employers,
        **of_all,
        "share_naming": of_naming["share"],
        "naming_low": of_naming["share_low"],
        "naming_high": of_naming["share_high"],
    }


def _demand_row(
    fact: str, level: str, found: dict[str, Any] | None, n_all: int, errors: Errors | None
) -> dict[str, Any]:
    k, employers = (found["n_openings"], found["n_employers"]) if found else (0, 0)
    english, french = _DEMANDS[fact, level]
    share = share_of(k, employers, n_all)
    counts = {"n_openings": k, "n_employers": employers, "n_all": n_all}
    names = {"fact": fact, "level": level, "label_en": english, "label_fr": french}
    return names | counts | share | correction(k, n_all, errors, share["withheld"])


def _figure(rows: list[dict[str, Any]]) -> Figure | None:
    if not rows:
        return None
    first = rows[0]
    return Figure(first["share"], "share", first["share_low"], first["share_high"], Interval.WILSON)
