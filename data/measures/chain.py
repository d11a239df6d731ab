"""A chained index over a panel of boards that join, fail, come back and die, with its variance by board.

The arithmetic only: counts and coverage as matrices in, an index out. data.measures.index feeds it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Chain:
    """A chained index by day, and what each board has to do with it.

    `level` (days): the index, 1.0 on the day the chain starts; NaN where it is undefined. `n_matched` (days): boards
    that link the day to an earlier one. `influence` (days x boards): derivative of log level by the weight of a
    board, 0 where the level is 0 or undefined.
    """

    level: np.ndarray
    n_matched: np.ndarray
    influence: np.ndarray


def chained(counts: np.ndarray, covered: np.ndarray) -> Chain:
    """The index of `counts` (days x boards, whole numbers) over the days on which `covered` (same shape) is True.

    Each board's last known count is kept divided by the index of its day: its share of the panel in the terms of
    the first day. The level of a day is the counts of the boards read on it over the kept shares of those boards
    that were read before. A board that is not read moves with the others until it is read again, and then its true
    count is what enters: so no growth is lost in an outage, and the shares of a panel without newcomers always add
    up to the same sum. After any pattern of outages the level of a day on which a fixed panel is wholly read is
    exactly its count over its count at the start. New boards enter with their count over the level of their first
    day, and move nothing; boards that end leave with their share.

    This is overall mean imputation with its self-correcting property, as for missing prices (ILO et al. 2004,
    Consumer Price Index Manual, ch. 9), for a matched-sample chain (ibid., ch. 7). NaN: before the first day with a
    count, and on days without a board that carries a share. A level of 0 is true, and keeps the shares of before.
    """
    import numpy as np

    n_days, n_boards = counts.shape
    level, n_matched = np.full(n_days, math.nan), np.zeros(n_days, dtype=int)
    influence = np.zeros((n_days, n_boards))
    share, is_known = np.zeros(n_boards), np.zeros(n_boards, dtype=bool)
    linked = np.zeros(n_boards, dtype=int)  # the day of each board's share
    for day in range(n_days):
        now = covered[day]
        matched, count = now & is_known, counts[day]
        n_matched[day] = matched.sum()
        below, above = share[matched].sum(), count[matched].sum()
        if share.sum() == 0 and count[now].any():
            level[day], matched = 1.0, np.zeros(n_boards, dtype=bool)
        elif below:
            level[day] = above / below
        # Without a level above 0 a newcomer's count has no share: it waits, unless it has none to lose.
        is_known |= now if level[day] > 0 else now & (count == 0)
        if level[day] > 0:
            if matched.any():
                influence[day] = _influence(count, share, matched, linked, influence[:day])
            share[now] = count[now] / level[day]
            linked[now] = day
    return Chain(level, n_matched, influence)


def _influence(
    count: np.ndarray, share: np.ndarray, matched: np.ndarray, linked: np.ndarray, before: np.ndarray
) -> np.ndarray:
    """d log level / d weight of each board: its own counts, and the levels its panel's shares were divided by."""
    import numpy as np

    parts = np.where(matched, share, 0.0) / share[matched].sum()
    total: np.ndarray = np.where(matched, count, 0.0) / count[matched].sum() - parts
    by_day = np.bincount(linked, weights=parts, minlength=len(before))
    days = np.flatnonzero(by_day)
    total += by_day[days] @ before[days]
    return total


def relative(chain: Chain, window: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(value, standard error of its logarithm) of weighted means of the level, over its mean within `window`.

    `window` (days): True for the days of the base. `weights` (rows x days): each row one mean, which leaves days out
    on which the level is undefined; NaN where none is left. The variance is the infinitesimal jackknife over
    boards (Jaeckel 1972, Bell Laboratories MM 72-1215-11; Efron 1982, The Jackknife, the Bootstrap and Other
    Resampling Plans, ch. 6): n / (n - 1) times the sum of squared influences, n the boards that carry a count. For
    a fixed panel it is the linearised variance of a ratio (Cochran 1977, Sampling Techniques, 2.11).
    """
    import numpy as np

    known = ~np.isnan(chain.level)
    level = np.where(known, chain.level, 0.0)
    base = np.where(window & known, level, 0.0)
    base_level = base.sum() / max((window & known).sum(), 1)
    used = np.where(known, weights, 0.0)
    sums, totals = used @ level, used.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(totals > 0, sums / totals, math.nan)
        pulls = (used * level) @ chain.influence / np.where(sums > 0, sums, math.nan)[:, None]
        pulls -= base @ chain.influence / base.sum()
        n_boards = n_carrying(chain)
        spread = np.sqrt((pulls**2).sum(axis=1) * n_boards / max(n_boards - 1, 1))
        return means / base_level, spread


def n_carrying(chain: Chain) -> int:
    """Boards whose weight changes the level of any day."""
    return int((chain.influence != 0).any(axis=0).sum())
