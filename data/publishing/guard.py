"""Which looks at a board may close postings (METHOD.md, gone): suspects wait until a later look agrees.

One law for all: nothing closes on one suspect look; where later looks agree, it counts, and it is the
first of them that dates the end; where they do not, it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from data.schema import COVERED, Outcome

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

EMPTY_DAYS = 3
"""Days in a row an emptied board must answer so before its postings count as gone."""
MIN_STOCK, MAX_SHARE = 10, 0.3
"""Open postings from which the volume guard looks on, and the share of them that may close in one day."""
MAX_AGE = 60
"""Days after which an earlier listing no longer says what may close at once."""
GONE_STATUSES = (404, 410)
GONE_CHECKS, GONE_SPAN = 3, timedelta(days=7)
"""Checks of nothing but 404 or 410, and the time they span, after which a board is taken to be gone."""

SUSPECT = "suspect"
"""Outcome of a whole listing that would close too much at once and that no later one has borne out."""
VANISHED, EMPTIED, BOARD_GONE = "vanished", "emptied", "board_gone"
"""How a posting ended: left a listing that goes on, with all others of its board, or with its board."""

DAYS = 1_000_000  # days fit below it: board and day in one sortable number


def judge(
    coverage: pd.DataFrame, seen: pd.DataFrame, checks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`coverage` with the outcomes that stand, and the looks that close: board_id, day, exit.

    `coverage` as from presence.best_of_day with source; `seen`: posting_id, board_id, day; `checks`:
    every check of these boards with check_id, board_id, at, outcome, http_status. A suspect look gets
    the outcome SUSPECT and a reason, an emptied board that stayed empty the outcome `complete`.
    """
    import pandas as pd

    rows = coverage.sort_values(["source", "day", "board_id"]).reset_index(drop=True)
    verdicts = _Guard(_Listings(rows, seen)).run(rows)
    changed = {at: verdict for at, verdict in verdicts.items() if verdict.outcome is not None}
    rows.loc[list(changed), "outcome"] = [verdict.outcome for verdict in changed.values()]
    said = rows.loc[list(changed), "reason"].to_dict()
    reasons = {at: _both(said[at], verdict.reason) for at, verdict in changed.items()}
    rows["reason"] = rows["reason"].astype(object)
    rows.loc[list(reasons), "reason"] = list(reasons.values())
    closes = {at: verdict.closes for at, verdict in verdicts.items() if verdict.closes is not None}
    closing = rows.loc[list(closes), ["board_id", "day"]].assign(exit=list(closes.values()))
    closing = pd.concat([closing, gone_boards(checks)]).drop_duplicates(["board_id", "day"])
    return rows, closing.sort_values(["board_id", "day"]).reset_index(drop=True)


def _both(said: object, reason: str | None) -> str | None:
    """What the check says of itself, and what is to be said of it."""
    return ": ".join(words for words in (said, reason) if isinstance(words, str)) or None


def gone_boards(checks: pd.DataFrame) -> pd.DataFrame:
    """Days (board_id, day, exit) of the rows of checks that settle that a board is gone."""
    rows = checks.sort_values(["board_id", "at", "check_id"])
    says_gone = (rows["outcome"] == Outcome.FAILED) & rows["http_status"].isin(GONE_STATUSES)
    rows = rows.assign(row=(~says_gone).groupby(rows["board_id"]).cumsum())[says_gone]
    grouped = rows.groupby(["board_id", "row"])["at"]
    span = grouped.transform("max") - grouped.transform("min")
    settled = (grouped.transform("size") >= GONE_CHECKS) & (span >= GONE_SPAN)
    return rows.loc[settled, ["board_id", "day"]].drop_duplicates().assign(exit=BOARD_GONE)


# --- what each listing holds ----------------------------------------------------------------------


class _Listings:
    """The whole listings of all boards, numbered by board and day, and what of one the next lacks."""

    def __init__(self, rows: pd.DataFrame, seen: pd.DataFrame) -> None:
        import numpy as np

        covered = rows[rows["outcome"].isin([o.value for o in COVERED])]
        self.keys = np.sort((covered["board_id"] * DAYS + covered["day"]).to_numpy(dtype="int64"))
        # A posting of a partial answer belongs to the listing before it: it was still there.
        keys = (seen["board_id"] * DAYS + seen["day"]).to_numpy(dtype="int64")
        number = np.searchsorted(self.keys, keys, side="right") - 1
        board = seen["board_id"].to_numpy(dtype="int64")
        known = (number >= 0) & (self.keys[number] // DAYS == board) if len(self.keys) else number >= 0
        self._hold(seen["posting_id"].to_numpy(dtype="int64")[known], number[known])

    def _hold(self, postings: np.ndarray, numbers: np.ndarray) -> None:
        import numpy as np

        order = np.lexsort((numbers, postings))
        postings, numbers = postings[order], numbers[order]
        again = (postings[1:] == postings[:-1]) & (numbers[1:] == numbers[:-1])
        first = np.append(True, ~again)[: len(postings)]
        postings, numbers = postings[first], numbers[first]
        follows = (postings[1:] == postings[:-1]) & (numbers[1:] == numbers[:-1] + 1)
        kept = np.bincount(numbers[:-1][follows], minlength=len(self.keys))
        self.sizes = np.bincount(numbers, minlength=len(self.keys))
        self.lost = self.sizes - kept  # by the next listing of the same board
        order = np.argsort(numbers, kind="stable")
        self._postings = postings[order]
        self._starts = np.append(0, np.cumsum(self.sizes))

    def number(self, board_id: int, day: int) -> int:
        import numpy as np

        return int(np.searchsorted(self.keys, board_id * DAYS + day))

    def missing(self, base: int, number: int) -> int:
        """How many postings of the listing `base` a later one of the same board lacks."""
        import numpy as np

        if number == base + 1:
            return int(self.lost[base])
        return len(np.setdiff1d(self._of(base), self._of(number), assume_unique=True))

    def _of(self, number: int) -> np.ndarray:
        postings: np.ndarray = self._postings[self._starts[number] : self._starts[number + 1]]
        return postings


# --- what may be believed -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Verdict:
    """`outcome` where it is not the check's, `reason` to add to its own; `closes`: the exit, where it may close."""

    outcome: str | None = None
    reason: str | None = None
    closes: str | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """One whole listing: its row of the coverage, its number, and what of the base it lacks."""

    at: int
    day: int
    number: int
    stock: int = 0
    missing: int = 0

    @property
    def is_over(self) -> bool:
        return is_over(self.missing, self.stock)


@dataclass(slots=True)
class _Board:
    """`base`: the last believed listing; `pending`: the suspect one since, and why; `empties`: empty answers since."""

    base: _Look | None = None
    pending: _Look | None = None
    is_by_source: bool = False
    why: str = ""
    empties: list[int] = field(default_factory=list)
    had_any: bool = False


def is_over(missing: int, stock: int) -> bool:
    """Would more close at once than the volume guard lets pass?"""
    return stock >= MIN_STOCK and missing > MAX_SHARE * stock


def _together(looks: Iterable[_Look]) -> tuple[int, int]:
    """What all the listings of one day lack, and what was there before."""
    counts = [(look.missing, look.stock) for look in looks]
    return sum(missing for missing, _ in counts), sum(stock for _, stock in counts)


class _Guard:
    """Walks the days of each source in order."""

    def __init__(self, listings: _Listings) -> None:
        self.listings = listings
        self.boards: dict[int, _Board] = {}
        self.verdicts: dict[int, _Verdict] = {}

    def run(self, rows: pd.DataFrame) -> Mapping[int, _Verdict]:
        """Verdicts by row of `rows` (sorted by source and day)."""
        columns = ("source", "day", "board_id", "outcome", "n_seen")
        answers = zip(rows.index, *(rows[name] for name in columns), strict=True)
        for _, day in groupby(answers, key=lambda answer: answer[1:3]):
            self._take_day(list(self._measured(day)))
        return self.verdicts

    def _measured(self, answers: Iterable[Any]) -> Iterator[tuple[_Board, _Look]]:
        """The whole listings of one source and day; other answers are dealt with here."""
        for at, _, day, board_id, outcome, n_seen in answers:
            board = self.boards.setdefault(board_id, _Board())
            if outcome == Outcome.EMPTY:
                self._take_empty(board, at)
            elif outcome in COVERED:
                yield board, self._measure(board.base, _Look(at, day, self.listings.number(board_id, day)))
            if outcome in COVERED or outcome == Outcome.PARTIAL:
                board.empties = []
                board.had_any = board.had_any or n_seen > 0

    def _measure(self, base: _Look | None, look: _Look) -> _Look:
        if base is None or look.day - base.day > MAX_AGE:
            return _Look(look.at, look.day, look.number)
        stock = int(self.listings.sizes[base.number])
        return _Look(look.at, look.day, look.number, stock, self.listings.missing(base.number, look.number))

    def _take_empty(self, board: _Board, at: int) -> None:
        """A board that never listed anything may as well be unknown to its platform: it stays `empty`."""
        if not board.had_any:
            return
        board.empties.append(at)
        if len(board.empties) >= EMPTY_DAYS:
            believed = _Verdict(Outcome.COMPLETE.value, None, EMPTIED)
            self.verdicts |= dict.fromkeys(board.empties, believed)
            board.base = board.pending = None

    def _take_day(self, day: list[tuple[_Board, _Look]]) -> None:
        day = self._settled(day)
        missing, stock = _together(look for _, look in day)
        for board, look in day:
            if look.is_over:
                self._suspect(board, look, f"{look.missing} of {look.stock} open postings")
            elif look.missing and is_over(missing, stock):
                self._suspect(
                    board, look, f"{missing} of {stock} open postings of the source", by_source=True
                )
            else:
                self._believe(board, look)

    def _settled(self, day: list[tuple[_Board, _Look]]) -> list[tuple[_Board, _Look]]:
        """The day's listings once they have borne out, or not, the suspect ones before them."""
        is_source_over = is_over(*_together(look for _, look in day))
        settled = []
        for board, look in day:
            waits = board.pending
            if waits is not None and (is_source_over if board.is_by_source else look.is_over):
                self._believe(board, waits)
                look = self._measure(waits, look)
            elif waits is not None:
                self._say(waits, f"{board.why}: the next listing did not bear it out")
            settled.append((board, look))
        return settled

    def _believe(self, board: _Board, look: _Look) -> None:
        self.verdicts[look.at] = _Verdict(closes=VANISHED)
        board.base, board.pending = look, None

    def _suspect(self, board: _Board, look: _Look, what: str, *, by_source: bool = False) -> None:
        board.pending, board.is_by_source, board.why = look, by_source, f"{what} would close at once"
        self._say(look, f"{board.why}: waits for a second listing")

    def _say(self, look: _Look, reason: str) -> None:
        self.verdicts[look.at] = _Verdict(SUSPECT, reason)
