"""What the pay series are made from: stated figures as arrays, and the points of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures.coverage import withhold
from data.measures.pay_bootstrap import group_codes
from data.measures.reasons import Withheld

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Span = tuple[float, float | None, float | None]
"""A value and the ends of its 95 % interval; the ends are None where no interval exists."""


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series. `growth` is a ratio minus 1, `index` 100 in the first year; None where not shown."""

    year: int
    n_figures: int
    n_employers: int
    n_links: int | None = None
    median: float | None = None
    growth: Span | None = None
    index: Span | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """Openings with one bound of pay, as arrays of equal length, ascending by `value`.

    `value` in the asked unit, `native` in the currency it is stated in; `group` numbers employers for the bootstrap
    (an opening without a known one is its own), `employer` knows only known ones (-1 else); `cell` numbers cells of
    relation, country, period and currency, `unit` employers within currency and period (-1 where any is unknown).
    """

    year: NDArray[np.int64]
    value: NDArray[np.float64]
    native: NDArray[np.float64]
    group: NDArray[np.int64]
    employer: NDArray[np.int64]
    cell: NDArray[np.int64]
    unit: NDArray[np.int64]
    n_groups: int

    def years(self) -> list[int]:
        """The years with a figure, ascending."""
        return sorted({int(year) for year in self.year})

    def keep(self, is_kept: NDArray[np.bool_]) -> Sample:
        """The sample of the openings where `is_kept`; numbers stay the same."""
        arrays = {name: getattr(self, name)[is_kept] for name in _ARRAYS}
        return Sample(**arrays, n_groups=self.n_groups)

    def in_native(self) -> Sample:
        """The openings whose native figure is known, ascending by it, which becomes their `value`."""
        import numpy as np

        kept = self.keep(np.isfinite(self.native))
        order = np.argsort(kept.native, kind="stable")
        arrays = {name: getattr(kept, name)[order] for name in _ARRAYS} | {"value": kept.native[order]}
        return Sample(**arrays, n_groups=self.n_groups)

    def n_employers(self) -> int:
        """Known employers."""
        import numpy as np

        return len(np.unique(self.employer[self.employer >= 0]))

    def withhold(self, rule: str) -> Withheld | None:
        """The reason to withhold a statistic of these openings by `rule` (a key of coverage.RULES)."""
        import numpy as np

        known = self.employer[self.employer >= 0]
        top = int(np.bincount(known).max()) if len(known) else 0
        return withhold(rule, len(self.value), len(np.unique(known)), top)


_ARRAYS = ("year", "value", "native", "group", "employer", "cell", "unit")
_CELL = ("relation", "country", "stated_period", "stated_currency")
_UNIT = ("employer", "stated_period", "stated_currency")


def sample_of(found: pd.DataFrame, bound: str) -> Sample:
    """The openings of sql/pay_rows.sql with a figure above 0 for `bound` (lower, upper).

    `employer` numbers the known employers of all rows in alphabetical order; an unknown year is 0.
    """
    import numpy as np

    rows = np.flatnonzero((found[bound] > 0).to_numpy())
    rows = rows[np.argsort(found[bound].to_numpy(dtype=float)[rows], kind="stable")]
    kept = found.iloc[rows]
    keys = ("e" + kept["employer"].astype(str)).where(kept["employer"].notna(), "p" + kept["posting_key"])
    groups, n_groups = group_codes(keys.to_numpy(dtype=str))
    return Sample(
        year=kept["year"].fillna(0).to_numpy(dtype="int64"),
        value=kept[bound].to_numpy(dtype=float),
        native=kept[f"native_{bound}"].to_numpy(dtype=float),
        group=groups,
        employer=_numbers(found, ("employer",))[rows],
        cell=_numbers(found, _CELL)[rows],
        unit=_numbers(found, _UNIT)[rows],
        n_groups=n_groups,
    )


def _numbers(frame: pd.DataFrame, names: tuple[str, ...]) -> NDArray[np.int64]:
    """A number for each distinct combination, in their order; -1 where one of `names` is missing."""
    import numpy as np

    if frame.empty:
        return np.empty(0, dtype=np.int64)
    numbers = frame.groupby(list(names), sort=True, dropna=True).ngroup()
    return np.asarray(numbers.fillna(-1), dtype=np.int64)
