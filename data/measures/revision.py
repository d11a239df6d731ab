"""Why one day's stock reads otherwise in a later release: other adverts, other looks, other rules, other matches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.units import unit_key

if TYPE_CHECKING:
    from data.release import Release

COMPONENTS = ("data", "presence", "rules", "matching")


@dataclass(frozen=True, slots=True)
class _Advert:
    """What one release says of an advert."""

    unit: str | None
    is_selected: bool
    is_up: bool


def revision(
    before: Release, after: Release, selection: Selection, day: date, *, unit: str = "opening"
) -> dict[str, tuple[int, int]]:
    """What changed the stock of `day` from release `before` to `after`: {component: (gained, lost)}, exact.

    The stock of `before` is turned into that of `after` in steps, each the net of what it adds and takes: adverts
    that only one of them holds (data); adverts whose presence that day is judged otherwise (presence); adverts that
    the selection takes or leaves by what was read in them (rules); adverts put into other units (matching). The
    order is fixed; where one advert differs in two ways, the earlier step has it. Their sum is the difference.
    """
    keys = _up(before, selection, day) | _up(after, selection, day)
    old = _found(before, selection, day, keys, unit)
    new = _found(after, selection, day, keys, unit)
    both = old.keys() & new.keys()
    counted = [
        {advert.unit for advert in old.values() if advert.is_selected and advert.is_up},
        {old[key].unit for key in both if old[key].is_selected and old[key].is_up},
        {old[key].unit for key in both if old[key].is_selected and new[key].is_up},
        {old[key].unit for key in both if new[key].is_selected and new[key].is_up},
        {new[key].unit for key in both if new[key].is_selected and new[key].is_up},
        {advert.unit for advert in new.values() if advert.is_selected and advert.is_up},
    ]
    steps = [
        (len(units - others - {None}), len(others - units - {None})) for others, units in pairwise(counted)
    ]
    # Units of different releases go by different names: only their number can be compared.
    net = len(counted[4] - {None}) - len(counted[3] - {None})
    data = (steps[4][0], steps[0][1])
    return dict(zip(COMPONENTS, (data, *steps[1:3], (max(net, 0), max(-net, 0))), strict=True))


def _up(release: Release, selection: Selection, day: date) -> set[str]:
    selected, values = replace(selection, since=None, until=None).where("p")
    sql = load_query("up_on").replace("{selected}", selected)
    frame = release.query(sql, [*values, day, day], scope=selection.scope)
    return set(frame["posting_key"])


def _found(
    release: Release, selection: Selection, day: date, keys: set[str], unit: str
) -> dict[str, _Advert]:
    selected, values = replace(selection, since=None, until=None).where("p")
    sql = load_query("found_again").replace("{selected}", selected).replace("{key}", unit_key(unit))
    frame = release.query(sql, [*values, day, day, sorted(keys)])
    return {
        row.posting_key: _Advert(
            row.unit_key if isinstance(row.unit_key, str) else None, bool(row.is_selected), bool(row.is_up)
        )
        for row in frame.itertuples(index=False)
    }
