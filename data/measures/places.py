"""Places: in which countries the openings are, beside all adverts that name the country, and whether at home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.countries import find_country
from data.measures.coverage import Coverage, Figure, Measure, cover, withhold
from data.measures.panel import panel_where
from data.measures.partition import TRUE_ZERO, cell_reason, estimate
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.remote import remote_share
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.suppression import protect
from data.measures.who_columns import COUNTRIES

if TYPE_CHECKING:
    from data.release import Release

__all__ = ["by_country", "remote_share"]
PER = 10_000
NO_COUNTRY = ("No country named", "Aucun pays cité")


def by_country(release: Release, selection: Selection) -> Measure:
    """Openings by country, most first, those that name none last (columns COUNTRIES).

    Countries without an opening have a row where adverts of the panel name them: a true 0 of n_read.
    An opening of several countries counts in each, so the shares add up to more than 1. per_10k is of adverts, in
    the panel (data.measures.panel), among all adverts that name the country: the map's figure that does not grow
    with our sources. Both are withheld below the cell rule. The figure is how many countries are named.
    """
    where, values = selection.where("p")
    sql = load_query("place_countries").replace("{selected}", where)
    cells = _records(release.query(sql, values, scope=selection.scope).to_dict("records"))
    coverage = cover(release, selection, method="countries")
    adverts = _adverts(release, selection)
    found = {cell["country"]: cell for cell in cells}
    rows = [
        _country_row(found.get(code) or _no_opening(code), coverage.n_openings) | _per_10k(adverts.get(code))
        for code in {None} | found.keys() | adverts.keys()
    ]
    ordered = sorted(rows, key=_rank)
    safe = protect(ordered, values=("share", "share_low", "share_high"), key="country")
    return Measure("places.by_country", from_rows(COUNTRIES, safe), _with_figure(coverage, cells))


def _records(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"country": row["country"] if isinstance(row["country"], str) else None} for row in found]


def _adverts(release: Release, selection: Selection) -> dict[str | None, dict[str, Any]]:
    panel, panel_values = panel_where(release, selection.panel())
    ours, values = panel_where(release, selection)
    sql = load_query("place_adverts").replace("{selected}", ours).replace("{panel}", panel)
    found = release.query(sql, [*values, *panel_values], scope=selection.scope).to_dict("records")
    return {row["country"]: row for row in _records(found)}


def _no_opening(code: str | None) -> dict[str, Any]:
    return {"country": code, "n_openings": 0, "n_shared": 0, "n_employers": 0}


def _rank(row: dict[str, Any]) -> tuple[bool, int, int, str]:
    return row["country"] is None, -row["n_openings"], -(row["n_read"] or 0), row["country"] or ""


def _country_row(cell: dict[str, Any], n_all: int) -> dict[str, Any]:
    code = cell["country"]
    country = find_country(code) if code is not None else None
    names = (country.name_en, country.name_fr) if country else NO_COUNTRY
    return {
        **cell,
        "alpha3": country.alpha3 if country else None,
        "label_en": names[0],
        "label_fr": names[1],
        "n_all": n_all,
        **estimate("share", cell["n_openings"], n_all),
        "withheld": cell_reason(cell["n_openings"], cell["n_employers"], n_all, says=country is not None),
    }


def _per_10k(found: dict[str, Any] | None) -> dict[str, Any]:
    """Adverts per 10,000 of the panel's adverts of the country, or why not."""
    if found is None:  # at most adverts picked by hand, which have no denominator
        none = estimate("per_10k", 0, 0)
        return {"n_postings": 0, "n_read": None, **none, "per_10k_withheld": Withheld.SAMPLE}
    k, n = int(found["n_postings"]), int(found["n_read"])
    zero = k == 0 and n >= TRUE_ZERO
    reason = None if zero else withhold("cell", int(found["n_openings"]), int(found["n_employers"]))
    values = estimate("per_10k", min(k, n), n) if reason is None else estimate("per_10k", 0, 0)
    scaled = {name: None if value is None else PER * value for name, value in values.items()}
    return {"n_postings": k, "n_read": n, **scaled, "per_10k_withheld": reason}


def _with_figure(coverage: Coverage, cells: list[dict[str, Any]]) -> Coverage:
    """The coverage with the number of countries named, and by how much their openings exceed the total."""
    n_countries = sum(cell["country"] is not None for cell in cells)
    counted = replace(coverage, figure=Figure(n_countries, "country"))
    total = sum(cell["n_openings"] for cell in cells)
    if total <= coverage.n_openings:
        return counted
    english = (
        f"An opening of several countries counts in each: {total} in all, of {coverage.n_openings} openings."
    )
    french = (
        f"Un poste de plusieurs pays compte dans chacun : {total} en tout, pour {coverage.n_openings} postes."
    )
    return replace(counted, note=(english, french))
