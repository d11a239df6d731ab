"""Growth taken apart: the market, boards added, boards lost, and what a later release reads otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.measures.cohorts import flow_months
from data.measures.coverage import Coverage, Figure, Measure, cover
from data.measures.demand_columns import GROWTH
from data.measures.panel import in_panel
from data.measures.panel_days import EPOCH
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.revision import COMPONENTS, revision
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.units import in_unit, unit_key

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

PANEL = ("market", "boards_added", "boards_lost")


@dataclass(frozen=True, slots=True)
class _Change:
    """One change taken apart: `start` and `end` are counts, `parts` {component: (gained, lost)}."""

    basis: str
    since: date
    until: date
    start: int
    end: int
    parts: dict[str, tuple[int, int]]
    withheld: Withheld | None = None


def growth(
    release: Release,
    selection: Selection,
    *,
    since: date | None = None,
    until: date | None = None,
    before: Release | None = None,
    unit: str = "opening",
) -> Measure:
    """The change of the stock between two days, and of the flow between two months, taken apart (columns GROWTH).

    `since`, `until`: days; each stands for the last covered day up to it (left out: the first and the last covered
    day). basis "stock": openings up at listing sources; "flow": openings advertised in the months of `since` and
    `until` at the other sources, each the last whole month up to it (left out: the last and the one a year before). Rows: start, the components, end;
    start + n of all components = end, exactly, in whole units. market: at boards (flow: sources) read on both
    sides; boards_added, boards_lost: at others. A unit on several boards came with the market where any board read
    on both sides lists it, and one that is up on both days, wherever, has not changed. With `before`, an older
    release, start is what that release counted for the first day, and data, presence, rules and matching say why
    it reads otherwise now (data.measures.revision). Counts are never withheld. Raises SelectionError for an unknown
    unit.
    """
    coverage = cover(release, selection, method="growth", only=in_panel(release))
    coverage = in_unit(release, selection, coverage, unit, in_panel(release))
    found: list[_Change | None] = []
    if coverage.withheld is None:
        found.append(_stock(release, selection, since, until, before, unit))
        found.append(_flow(release, selection, since, until, unit))
    changes = [change for change in found if change is not None]
    rows = [row for change in changes for row in _rows(change)]
    return Measure("demand.growth", from_rows(GROWTH, rows), _spoken(coverage, changes, unit))


def _stock(
    release: Release,
    selection: Selection,
    since: date | None,
    until: date | None,
    before: Release | None,
    unit: str,
) -> _Change | None:
    days = _covered_days(release, selection)
    first, second = _day(days, since, default=0), _day(days, until, default=-1)
    if first is None or second is None or first > second:
        return None
    selected, values = replace(selection, since=None, until=None).where("p")
    sql = load_query("stock_change").replace("{selected}", selected).replace("{key}", unit_key(unit))
    frame = release.query(sql, [first, second, *values], scope=selection.scope)
    change = _change("stock", first, second, frame)
    return change if before is None else _revised(change, before, release, selection, unit)


def _revised(change: _Change, before: Release, release: Release, selection: Selection, unit: str) -> _Change:
    """`change` told from what release `before` counted on its first day, where that day is one it covers."""
    if change.since not in _covered_days(before, selection):
        return replace(change, withheld=Withheld.NO_COMPARISON)
    parts = revision(before, release, selection, change.since, unit=unit)
    start = change.start - sum(gained - lost for gained, lost in parts.values())
    return replace(change, start=start, parts=change.parts | parts)


def _flow(
    release: Release, selection: Selection, since: date | None, until: date | None, unit: str
) -> _Change | None:
    panel, panel_values = in_panel(release)
    source, source_values = Selection(source=selection.source, role="all").where("p")
    whole = replace(selection, since=None, until=None)
    where, values = whole.where("p")
    months = [p.start for p in flow_months(release, whole) if p.is_covered and not p.is_provisional]
    second = _day(months, until, default=-1)
    year = date(second.year - 1, second.month, 1) if second and since is None else since
    first = _day(months, year, default=0) or _day(months, since, default=0)
    if first is None or second is None or first >= second:
        return None
    sql = load_query("flow_change").replace("{source}", f"{source} AND {panel}")
    sql = sql.replace("{selected}", f"{where} AND {panel}").replace("{key}", unit_key(unit))
    given = [first, second, *source_values, *panel_values, *values, *panel_values]
    return _change("flow", first, second, release.query(sql, given, scope=selection.scope))


def _change(basis: str, first: date, second: date, frame: pd.DataFrame) -> _Change:
    found = {row.component: (int(row.n_gained), int(row.n_lost)) for row in frame.itertuples()}
    start, end = sum(lost for _, lost in found.values()), sum(gained for gained, _ in found.values())
    return _Change(basis, first, second, start, end, {name: found.get(name, (0, 0)) for name in PANEL})


def _covered_days(release: Release, selection: Selection) -> list[date]:
    source, values = Selection(source=selection.source, role="all").where("p")
    frame = release.query(load_query("check_days").replace("{source}", source), values)
    return [EPOCH + timedelta(days=int(day)) for day in frame.loc[frame["boards_covered"] > 0, "day"]]


def _day(days: list[date], asked: date | None, *, default: int) -> date | None:
    """The last of `days` up to the one asked for; None before the first."""
    known = days if asked is None else [day for day in days if day <= asked]
    if not known:
        return None
    return known[default] if asked is None else known[-1]


def _rows(change: _Change) -> Iterator[dict[str, Any]]:
    shared = {"basis": change.basis, "since": change.since, "until": change.until}
    ends = {"n_gained": None, "n_lost": None, "withheld": None}
    yield shared | ends | {"component": "start", "n": change.start}
    for name, (gained, lost) in change.parts.items():
        counts = {"n": gained - lost, "n_gained": gained, "n_lost": lost, "withheld": None}
        yield shared | counts | {"component": name}
    if change.withheld is not None:
        for name in COMPONENTS:
            yield shared | ends | {"component": name, "n": None, "withheld": change.withheld}
    yield shared | ends | {"component": "end", "n": change.end}


def _spoken(coverage: Coverage, changes: list[_Change], unit: str) -> Coverage:
    """The change on the market speaks for the measure: of the stock where there is one."""
    if coverage.withheld is not None or not changes:
        return coverage
    gained, lost = changes[0].parts["market"]
    return replace(coverage, figure=Figure(gained - lost, unit))
