"""The panel day by day: which boards were read, and how much of a selection was up on each of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.units import unit_key

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from data.release import Release

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class PanelDays:
    """A selection at the listing sources, by day from the first to the last check.

    `counts` and `covered` (days x boards that ever listed the selection): units up on the board, and whether it was
    read; a unit up on two boards counts on both. `n_open`, `n_new`, `n_first_check`, `n_closed` (days): distinct
    units, entering and leaving on covered days only. `boards_covered`, `boards_failed` (days): all boards of the
    sources.
    """

    first_day: date
    counts: np.ndarray
    covered: np.ndarray
    n_open: np.ndarray
    n_new: np.ndarray
    n_first_check: np.ndarray
    n_closed: np.ndarray
    boards_covered: np.ndarray
    boards_failed: np.ndarray

    @property
    def days(self) -> list[date]:
        """The days, in order."""
        return [self.first_day + timedelta(days=i) for i in range(len(self.n_open))]

    @property
    def is_covered(self) -> np.ndarray:
        """Days on which any board was read (days)."""
        found: np.ndarray = self.boards_covered > 0
        return found


def panel_days(release: Release, selection: Selection, *, unit: str = "opening") -> PanelDays | None:
    """The panel of a selection counted in `unit`; None where no listing source was ever checked.

    The months of the selection do not cut it: an opening counts while it is up. Raises SelectionError for an
    unknown unit.
    """
    import numpy as np

    source, source_values = Selection(source=selection.source, role="all").where("p")
    checks = release.query(load_query("check_days").replace("{source}", source), source_values)
    if checks.empty:
        return None
    first, last = int(checks["day"].iloc[0]), int(checks["day"].iloc[-1])
    n_days = last - first + 1
    strip = np.zeros((2, n_days), dtype=np.int64)
    strip[:, checks["day"].to_numpy() - first] = checks[["boards_covered", "boards_failed"]].to_numpy().T
    stays = _rows(release, selection, unit, "stays")
    n_boards = int(stays["board_id"].max()) if len(stays) else 0
    covered = _covered(_rows(release, selection, unit, "board_days"), first, n_days, n_boards)
    by_board = stays[stays["board_id"] > 0]
    counts = _up(_clipped(by_board, first, n_days), by_board["board_id"].to_numpy() - 1, n_days, n_boards)
    total = _flows(stays[stays["board_id"] == 0], covered, strip[0] > 0, first)
    n_open = np.cumsum(total[0] - total[2])
    return PanelDays(
        EPOCH + timedelta(days=first),
        counts,
        covered,
        n_open,
        total[0],
        total[1],
        total[2],
        strip[0],
        strip[1],
    )


def _rows(release: Release, selection: Selection, unit: str, query: str) -> pd.DataFrame:
    selected, values = replace(selection, since=None, until=None).where("p")
    sql = load_query(query).replace("{selected}", selected).replace("{key}", unit_key(unit))
    return release.query(sql, values, scope=selection.scope)


def _covered(times: pd.DataFrame, first: int, n_days: int, n_boards: int) -> np.ndarray:
    """Whether each board was read (days x boards): from its first check to its last, gaps apart."""
    import numpy as np

    changes = np.zeros((n_days + 1, n_boards), dtype=np.int64)
    signs = np.where(times["is_gap"].to_numpy(dtype=bool), -1, 1)
    boards = times["board_id"].to_numpy() - 1
    np.add.at(changes, (times["since"].to_numpy() - first, boards), signs)
    np.add.at(changes, (times["until"].to_numpy() - first + 1, boards), -signs)
    covered: np.ndarray = changes[:-1].cumsum(axis=0) > 0
    return covered


def _clipped(stays: pd.DataFrame, first: int, n_days: int) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of stays as day numbers from 0; the end n_days stands for all that are later."""
    start = (stays["start_day"].to_numpy() - first).clip(0, n_days)
    end = (stays["end_day"].fillna(first + n_days).to_numpy().astype("int64") - first).clip(0, n_days)
    return start, end


def _up(stays: tuple[np.ndarray, np.ndarray], boards: np.ndarray, n_days: int, n_boards: int) -> np.ndarray:
    import numpy as np

    changes = np.zeros((n_days + 1, n_boards), dtype=np.int64)
    for days, sign in zip(stays, (1, -1), strict=True):
        np.add.at(changes, (days, boards), sign)
    up: np.ndarray = changes[:-1].cumsum(axis=0)
    return up


def _flows(stays: pd.DataFrame, covered: np.ndarray, is_covered: np.ndarray, first: int) -> np.ndarray:
    """n_new, n_first_check, n_closed (3 x days), each moved to the first covered day from the event's own on."""
    import numpy as np

    n_days = len(is_covered)
    days = np.append(np.flatnonzero(is_covered), n_days)
    start, end = (days[np.searchsorted(days, day)] for day in _clipped(stays, first, n_days))
    first_reads = np.where(covered.any(axis=0), covered.argmax(axis=0), -1)
    own = first_reads[stays["first_board_id"].to_numpy() - 1]
    is_first = stays["start_day"].to_numpy() - first <= own
    seen = start < end
    counted = ((start, seen), (start, seen & is_first), (end, seen))
    return np.array([np.bincount(day[kept], minlength=n_days + 1)[:n_days] for day, kept in counted])
