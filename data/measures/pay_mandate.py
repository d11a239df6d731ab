"""Pay where the law demands it in adverts: a part of the market in which silence is no choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Coverage, Figure, Interval, Measure, Withheld, made_on, withhold
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.intervals import wilson
from data.measures.pay_bootstrap import draws_of, expanded, group_codes, median_by_employer
from data.measures.pay_columns import MANDATE
from data.measures.queries import load_query
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
    found = _grouped(release.query(query, values, scope=selection.scope))
    unit = {"currency": currency, "period": MARKETS[market].period}
    this_year = made_on(release).year
    rows = [
        _row(part, None if year is None else int(year), group) | unit
        for year in (None, *sorted(found["year"].dropna().unique()))
        for group in GROUPS
        if len(part := found[(found["group"] == group) & ((found["year"] == year) | (year is None))])
    ]
    for row in rows:
        row["is_provisional"] = row["year"] is not None and row["year"] >= this_year
    coverage = cover_market(release, selection, market, method="mandate")
    measured = replace(coverage, figure=None, note=NOTE)
    return Measure("pay.pay_under_mandate", from_rows(MANDATE, rows), _with_figure(measured, found))


def _grouped(found: pd.DataFrame) -> pd.DataFrame:
    """`found` with year, group, and the ids of the laws in force."""
    import pandas as pd

    text = found[["place", "country"]].astype(object).where(found[["place", "country"]].notna(), None)
    laws: list[tuple[str, ...]] = []
    groups: list[str] = []
    for place, country, day in zip(text["place"], text["country"], found["dated_on"], strict=True):
        stand = standing(place, country)
        laws.append(() if pd.isna(day) else stand.in_force(day.date()))
        groups.append(UNDER if laws[-1] else stand.otherwise if not pd.isna(day) else "unknown")
    return found.assign(year=found["dated_on"].dt.year, group=groups, laws=laws)


def _row(part: pd.DataFrame, year: int | None, group: str) -> dict[str, Any]:
    n, n_paid = len(part), int(part["is_paid"].sum())
    reason = withhold("cell", n, part["employer"].nunique())
    low, high = wilson(n_paid, n) or (None, None)
    shown = {"share": n_paid / n, "share_low": low, "share_high": high}
    bounds = {bound: _bound(bound, part) for bound in ("lower", "upper")}
    return {
        "year": year,
        "place_group": group,
        "laws": sorted({law for laws in part["laws"].unique() for law in laws}),
        "n_openings": n,
        "n_paid": n_paid,
        **(shown if reason is None else dict.fromkeys(shown)),
        "share_withheld": reason,
        **bounds["lower"],
        **bounds["upper"],
        "withheld": bounds["lower"]["lower_reason"] or bounds["upper"]["upper_reason"],
    }


def _bound(bound: str, part: pd.DataFrame) -> dict[str, Any]:
    import numpy as np

    stated = part[part[bound].notna()].sort_values([bound, "posting_key"], kind="stable")
    top = stated["employer"].value_counts()
    reason = withhold("median", len(stated), len(top), int(top.max()) if len(top) else 0)
    ascending = stated[bound].to_numpy(dtype=float)
    ends = None if reason else median_by_employer(ascending, _sides(stated))
    return {
        f"n_{bound}": len(stated),
        f"{bound}_median": None if reason else float(np.median(ascending)),
        f"{bound}_low": None if ends is None else ends[0],
        f"{bound}_high": None if ends is None else ends[1],
        f"{bound}_reason": reason,
    }


def _sides(found: pd.DataFrame) -> NDArray[np.str_]:
    """A key for each opening's employer; its own where that is unknown."""
    import numpy as np

    keys = ("e" + found["employer"].astype(str)).where(found["employer"].notna(), "p" + found["posting_key"])
    return np.asarray(keys.to_numpy(dtype=str))


def _with_figure(coverage: Coverage, found: pd.DataFrame) -> Coverage:
    """The difference in disclosure, of countries with laws by state only, in years with openings on both sides."""
    import numpy as np

    by_state = {law.id for law in load_laws() if law.state}
    is_state_law = np.array([bool(by_state & set(laws)) for laws in found["laws"]], dtype=bool)
    kept = found[(is_state_law | (found["group"] == BESIDE).to_numpy()) & found["year"].notna()]
    under = kept["group"] == UNDER
    sizes = [(int(side.sum()), int(kept.loc[side, "employer"].nunique())) for side in (under, ~under)]
    reason = next((one for size in sizes if (one := withhold("cell", *size))), None)
    unit, n = "difference in disclosure", len(kept)
    if reason is not None:
        return replace(coverage, figure=Figure(None, unit, n=min(size[0] for size in sizes)), withheld=reason)
    groups, n_groups = group_codes(_sides(kept))
    _, year = np.unique(kept["year"].to_numpy(dtype=int), return_inverse=True)
    counts = np.zeros((n_groups, int(year.max()) + 1, 2, 2))
    np.add.at(counts, (groups, year, under.to_numpy(dtype=int), kept["is_paid"].to_numpy(dtype=int)), 1)
    point = float(_difference(counts.sum(axis=0)))
    flat = counts.reshape(n_groups, -1)
    draws = _difference((draws_of(n_groups) @ flat).reshape(-1, *counts.shape[1:]))
    if not np.isfinite(point):
        return replace(coverage, figure=Figure(None, unit, n=n), withheld=Withheld.NO_LINK)
    ends = expanded(draws, point, n_groups)
    low, high = ends or (None, None)
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
