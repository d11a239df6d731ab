"""Stays: how long each opening, posting or spell was listed without a break, and how sure its two ends are."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from data.measures.coverage import Coverage, cover
from data.measures.lifetime_checks import NEVER, Checks, checks_of
from data.measures.queries import load_query
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from data.release import Release

UNITS = ("opening", "posting", "spell")
RELIST_DAYS = 3
"""Days nothing of an opening may be listed and its stay goes on (data.publishing.presence for one posting)."""
REPOST_DAYS = 60
"""Days after its end within which a new stay of an opening is a repost (METHOD, units and identity)."""
WIDEST = 14
"""Days between two looks beyond which an unstated start between them counts as unknown."""
OPEN_END = 2_000_000
UNKNOWN = 3_000_000
"""The start of a stay that nothing dates: later than any day."""
ENDINGS = ("open", "vanished", "emptied", "board_gone")
"""What the numbers 0 to 3 in Stays.ending stand for."""

LISTED: Condition = ("p.lifecycle = 'listing' AND p.origin <> 'snapshot'", [])
"""The postings whose presence we observe; alias p."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays of units, sorted by unit and first day; arrays of days since 1970 unless said otherwise.

    unit, employer: hashes (employer 0: unknown). number: order of the stay within its unit, from 0.
    entry: from which day on its end would have been observed. start_early, start_late: it began between them
    (UNKNOWN: nothing dates it). last: last day listed. gone: first look without it (OPEN_END while open).
    cut: last day on which a complete look still listed it. followed: last complete look at its board.
    ending: index into ENDINGS. is_first_look: no complete look at its board came before its first day.
    """

    unit: np.ndarray
    employer: np.ndarray
    number: np.ndarray
    first: np.ndarray
    entry: np.ndarray
    start_early: np.ndarray
    start_late: np.ndarray
    last: np.ndarray
    gone: np.ndarray
    cut: np.ndarray
    followed: np.ndarray
    ending: np.ndarray
    is_first_look: np.ndarray

    def __len__(self) -> int:
        return len(self.unit)

    def where(self, kept: np.ndarray) -> Stays:
        """Those stays for which the mask `kept` holds."""
        return Stays(*(getattr(self, field.name)[kept] for field in fields(self)))

    @property
    def is_dated(self) -> np.ndarray:
        """Whether the start is known: at least to WIDEST days, or as the source states it."""
        dated: np.ndarray = self.start_late <= self.first
        return dated


def stays(release: Release, selection: Selection, *, unit: str = "opening") -> Stays:
    """Every stay of every unit of the selection. Raises ValueError for a unit that is not in UNITS.

    opening: it is up while any of its selected postings is; breaks of up to RELIST_DAYS days do not end a stay.
    posting and spell: as published (data.publishing.presence); of a spell each is a unit of its own.
    """
    return stays_by_unit(release, selection, units=(unit,))[unit]


def stays_by_unit(
    release: Release, selection: Selection, *, units: tuple[str, ...] = UNITS
) -> dict[str, Stays]:
    """The same for several units, by unit."""
    import numpy as np

    unknown = set(units) - set(UNITS)
    if unknown:
        raise ValueError(f"lifetimes are of {', '.join(UNITS)}, not of {', '.join(sorted(unknown))}")
    where, values = selection.where("p")
    sql = load_query("lifetime_spells").replace("{selected}", where)
    frame = release.query(sql, values, scope=selection.scope)
    dated = _dated(frame, checks_of(release))
    found = {}
    for unit in units:
        names = np.arange(len(frame)) if unit == "spell" else frame[unit].to_numpy()
        spells = replace(dated, unit=names)
        found[unit] = _joined(spells.where(_order(spells)), RELIST_DAYS if unit == "opening" else -1)
    return found


def cover_listed(release: Release, selection: Selection, *, unit: str = "opening") -> Coverage:
    """The coverage of the part of a selection whose presence we observe."""
    return cover(release, selection, method="lifetime", unit=unit, only=LISTED)


def _dated(frame: pd.DataFrame, checks: Checks) -> Stays:
    """Each spell with what the checks of its board say of its start and its cut."""
    import numpy as np

    first, last, gone, stated, ending = (
        frame[name].to_numpy(dtype="int64")
        for name in ("first_seen", "last_seen", "gone_by", "stated_on", "ending")
    )
    places = checks.of(frame["board"].to_numpy())
    read = places >= 0
    from_day = np.where(read, np.append(checks.first, OPEN_END)[places], OPEN_END)
    to_day = np.where(read, np.append(checks.last, NEVER)[places], NEVER)
    before = checks.before(places, first)
    early, late = _starts(first, stated, before)
    return Stays(
        unit=frame["posting"].to_numpy(),
        employer=frame["employer"].to_numpy(),
        number=np.zeros(len(frame), dtype="int64"),
        first=first,
        entry=np.maximum(first, from_day),
        start_early=early,
        start_late=late,
        last=last,
        gone=gone,
        cut=np.minimum(last, to_day),
        followed=to_day,
        ending=ending,
        is_first_look=before == NEVER,
    )


def _starts(first: np.ndarray, stated: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first and last day on which each spell can have begun; UNKNOWN where nothing dates it.

    It began after the last look without it (`before`) and no later than it was listed. A stated day between
    the two settles it (one on the day of that look is the day after); an earlier one contradicts the look and
    is not used. Without a look before it, only a stated day dates it.
    """
    import numpy as np

    after = np.where(before == NEVER, NEVER, before + 1)
    fits = (stated > NEVER) & (stated >= after - 1) & (stated <= first)
    known = fits | ((before != NEVER) & (first - before <= WIDEST))
    settled = np.maximum(stated, after)
    early, late = np.where(fits, settled, after), np.where(fits, settled, first)
    return np.where(known, early, UNKNOWN), np.where(known, late, UNKNOWN)


def _order(spells: Stays) -> np.ndarray:
    import numpy as np

    return np.lexsort((2 * spells.first + spells.is_first_look, spells.unit))


def _joined(spells: Stays, most: int) -> Stays:
    """Sorted spells of the same unit made one stay where at most `most` days lie between; -1: none are joined."""
    import numpy as np

    if not len(spells):
        return spells
    new_unit = np.append(True, spells.unit[1:] != spells.unit[:-1])
    up_to = _running_latest(spells.gone, new_unit)
    begins = new_unit.copy()
    begins[1:] |= (spells.first[1:] - up_to[:-1] > most) if most >= 0 else True
    heads = np.flatnonzero(begins)
    gone = np.maximum.reduceat(spells.gone, heads)
    # Of endings on the same day the one that says most of the opening itself: vanished before emptied.
    ends_it = spells.gone == np.repeat(gone, np.diff(np.append(heads, len(spells))))
    first_of_unit = np.maximum.accumulate(np.where(new_unit[heads], np.arange(len(heads)), 0))
    return Stays(
        unit=spells.unit[heads],
        employer=np.maximum.reduceat(spells.employer, heads),
        number=np.arange(len(heads)) - first_of_unit,
        first=spells.first[heads],
        entry=np.minimum.reduceat(spells.entry, heads),
        start_early=np.minimum.reduceat(spells.start_early, heads),
        start_late=np.minimum.reduceat(spells.start_late, heads),
        last=np.maximum.reduceat(spells.last, heads),
        gone=gone,
        cut=np.maximum.reduceat(spells.cut, heads),
        followed=np.maximum.reduceat(spells.followed, heads),
        ending=np.minimum.reduceat(np.where(ends_it, spells.ending, len(ENDINGS)), heads),
        is_first_look=spells.is_first_look[heads],
    )


def _running_latest(gone: np.ndarray, new_unit: np.ndarray) -> np.ndarray:
    """The latest `gone` of each unit so far."""
    import numpy as np

    lift = np.cumsum(new_unit) * (2 * OPEN_END)
    latest: np.ndarray = np.maximum.accumulate(gone + lift) - lift
    return latest
