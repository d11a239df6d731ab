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
_AT_ONCE = 4096  # boards, so that little more than the influences themselves is kept in memory


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


def relative(chain: Chain, window: np.ndarray, days: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """(value, standard error of its logarithm) by day of the trailing mean of the level over its mean within `window`.

    `window` (days): True for the days of the base. `days`: width of the trailing mean, which leaves out days on which
    the level is undefined; NaN where none is left. The variance is the infinitesimal jackknife over boards (Jaeckel
    1972, Bell Laboratories MM 72-1215-11; Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, ch. 6):
    n / (n - 1) times the sum of squared influences, n the boards that carry a count. For a fixed panel it is the
    linearised variance of a ratio (Cochran 1977, Sampling Techniques, 2.11).
    """
    import numpy as np

    known = ~np.isnan(chain.level)
    level = np.where(known, chain.level, 0.0)
    base = np.where(window & known, level, 0.0)
    sums, counts = _trailing(level, days), _trailing(known.astype(float), days)
    variance = np.zeros(len(level))
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(counts > 0, sums / counts, math.nan) * (window & known).sum() / base.sum()
        for first in range(0, chain.influence.shape[1], _AT_ONCE):
            influence = chain.influence[:, first : first + _AT_ONCE]
            pulls = _trailing(level[:, None] * influence, days) / np.where(sums > 0, sums, math.nan)[:, None]
            pulls -= base @ influence / base.sum()
            variance += np.einsum("ij,ij->i", pulls, pulls)
        n_boards = n_carrying(chain)
        return means, np.sqrt(variance * n_boards / max(n_boards - 1, 1))


def _trailing(values: np.ndarray, days: int) -> np.ndarray:
    """Sums of `values` (days first) over the last `days` of them."""
    import numpy as np

    sums = values.cumsum(axis=0)
    ended: np.ndarray = np.concatenate([sums[:days], sums[days:] - sums[:-days]])
    return ended


def n_carrying(chain: Chain) -> int:
    """Boards whose weight changes the level of any day."""
    return int((chain.influence != 0).any(axis=0).sum())
