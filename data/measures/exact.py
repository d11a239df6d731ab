"""Intervals that only demand needs: exact limits of a share, the difference of two, and the slope of a count."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from data.measures.intervals import wilson

if TYPE_CHECKING:
    pass


@lru_cache(maxsize=8192)
def clopper_pearson(k: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Exact interval of a share k/n, both ends in [0, 1]; None where n is 0. Conservative.

    Clopper, C. J. & Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in the case of the
    binomial, Biometrika 26, 404-413. Raises ValueError unless 0 <= k <= n and 0 < level < 1.
    """
    if not 0 <= k <= n or not 0 < level < 1:
        raise ValueError(f"an interval needs 0 <= k <= n and 0 < level < 1, not {k}, {n}, {level}")
    if n == 0:
        return None
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    return low, 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))


def newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float] | None:
    """95 % interval of the difference k1/n1 - k2/n2 of two independent shares; None where one of them has n = 0.

    Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873-890, method 10: the Wilson intervals of both, squared and added.
    """
    ends1, ends2 = wilson(k1, n1), wilson(k2, n2)
    if ends1 is None or ends2 is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    below = math.hypot(p1 - ends1[0], ends2[1] - p2)
    above = math.hypot(ends1[1] - p1, p2 - ends2[0])
    return p1 - p2 - below, p1 - p2 + above
