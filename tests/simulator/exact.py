"""Coverage of the intervals by themselves, without drawing: sums over all that can come out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from data.measures.intervals import median_rank, poisson, wilson


@dataclass(frozen=True, slots=True)
class Covered:
    """Coverage of one interval at size n over all true values tried: the least, the mean, and where the least is."""

    n: float
    least: float
    mean: float
    at: float


def of_shares(n: int, shares: Sequence[float]) -> Covered:
    """Wilson's interval of k / n over true `shares`."""
    ends = [wilson(k, n) or (0.0, 1.0) for k in range(n + 1)]
    low, high = np.array(ends).T
    found = [stats.binom.pmf(np.arange(n + 1), n, p)[(low <= p) & (p <= high)].sum() for p in shares]
    return _covered(n, found, shares)


def of_counts(means: Sequence[float]) -> Covered:
    """Garwood's interval over true `means` of a Poisson count."""
    top = int(max(means) + 10 * math.sqrt(max(means)) + 20)
    low, high = np.array([poisson(k) for k in range(top)]).T
    found = [stats.poisson.pmf(np.arange(top), mean)[(low <= mean) & (mean <= high)].sum() for mean in means]
    return _covered(max(means), found, means)


def of_medians(n: int) -> Covered | None:
    """The order-statistic interval of the median of n values of any continuous distribution; None where none is."""
    rank = median_rank(n)
    if rank is None:
        return None
    covered = 1 - 2 * float(stats.binom.cdf(rank - 1, n, 0.5))
    return Covered(n, covered, covered, 0.5)


def _covered(n: float, found: Sequence[float], at: Sequence[float]) -> Covered:
    worst = int(np.argmin(found))
    return Covered(n, float(min(found)), float(np.mean(found)), float(at[worst]))
