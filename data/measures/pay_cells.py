"""Pay by year without a model: medians as they come, and the growth of medians within like cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures.pay_bootstrap import draws_of, expanded, median_draws
from data.measures.pay_series import Point, Sample, Span
from data.measures.reasons import Withheld

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Link:
    """The log growth from one year to the next, its draws, and the openings of either year that it rests on."""

    growth: float
    draws: Floats
    before: Sample
    after: Sample
    n_cells: int


def naive(sample: Sample) -> list[Point]:
    """The median of each year and its growth on the year before; intervals by employers drawn over all years."""
    import numpy as np

    medians = {
        year: (float(np.median(part.value)), _draws(part), part)
        for year in sample.years()
        if (part := sample.keep(sample.year == year)).withhold("median") is None
    }
    base = next(iter(medians.values()), None)
    points = []
    for year in sample.years():
        part = sample.keep(sample.year == year)
        n, n_employers = len(part.value), part.n_employers()
        if year not in medians or base is None:
            points.append(Point(year, n, n_employers, withheld=part.withhold("median")))
            continue
        here, before = medians[year], medians.get(year - 1)
        growth = None if before is None else _ratio(here, before, 1.0, -1.0)
        index = _ratio(here, base, 100.0, 0.0)
        points.append(Point(year, n, n_employers, median=here[0], growth=growth, index=index))
    return points


def within_cell(sample: Sample) -> list[Point]:
    """Year by year, the weighted median of the log growth of medians over cells with enough in both years, chained.

    A cell needs 5 openings of 3 employers in each year, all cells together what the rule of a median asks. A cell
    weighs n0 n1 / (n0 + n1), as the inverse variance of a difference of two medians of like spread. A year that is
    not linked to the one before ends the chain: `index` is missing from there on.
    """
    import numpy as np

    known = sample.keep(sample.cell >= 0).in_native()
    years = known.years()
    links = {year: _link(known, year) for year in years[1:]}
    first = next((year for year in years[1:] if isinstance(links[year], _Link)), None)
    level, draws, is_chained = 0.0, np.zeros(1), True
    points = []
    for year in years:
        link = links.get(year)
        if isinstance(link, _Link):
            level, draws = level + link.growth, draws + link.draws
            points.append(_linked(year, link, (level, draws) if is_chained else None))
        elif first is not None and year == first - 1:
            points.append(_base(year, links[first]))
        else:
            is_chained = is_chained and (first is None or year < first)
            part = known.keep(known.year == year)
            n, n_employers = len(part.value), part.n_employers()
            points.append(Point(year, n, n_employers, n_links=0, withheld=Withheld.NO_LINK))
    return points


def _base(year: int, link: _Link | None) -> Point:
    """The first year of a chain: 100, by definition and so without an interval."""
    part = link.before if link is not None else None
    n, n_employers = (len(part.value), part.n_employers()) if part is not None else (0, 0)
    return Point(year, n, n_employers, index=(100.0, None, None))


def _linked(year: int, link: _Link, chain: tuple[float, Floats] | None) -> Point:
    import numpy as np

    n_groups = _n_groups(link.before, link.after)
    growth = _span(float(np.exp(link.growth)) - 1, np.exp(link.draws) - 1, n_groups)
    index = None if chain is None else _span(100 * float(np.exp(chain[0])), 100 * np.exp(chain[1]), n_groups)
    n, n_employers = len(link.after.value), link.after.n_employers()
    return Point(year, n, n_employers, n_links=link.n_cells, growth=growth, index=index)


def _link(known: Sample, year: int) -> _Link | None:
    """The growth from the year before to `year`; None where too little is comparable."""
    import numpy as np

    parts = [known.keep(known.year == one) for one in (year - 1, year)]
    shared = np.intersect1d(parts[0].cell, parts[1].cell)
    cells = [(parts[0].keep(parts[0].cell == one), parts[1].keep(parts[1].cell == one)) for one in shared]
    pairs = [(a, b) for a, b in cells if a.withhold("cell") is None and b.withhold("cell") is None]
    numbers = [a.cell[0] for a, _ in pairs]
    kept = [part.keep(np.isin(part.cell, numbers)) for part in parts]
    if not pairs or any(part.withhold("median") is not None for part in kept):
        return None
    growths = np.array([np.log(np.median(b.value) / np.median(a.value)) for a, b in pairs])
    draws = np.stack([np.log(_draws(b) / _draws(a)) for a, b in pairs], axis=1)
    sizes = [(len(a.value), len(b.value)) for a, b in pairs]
    weights = np.array([a * b / (a + b) for a, b in sizes])
    middle = weighted_median(draws, np.broadcast_to(weights, draws.shape))
    return _Link(float(weighted_median(growths, weights)), middle, kept[0], kept[1], len(pairs))


def _draws(part: Sample) -> Floats:
    return median_draws(part.value, part.group, draws_of(part.n_groups))


def _ratio(
    here: tuple[float, Floats, Sample], there: tuple[float, Floats, Sample], scale: float, shift: float
) -> Span:
    n_groups = _n_groups(here[2], there[2])
    return _span(scale * here[0] / there[0] + shift, scale * here[1] / there[1] + shift, n_groups)


def _n_groups(one: Sample, other: Sample) -> int:
    import numpy as np

    return len(np.union1d(one.group, other.group))


def _span(point: float, draws: Floats, n_groups: int) -> Span:
    """The point with its interval; none where that has no width, as round numbers make medians move in steps."""
    ends = expanded(draws, point, n_groups)
    return (point, None, None) if ends is None or ends[0] == ends[1] else (point, *ends)


def weighted_median(values: Floats, weights: Floats) -> Floats:
    """The weighted median along the last axis: where half of the weight is reached, between two values if exactly.

    `values` and `weights` have equal shapes; NaN values weigh nothing; NaN where nothing weighs.
    """
    import numpy as np

    weights = np.where(np.isnan(values), 0.0, weights)
    order = np.argsort(values, axis=-1)
    values, weights = np.take_along_axis(values, order, -1), np.take_along_axis(weights, order, -1)
    upto = np.cumsum(weights, axis=-1)
    half = upto[..., -1:] / 2
    last = values.shape[-1] - 1
    low = np.minimum((upto < half * (1 - 1e-12)).sum(axis=-1, keepdims=True), last)
    high = np.minimum((upto <= half * (1 + 1e-12)).sum(axis=-1, keepdims=True), last)
    ends = [np.take_along_axis(values, place, -1)[..., 0] for place in (low, high)]
    return np.where(upto[..., -1] > 0, (ends[0] + ends[1]) / 2, np.nan)
