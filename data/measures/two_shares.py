"""Two shares compared: the interval of their difference, a test, and what openings of one employer do to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Sample:
    """k of n openings name each of some skills, and how these are spread over clusters (employers).

    k, `squares` (sum over clusters of their hits squared), `products` (of hits times size): (skills,). n, `clusters`
    and `sizes` (sum of size squared) are those of all openings.
    """

    k: np.ndarray
    n: int
    clusters: int
    squares: np.ndarray
    products: np.ndarray
    sizes: float

    @property
    def share(self) -> np.ndarray:
        """k / n."""
        return self.k / self.n

    @property
    def scatter(self) -> np.ndarray:
        """Variance of the shares with clusters as the units that were drawn (ratio estimator).

        Cochran, W. G. (1977), Sampling Techniques, 3rd ed., 9A; 0 with one cluster.
        """
        if self.clusters < 2:
            return 0.0 * self.share
        residual = self.squares - 2 * self.share * self.products + self.share**2 * self.sizes
        scatter: np.ndarray = residual.clip(min=0.0) * (self.clusters / (self.clusters - 1) / self.n**2)
        return scatter

    @property
    def binomial(self) -> np.ndarray:
        """Variance of the shares if all openings were independent."""
        variance: np.ndarray = self.share * (1 - self.share) / self.n
        return variance

    @property
    def employers(self) -> float:
        """How many clusters of one size would be worth as much: n squared over the sum of squared sizes (Kish)."""
        return self.n**2 / self.sizes


def design_effect(*samples: Sample) -> np.ndarray:
    """How many times larger the variance (of a share, or of a difference) is for openings of one employer being alike.

    At least 1: (skills,). Kish, L. (1965), Survey Sampling, 8.2.
    """
    import numpy as np

    scatter, binomial = sum(each.scatter for each in samples), sum(each.binomial for each in samples)
    effect: np.ndarray = np.divide(scatter, binomial, out=np.ones_like(binomial), where=binomial > 0).clip(
        min=1.0
    )
    return effect


def difference(
    before: Sample, after: Sample, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(after - before, low, high) of the shares, in [-1, 1], each (skills,).

    Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873-890, method 10: the ends of both Wilson intervals combined. Sample sizes are divided by the
    design effect, and quantiles are of t with the clusters' degrees of freedom, as in Korn, E. L. and Graubard, B. I.
    (1998), Survey Methodology 24, 193-201.
    """
    import numpy as np
    from scipy.special import stdtrit

    effect, z = design_effect(before, after), float(stdtrit(_freedom(before, after), (1 + level) / 2))
    one, other = before.share, after.share
    low_one, high_one = _wilson(one, before.n / effect, z)
    low_other, high_other = _wilson(other, after.n / effect, z)
    gap = other - one
    low = gap - np.hypot(other - low_other, high_one - one)
    high = gap + np.hypot(high_other - other, one - low_one)
    return gap, low.clip(min=-1.0), high.clip(max=1.0)


def equal_shares(before: Sample, after: Sample) -> np.ndarray:
    """Two-sided p-values that both shares are one: score test (Pearson's chi-square without correction), (skills,).

    Its variance is multiplied by the design effect as in Rao, J. N. K. and Scott, A. J. (1981), JASA 76, 221-230, and
    t with the clusters' degrees of freedom stands for the normal.
    """
    import numpy as np
    from scipy.special import stdtr

    pooled = (before.k + after.k) / (before.n + after.n)
    variance = pooled * (1 - pooled) * (1 / before.n + 1 / after.n) * design_effect(before, after)
    gap = np.abs(after.share - before.share)
    statistic = np.divide(gap, np.sqrt(variance), out=np.zeros_like(gap), where=variance > 0)
    chance: np.ndarray = 2 * stdtr(_freedom(before, after), -statistic)
    return chance


def _freedom(before: Sample, after: Sample) -> float:
    return max(2.0, before.employers + after.employers - 2)


def clustered_wilson(sample: Sample, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson intervals (low, high) of shares whose clusters are the units drawn, in [0, 1], each (skills,).

    n is divided by the design effect (at least 1), and t with the clusters' degrees of freedom stands for the normal:
    Korn, E. L. and Graubard, B. I. (1998), Survey Methodology 24, 193-201, with Wilson's limits for the exact ones.
    """
    from scipy.special import stdtrit

    z = float(stdtrit(max(2.0, sample.employers - 1), (1 + level) / 2))
    return _wilson(sample.share, sample.n / design_effect(sample), z)


def _wilson(share: np.ndarray, n: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    unit = z * z / n
    centre = (share + unit / 2) / (1 + unit)
    half = z * np.sqrt(share * (1 - share) / n + unit / (4 * n)) / (1 + unit)
    return np.minimum(share, centre - half).clip(min=0.0), np.maximum(share, centre + half).clip(max=1.0)
