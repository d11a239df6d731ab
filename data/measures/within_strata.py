"""A difference of means within strata for many yes-or-no traits at once, with employers as the units drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Contrast:
    """Pay with against without each skill, on the log scale: arrays of one value per skill.

    n_with, n_without: openings in strata that hold both. effect: difference of mean logs within strata. error: its
    standard error by employer, with `freedom` degrees. strata: how many hold both. inside: (openings, skills), is the
    opening in a stratum that holds both?
    """

    n_with: np.ndarray
    n_without: np.ndarray
    strata: np.ndarray
    effect: np.ndarray
    error: np.ndarray
    freedom: np.ndarray
    inside: np.ndarray


def contrast(
    log_pay: np.ndarray, with_skill: np.ndarray, stratum: np.ndarray, cluster: np.ndarray
) -> Contrast:
    """Compare pay within strata for every skill at once.

    log_pay: (openings,); with_skill: (openings, skills) of 0 and 1; stratum, cluster: (openings,) codes from 0.
    """
    import numpy as np

    sizes = np.bincount(stratum).clip(min=1)
    naming = _sums(stratum, with_skill)
    is_mixed = (naming > 0) & (naming < sizes[:, None])
    inside = is_mixed[stratum]
    x = np.where(inside, with_skill - (naming / sizes[:, None])[stratum], 0.0)
    y = log_pay - (np.bincount(stratum, weights=log_pay) / sizes)[stratum]
    spread = (x**2).sum(axis=0)
    effect = np.divide(x.T @ y, spread, out=np.zeros(len(spread)), where=spread > 0)
    scores = _sums(cluster, x * (y[:, None] - x * effect))
    weight = np.divide(_sums(cluster, x**2), spread, out=np.zeros_like(scores), where=spread > 0)
    kept = scores / np.clip(1 - weight, 1e-9, None)
    error = np.divide(np.sqrt((kept**2).sum(axis=0)), spread, out=np.zeros(len(spread)), where=spread > 0)
    freedom = np.minimum(_freedom(_sums(cluster, x**2)), _freedom(_sums(cluster, x) ** 2))
    return Contrast(
        n_with=(with_skill * inside).sum(axis=0).astype(int),
        n_without=((1 - with_skill) * inside).sum(axis=0).astype(int),
        strata=is_mixed.sum(axis=0),
        effect=effect,
        error=error,
        freedom=freedom,
        inside=inside,
    )


def _freedom(weights: np.ndarray) -> np.ndarray:
    """Satterthwaite's degrees of freedom of a sum of squares with these weights (clusters, skills), at least 2.

    Satterthwaite, F. E. (1946), Biometrics 2, 110-114. The weights are those of independent openings, or of openings
    that are all alike within an employer; the smaller number is taken, since the truth lies between.
    """
    import numpy as np

    squares = (weights**2).sum(axis=0)
    freedom = np.divide(weights.sum(axis=0) ** 2, squares, out=np.zeros_like(squares), where=squares > 0)
    larger: np.ndarray = freedom.clip(min=2.0)
    return larger


def _sums(codes: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Column sums of `values` by code: (codes, columns)."""
    import numpy as np
    from scipy import sparse

    rows = np.arange(len(codes))
    picked = sparse.csr_matrix((np.ones(len(codes)), (codes, rows)), shape=(int(codes.max()) + 1, len(codes)))
    summed: np.ndarray = picked @ values
    return summed
