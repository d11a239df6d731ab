"""Openings divided into kinds, some of which do not say: shares of all and of those that say, and worst cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from data.measures.coverage import withhold
from data.measures.intervals import wilson
from data.measures.reasons import Withheld
from data.measures.suppression import protect

Row = dict[str, Any]

TRUE_ZERO = 50
"""Openings among which a kind that none has is shown as 0 (below: withheld), as for skills."""


def shares(cells: Iterable[Mapping[str, Any]], *, key: str) -> list[Row]:
    """The cells of one partition with their shares, in their order.

    A cell holds `key` (None: does not say), n_openings and n_employers; added are n_all, n_known, withheld, and
    each with _low and _high (Wilson) `share` (of n_all) and `share_known` (of n_known), and `worst_high`: the
    share of all if every opening that does not say were of this kind; `share` is its other end (bounds of Manski,
    C. F. 1989, Anatomy of the selection problem, Journal of Human Resources 24, 343-360). The row of those that
    do not say is no estimate about openings but one about what we know: no rule withholds it. Where it must hide
    another (data.measures.suppression), every row is withheld: even a true 0 has it in its `worst_high`.
    """
    kept = [dict(cell) for cell in cells]
    n_all = sum(cell["n_openings"] for cell in kept)
    n_known = sum(cell["n_openings"] for cell in kept if cell[key] is not None)
    rows = [cell | _shares(cell, key, n_all, n_known) for cell in kept]
    safe = protect(rows, values=VALUES, key=key)
    if all(row["withheld"] is None for row in safe if row[key] is None):
        return safe
    return [
        row | dict.fromkeys(VALUES) | {"withheld": row["withheld"] or Withheld.COMPLEMENT} for row in safe
    ]


VALUES: tuple[str, ...] = (
    *("share", "share_low", "share_high", "share_known", "share_known_low", "share_known_high", "worst_high"),
)


def estimate(name: str, k: int, n: int) -> dict[str, float | None]:
    """k/n as `name` with the ends of its Wilson interval; all None where n is 0."""
    ends = wilson(k, n)
    low, high = (None, None) if ends is None else ends
    return {name: k / n if n else None, f"{name}_low": low, f"{name}_high": high}


def _shares(cell: Mapping[str, Any], key: str, n_all: int, n_known: int) -> Row:
    k, says = cell["n_openings"], cell[key] is not None
    row: Row = {"n_all": n_all, "n_known": n_known} | estimate("share", k, n_all)
    row |= estimate("share_known", k, n_known) if says else estimate("share_known", 0, 0)
    row["worst_high"] = (k + n_all - n_known) / n_all if says and n_all else None
    row["withheld"] = cell_reason(k, cell["n_employers"], n_all, says=says)
    return row


def cell_reason(k: int, n_employers: int, n_all: int, *, says: bool) -> Withheld | None:
    """Why the share of a cell of k openings among n_all is withheld; None to show it."""
    if not n_all:
        return Withheld.FEW_OPENINGS
    if not says or (k == 0 and n_all >= TRUE_ZERO):
        return None
    return withhold("cell", k, n_employers)
