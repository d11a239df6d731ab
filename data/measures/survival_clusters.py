"""The variance of a survival curve whose units are alike within groups: openings of one employer end together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.measures.survival_curve import Curve
from data.measures.survival_days import CUT, Lives, count_days

if TYPE_CHECKING:
    import numpy as np

_CELLS = 200_000
"""Groups times days that are worked on at once: few enough for the processor's own memory."""


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
    at_risk, exits = count_days(middle)
    when = np.flatnonzero(exits[0, : days + 1])  # nothing changes on other days
    steps = _Steps(when, at_risk[when], exits[0, when])
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(len(names) + 1))
    total = np.zeros(len(when) + 1)
    at_once = max(1, _CELLS // len(total))
    for first in range(0, len(names), at_once):
        stop = min(first + at_once, len(names))
        part = order[bounds[first] : bounds[stop]]
        total[1:] += (_influence(middle, part, group[part] - first, stop - first, steps) ** 2).sum(axis=0)
    few = float(stdtrit(len(names) - 1, 0.975) / ndtri(0.975))
    on_day = total[np.searchsorted(when, np.arange(days + 1), side="right")]
    return on_day * few**2 * len(names) / (len(names) - 1)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The days on which any unit ended, ascending, and how many were at risk and ended on them."""

    days: np.ndarray
    at_risk: np.ndarray
    exits: np.ndarray


def _influence(lives: Lives, part: np.ndarray, group: np.ndarray, n: int, steps: _Steps) -> np.ndarray:
    """Each group's share in the error of minus log survival: (groups, steps), for the lives at `part`.

    The sum over the steps so far of (its exits - its number at risk x hazard) / (at risk - exits).
    """
    import numpy as np

    size = len(steps.days) + 1  # what lies beyond the last step goes into a column cut off
    left = steps.at_risk - steps.exits
    scale = np.divide(1.0, left, out=np.zeros(len(left)), where=left > 0)

    def by_group(step: np.ndarray, kept: np.ndarray) -> np.ndarray:
        return np.bincount(group[kept] * size + step[kept], minlength=n * size).reshape(n, size)[:, :-1]

    last, every = lives.early[part], np.ones(len(part), dtype=bool)
    enters = np.searchsorted(steps.days, lives.entry[part], side="right")
    leaves = np.searchsorted(steps.days, last, side="right")
    ends = np.minimum(np.searchsorted(steps.days, last), size - 1)
    risk = np.cumsum(by_group(enters, every) - by_group(leaves, every), axis=1)
    ended = by_group(ends, lives.cause[part] != CUT)
    running: np.ndarray = np.cumsum((ended - risk * (steps.exits / steps.at_risk)) * scale, axis=1)
    return running
