"""When a posting was up: coverage per board and day, and the spells it bears out (METHOD.md, gone).

Failure is not absence: only a covered listing without a posting ends its spell; an empty answer of a
board that had postings is suspect until it was given on three days in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.schema import COVERED, Outcome

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

EMPTY_DAYS = 3
"""Days in a row an emptied board must answer so before its postings count as gone."""
RELIST_CHECKS = 3
"""Covered days a posting may be missing from and still be in the same spell when it comes back."""

# Best first: the outcome that stands for a day on which a board was asked more than once.
_RANK = {
    outcome.value: rank
    for rank, outcome in enumerate(
        (
            Outcome.COMPLETE,
            Outcome.UNCHANGED,
            Outcome.PARTIAL,
            Outcome.EMPTY,
            Outcome.FAILED,
            Outcome.BLOCKED,
        )
    )
}
_BOARD = 1_000_000  # days fit below it: board and day in one sortable number


def best_of_day(checks: pd.DataFrame) -> pd.DataFrame:
    """One row per board and day out of `checks` (board_id, day, outcome, n_seen, reason, ...): the best."""
    ranked = checks.assign(rank=checks["outcome"].map(_RANK), less=-checks["n_seen"])
    ranked = ranked.sort_values(["board_id", "day", "rank", "less", "reason"], na_position="first")
    best = ranked.drop_duplicates(["board_id", "day"])
    return best.drop(columns=["rank", "less"]).reset_index(drop=True)


def closing_days(coverage: pd.DataFrame) -> pd.DataFrame:
    """Rows (board_id, day) of `coverage` on which a posting not listed may be taken for gone."""
    covered = {outcome.value for outcome in COVERED}
    board, had_postings, empty_days = None, False, 0
    closes = []
    rows = coverage.sort_values(["board_id", "day"])
    for board_id, outcome, n_seen in zip(rows["board_id"], rows["outcome"], rows["n_seen"], strict=True):
        if board_id != board:
            board, had_postings, empty_days = board_id, False, 0
        if outcome == Outcome.EMPTY:
            empty_days += had_postings
        elif outcome in covered or outcome == Outcome.PARTIAL:
            empty_days = 0
            had_postings = had_postings or n_seen > 0
        closes.append(outcome in covered or (outcome == Outcome.EMPTY and empty_days >= EMPTY_DAYS))
    return rows.loc[closes, ["board_id", "day"]].reset_index(drop=True)


def spells(seen: pd.DataFrame, closing: pd.DataFrame) -> pd.DataFrame:
    """Spells of presence: posting_id, spell (from 1), first_seen, last_seen, gone_by (<NA> while open).

    `seen` holds posting_id, board_id, day (distinct); `closing` the result of closing_days. Days are
    whole numbers since 1970. A posting on several boards is up while any of them lists it.
    """
    runs = _runs(seen.sort_values(["posting_id", "board_id", "day"]), _keys(closing))
    merged = _merge_boards(runs)
    merged["spell"] = merged.groupby("posting_id").cumcount() + 1
    return merged[["posting_id", "spell", "first_seen", "last_seen", "gone_by"]]


def _keys(frame: pd.DataFrame) -> np.ndarray:
    import numpy as np

    return np.sort((frame["board_id"] * _BOARD + frame["day"]).to_numpy(dtype="int64"))


def _runs(seen: pd.DataFrame, closing: np.ndarray) -> pd.DataFrame:
    """Spells per posting and board: broken where more than RELIST_CHECKS closing days lie between."""
    import numpy as np
    import pandas as pd

    keys = (seen["board_id"] * _BOARD + seen["day"]).to_numpy(dtype="int64")
    same = _follows(seen)
    after = np.searchsorted(closing, keys, side="right")  # the first closing day after this sighting
    missed = np.searchsorted(closing, keys, side="left")[1:] - after[:-1]
    starts = np.ones(len(seen), dtype=bool)
    starts[1:] = ~same | (missed > RELIST_CHECKS)
    ends = np.append(starts[1:], True)[: len(seen)]
    gone = np.append(closing, -1)[after]
    gone = np.where(gone // _BOARD == seen["board_id"].to_numpy(dtype="int64"), gone % _BOARD, -1)[ends]
    rows = seen[starts][["posting_id", "board_id"]].reset_index(drop=True)
    rows["first_seen"] = seen["day"].to_numpy()[starts]
    rows["last_seen"] = seen["day"].to_numpy()[ends]
    rows["gone_by"] = pd.array(np.where(gone < 0, 0, gone), dtype="Int64")
    rows.loc[gone < 0, "gone_by"] = pd.NA
    return rows


def _follows(seen: pd.DataFrame) -> np.ndarray:
    """For each row but the first: is it the same posting on the same board as the one before?"""
    posting, board = seen["posting_id"].to_numpy(), seen["board_id"].to_numpy()
    same: np.ndarray = (posting[1:] == posting[:-1]) & (board[1:] == board[:-1])
    return same


def _merge_boards(runs: pd.DataFrame) -> pd.DataFrame:
    """Join the spells of postings that more than one board lists; the few that are."""
    import pandas as pd

    several = runs.groupby("posting_id")["board_id"].transform("nunique") > 1
    if not several.any():
        return runs
    joined: list[list[int | None]] = []
    for row in runs[several].sort_values(["posting_id", "first_seen", "last_seen"]).itertuples():
        gone = None if row.gone_by is pd.NA else int(row.gone_by)
        last = joined[-1] if joined and joined[-1][0] == row.posting_id else None
        if last is None or (last[3] is not None and row.first_seen >= last[3]):
            joined.append([row.posting_id, row.first_seen, row.last_seen, gone])
            continue
        is_open = last[3] is None or gone is None
        last[2] = max(int(last[2] or 0), row.last_seen)
        last[3] = None if is_open else max(last[3] or 0, gone or 0)
    columns = ["posting_id", "first_seen", "last_seen", "gone_by"]
    frame = pd.DataFrame(joined, columns=columns).astype({"gone_by": "Int64"})
    both = pd.concat([runs[~several][columns], frame], ignore_index=True)
    return both.sort_values(["posting_id", "first_seen"]).reset_index(drop=True)
