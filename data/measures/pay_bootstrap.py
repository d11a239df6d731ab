"""Bootstrap by employer: medians over employers drawn with replacement, all their openings with them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from data.measures.intervals import median_interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

SEED = 1979
# (draws, up to so many employers): the ends lie far out where employers are few, and draws cost little there.
DRAWS = ((2_000, 50), (1_000, 10**9))
# More employers than this are put into so many groups, each drawn whole: groups of independent employers are
# independent too (random groups; Wolter 2007, Introduction to Variance Estimation, 2), and a draw stays cheap.
MOST_GROUPS = 5_000


@lru_cache(maxsize=64)
def draws_of(n_groups: int, *, draws: int | None = None, seed: int = SEED) -> NDArray[np.float32]:
    """How often each of `n_groups` is drawn in each of `draws` samples of that many: shape (n_groups, draws).

    `draws` None: as many as DRAWS says.

    The same arguments give the same draws. Efron (1979), Bootstrap methods, Annals of Statistics 7, 1-26; whole
    clusters as in Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90, 414-427.
    """
    import numpy as np

    draws = draws or next(number for number, most in DRAWS if n_groups <= most)
    rng = np.random.default_rng([seed, n_groups])
    picks = rng.integers(0, n_groups, (n_groups, draws))
    picks = picks * draws + np.arange(draws)
    return np.bincount(picks.ravel(), minlength=draws * n_groups).reshape(n_groups, draws).astype(np.float32)


def group_codes(keys: NDArray[np.generic] | list[str]) -> tuple[Whole, int]:
    """Numbers from 0 for the distinct `keys` in their order, and how many there are (at most MOST_GROUPS)."""
    import numpy as np

    distinct, codes = np.unique(np.asarray(keys), return_inverse=True)
    return codes.astype(np.int64) % MOST_GROUPS, min(len(distinct), MOST_GROUPS)


def median_draws(ascending: Floats, groups: Whole, weights: NDArray[np.float32]) -> Floats:
    """The median of each draw: of `ascending` values, each as often as its group is drawn; NaN for an empty draw.

    `groups`: the row of `weights` (groups, draws) for each value. Equal to numpy's median of the drawn sample.
    Only ranks near the middle are looked at, and more of them as long as some draw's median lies outside.
    """
    import numpy as np

    n = len(ascending)
    if not n:
        return np.full(weights.shape[1], np.nan)
    total = _drawn(groups, weights)
    first, second = np.floor((total - 1) / 2), np.floor(total / 2)
    half = max(32, int(4 * n**0.5))
    while True:
        start, stop = max(0, n // 2 - half), min(n, n // 2 + half)
        before = _drawn(groups[:start], weights)
        upto = before + np.cumsum(weights[groups[start:stop]], axis=0)
        is_inside = (before <= first) & (upto[-1] > second)
        if (is_inside | (total == 0)).all() or (start == 0 and stop == n):
            break
        half *= 2
    low = np.minimum(np.count_nonzero(upto <= first, axis=0), stop - start - 1)
    high = np.minimum(np.count_nonzero(upto <= second, axis=0), stop - start - 1)
    middle = (ascending[start + low] + ascending[start + high]) / 2
    return np.where(total > 0, middle, np.nan)


def _drawn(groups: Whole, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many values of these `groups` each draw holds."""
    import numpy as np

    counts = np.bincount(groups, minlength=len(weights)).astype(np.float32)
    present = np.flatnonzero(counts)
    if 2 * len(present) > len(weights):
        return counts @ weights
    return counts[present] @ weights[present]


def expanded(draws: Floats, point: float, n_groups: int) -> tuple[float, float] | None:
    """The expanded percentile interval (95 %) of `draws` around `point`; None where most draws are empty.

    Hesterberg (2015), What teachers should know about the bootstrap, The American Statistician 69, 371-386: the
    percentiles whose normal quantile is sqrt(G / (G - 1)) times that of Student's t with G - 1 degrees of freedom,
    G being `n_groups`, because plain percentiles are too narrow for few employers. The point always lies inside.
    """
    import numpy as np
    from scipy.special import ndtr, stdtrit

    given = draws[~np.isnan(draws)]
    if n_groups < 2 or 2 * len(given) <= len(draws):
        return None
    tail = float(ndtr(-((n_groups / (n_groups - 1)) ** 0.5) * stdtrit(n_groups - 1, 0.975)))
    low, high = np.quantile(given, [tail, 1 - tail])
    return min(float(low), point), max(float(high), point)


def median_by_employer(
    ascending: Floats, keys: NDArray[np.generic] | list[str]
) -> tuple[float, float] | None:
    """95 % interval of the median of `ascending` values whose employers are `keys`; None below two employers.

    Each end is the outer one of the bootstrap by employer and of the order statistics: with few employers the first
    alone is too narrow, with alike pay within employers the second is (docs/method.md, intervals).
    """
    import numpy as np

    if len(ascending) == 0:
        return None
    groups, n_groups = group_codes(keys)
    point = float(np.median(ascending))
    found = expanded(
        median_draws(np.asarray(ascending, dtype=float), groups, draws_of(n_groups)), point, n_groups
    )
    ranks = median_interval(ascending.tolist())
    if found is None or ranks is None:
        return None
    return min(found[0], float(ranks[0])), max(found[1], float(ranks[1]))
