"""When a posting was up: coverage per board and day, and the spells it bears out (METHOD.md, gone).

Failure is not absence: only a look that may close (data.publishing.guard) and lacks a posting ends its spell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data.publishing.guard import DAYS
from data.schema import Outcome

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

RELIST_CHECKS = 3
"""Closing days a posting may be missing from and still be in the same spell when it comes back."""
RELIST_DAYS = 60
"""Days after which even one closing day without it makes a return a new spell."""

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
_SPELL = ["posting_id", "spell", "first_seen", "last_seen", "gone_by", "exit"]


def best_of_day(checks: pd.DataFrame) -> pd.DataFrame:
    """One row per board and day out of `checks` (board_id, day, outcome, n_seen, reason, ...): the best."""
    ranked = checks.assign(rank=checks["outcome"].map(_RANK), less=-checks["n_seen"])
    ranked = ranked.sort_values(["board_id", "day", "rank", "less", "reason"], na_position="first")
    best = ranked.drop_duplicates(["board_id", "day"])
    return best.drop(columns=["rank", "less"]).reset_index(drop=True)


def spells(seen: pd.DataFrame, closing: pd.DataFrame, looks: Mapping[int, int] | None = None) -> pd.DataFrame:
    """Spells of presence: posting_id, spell (from 1), first_seen, last_seen, gone_by, exit (<NA> while open).

    `seen` holds posting_id, board_id, day (distinct); `closing` board_id, day, exit as from guard.judge;
    `looks`: how many closing days must lack a posting, by board, where one is not enough. Days are
    whole numbers since 1970. A posting on several boards is up while any of them lists it.
    """
    runs = _runs(seen.sort_values(["posting_id", "board_id", "day"]), closing, looks or {})
    merged = _merge_boards(runs)
    merged["spell"] = merged.groupby("posting_id").cumcount() + 1
    return merged[_SPELL]


def _runs(seen: pd.DataFrame, closing: pd.DataFrame, looks: Mapping[int, int]) -> pd.DataFrame:
    """Spells per posting and board: broken where too many closing days, or one and many days, lie between."""
    import numpy as np

    closing = closing.sort_values(["board_id", "day"])
    closes = (closing["board_id"] * DAYS + closing["day"]).to_numpy(dtype="int64")
    keys = (seen["board_id"] * DAYS + seen["day"]).to_numpy(dtype="int64")
    after = np.searchsorted(closes, keys, side="right")  # the first closing day after this sighting
    missed = np.searchsorted(closes, keys, side="left")[1:] - after[:-1]
    apart = (missed > RELIST_CHECKS) | ((missed > 0) & (np.diff(keys) > RELIST_DAYS))
    starts = np.ones(len(seen), dtype=bool)
    starts[1:] = ~_follows(seen) | apart
    ends = np.append(starts[1:], True)[: len(seen)]
    rows = seen[starts][["posting_id", "board_id"]].reset_index(drop=True)
    rows["first_seen"] = seen["day"].to_numpy()[starts]
    rows["last_seen"] = seen["day"].to_numpy()[ends]
    return _ended(rows, after[ends], closes, closing["exit"].to_numpy(dtype=object), looks)


def _ended(
    rows: pd.DataFrame, after: np.ndarray, closes: np.ndarray, exits: np.ndarray, looks: Mapping[int, int]
) -> pd.DataFrame:
    """`rows` with gone_by and exit: of the first closing day, once as many as it takes have come."""
    import numpy as np
    import pandas as pd

    board = rows["board_id"].to_numpy(dtype="int64")
    needed = rows["board_id"].map(lambda board_id: looks.get(board_id, 1)).to_numpy(dtype="int64")
    padded = np.append(closes, np.full(max(looks.values(), default=1), -1))
    is_gone = padded[after + needed - 1] // DAYS == board
    rows["gone_by"] = pd.array(np.where(is_gone, padded[after] % DAYS, 0), dtype="Int64")
    rows.loc[~is_gone, "gone_by"] = pd.NA
    rows["exit"] = np.append(exits, [None])[np.where(is_gone, after, -1)]
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
    joined: list[list[object]] = []
    for row in runs[several].sort_values(["posting_id", "first_seen", "last_seen"]).itertuples():
        gone, last = None if row.gone_by is pd.NA else int(row.gone_by), joined[-1] if joined else None
        if last is None or last[0] != row.posting_id or (last[3] is not None and row.first_seen >= last[3]):
            joined.append([row.posting_id, row.first_seen, row.last_seen, gone, row.exit])
            continue
        last[2] = max(last[2], row.last_seen)
        later = max((last[3:], [gone, row.exit]), key=lambda end: DAYS if end[0] is None else end[0])
        last[3:] = later
    columns = ["posting_id", "first_seen", "last_seen", "gone_by", "exit"]
    frame = pd.DataFrame(joined, columns=columns).astype({"gone_by": "Int64", "exit": object})
    both = pd.concat([runs[~several][columns], frame], ignore_index=True)
    return both.sort_values(["posting_id", "first_seen"]).reset_index(drop=True)
