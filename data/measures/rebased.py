"""Indeed's index of all postings on the axis of our index: the mean of the same base window is 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from data.measures.coverage import Measure, cover
from data.measures.demand_columns import REBASED
from data.measures.index import base_days
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_query

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

SERIES = "indeed_postings_index"


def rebased_benchmarks(
    release: Release,
    selection: Selection | None = None,
    *,
    base: date | None = None,
    countries: Sequence[str] = (),
) -> Measure:
    """Indeed's index (CC BY 4.0) with the base window of demand.index at 100 (columns REBASED), by country.

    `base`: first day of the 28-day window; left out, the window of demand.index for the same selection. `countries`
    as for demand.benchmarks. A series without a point in the window is withheld (`no_base`), and so are all where
    there is no window. It counts all postings, seasonally adjusted; ours counts the role's and is not.
    """
    chosen = selection or Selection()
    window = base_days(release, chosen, base=base)
    wanted = list(countries) or list(chosen.country)
    where = f" AND country IN ({', '.join('?' * len(wanted))})" if wanted else ""
    frame = release.query(
        f"SELECT * FROM benchmarks WHERE series = ?{where} ORDER BY country, day", [SERIES, *wanted]
    )
    coverage = cover(release, chosen, method="benchmarks")
    note = None if window is None else _note(*window)
    found = from_query(REBASED, _rebased(frame, window))
    return Measure("demand.rebased_benchmarks", found, replace(coverage, note=note))


def _rebased(frame: pd.DataFrame, window: tuple[date, date] | None) -> pd.DataFrame:
    import pandas as pd

    low, high = (pd.Timestamp(day) for day in window) if window else (pd.Timestamp.max, pd.Timestamp.min)
    inside = frame["day"].between(low, high)
    base = frame["country"].map(frame[inside].groupby("country")["value"].mean()).astype("float64")
    counts = frame["country"].map(frame[inside].groupby("country").size()).fillna(0)
    reason = base.map(lambda level: str(Withheld.NO_BASE) if pd.isna(level) else None).astype(object)
    return frame.assign(rebased=100 * frame["value"] / base, n_base=counts, withheld=reason)


def _note(first: date, last: date) -> tuple[str, str]:
    return (
        f"All postings, seasonally adjusted (Indeed Hiring Lab, CC BY 4.0); 100 is the mean of {first} to {last}.",
        f"Toutes les offres, corrigées des variations saisonnières (Indeed Hiring Lab, CC BY 4.0) ; 100 est la "
        f"moyenne du {first} au {last}.",
    )
