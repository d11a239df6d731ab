"""Pay where the law demands it in adverts: a part of the market in which silence is no choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import RULES, Coverage, Figure, Measure, made_on, withhold
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.pay_bootstrap import draws_of, expanded, group_codes, median_by_employer
from data.measures.pay_columns import MANDATE
from data.measures.pay_shares import share_by_employer
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.pay_laws import load_laws, standing

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from data.release import Release

UNDER, BESIDE = "mandate", "same_country"
GROUPS = (UNDER, BESIDE, "elsewhere", "unknown")
NOTE = (
    "Places are read cautiously: an advert that names no state is of unknown place. The size of employers, which laws "
    "exempt below a number, and remote work from other states are not known.",
    "Les lieux sont lus avec prudence : une annonce sans État nommé est de lieu inconnu. La taille des employeurs, dont "
    "les lois exemptent les petits, et le télétravail d'autres États sont inconnus.",
)


def pay_under_mandate(
    release: Release, selection: Selection, *, market: str = "payroll", currency: str = "USD"
) -> Measure:
    """Disclosure and medians by year and by what law says of the advert's place on its day (columns MANDATE).

    Groups: mandate, same_country (a known place of a country with such laws by state, none in force there), elsewhere,
    unknown; the rows without a year are of all years. The figure is the difference in disclosure between the first
    two within years, weighted n1 n0 / (n1 + n0) (Mantel and Haenszel 1959, Journal of the National Cancer Institute
    22, 719-748; for differences Greenland and Robins 1985, Biometrics 41, 55-68), with a bootstrap by employer.
    A large one says that undisclosed pay is withheld by choice. Raises SelectionError.
    """
    sql, values = figures(selection, market, currency)
    query = load_query("pay_places").replace("{figures}", sql)
    openings = _openings(release.query(query, values, scope=selection.scope))
    unit = {"currency": currency, "period": MARKETS[market].period}
    this_year = made_on(release).year
    years = sorted({int(year) for year in openings.year} - {0})
    rows = [
        _row(part, year, group) | unit | {"is_provisional": year is not None and year >= this_year}
        for year in (None, *years)
        for group in GROUPS
        if len((part := openings.keep(openings.is_in(year, group))).year)
    ]
    coverage = replace(cover_market(release, selection, market, method="mandate"), note=NOTE)
    return Measure("pay.pay_under_mandate", from_rows(MANDATE, rows), _with_figure(coverage, openings))


@dataclass(frozen=True, slots=True)
class _Openings:
    """The openings of a market as arrays of equal length: `employer` -1 and `year` 0 where unknown, bounds NaN."""

    year: NDArray[np.int64]
    group: NDArray[np.int64]
    laws: NDArray[np.object_]
    side: NDArray[np.str_]
    employer: NDArray[np.int64]
    is_paid: NDArray[np.bool_]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def keep(self, is_kept: NDArray[np.bool_]) -> _Openings:
        return _Openings(**{name: getattr(self, name)[is_kept] for name in self.__slots__})

    def is_in(self, year: int | None, group: str) -> NDArray[np.bool_]:
        import numpy as np

        here = self.group == GROUPS.index(group)
        return np.asarray(here if year is None else here & (self.year == year))

    def n_employers(self) -> int:
        import numpy as np

        return len(np.unique(self.employer[self.employer >= 0]))


def _openings(found: pd.DataFrame) -> _Openings:
    import numpy as np

    texts = {
        name: found[name].astype(object).to_numpy()
        for name in ("place", "country", "employer", "posting_key")
    }
    known = found["employer"].notna().to_numpy()
    days = [None if day != day else day.date() for day in found["dated_on"].astype(object)]
    laws = np.empty(len(found), dtype=object)
    group = np.empty(len(found), dtype=np.int64)
    for row, (place, country, day) in enumerate(zip(texts["place"], texts["country"], days, strict=True)):
        stand = standing(_text(place), _text(country))
        laws[row] = () if day is None else stand.in_force(day)
        group[row] = GROUPS.index(UNDER if laws[row] else "unknown" if day is None else stand.otherwise)
    _, numbers = np.unique(np.where(known, texts["employer"], "").astype(str), return_inverse=True)
    return _Openings(
        year=np.array([0 if day is None else day.year for day in days], dtype=np.int64),
        group=group,
        laws=laws,
        side=np.where(
            known, "e" + texts["employer"].astype(str), "p" + texts["posting_key"].astype(str)
        ).astype(str),
        employer=np.where(known, numbers, -1),
        is_paid=found["is_paid"].to_numpy(dtype=bool),
        lower=found["lower"].to_numpy(dtype=float),
        upper=found["upper"].to_numpy(dtype=float),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _row(part: _Openings, year: int | None, group: str) -> dict[str, Any]:
    n, n_paid = len(part.year), int(part.is_paid.sum())
    reason = withhold("cell", n, part.n_employers())
    low, high = share_by_employer(part.is_paid, part.side) or (None, None)
    shown = {"share": n_paid / n, "share_low": low, "share_high": high}
    lower, upper = (_bound(bound, part) for bound in ("lower", "upper"))
    return {
        "year": year,
        "place_group": group,
        "laws": sorted({law for laws in set(part.laws) for law in laws}),
        "n_openings": n,
        "n_paid": n_paid,
        **(shown if reason is None else dict.fromkeys(shown)),
        "share_withheld": reason,
        **lower,
        **upper,
        "withheld": lower["lower_reason"] or upper["upper_reason"],
    }


def _bound(bound: str, part: _Openings) -> dict[str, Any]:
    import numpy as np

    values = getattr(part, bound)
    rows = np.flatnonzero(~np.isnan(values))
    rows = rows[np.argsort(values[rows], kind="stable")]
    ascending, known = values[rows], part.employer[rows]
    sizes = np.bincount(known[known >= 0])
    reason = withhold("median", len(rows), int((sizes > 0).sum()), int(sizes.max(initial=0)))
    low, high = (None if reason else median_by_employer(ascending, part.side[rows])) or (None, None)
    return {
        f"n_{bound}": len(rows),
        f"{bound}_median": None if reason else float(np.median(ascending)),
        f"{bound}_low": low,
        f"{bound}_high": high,
        f"{bound}_reason": reason,
    }


def _with_figure(coverage: Coverage, openings: _Openings) -> Coverage:
    """The difference in disclosure, of countries with laws by state only, in years with openings on both sides."""
    import numpy as np

    by_state = {law.id for law in load_laws() if law.state}
    is_state_law = np.array([bool(by_state & set(laws)) for laws in openings.laws], dtype=bool)
    kept = openings.keep((is_state_law | openings.is_in(None, BESIDE)) & (openings.year > 0))
    under = kept.is_in(None, UNDER)
    n_under, n = int(under.sum()), len(kept.year)
    unit, least = "difference in disclosure", RULES["premium"]
    if n_under < least.openings or n - n_under < least.openings_without:
        figure = Figure(None, unit, n=min(n_under, n - n_under))
        return replace(coverage, figure=figure, withheld=Withheld.FEW_OPENINGS)
    groups, n_groups = group_codes(kept.side)
    _, year = np.unique(kept.year, return_inverse=True)
    counts = np.zeros((n_groups, int(year.max()) + 1, 2, 2))
    np.add.at(counts, (groups, year, under.astype(int), kept.is_paid.astype(int)), 1)
    point = float(_difference(counts.sum(axis=0)))
    if not np.isfinite(point):
        return replace(coverage, figure=Figure(None, unit, n=n), withheld=Withheld.NO_LINK)
    drawn = draws_of(n_groups).T @ counts.reshape(n_groups, -1)
    low, high = expanded(_difference(drawn.reshape(-1, *counts.shape[1:])), point, n_groups) or (None, None)
    return replace(coverage, figure=Figure(point, unit, low, high, Interval.BOOTSTRAP, n=n))


def _difference(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted difference in disclosure of counts (..., year, under the law, paid); NaN without a year with both."""
    import numpy as np

    sizes = counts.sum(axis=-1)
    weights = sizes[..., 0] * sizes[..., 1] / np.maximum(sizes.sum(axis=-1), 1)
    shares = counts[..., 1] / np.maximum(sizes, 1)
    total = weights.sum(axis=-1)
    summed = (weights * (shares[..., 1] - shares[..., 0])).sum(axis=-1)
    return np.where(total > 0, summed / np.where(total > 0, total, 1), np.nan)
