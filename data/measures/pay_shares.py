"""The interval of a share where openings of one employer may be alike."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Z = NormalDist().inv_cdf(0.975)


def share_by_employer(
    hits: NDArray[np.bool_], keys: NDArray[np.generic] | list[str]
) -> tuple[float, float] | None:
    """95 % interval of the share of `hits`, both ends in [0, 1]; `keys` names the employer of each opening.

    The score interval at the effective number of openings: p (1 - p) over the variance of p between employers, at
    most the number of openings, times the square of z / t for employers less one (Korn and Graubard 1998, Survey
    Methodology 24, 193-201; with the score interval, Dean and Pagano 2015, Journal of Survey Statistics and
    Methodology 3, 484-503). For a share of 0 or 1 it is n squared over the sum of squared numbers of openings (Kish
    1965, Survey Sampling). None below two employers.
    """
    import numpy as np
    from scipy.special import stdtrit

    _, groups = np.unique(np.asarray(keys), return_inverse=True)
    n, n_groups = len(hits), int(groups.max(initial=-1)) + 1
    if n_groups < 2:
        return None
    sizes, share = np.bincount(groups), float(np.mean(hits))
    residuals = np.bincount(groups, weights=np.asarray(hits, dtype=float)) - share * sizes
    variance = n_groups / (n_groups - 1) * float((residuals**2).sum()) / n**2
    if 0 < share < 1:
        effective = min(n, share * (1 - share) / variance) if variance > 0 else n
    else:
        effective = n * n / float((sizes**2).sum())
    return _score(share, effective * (_Z / float(stdtrit(n_groups - 1, 0.975))) ** 2)


def _score(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval (intervals.wilson) for a number of openings that need not be whole."""
    unit = _Z * _Z / n
    centre = (share + unit / 2) / (1 + unit)
    half = _Z * math.sqrt(share * (1 - share) / n + unit / (4 * n)) / (1 + unit)
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))
