"""Remote work: what share of the openings is remote, hybrid or on site, and what the silent ones could change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.calendar import GRAINS, periods
from data.measures.coverage import Coverage, Figure, Measure, as_date, cover
from data.measures.partition import VALUES, shares
from data.measures.queries import load_query
from data.measures.reasons import Interval
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.who_columns import REMOTE

if TYPE_CHECKING:
    from data.release import Release

KINDS: dict[str | None, tuple[str, str]] = {
    "remote": ("Remote", "À distance"),
    "hybrid": ("Hybrid", "Hybride"),
    "onsite": ("On site", "Sur site"),
    None: ("Not said", "Non précisé"),
}
NOTE = (
    "{silent} of {n} openings do not say where the work is done; the figure takes them to be like the others.",
    "{silent} postes sur {n} ne disent pas le lieu de travail ; le chiffre les suppose semblables aux autres.",
)
MIX = (
    "Sources differ in this and in their years: compare years within one source.",
    "Les sources diffèrent en cela et par leurs années : comparez les années au sein d'une source.",
)


def remote_share(release: Release, selection: Selection, *, grain: str = "year") -> Measure:
    """Remote, hybrid and on-site openings by `grain` (month, quarter, year, all), shares of each (columns REMOTE).

    share is of all openings of the period, share_known of those that say; `share` and `worst_high` bound the
    share of all whatever the silent ones are. A hole has no values. The figure is the share that is remote of those
    that say, of the whole selection. Raises SelectionError for an unknown grain.
    """
    if grain not in (*GRAINS, "all"):
        raise SelectionError("not_allowed", name="grain", value=grain, allowed=", ".join((*GRAINS, "all")))
    cells = _remote_cells(release, selection, grain)
    coverage = _remote_figure(release, selection)
    rows = [
        row
        for period in _shown_periods(release, selection, cells, grain, coverage)
        for row in _remote_rows(period, cells)
    ]
    return Measure("places.remote_share", from_rows(REMOTE, rows), coverage)


def _remote_figure(release: Release, selection: Selection) -> Coverage:
    """The coverage with the share that is remote of those that say, and how many do not."""
    found = _remote_cells(release, selection, "all").get(None, {})
    rows = {row["remote"]: row for row in shares(_kinds(found), key="remote")}
    remote, silent = rows["remote"], rows[None]
    figure = Figure(
        remote["share_known"],
        "share",
        remote["share_known_low"],
        remote["share_known_high"],
        Interval.WILSON,
    )
    coverage = cover(release, selection, method="remote")
    english, french = (words.format(silent=silent["n_openings"], n=silent["n_all"]) for words in NOTE)
    if len(coverage.sources) > 1:
        english, french = (f"{said} {mix}" for said, mix in zip((english, french), MIX, strict=True))
    return replace(coverage, withheld=remote["withheld"], figure=figure, note=(english, french))


def _kinds(found: dict[str | None, dict[str, Any]]) -> list[dict[str, Any]]:
    none = {"n_openings": 0, "n_employers": 0}
    return [{"remote": kind, **found.get(kind, none)} for kind in KINDS]


def _remote_cells(
    release: Release, selection: Selection, grain: str
) -> dict[date | None, dict[str | None, dict[str, Any]]]:
    where, values = selection.where("p")
    period = f"date_trunc('{grain}', p.month)::DATE" if grain in GRAINS else "NULL::DATE"
    dated = "p.month IS NOT NULL" if grain in GRAINS else "TRUE"
    sql = load_query("place_remote").replace("{selected}", where)
    found = release.query(
        sql.replace("{period}", period).replace("{dated}", dated), values, scope=selection.scope
    )
    cells: dict[date | None, dict[str | None, dict[str, Any]]] = {}
    for row in found.to_dict("records"):
        kind = row["remote"] if isinstance(row["remote"], str) else None
        start = as_date(row["period"])
        cells.setdefault(start, {})[kind] = {
            "n_openings": int(row["n_openings"]),
            "n_employers": int(row["n_employers"]),
        }
    return cells


def _shown_periods(
    release: Release, selection: Selection, cells: dict[date | None, Any], grain: str, coverage: Coverage
) -> Iterator[tuple[date | None, bool, bool, str | None]]:
    """(start, is covered, is provisional, reason) from the first period with openings to the last."""
    if grain not in GRAINS:
        yield from [(None, True, coverage.provisional, None)] if cells else []
        return
    starts = [start for start in cells if start is not None]
    for one in periods(release, selection, starts, grain=grain) if starts else ():
        if min(starts) <= one.start <= max(starts):
            yield one.start, one.is_covered, one.is_provisional, one.reason


def _remote_rows(
    period: tuple[date | None, bool, bool, str | None],
    cells: dict[date | None, dict[str | None, dict[str, Any]]],
) -> Iterator[dict[str, Any]]:
    start, is_covered, is_provisional, reason = period
    marks = {"period": start, "is_covered": is_covered, "is_provisional": is_provisional, "reason": reason}
    rows = shares(_kinds(cells.get(start, {})), key="remote")
    for row in rows:
        english, french = KINDS[row["remote"]]
        values = row if is_covered else dict.fromkeys((*row, *VALUES)) | {"remote": row["remote"]}
        yield {"label_en": english, "label_fr": french, **values, **marks}
