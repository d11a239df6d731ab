"""Employers: who advertises the selected openings, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.frames import Column
from data.measures.coverage import Measure, cover
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_query

if TYPE_CHECKING:
    from data.release import Release

EMPLOYERS: tuple[Column, ...] = (
    Column("employer_key", "text", ("Normalised employer name", "Nom d'employeur normalisé")),
    Column(
        "company", "text", ("Employer as its latest advert spells it", "Employeur selon sa dernière annonce")
    ),
    Column("n_openings", "whole", ("Openings", "Postes")),
    Column("n_postings", "whole", ("Adverts", "Annonces")),
    Column("first_month", "day", ("Month of its first advert", "Mois de sa première annonce")),
    Column("last_month", "day", ("Month of its latest advert", "Mois de sa dernière annonce")),
    Column("n_paid", "whole", ("Openings that state pay", "Postes qui indiquent la rémunération")),
    Column("countries", "texts", ("Countries named by its adverts", "Pays cités par ses annonces")),
    Column("sources", "texts", ("Sources of its adverts", "Sources de ses annonces")),
)


def top_employers(release: Release, selection: Selection, *, n: int | None = None) -> Measure:
    """Known employers by openings, most first (columns EMPLOYERS); `n` None gives all.

    Adverts without a known employer are in the coverage but in no row. Raises SelectionError for n < 1.
    """
    if n is not None and n < 1:
        raise SelectionError(f"n is {n}; give at least 1.")
    where, values = selection.where("p")
    sql = load_query("employers").replace("{selected}", where)
    limit: list[object] = [] if n is None else [n]
    frame = release.query(sql if n is None else f"{sql}\nLIMIT ?", [*values, *limit])
    return Measure(
        "employers.top_employers", from_query(EMPLOYERS, frame), cover(release, selection, method="employers")
    )
