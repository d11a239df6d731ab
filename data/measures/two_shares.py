"""Two shares compared: the interval of their difference, a test, and what openings of one employer do to both."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """k of n openings, and how they are spread over clusters (employers).

    `squares`: sum over clusters of their hits squared; `products`: of hits times size; `sizes`: of size squared.
    """

    k: int
    n: int
    clusters: int
    squares: float
    products: float
    sizes: float

    @property
    def share(self) -> float:
        """k / n."""
        return self.k / self.n

    @property
    def scatter(self) -> float:
        """Variance of the share with clusters as the units that were drawn (ratio estimator).

        Cochran, W. G. (1977), Sampling Techniques, 3rd ed., 9A; 0 with one cluster.
        """
        if self.clusters < 2:
            return 0.0
        residual = self.squares - 2 * self.share * self.products + self.share**2 * self.sizes
        return self.clusters / (self.clusters - 1) * max(0.0, residual) / self.n**2

    @property
    def employers(self) -> float:
        """How many clusters of one size would be worth as much: n squared over the sum of squared sizes (Kish)."""
        return self.n**2 / self.sizes

    @property
    def binomial(self) -> float:
        """Variance of the share if all openings were independent."""
        return self.share * (1 - self.share) / self.n


def design_effect(one: Sample, other: Sample) -> float:
    """How many times larger the variance of the difference is for openings of one employer being alike; at least 1.

    Kish, L. (1965), Survey Sampling, 8.2.
    """
    binomial = one.binomial + other.binomial
    return max(1.0, (one.scatter + other.scatter) / binomial) if binomial else 1.0


def difference(before: Sample, after: Sample, level: float = 0.95) -> tuple[float, float, float]:
    """(after - before, low, high) of two shares, in [-1, 1].

    Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873-890, method 10: the ends of both Wilson intervals combined. Sample sizes are divided by the
    design effect, and quantiles are of t with the clusters' degrees of freedom, as in Korn, E. L. and Graubard, B. I.
    (1998), Survey Methodology 24, 193-201.
    """
    from scipy.special import stdtrit

    effect, z = design_effect(before, after), float(stdtrit(_freedom(before, after), (1 + level) / 2))
    one, other = before.share, after.share
    low_one, high_one = _wilson(one, before.n / effect, z)
    low_other, high_other = _wilson(other, after.n / effect, z)
    gap = other - one
    low = gap - math.hypot(other - low_other, high_one - one)
    high = gap + math.hypot(high_other - other, one - low_one)
    return gap, max(-1.0, low), min(1.0, high)


def equal_shares(before: Sample, after: Sample) -> float:
    """Two-sided p-value that both shares are one: score test (Pearson's chi-square without correction).

    Its variance is multiplied by the design effect as in Rao, J. N. K. and Scott, A. J. (1981), JASA 76, 221-230, and
    t with the clusters' degrees of freedom stands for the normal.
    """
    from scipy.special import stdtr

    pooled = (before.k + after.k) / (before.n + after.n)
    variance = pooled * (1 - pooled) * (1 / before.n + 1 / after.n) * design_effect(before, after)
    if not variance:
        return 1.0
    gap = abs(after.share - before.share)
    return 2 * float(stdtr(_freedom(before, after), -gap / math.sqrt(variance)))


def _freedom(before: Sample, after: Sample) -> float:
    return max(2.0, before.employers + after.employers - 2)


def clustered_wilson(sample: Sample, level: float = 0.95) -> tuple[float, float]:
    """Wilson interval of a share whose clusters are the units drawn, in [0, 1].

    n is divided by the design effect (at least 1), and t with the clusters' degrees of freedom stands for the normal:
    Korn, E. L. and Graubard, B. I. (1998), Survey Methodology 24, 193-201, with Wilson's limits for the exact ones.
    """
    from scipy.special import stdtrit

    effect = max(1.0, sample.scatter / sample.binomial) if sample.binomial else 1.0
    z = float(stdtrit(max(2.0, sample.employers - 1), (1 + level) / 2))
    return _wilson(sample.share, sample.n / effect, z)


def _wilson(share: float, n: float, z: float) -> tuple[float, float]:
    unit = z * z / n
    centre = (share + unit / 2) / (1 + unit)
    half = z * math.sqrt(share * (1 - share) / n + unit / (4 * n)) / (1 + unit)
    return max(0.0, centre - half), min(1.0, centre + half)
