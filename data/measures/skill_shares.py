"""What every share of a skill has in common: levels, the rule for small numbers, the SQL of its openings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.errors import SelectionError
from data.measures.coverage import withhold
from data.measures.intervals import wilson
from data.measures.reasons import Withheld

# Level -> its strength in the queries of skills; None takes all.
LEVELS: dict[str | None, tuple[int, ...]] = {
    None: (1, 2, 3),
    "required": (3,),
    "preferred": (2,),
    "mentioned": (1,),
}
TRUE_ZERO = 50
"""Openings among which a skill that none names is shown as 0 (below: withheld)."""


def strengths(level: str | None) -> str:
    """The SQL list of the strengths that `level` takes. Raises SelectionError for an unknown level."""
    if level not in LEVELS:
        raise SelectionError(
            "not_allowed", name="level", value=level, allowed="required, preferred, mentioned"
        )
    return ", ".join(str(strength) for strength in LEVELS[level])


def at_least_one(n: int) -> None:
    """Raises SelectionError for a number of rows below 1."""
    if n < 1:
        raise SelectionError("at_least_one", name="n", value=n)


def reason_of(k: int, n_employers: int, n: int) -> Withheld | None:
    """Why the share k/n is withheld; None where it is shown.

    None of n openings is a true 0 only where n is large: among few, it would stand as a precise "0 %" beside
    1 to 4 that are withheld.
    """
    return withhold("cell", k, n_employers) if k or n < TRUE_ZERO else None


def share_of(k: int, n_employers: int, n: int) -> dict[str, Any]:
    """Share k/n with its Wilson interval, or the reason why not."""
    reason, ends = reason_of(k, n_employers, n), wilson(k, n)
    if reason is not None or ends is None:
        return {"share": None, "share_low": None, "share_high": None, "withheld": reason}
    return {"share": k / n, "share_low": ends[0], "share_high": ends[1], "withheld": None}


def with_shares(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of n_openings, n_employers and n_all with their share."""
    return [row | share_of(row["n_openings"], row["n_employers"], row["n_all"]) for row in rows]
