"""Who carries a median: what it becomes without each of the employers that state most figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.coverage import Coverage, Figure, Measure
from data.measures.figures import MARKETS, cover_market, figures
from data.measures.pay_columns import WITHOUT
from data.measures.pay_series import Sample, sample_of
from data.measures.pay_words import shift_note
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

TIED = 50

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release


def pay_without_employer(
    release: Release,
    selection: Selection,
    *,
    market: str = "payroll",
    currency: str = "USD",
    n: int = 10,
) -> Measure:
    """The medians with all employers, then without each of the `n` with most figures (columns WITHOUT).

    The first row leaves nobody out; employers with equally many stand by the size of the shift. A median that its own openings are too few for is withheld, and without the
    first row's median all of that bound are, so that no difference shows what is withheld. The figure is the largest
    shift of the median of the lower bounds, a ratio. Raises SelectionError, also for n < 1.
    """
    if n < 1:
        raise SelectionError("at_least_one", name="n", value=n)
    sql, values = figures(selection, market, currency)
    query = load_query("pay_rows").replace("{figures}", sql)
    found = release.query(query, values, scope=selection.scope)
    samples = {bound: sample_of(found, bound) for bound in ("lower", "upper")}
    unit = {"currency": currency, "period": MARKETS[market].period}
    rows = [row | unit for row in _rows(found, samples, n)] if len(found) else []
    coverage = cover_market(release, selection, market, method="without-employer")
    return Measure("pay.pay_without_employer", from_rows(WITHOUT, rows), _with_figure(coverage, rows))


def _rows(found: pd.DataFrame, samples: dict[str, Sample], n: int) -> list[dict[str, Any]]:
    """The row with all employers, then one for each of the `n` with most figures.

    Among employers with equally many, the one that moves the lower median most comes first; so that this stays
    quick, of such employers no more than TIED are tried, in alphabetical order.
    """
    counts = found.groupby("employer", sort=True).size()
    numbers = {employer: number for number, employer in enumerate(counts.index)}
    ordered = counts.sort_values(ascending=False, kind="stable")
    tried = ordered.head(max(n, min(TIED, int((ordered >= ordered.iloc[:n].min()).sum()))))
    rows = [_row(None, 0, len(found), samples, samples)]
    for employer, own in tried.items():
        rest = {bound: one.keep(one.employer != numbers[employer]) for bound, one in samples.items()}
        rows.append(_row(str(employer), int(own), len(found), rest, samples))
    return [rows[0], *sorted(rows[1:], key=lambda row: (-row["n_own"], -abs(row["lower_shift"] or 0)))[:n]]


def _row(
    employer: str | None, own: int, n: int, rest: dict[str, Sample], samples: dict[str, Sample]
) -> dict[str, Any]:
    row: dict[str, Any] = {"employer": employer, "n_own": own, "share": own / n}
    reasons = {bound: rest[bound].withhold("median") or samples[bound].withhold("median") for bound in rest}
    for bound, sample in rest.items():
        row[f"n_{bound}"] = len(sample.value)
        row |= _moved(bound, sample, samples[bound], reasons[bound])
    return row | {"withheld": reasons["lower"] or reasons["upper"], "lower_withheld": reasons["lower"]}


def _moved(bound: str, sample: Sample, whole: Sample, reason: Withheld | None) -> dict[str, float | None]:
    import numpy as np

    if reason is not None:
        return {f"{bound}_median": None, f"{bound}_shift": None}
    median = float(np.median(sample.value))
    return {f"{bound}_median": median, f"{bound}_shift": median / float(np.median(whole.value)) - 1}


def _with_figure(coverage: Coverage, rows: list[dict[str, Any]]) -> Coverage:
    """The largest shift of the lower median, and who makes it, in words."""
    if not rows:
        return coverage
    unit, n = "shift of the median, ratio", rows[0]["n_lower"]
    if rows[0]["lower_withheld"] is not None:
        return replace(coverage, figure=Figure(None, unit, n=n), withheld=rows[0]["lower_withheld"])
    shown = [row for row in rows[1:] if row["lower_shift"] is not None]
    if not shown:
        return replace(coverage, figure=Figure(None, unit, n=n), withheld=rows[-1]["lower_withheld"])
    row = max(shown, key=lambda row: abs(row["lower_shift"]))
    is_one_each = all(one["n_own"] == 1 for one in rows[1:])
    note = shift_note(row["employer"], row["lower_shift"], len(shown), is_one_each=is_one_each)
    return replace(coverage, figure=Figure(row["lower_shift"], unit, n=n), note=note)
