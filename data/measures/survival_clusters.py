"""The variance of a survival curve whose units are alike within groups: openings of one employer end together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures.survival_curve import Curve
from data.measures.survival_days import CUT, Lives, count_days

if TYPE_CHECKING:
    import numpy as np

_CELLS = 4_000_000
"""Groups times days that are held in memory at once."""


def by_employer(lives: Lives, employers: np.ndarray, curve: Curve) -> Curve:
    """The curve of `lives` with the variance for employers whose openings end together, where that is larger.

    `employers`: a hash for each of `lives`, 0 where unknown: such a one stands alone.
    """
    import numpy as np

    alone = np.arange(len(employers), dtype=employers.dtype)  # hashes of known ones are never so small
    variance = clustered_variance(lives, np.where(employers == 0, alone, employers), curve.horizon)
    return replace(curve, variance=np.fmax(curve.variance, variance))


def clustered_variance(lives: Lives, groups: np.ndarray, days: int) -> np.ndarray:
    """The variance of log survival at the ages 0 to `days`, robust to dependence within groups; shape (days + 1,).

    The sum over groups of their squared influence on the curve (Williams 1995, Lifetime Data Analysis 1,
    171-186), times k / (k - 1) for k groups and, since few groups say little of their own spread, (t / z)^2 of
    the 97.5 % points of t with k - 1 degrees of freedom and of the normal. nan with a single group.
    `groups`: the group of each of `lives`. An end known to a span of days stands in its middle. Where each unit
    is a group of its own this is close to Greenwood's sum.
    """
    import numpy as np
    from scipy.special import ndtri, stdtrit

    names, group = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        return np.full(days + 1, np.nan)
    last = np.where(lives.cause == CUT, lives.early, (lives.early + lives.late) // 2)
    middle = Lives(lives.entry, last, last, np.minimum(lives.cause, 0))
    at_risk, exits = (_cut(counts, days + 1) for counts in count_days(middle))
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(len(names) + 1))
    total = np.zeros(days + 1)
    step = max(1, _CELLS // (days + 2))
    for first in range(0, len(names), step):
        stop = min(first + step, len(names))
        part = order[bounds[first] : bounds[stop]]
        influence = _influence(middle, part, group[part] - first, stop - first, at_risk, exits[0])
        total += (influence**2).sum(axis=0)
    few = float(stdtrit(len(names) - 1, 0.975) / ndtri(0.975))
    return total * few**2 * len(names) / (len(names) - 1)


def _cut(counts: np.ndarray, size: int) -> np.ndarray:
    """The last axis at that size: cut, or filled up with 0."""
    import numpy as np

    cut = counts[..., :size]
    return np.concatenate([cut, np.zeros((*cut.shape[:-1], size - cut.shape[-1]))], axis=-1)


def _influence(
    lives: Lives, part: np.ndarray, group: np.ndarray, n: int, at_risk: np.ndarray, exits: np.ndarray
) -> np.ndarray:
    """Each group's share in the error of minus log survival: (groups, days).

    The sum over the days so far of (its exits - its number at risk x hazard) / (at risk - exits).
    """
    import numpy as np

    days = len(at_risk)
    left = at_risk - exits
    scale = np.divide(1.0, left, out=np.zeros(days), where=left > 0)
    hazard = np.divide(exits, at_risk, out=np.zeros(days), where=at_risk > 0)

    def by_group(age: np.ndarray, kept: np.ndarray) -> np.ndarray:
        cells = group[kept] * (days + 1) + np.minimum(age[kept], days)  # later ages go into a column cut off
        return np.bincount(cells, minlength=n * (days + 1)).reshape(n, days + 1)[:, :days]

    every, ended = np.ones(len(part), dtype=bool), lives.cause[part] != CUT
    age = lives.early[part]
    risk = np.cumsum(by_group(lives.entry[part] + 1, every) - by_group(age + 1, every), axis=1)
    running: np.ndarray = np.cumsum((by_group(age, ended) - risk * hazard) * scale, axis=1)
    return running
