"""The index of demand: the stock of open adverts of the same boards, beside the stock as it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.measures.chain import LEVEL, Chain, chained, n_carrying, relative
from data.measures.coverage import Coverage, Figure, Measure, cover, made_on, withhold
from data.measures.demand_columns import INDEX
from data.measures.intervals import poisson
from data.measures.panel_days import PanelDays, panel_days
from data.measures.reasons import Gap, Interval, Withheld
from data.measures.selection import Condition, Selection
from data.measures.shape import from_rows
from data.measures.units import in_unit

if TYPE_CHECKING:
    import numpy as np

    from data.release import Release

BASE_DAYS = 28
SMOOTH_DAYS, SMOOTH_LEAST = 7, 4
OUT_DAYS = 28
"""A board that has not been read for longer is taken to be gone: the last points no longer wait for it."""
LISTED: Condition = ("p.lifecycle = 'listing' AND p.origin <> 'snapshot'", [])


@dataclass(frozen=True, slots=True)
class Series:
    """An index before it is laid out: everything by day; `base` True for the days whose mean is 100."""

    panel: PanelDays
    chain: Chain
    base: np.ndarray
    smooth: np.ndarray
    spread: np.ndarray
    n_carrying: int
    withheld: Withheld | None


def index(
    release: Release, selection: Selection, *, unit: str = "opening", base: date | None = None
) -> Measure:
    """The stock by day as an index, of the matched panel and as counted; columns INDEX, one row per day.

    `unit`: posting, opening, role or employer. `base`: first day of the 28-day window whose mean is 100; left out,
    the first 28 covered days on which the index is defined, or as many as there are. `index` chains the growth of
    boards that were read on both of two days (data.measures.chain), so that boards that join, fail or end do not
    move it; `raw_index` is the count of all. Neither is read on uncovered days. Withheld (empty, with the reason in
    `withheld`) where the base window holds fewer than 5 units or fewer than 3 boards with one. Raises
    SelectionError for an unknown unit.
    """
    coverage = cover(release, selection, method="index", rule="cell", only=LISTED)
    coverage = in_unit(release, selection, coverage, unit, LISTED)
    panel = None if coverage.withheld is Withheld.OLD_RELEASE else panel_days(release, selection, unit=unit)
    if panel is None:
        return Measure("demand.index", from_rows(INDEX, []), coverage)
    series = _series(panel, base)
    rows = [row for row in _rows(release, series) if _shown(row["day"], selection)]
    return Measure("demand.index", from_rows(INDEX, rows), _spoken(coverage, series, rows))


def base_window(panel: PanelDays, chain: Chain, base: date | None) -> np.ndarray:
    """True for the days of the base window (days): 28 from `base` on, or the first 28 with an index."""
    import numpy as np

    defined: np.ndarray = panel.is_covered & ~np.isnan(chain.level)
    since = np.arange(len(defined)) - ((base or panel.first_day) - panel.first_day).days
    window: np.ndarray = (
        np.cumsum(defined) <= BASE_DAYS if base is None else (since >= 0) & (since < BASE_DAYS)
    )
    window &= defined
    return window


def base_days(
    release: Release, selection: Selection, *, base: date | None = None, unit: str = "opening"
) -> tuple[date, date] | None:
    """First and last day of the base window of index: as given by `base`, else as found; None where there is none."""
    if base is not None:
        return base, base + timedelta(days=BASE_DAYS - 1)
    panel = panel_days(release, selection, unit=unit)
    if panel is None:
        return None
    window = base_window(panel, chained(panel.counts, panel.covered), None)
    days = [day for day, is_base in zip(panel.days, window, strict=True) if is_base]
    return (days[0], days[-1]) if days else None


def _series(panel: PanelDays, base: date | None) -> Series:
    import numpy as np

    chain = chained(panel.counts, panel.covered)
    window = base_window(panel, chain, base)
    reason = _too_few(panel, window)
    n_days = len(window)
    if reason is not None:
        nothing = np.full(n_days, np.nan)
        return Series(panel, chain, window, nothing, nothing, 0, reason)
    smooth, spread = relative(chain, window, SMOOTH_DAYS)
    known = np.cumsum(~np.isnan(chain.level))
    n_known = known - np.concatenate([np.zeros(SMOOTH_DAYS, dtype=int), known])[:n_days]
    smooth = np.where(n_known < SMOOTH_LEAST, np.nan, 100 * smooth)
    return Series(panel, chain, window, smooth, spread, n_carrying(chain), None)


def _too_few(panel: PanelDays, window: np.ndarray) -> Withheld | None:
    """The cell rule in the base window: units (mean of the days) and boards, each one employer's, that have any."""
    if not window.any():
        return Withheld.NO_BASE
    n_boards = int((panel.counts[window] * panel.covered[window]).any(axis=0).sum())
    return withhold("cell", round(float(panel.n_open[window].mean())), n_boards)


def _rows(release: Release, series: Series) -> Iterator[dict[str, Any]]:
    import numpy as np

    panel, chain = series.panel, series.chain
    raw_base = panel.n_open[series.base].mean() if series.withheld is None else np.nan
    level = chain.level[series.base].mean() if series.withheld is None else np.nan
    raw, matched = 100 * panel.n_open / raw_base, 100 * chain.level / level
    out, waiting = _boards_out(panel), made_on(release)
    last = int(np.flatnonzero(panel.is_covered)[-1]) if panel.is_covered.any() else -1
    for i, day in enumerate(panel.days):
        covered = bool(panel.is_covered[i])
        yield {
            "day": day,
            "n_open": int(panel.n_open[i]) if covered else None,
            "raw_index": _number(raw[i]) if covered else None,
            "index": _number(matched[i]) if covered else None,
            **_smoothed(series, i),
            "boards_matched": int(chain.n_matched[i]),
            "boards_covered": int(panel.boards_covered[i]),
            "boards_failed": int(panel.boards_failed[i]),
            "is_base": bool(series.base[i]),
            "is_provisional": i >= last or day >= waiting or bool(out[i]),
            "is_covered": covered,
            "reason": _reason(series, i, bool(out[i])),
            "withheld": series.withheld,
        }


def _smoothed(series: Series, i: int) -> dict[str, float | None]:
    """The trailing mean with its interval; where it is 0, the upper end is that of no unit seen (Poisson)."""
    value = _number(series.smooth[i]) if series.panel.is_covered[i] else None
    if value is None:
        return {"index_7d": None, "index_7d_low": None, "index_7d_high": None}
    ends: tuple[float | None, float | None]
    if value == 0:
        ends = (0.0, 100 * poisson(0)[1] / float(series.panel.n_open[series.base].mean()))
    else:
        ends = _ends(value, float(series.spread[i]), series.n_carrying)
    return {"index_7d": value, "index_7d_low": ends[0], "index_7d_high": ends[1]}


def _ends(value: float, spread: float, n_boards: int) -> tuple[float | None, float | None]:
    import math

    from scipy.special import stdtrit

    if n_boards < 2 or math.isnan(spread):
        return None, None
    reach = float(stdtrit(n_boards - 1, (1 + LEVEL) / 2)) * spread
    return value * math.exp(-reach), value * math.exp(reach)


def _boards_out(panel: PanelDays) -> np.ndarray:
    """Days at the end on which a board with openings is out that may still come back (days)."""
    import numpy as np

    n_days = len(panel.n_open)
    last = n_days - 1 - panel.covered[::-1].argmax(axis=0)
    up = panel.counts[last, np.arange(panel.counts.shape[1])] > 0
    waits = panel.covered.any(axis=0) & up & (n_days - 1 - last <= OUT_DAYS)
    first_out = last[waits].min() + 1 if waits.any() else n_days
    out: np.ndarray = np.arange(n_days) >= first_out
    return out


def _reason(series: Series, i: int, is_out: bool) -> str | None:
    panel = series.panel
    if not panel.is_covered[i]:
        return str(Gap.BOARDS_FAILED if panel.boards_failed[i] else Gap.NO_CHECK)
    if series.chain.level[i] != series.chain.level[i]:
        seen = (panel.counts[: i + 1] * panel.covered[: i + 1]).any()
        return str(Gap.NO_MATCH if seen else Gap.NOT_STARTED)
    return str(Gap.BOARDS_OUT) if is_out else None


def _spoken(coverage: Coverage, series: Series, rows: list[dict[str, Any]]) -> Coverage:
    """`coverage` with the latest smoothed point as its figure, and what must be said beside it."""
    withheld = coverage.withheld or series.withheld
    points = [row for row in rows if row["index_7d"] is not None]
    if withheld is not None or not points:
        return replace(coverage, withheld=withheld, figure=Figure(None, "index"))
    point = points[-1]
    how = Interval.JACKKNIFE_BOARDS if point["index_7d_low"] else None
    figure = Figure(point["index_7d"], "index", point["index_7d_low"], point["index_7d_high"], how)
    days = [day for day, is_base in zip(series.panel.days, series.base, strict=True) if is_base]
    return replace(coverage, figure=figure, note=_note(days), provisional=bool(point["is_provisional"]))


def _note(days: list[date]) -> tuple[str, str]:
    short = len(days) < BASE_DAYS
    en = f"100 is the mean of {days[0]} to {days[-1]} ({len(days)} days"
    fr = f"100 est la moyenne du {days[0]} au {days[-1]} ({len(days)} jours"
    en += ", all there are so far)." if short else ")."
    fr += ", tous ceux qu'il y a)." if short else ")."
    return (
        f"{en} A board that is taken off the net leaves the index, so the end of an employer does not lower it.",
        f"{fr} Une liste retirée du réseau sort de l'indice : la fin d'un employeur ne le fait donc pas baisser.",
    )


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _shown(day: date, selection: Selection) -> bool:
    month = day.replace(day=1)
    return bool((selection.since or month) <= month <= (selection.until or month))
