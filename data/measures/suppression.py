"""Shares of a partition that must not give away a withheld one: the complementary cell is withheld too."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from data.measures.reasons import Withheld

Row = dict[str, Any]


def protect(
    rows: Iterable[Mapping[str, Any]],
    *,
    values: Sequence[str],
    key: str,
    within: Sequence[str] = (),
    count: str = "n_openings",
    reason: str = "withheld",
) -> list[Row]:
    """The rows, in their order, with `values` None wherever a row is withheld or would give a withheld one away.

    Rows that agree in `within` are one partition: the shares of its cells sum to 1. Where exactly one cell that
    holds anything is withheld, 1 minus the others' shares would be its share; so the smallest of the others is
    withheld as well (Withheld.COMPLEMENT): complementary suppression, Cox, L. H. (1980), Suppression methodology
    and statistical disclosure control, JASA 75, 377-385. A cell with count 0 hides nothing, and the cell whose
    `key` is None (not stated) is taken last: it says what we do not know, and other columns rest on it.
    """
    kept = [dict(row) for row in rows]
    for cells in _partitions(kept, within):
        _complete(cells, key=key, count=count, reason=reason)
    return [row | dict.fromkeys(values) if row[reason] is not None else row for row in kept]


def _partitions(rows: Sequence[Row], within: Sequence[str]) -> Iterable[list[Row]]:
    found: dict[tuple[Hashable, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in within), []).append(row)
    return found.values()


def _complete(cells: list[Row], *, key: str, count: str, reason: str) -> None:
    """Withhold one more cell where only one is. Marks the rows themselves."""
    held = [cell for cell in cells if cell[count]]
    open_cells = [cell for cell in held if cell[reason] is None]
    if len(held) - len(open_cells) != 1 or not open_cells:
        return
    min(open_cells, key=_order(key, count))[reason] = Withheld.COMPLEMENT


def _order(key: str, count: str) -> Callable[[Row], tuple[bool, int, str]]:
    return lambda cell: (cell[key] is None, int(cell[count]), str(cell[key]))
