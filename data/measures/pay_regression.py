"""Pay by year from a regression with employer effects: how the same employers' figures moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from data.measures.pay_series import Point, Sample, Span
from data.measures.reasons import Withheld

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def employer_effects(sample: Sample) -> list[Point]:
    """Years from log(pay) = effect of (employer, currency, period) + effect of the year; 100 in the first year.

    Only such employers as are seen in two years or more say anything. Least squares within employers (time dummies:
    Triplett 2006, Handbook on Hedonic Indexes, OECD, III). Intervals: jackknife over the G employers with Student's t
    of G - 1 degrees of freedom (MacKinnon, Nielsen and Webb 2023, Journal of Applied Econometrics 38, 671-694), since
    the usual cluster-robust variance is too small for few employers. Years that no chain of employers links to the
    rest are withheld, so is all below the rule `regression`.
    """
    known = sample.keep((sample.unit >= 0) & (sample.employer >= 0)).in_native()
    repeated = _largest_component(_repeated(known))
    reason = repeated.withhold("regression")
    years = repeated.years()
    if reason is not None or len(years) < 2:
        return [_point(year, repeated, reason or Withheld.NO_LINK) for year in known.years()]
    estimates, covariance = _fit(repeated, years)
    t = _t_quantile(repeated.n_employers() - 1)
    points = []
    for year in known.years():
        part = repeated.keep(repeated.year == year)
        withheld = part.withhold("cell") if len(part.value) else Withheld.NO_LINK
        if withheld is not None:
            points.append(_point(year, repeated, withheld))
            continue
        index = _span(estimates, covariance, t, years.index(year), 0, scale=100.0, shift=0.0)
        growth = None
        if year - 1 in years:
            growth = _span(estimates, covariance, t, years.index(year), years.index(year - 1))
        points.append(_point(year, repeated, None, growth=growth, index=index))
    return points


def _point(
    year: int,
    repeated: Sample,
    reason: Withheld | None,
    *,
    growth: Span | None = None,
    index: Span | None = None,
) -> Point:
    import numpy as np

    part = repeated.keep(repeated.year == year)
    before = repeated.employer[repeated.year == year - 1]
    n_both = len(np.intersect1d(part.employer, before))
    return Point(
        year,
        len(part.value),
        part.n_employers(),
        n_links=n_both,
        growth=growth,
        index=index,
        withheld=reason,
    )


def _repeated(sample: Sample) -> Sample:
    """The openings of units seen in two years or more."""
    import numpy as np

    pairs = np.unique(np.stack([sample.unit, sample.year], axis=1), axis=0)
    units, n_years = np.unique(pairs[:, 0], return_counts=True)
    return sample.keep(np.isin(sample.unit, units[n_years > 1]))


def _largest_component(sample: Sample) -> Sample:
    """The openings of the years that units link to each other, those with most openings."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(sample.value):
        return sample
    years, year = np.unique(sample.year, return_inverse=True)
    units, unit = np.unique(sample.unit, return_inverse=True)
    size = len(years) + len(units)
    links = coo_matrix((np.ones(len(year)), (year, len(years) + unit)), shape=(size, size))
    _, labels = connected_components(links, directed=False)
    return sample.keep(labels[year] == np.bincount(labels[year]).argmax())


def _fit(sample: Sample, years: list[int]) -> tuple[Floats, Floats]:
    """Log effects of `years` relative to the first (0), and their covariance; shapes (years,), (years, years).

    The covariance is the jackknife over employers: of the estimates without each of them.
    """
    import numpy as np

    _, unit = np.unique(sample.unit, return_inverse=True)
    dummies = (sample.year[:, None] == np.array(years[1:])[None, :]).astype(float)
    columns = np.column_stack([np.log(sample.value), dummies])
    sums = np.zeros((int(unit.max()) + 1, columns.shape[1]))
    np.add.at(sums, unit, columns)
    within = columns - (sums / np.bincount(unit)[:, None])[unit]
    _, employer = np.unique(sample.employer, return_inverse=True)
    products = np.zeros((int(employer.max()) + 1, columns.shape[1], columns.shape[1]))
    np.add.at(products, employer, within[:, :, None] * within[:, None, :])
    estimates = _solved(products.sum(axis=0))
    changes = _solved(products.sum(axis=0) - products) - estimates
    n = len(products)
    covariance = np.zeros((len(years), len(years)))
    covariance[1:, 1:] = (n - 1) / n * changes.T @ changes
    return np.concatenate([[0.0], estimates]), covariance


def _solved(products: Floats) -> Floats:
    """Least-squares coefficients from the products (..., 1 + k, 1 + k) of the outcome and k regressors."""
    import numpy as np

    inverse = np.linalg.pinv(products[..., 1:, 1:], hermitian=True)
    return np.asarray((inverse @ products[..., 1:, :1])[..., 0])


def _span(
    estimates: Floats,
    covariance: Floats,
    t: float,
    here: int,
    there: int,
    *,
    scale: float = 1.0,
    shift: float = -1.0,
) -> Span:
    """scale * exp(effect of `here` less that of `there`) + shift, with its interval."""
    change = float(estimates[here] - estimates[there])
    variance = float(covariance[here, here] + covariance[there, there] - 2 * covariance[here, there])
    if here == there:
        return scale + shift, None, None
    reach = t * math.sqrt(max(variance, 0.0))
    middle, low, high = (scale * math.exp(log) + shift for log in (change, change - reach, change + reach))
    return middle, low, high


def _t_quantile(degrees: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975))
