"""What daily checks see of a market: how each look ended, what it listed, and (the fast way) the spells of presence.

Checks are at noon: day d looks at the time d + 0.5. `recorded` takes the long way, through the record's own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tests.simulator.market import Market

if TYPE_CHECKING:
    Days = np.ndarray[tuple[int], np.dtype[np.int64]]

NOON = 0.5
NEVER = 10**6
GONE_DAYS = 8
"""Days of 404 it takes to believe that a board is gone (three checks that span seven days, daily)."""


@dataclass(frozen=True, slots=True)
class Observed:
    """checks: board, day, outcome (complete, empty, partial, failed or gone: a 404).

    seen: posting with board, first_seen, last_seen, gone_by (NEVER while open), exit; of postings that a check listed.
    """

    checks: pd.DataFrame
    seen: pd.DataFrame


def observe(market: Market, seed: int) -> Observed:
    """What the observer of `market.setting.watch` sees, with perfect reading; the same seed gives the same."""
    checks = _checks(market, np.random.default_rng([seed, 1]))
    seen = _seen(market, checks)
    return Observed(_hollow(market, checks), seen)


def _checks(market: Market, rng: np.random.Generator) -> pd.DataFrame:
    watch, boards, n_days = market.setting.watch, market.boards, market.setting.days
    day = np.tile(np.arange(n_days), len(boards))
    rows = boards.loc[boards.index.repeat(n_days)].assign(day=day)
    chance = rng.random(len(rows))
    failed = chance < watch.fails
    for source, first, last in watch.outages:
        failed |= ((rows["source"] == source) & rows["day"].between(first, last)).to_numpy()
    partial = ~failed & (chance < watch.fails + watch.partial)
    gone = rows["day"].to_numpy() + NOON >= rows["dies"].to_numpy()
    outcome = np.select([failed, gone, partial], ["failed", "gone", "partial"], "complete")
    kept = (rows["day"] >= rows["watched_from"]).to_numpy()
    return rows.assign(outcome=outcome)[["board", "day", "outcome"]][kept].reset_index(drop=True)


def _seen(market: Market, checks: pd.DataFrame) -> pd.DataFrame:
    """Spells by binary search among the complete days of each posting's board."""
    size = market.setting.days + 1
    complete = checks[checks["outcome"] == "complete"]
    keys = np.sort((complete["board"] * size + complete["day"]).to_numpy())
    posts = market.postings
    board = posts["board"].to_numpy()
    first = np.searchsorted(keys, board * size + _look(posts["start"], size), side="left")
    after = np.searchsorted(keys, board * size + _look(posts["end"], size), side="left")
    seen = after > first
    padded = np.append(keys, -1)
    on_board = padded[np.minimum(after, len(keys))] // size == board
    gone = np.where(on_board, padded[np.minimum(after, len(keys))] % size, NEVER)
    settled = np.where(on_board, NEVER, _board_gone(market, checks)[board])
    frame = posts.assign(
        first_seen=padded[np.minimum(first, len(keys))] % size,
        last_seen=padded[after - 1] % size,
        gone_by=np.minimum(gone, settled),
        exit=np.select([on_board, settled < NEVER], ["vanished", "board_gone"], ""),
    )
    return frame[seen].reset_index(drop=True)


def _look(times: pd.Series, size: int) -> Days:
    """The first day whose look is not before each time."""
    return np.clip(np.ceil(times.to_numpy() - NOON), 0, size - 1).astype(np.int64)


def _board_gone(market: Market, checks: pd.DataFrame) -> Days:
    """By board, the first day of the 404s that settle it is gone; NEVER where none do."""
    says = checks[checks["outcome"] == "gone"].groupby("board")["day"].agg(["min", "max"])
    settled = says[says["max"] - says["min"] >= GONE_DAYS - 1]
    days = np.full(len(market.boards), NEVER)
    days[settled.index] = settled["min"]
    return days


def _hollow(market: Market, checks: pd.DataFrame) -> pd.DataFrame:
    """Whole answers of boards that never listed anything yet are `empty`: as the record takes them."""
    posts, n_days = market.postings, market.setting.days
    size = n_days + 1
    begins = np.full(len(market.boards), NEVER)
    complete = checks[checks["outcome"] == "complete"]
    keys = np.sort((complete["board"] * size + complete["day"]).to_numpy())
    board = posts["board"].to_numpy()
    at = np.searchsorted(keys, board * size + _look(posts["start"], size), side="left")
    until = np.searchsorted(keys, board * size + _look(posts["end"], size), side="left")
    listed = until > at
    np.minimum.at(begins, board[listed], np.append(keys, 0)[at[listed]] % size)
    hollow = (checks["outcome"] == "complete") & (checks["day"].to_numpy() < begins[checks["board"]])
    return checks.assign(outcome=checks["outcome"].mask(hollow, "empty"))
