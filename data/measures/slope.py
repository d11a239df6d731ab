"""The growth of a rate of events per period, over strata whose level may differ (conditional Poisson regression)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LEVEL, POWER = 0.95, 0.80
_STEEPEST = 20.0
"""No slope beyond e**20 a period is looked for: an end out there is infinite."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """Periods with one level: their times, the events in them and the exposures they fell in (three arrays)."""

    times: np.ndarray
    events: np.ndarray
    exposures: np.ndarray


@dataclass(frozen=True, slots=True)
class Slope:
    """Growth of the logarithm of events per exposure and period, with what it rests on.

    `low`, `high`: ends of its 95 % interval, infinite where the events leave it open. `dispersion`: Pearson's
    chi-square by its degrees of freedom, at least 1. `detectable`: the smallest true slope that such data would
    find with 80 % power; infinite where none.
    """

    value: float
    low: float
    high: float
    dispersion: float
    detectable: float


def fit_slope(strata: Sequence[Stratum]) -> Slope | None:
    """The common slope of all strata, each with a level of its own; None where no event tells about it.

    Given the sum of events of a stratum, they fall into its periods in proportion to exposure * exp(slope * time):
    the likelihood is that of Poisson regression with an effect for each stratum (McCullagh & Nelder 1989,
    Generalized Linear Models, 6.4 and 7.2), and the slope is the same. The interval inverts its score test (Rao
    1948, Proc. Cambridge Phil. Soc. 44, 50-57), which stays honest where a Wald interval has no variance to go by;
    the variance is multiplied by the dispersion of the totals by period (quasi-likelihood, ibid. 9.2), never less
    than Poisson's, with Student's t. So it is conservative where events are independent.
    """
    from scipy.special import stdtrit

    n_periods = len({float(t) for s in strata for t in s.times[s.exposures > 0]})
    telling = [one for s in strata if len((one := _kept(s)).times) > 1 and one.events.sum()]
    if n_periods < 3 or not telling:
        return None
    value = _root(lambda slope: _score(telling, slope)[0])
    dispersion = _dispersion(telling, value, n_periods - 2)
    reach = float(stdtrit(n_periods - 2, (1 + LEVEL) / 2))
    found = (
        _root(lambda slope: _scaled(telling, slope, dispersion) - reach),
        _root(lambda slope: _scaled(telling, slope, dispersion) + reach),
    )
    information = _score(telling, 0.0)[1] / dispersion
    power = reach + float(stdtrit(n_periods - 2, POWER))
    detectable = power / math.sqrt(information) if information > 0 else math.inf
    return Slope(value, *found, dispersion, detectable)


def _kept(stratum: Stratum) -> Stratum:
    seen = stratum.exposures > 0
    return Stratum(stratum.times[seen], stratum.events[seen], stratum.exposures[seen])


def _expected(stratum: Stratum, slope: float) -> np.ndarray:
    """The share of a stratum's events that falls into each period (sums to 1)."""
    import numpy as np

    logs = np.log(stratum.exposures) + slope * stratum.times
    weights = np.exp(logs - logs.max())
    shares: np.ndarray = weights / weights.sum()
    return shares


def _score(strata: Sequence[Stratum], slope: float) -> tuple[float, float]:
    """(Derivative of the log likelihood, its variance) at `slope`."""
    score = information = 0.0
    for one in strata:
        shares, total = _expected(one, slope), float(one.events.sum())
        mean = float(shares @ one.times)
        score += float(one.events @ one.times) - total * mean
        information += total * float(shares @ (one.times - mean) ** 2)
    return score, information


def _scaled(strata: Sequence[Stratum], slope: float, dispersion: float) -> float:
    score, information = _score(strata, slope)
    return score / math.sqrt(max(information * dispersion, 1e-300))


def _root(of: Callable[[float], float]) -> float:
    """Where a falling function crosses 0; infinite where it does not."""
    from scipy.optimize import brentq

    if of(_STEEPEST) > 0:
        return math.inf
    return -math.inf if of(-_STEEPEST) < 0 else float(brentq(of, -_STEEPEST, _STEEPEST, xtol=1e-10))


def _dispersion(strata: Sequence[Stratum], slope: float, freedom: int) -> float:
    seen: dict[float, float] = {}
    expected: dict[float, float] = {}
    for one in strata:
        shares = _expected(one, max(min(slope, _STEEPEST), -_STEEPEST)) * one.events.sum()
        for time, events, mean in zip(one.times.tolist(), one.events.tolist(), shares.tolist(), strict=True):
            seen[time] = seen.get(time, 0.0) + events
            expected[time] = expected.get(time, 0.0) + mean
    chi2 = sum((seen[t] - mean) ** 2 / mean for t, mean in expected.items() if mean > 1e-9)
    return max(1.0, chi2 / freedom)
