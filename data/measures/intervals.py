"""Confidence intervals for counts, shares and medians, by closed or exact formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Score interval of a share k/n, both ends in [0, 1]; None where n is 0.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22, 209-212. Raises ValueError unless 0 <= k <= n and 0 < level < 1.
    """
    _check_level(level)
    if not 0 <= k <= n:
        raise ValueError(f"a share needs 0 <= k <= n, not k = {k}, n = {n}")
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, unit = k / n, z * z / n
    centre = (share + unit / 2) / (1 + unit)
    half = z * math.sqrt(share * (1 - share) / n + unit / (4 * n)) / (1 + unit)
    low = 0.0 if k == 0 else max(0.0, min(share, centre - half))
    high = 1.0 if k == n else min(1.0, max(share, centre + half))
    return low, high


@lru_cache(maxsize=8192)
def poisson(k: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a Poisson mean after k events, in events.

    Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437-442:
    half the chi-square quantiles with 2k and 2k + 2 degrees of freedom, which are gamma quantiles
    of shape k and k + 1. Raises ValueError for k < 0 or a level outside (0, 1).
    """
    _check_level(level)
    if k < 0:
        raise ValueError(f"a count cannot be {k}")
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(gammaincinv(k, tail))
    return low, float(gammaincinv(k + 1, 1 - tail))


def median(ascending: Sequence[float]) -> float:
    """The median of ascending values, in their unit. Raises IndexError for none."""
    half = len(ascending) // 2
    return float(ascending[half] if len(ascending) % 2 else (ascending[half - 1] + ascending[half]) / 2)


def median_interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Order-statistic interval of the median of ascending `values`, in their unit.

    None where no pair of order statistics reaches `level` (below n = 6 at 95 %: 2 * 0.5**5 = 0.0625). Conservative:
    the ends are the d-th smallest and d-th largest value, d the largest with
    2 P(Binomial(n, 1/2) < d) <= 1 - level. David & Nagaraja (2003), Order Statistics, 7.1;
    tables in Conover (1999), Practical Nonparametric Statistics, 3.2.
    Raises ValueError for a level outside (0, 1).
    """
    rank = median_rank(len(values), level)
    return None if rank is None else (values[rank - 1], values[-rank])


@lru_cache(maxsize=8192)
def median_rank(n: int, level: float = 0.95) -> int | None:
    """The rank d (from 1) of the lower end of the median's interval among n values; None where none."""
    _check_level(level)
    from scipy.special import bdtr

    rank = math.floor(n / 2 - NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(n) / 2)
    rank = min(max(rank, 0), n // 2)
    while rank and 2 * bdtr(rank - 1, n, 0.5) > 1 - level:
        rank -= 1
    while rank < n // 2 and 2 * bdtr(rank, n, 0.5) <= 1 - level:
        rank += 1
    return rank or None


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
