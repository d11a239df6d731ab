"""How stays end: the share gone by each exit and the share still listed, which sum to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Figure, Measure
from data.measures.lifetime_columns import EXITS as COLUMNS
from data.measures.lifetime_lives import EXITS, followed, lives_by_exit
from data.measures.lifetime_stays import cover_listed, stays
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.survival_curve import Curve, band, estimate, incidence_band

if TYPE_CHECKING:
    from data.release import Release

_NOTE = (
    "A stay counts as reposted once its opening was listed again within 60 days; of those that ended less than 60 "
    "days ago some may yet be, and count as vanished until then. The share reposted is therefore a little too low.",
    "Une présence compte comme reparue dès que son poste revient dans une liste sous 60 jours ; parmi celles qui ont "
    "pris fin il y a moins de 60 jours, certaines peuvent encore reparaître et comptent comme retirées d'ici là. La "
    "part reparue est donc un peu trop basse.",
)


def exits(release: Release, selection: Selection, *, unit: str = "opening") -> Measure:
    """The share that has ended by each exit by days since the first listing, and that still listed (columns EXITS).

    Cumulative incidences of Aalen and Johansen (1978) with late entry; the shares of a day sum to 1. Unlike in
    `survival`, a board that is gone is an exit of its own here. Rows: for day 0, each day with an exit and the last
    day one per exit, and `open`. Withheld below the rule of cells. Raises ValueError for an unknown unit.
    """
    found = followed(stays(release, selection, unit=unit))
    reason = found.withheld()
    curve = estimate(lives_by_exit(found))
    rows: list[dict[str, Any]] = []
    for row in _rows(curve) if found.n else ():
        kept = row if reason is None else row | dict.fromkeys(("share", "share_low", "share_high"))
        rows.append(kept | {"withheld": reason})
    figure = None if reason is None else Figure(None, "share", n=found.n)
    coverage = replace(
        cover_listed(release, selection, unit=unit), figure=figure, withheld=reason, note=_NOTE
    )
    return Measure("lifetime.exits", from_rows(COLUMNS, rows), coverage)


def _rows(curve: Curve) -> Iterator[dict[str, Any]]:
    import numpy as np

    days = np.unique(np.concatenate([[0], np.flatnonzero(curve.exits.sum(axis=0) > 0), [curve.horizon]]))
    parts = [("open", np.zeros(len(curve.survival)), curve.survival, *band(curve))]
    for cause, name in enumerate(EXITS):
        parts.append((name, curve.exits[cause], curve.incidence[cause], *incidence_band(curve, cause)))
    for day in days:
        for name, gone, share, low, high in parts:
            yield {
                "day": int(day),
                "exit": name,
                "at_risk": float(curve.at_risk[day]),
                "n_exits": float(gone[day]),
                "share": float(share[day]),
                "share_low": float(low[day]),
                "share_high": float(high[day]),
            }
