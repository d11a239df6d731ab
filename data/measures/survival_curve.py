"""Survival in whole days from late entries, cut ends and ends known to a span of days: curves, bands, medians."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from data.measures.survival_days import Lives, count_days

if TYPE_CHECKING:
    import numpy as np

_NEARLY = 1e-9
"""Sums of fractions of exits that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Estimates at the ages 0, 1, ... `horizon` in days.

    at_risk, survival, variance: float arrays (days,); `at_risk` on day 0 is that of day 1, `variance` is Greenwood's
    sum, the variance of log survival. exits: (causes, days), expected numbers where ends are known to a span only. incidence: (causes, days), the
    share that has ended by that cause; with `survival` it sums to 1.
    The curve ends where no unit is at risk, or where all at risk end though others were observed at higher ages
    (those entered too late to say what became of the rest): `last_day` is the highest age observed at all.
    """

    at_risk: np.ndarray
    exits: np.ndarray
    survival: np.ndarray
    incidence: np.ndarray
    variance: np.ndarray
    last_day: int

    @property
    def horizon(self) -> int:
        """The last day of the curve."""
        return len(self.survival) - 1


def estimate(lives: Lives) -> Curve:
    """The product-limit curve and cumulative incidences of `lives`; 0 days long without any at risk.

    Kaplan & Meier (1958), JASA 53, 457-481, with units entering late (Tsai, Jewell & Wang 1987, Biometrika 74,
    883-886); Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141-150 for several causes. Where
    an end is known to a span only: self-consistent, Turnbull (1976), JRSS B 38, 290-295 (survival_days).
    """
    import numpy as np

    lives = lives.seen()
    at_risk, exits = count_days(lives)
    horizon = _horizon(at_risk, exits.sum(axis=0))
    at_risk, exits = at_risk[: horizon + 1], exits[:, : horizon + 1]
    at_risk[0] = at_risk[min(1, horizon)]
    total = exits.sum(axis=0)
    survival, before = _product(total, at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        incidence = np.cumsum(before * np.where(total > 0, exits / at_risk, 0.0), axis=1)
        steps = np.where(total > 0, total / (at_risk * (at_risk - total)), 0.0)
    return Curve(at_risk, exits, survival, incidence, np.cumsum(steps), lives.last_day)


def _horizon(at_risk: np.ndarray, total: np.ndarray) -> int:
    """The last age before the first on which none is at risk, or all end that are, save at the very end."""
    import numpy as np

    stops = at_risk - total <= _NEARLY
    stops[[0, -1]] = at_risk[[0, -1]] <= _NEARLY
    stops[0] = False
    found = np.flatnonzero(stops)
    return int(found[0]) - 1 if len(found) else len(at_risk) - 1


def _product(total: np.ndarray, at_risk: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Survival at the end of each day, and just before it."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(total > 0, 1 - total / at_risk, 1.0)
    survival = np.cumprod(np.maximum(kept, 0.0))
    return survival, np.append(1.0, survival)[:-1]


def band(curve: Curve, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Pointwise limits of survival (low, high): Greenwood's variance on the log-log scale.

    Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 1.4. Missing (nan) while no
    exit was observed, save on day 0, and once all at risk have ended.
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return _log_log(curve.survival, np.sqrt(curve.variance) / np.abs(np.log(curve.survival)), level)


def incidence_band(curve: Curve, cause: int, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Pointwise limits of the incidence of `cause` (low, high): delta method, log-log scale.

    Variance: Marubini & Valsecchi (1995), Analysing Survival Data from Clinical Trials and Observational
    Studies, 10.2. Missing (nan) while the incidence is 0.
    """
    import numpy as np

    share = curve.incidence[cause]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(_incidence_variance(curve, cause)) / np.abs(share * np.log(share))
        return _log_log(share, spread, level)


def _incidence_variance(curve: Curve, cause: int) -> np.ndarray:
    """Delta-method variance of one incidence: three sums over the days before, expanded so that each is running."""
    import numpy as np

    n, ended, share = curve.at_risk, curve.exits[cause], curve.incidence[cause]
    total = curve.exits.sum(axis=0)
    before = np.append(1.0, curve.survival)[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(total > 0, total / (n * (n - total)), 0.0)
        one = np.where(np.isfinite(one), one, 0.0)  # the last ones at risk: nothing changes after them
        two = np.where(ended > 0, before**2 * ended * (n - ended) / n**3, 0.0)
        three = np.where(ended > 0, before * ended / n**2, 0.0)
    first = share**2 * np.cumsum(one) - 2 * share * np.cumsum(share * one) + np.cumsum(share**2 * one)
    variance = first + np.cumsum(two) - 2 * (share * np.cumsum(three) - np.cumsum(share * three))
    positive: np.ndarray = np.maximum(variance, 0.0)
    return positive


def _log_log(share: np.ndarray, spread: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """share ** exp(+-z spread), nan where the spread is not known; a share of exactly 1 on day 0 is known."""
    import numpy as np

    z = NormalDist().inv_cdf((1 + level) / 2)
    with np.errstate(over="ignore"):
        ends = share ** np.exp(z * spread), share ** np.exp(-z * spread)
    inside = (share > 0) & (share < 1) & np.isfinite(spread)
    low, high = (np.where(inside, np.clip(end, 0.0, 1.0), np.nan) for end in (np.fmin(*ends), np.fmax(*ends)))
    if share[0] == 1:
        low[0] = high[0] = 1.0
    return low, high


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile in days with its interval; ends that the data do not reach are None."""

    day: int
    low: int | None
    high: int | None


def quantile(curve: Curve, share: float = 0.5, level: float = 0.95) -> Quantile | None:
    """The first day on which at most 1 - `share` survive, None where the curve stays above it.

    Interval: the days at which the band holds that share (Brookmeyer & Crowley 1982, Biometrics 38, 29-41).
    """
    import numpy as np

    left = 1 - share + _NEARLY
    day = _first(curve.survival <= left)
    if day is None:
        return None
    low, high = band(curve, level)
    upper = np.where(curve.survival <= 0, np.nan, high)
    start = _first(low <= left)
    return Quantile(day, day if start is None else min(start, day), _first(upper <= left))


def _first(holds: np.ndarray) -> int | None:
    import numpy as np

    found = np.flatnonzero(holds)
    return int(found[0]) if len(found) else None
