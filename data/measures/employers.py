"""Employers: who advertises the selected openings, how concentrated they are, and in which fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.measures.columns import EMPLOYERS
from data.measures.concentration import concentration
from data.measures.coverage import Figure, Measure, cover
from data.measures.domains import domains
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_query
from data.measures.work_kinds import work_kinds

if TYPE_CHECKING:
    from data.release import Release

__all__ = ["concentration", "domains", "top_employers", "work_kinds"]


def top_employers(release: Release, selection: Selection, *, n: int | None = None) -> Measure:
    """Known employers by openings, most first (columns EMPLOYERS); `n` None gives all.

    The figure is how many they are in all (employers): a count of those seen, at least as many exist. Adverts
    without a known employer are in the coverage but in no row. Raises SelectionError for n < 1.
    """
    if n is not None and n < 1:
        raise SelectionError("at_least_one", name="n", value=n)
    where, values = selection.where("p")
    sql = load_query("employers").replace("{selected}", where)
    limit: list[object] = [] if n is None else [n]
    frame = release.query(sql if n is None else f"{sql}\nLIMIT ?", [*values, *limit], scope=selection.scope)
    coverage = cover(release, selection, method="employers")
    measure = replace(coverage, figure=Figure(coverage.n_employers, "employer"))
    return Measure("employers.top_employers", from_query(EMPLOYERS, frame), measure)
