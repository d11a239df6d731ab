"""Confidence intervals for counts, shares and medians, by closed or exact formulas and nothing but `math`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist

_STEPS = 200


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
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else _gamma_quantile(k, tail)
    return low, _gamma_quantile(k + 1, 1 - tail)


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
    # Ranks more than six standard deviations below the middle hold less than 1e-30 of the mass.
    start = max(0, math.floor(n / 2 - 3 * math.sqrt(n)) - 1)
    below, rank = 0.0, start
    while rank < n / 2:
        below += math.exp(_log_binomial(n, rank) - n * math.log(2))
        if 2 * below > 1 - level:
            break
        rank += 1
    return rank or None


def _log_binomial(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")


def _gamma_quantile(shape: float, p: float) -> float:
    """x with P(shape, x) = p: Newton from Wilson and Hilferty's start, kept inside a shrinking bracket."""
    low, high = 0.0, shape + 20 * math.sqrt(shape) + 40
    x = min(max(_wilson_hilferty(shape, p), 1e-9), high)
    for _ in range(_STEPS):
        error = _gamma_cdf(shape, x) - p
        low, high = (x, high) if error < 0 else (low, x)
        density = math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape))
        step = error / density if density > 0 else math.inf
        nearer = x - step if low < x - step < high else (low + high) / 2
        if abs(nearer - x) <= 1e-11 * max(1.0, x):
            return nearer
        x = nearer
    return x


def _wilson_hilferty(shape: float, p: float) -> float:
    z = NormalDist().inv_cdf(p)
    return float(shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3)


def _gamma_cdf(shape: float, x: float) -> float:
    """Regularised lower incomplete gamma P(shape, x): series below the mean, continued fraction above.

    Press et al. (2007), Numerical Recipes, 6.2 (modified Lentz).
    """
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    return scale * _series(shape, x) if x < shape + 1 else 1 - scale * _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    denominator = shape
    while abs(term) > abs(total) * 1e-16:
        denominator += 1
        term *= x / denominator
        total += term
    return total


def _fraction(shape: float, x: float) -> float:
    b = x + 1 - shape
    c, d = 1e300, 1 / b
    value, i = d, 0
    change = 0.0
    while abs(change - 1) > 1e-15:
        i += 1
        a = -i * (i - shape)
        b += 2
        d = 1 / _nonzero(a * d + b)
        c = _nonzero(b + a / c)
        change = d * c
        value *= change
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
