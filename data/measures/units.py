"""The unit of a count: an advert, the opening it stands for, the role that openings share, or the employer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.measures.coverage import Coverage
from data.measures.reasons import Withheld
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    from data.release import Release

# Unit -> the column of postings (alias p) whose distinct values are counted; a missing value is not counted.
UNITS: dict[str, str] = {
    "posting": "p.posting_key",
    "opening": "p.opening_key",
    "role": "p.role_key",
    "employer": "p.employer_key",
}


def unit_key(unit: str) -> str:
    """The SQL of the column that identifies `unit`. Raises SelectionError that lists the units."""
    if unit not in UNITS:
        raise SelectionError("not_allowed", name="unit", value=unit, allowed=", ".join(UNITS))
    return UNITS[unit]


def in_unit(
    release: Release, selection: Selection, coverage: Coverage, unit: str, only: Condition = ("TRUE", [])
) -> Coverage:
    """`coverage` saying `unit`; withheld where the release is older than that unit.

    `only`: a further condition over alias p, for measures that use part of the selection. Raises SelectionError
    for an unknown unit.
    """
    unit_key(unit)
    if unit != "role" or not coverage.n_openings:
        return replace(coverage, unit=unit)
    where, values = selection.where("p")
    sql = f"SELECT 1 FROM postings p WHERE p.role_key IS NOT NULL AND {where} AND {only[0]} LIMIT 1"
    known = len(release.query(sql, [*values, *only[1]], scope=selection.scope))
    return replace(coverage, unit=unit, withheld=coverage.withheld if known else Withheld.OLD_RELEASE)
