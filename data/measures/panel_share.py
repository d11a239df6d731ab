"""The share of the role among all adverts of the same boards, in windows long enough for a rare role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.cohorts import WINDOWS, Cohorts, Windows, cohorts, flow_months, only
from data.measures.coverage import Coverage, Figure, Measure, withhold
from data.measures.demand_columns import PANEL_SHARE
from data.measures.exact import newcombe
from data.measures.intervals import wilson
from data.measures.panel import cover_panel
from data.measures.reasons import Gap, Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

PER, POINTS = 10_000, 100
GRAINS = ("four_weeks", "quarter")


@dataclass(frozen=True, slots=True)
class Cell:
    """One window on one set of boards: openings of the role, their known employers, adverts read, boards."""

    n_openings: int
    n_employers: int
    n_all: int
    n_boards: int

    @property
    def withheld(self) -> Withheld | None:
        """Why its share is not shown; none of an observed panel is a true 0."""
        if not self.n_all:
            return Withheld.FEW_OPENINGS
        return withhold("cell", self.n_openings, self.n_employers) if self.n_openings else None


def panel_share(release: Release, selection: Selection, *, grain: str = "four_weeks") -> Measure:
    """Openings of the role per 10,000 adverts of the same boards, by window of `grain` (columns PANEL_SHARE).

    `grain`: four_weeks (28 days, counted from Monday 5 January 1970; listing sources only) or quarter. Only boards
    that were observed through the whole window count in it, and a change compares two windows on the boards that
    were observed through both and all between: with the window before, and with the first. An opening counts once a
    window, by its first advert. Changes are in percentage points, with the interval of Newcombe (1998, method 10). A
    share, and a change with a share of either side, is withheld below the cell rule; a window without boards is a
    hole. Raises SelectionError for an unknown grain.
    """
    if grain not in GRAINS:
        raise SelectionError("not_allowed", name="grain", value=grain, allowed=", ".join(GRAINS))
    found, windows = cohorts(release, selection, grain=grain), WINDOWS[grain]
    reasons = _reasons(release, selection, grain)
    rows = [row for row in _rows(found, windows, reasons) if _shown(row, selection)]
    coverage = cover_panel(release, selection, method="panel-share")
    return Measure("demand.panel_share", from_rows(PANEL_SHARE, rows), _spoken(coverage, rows))


def cell(found: Cohorts, window: int) -> Cell:
    """What the boards of `found` brought in one window."""
    adverts = only(found.adverts, found.adverts["win"] == window)
    openings = only(found.openings, found.openings["win"] == window)
    employers = set(openings["employer"].tolist()) - {-1}
    return Cell(
        int(openings["n"].sum()),
        len(employers),
        int(adverts["n_all"].sum()),
        int(found.through(window, window).boards["n_boards"].sum()),
    )


def _reasons(release: Release, selection: Selection, grain: str) -> dict[date, str | None]:
    """What was missed of flow sources in each quarter; boards of listings were read before and after a window."""
    if grain != "quarter":
        return {}
    whole = replace(selection, since=None, until=None)
    return {period.start: period.reason for period in flow_months(release, whole, grain=grain)}


def _rows(found: Cohorts, windows: Windows, reasons: dict[date, str | None]) -> Iterator[dict[str, Any]]:
    first, last = found.first, found.last
    if first is None or last is None:
        return
    numbers = range(first, last + 1)
    missed = {n: reasons.get(windows.start(n)) or _out(found, n, last) for n in numbers}
    base = next((n for n in numbers if not missed[n]), first)
    for n in numbers:
        here = cell(found, n)
        covered = here.n_boards > 0
        yield {
            "since": windows.start(n),
            "until": windows.end(n),
            **(_share(here) if covered else dict.fromkeys(_SHARE)),
            **_change(found, n - 1, n, "change", missed),
            **_change(found, base, n, "base_change", missed),
            "is_provisional": missed[n] is not None,
            "is_covered": covered,
            "reason": missed[n] or (None if covered else str(Gap.NO_CHECK)),
        }


def _out(found: Cohorts, window: int, last: int) -> str | None:
    """The last window lacks boards that the one before had: they may come back and be counted in it."""
    ended = bool((found.boards["last_window"] == last - 1).any())
    return str(Gap.BOARDS_OUT) if window == last and ended else None


_SHARE = (
    "n_openings",
    "n_employers",
    "n_all",
    "n_boards",
    "share_per_10k",
    "share_low",
    "share_high",
    "withheld",
)


def _share(here: Cell) -> dict[str, object]:
    counts = dict(zip(_SHARE, (here.n_openings, here.n_employers, here.n_all, here.n_boards), strict=False))
    ends, reason = wilson(here.n_openings, here.n_all), here.withheld
    if reason is not None or ends is None:
        return dict.fromkeys(_SHARE) | counts | {"withheld": reason}
    share = (here.n_openings / here.n_all, *ends)
    shown = dict(zip(_SHARE[4:7], (PER * value for value in share), strict=True))
    return counts | shown | {"withheld": None}


def _change(
    found: Cohorts, before: int, window: int, name: str, missed: dict[int, str | None]
) -> dict[str, object]:
    """The change from `before` to `window` on the boards observed through both, in percentage points."""
    keys = (name, f"{name}_low", f"{name}_high", f"{name}_boards", f"{name}_withheld")
    matched = found.through(before, window)
    then, now = cell(matched, before), cell(matched, window)
    if before >= window or not now.n_boards or missed.get(before, "unknown") or missed[window]:
        return dict.fromkeys(keys) | {keys[4]: Withheld.NO_COMPARISON}
    ends = newcombe(now.n_openings, now.n_all, then.n_openings, then.n_all)
    reason = now.withheld or then.withheld
    if reason is not None or ends is None:
        return dict.fromkeys(keys) | {keys[3]: now.n_boards, keys[4]: reason}
    change = now.n_openings / now.n_all - then.n_openings / then.n_all
    shown = [POINTS * value for value in (change, *ends)]
    return dict(zip(keys, (*shown, now.n_boards, None), strict=True))


def _shown(row: dict[str, Any], selection: Selection) -> bool:
    low, high = row["since"].replace(day=1), row["until"].replace(day=1)
    return bool((selection.since or high) <= high and low <= (selection.until or low))


def _spoken(coverage: Coverage, rows: list[dict[str, Any]]) -> Coverage:
    """The share of the latest complete window speaks for the series."""
    whole = [row for row in rows if row["is_covered"] and not row["is_provisional"]]
    if not whole or coverage.withheld is not None:
        return coverage
    last = whole[-1]
    if last["share_per_10k"] is None:
        return replace(coverage, figure=Figure(None, "per 10,000 adverts"), withheld=last["withheld"])
    figure = Figure(
        last["share_per_10k"], "per 10,000 adverts", last["share_low"], last["share_high"], Interval.WILSON
    )
    return replace(coverage, figure=figure)
