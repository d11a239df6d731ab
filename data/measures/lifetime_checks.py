"""When each board was read completely, as runs of days: what a start, an end and a cut of a life rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures.queries import load_query

if TYPE_CHECKING:
    import numpy as np

    from data.release import Release

NEVER = -2_000_000
"""A day before all others (since 1970), for a board that was not read before or at all."""
_DAYS = 10_000_000  # days fit below it: board and day in one sortable number


@dataclass(frozen=True, slots=True)
class Checks:
    """Runs of days in a row on which a board was read completely; days since 1970.

    boards: sorted hashes of source and board. first, last: the first and last such day of each board.
    keys: place in `boards` and first day of each run as one number, ascending; ends: last day of each run.
    """

    boards: np.ndarray
    first: np.ndarray
    last: np.ndarray
    keys: np.ndarray
    ends: np.ndarray

    def of(self, boards: np.ndarray) -> np.ndarray:
        """The place of each board hash in `boards`; -1 where it was never read completely."""
        import numpy as np

        if not len(self.boards):
            return np.full(len(boards), -1)
        places = np.minimum(np.searchsorted(self.boards, boards), len(self.boards) - 1)
        return np.where(self.boards[places] == boards, places, -1)

    def before(self, places: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The last day before each of `days` on which its board was read completely; NEVER where none was."""
        import numpy as np

        if not len(self.keys):
            return np.full(len(places), NEVER)
        at = np.searchsorted(self.keys, places * _DAYS + days, side="left") - 1
        same = (at >= 0) & (places >= 0) & (self.keys[at] // _DAYS == places)
        return np.where(same, np.minimum(self.ends[at], days - 1), NEVER)


def checks_of(release: Release) -> Checks:
    """The complete checks of every board of a release; read once, since a release never changes."""

    def read() -> Checks:
        frame = release.query(load_query("lifetime_checks"))
        return _runs(frame["board"].to_numpy(), frame["day"].to_numpy())

    return release.remember("lifetime_checks", read)


def _runs(boards: np.ndarray, days: np.ndarray) -> Checks:
    import numpy as np

    names, places = np.unique(boards, return_inverse=True)
    keys = np.sort(places.astype("int64") * _DAYS + days)
    starts = np.append(True, np.diff(keys) > 1)[: len(keys)]
    ends = np.append(starts[1:], True)[: len(keys)]
    edges = np.append(np.diff(keys // _DAYS) > 0, True)[: len(keys)]
    heads = np.append(True, edges[:-1])[: len(keys)]
    return Checks(names, keys[heads] % _DAYS, keys[edges] % _DAYS, keys[starts], keys[ends] % _DAYS)
