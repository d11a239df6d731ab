"""Cohorts: boards observed through the same windows of time, so that windows are compared on the same boards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.errors import SelectionError
from data.measures.calendar import Period, periods
from data.measures.panel import panel_where
from data.measures.queries import load_query
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from data.release import Release

MONDAY = date(1970, 1, 5)


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of time with whole numbers: SQL of the number of a day's window, and the first day of a number.

    `lifecycles`: which sources can be cut into such windows. Threads come once a month.
    """

    sql: str
    start: Callable[[int], date]
    lifecycles: tuple[str, ...]

    def of(self, day: str) -> str:
        """SQL of the number of the window that holds `day` (SQL)."""
        return self.sql.replace("{day}", day)

    def bounded(self, query: str) -> str:
        """`query` with the first and last whole window of a board b, which was read before the one, after the other."""
        query = query.replace("{first_window}", f"{self.of('b.first_day - 1')} + 1")
        return query.replace("{last_window}", f"{self.of('b.last_day')} - 1")

    def end(self, number: int) -> date:
        """Last day of the window."""
        return self.start(number + 1) - timedelta(days=1)


def _weeks(n: int) -> Windows:
    days = 7 * n
    return Windows(
        f"(({{day}}) - DATE '{MONDAY}') // {days}",
        lambda number: MONDAY + timedelta(days=days * number),
        ("listing",),
    )


def _months(n: int, lifecycles: tuple[str, ...]) -> Windows:
    return Windows(
        f"(12 * year({{day}}) + month({{day}}) - 1) // {n}",
        lambda number: date(n * number // 12, n * number % 12 + 1, 1),
        lifecycles,
    )


# Weeks begin on Monday (ISO 8601); windows of four weeks are counted from 5 January 1970, whatever the data.
WINDOWS: dict[str, Windows] = {
    "week": _weeks(1),
    "four_weeks": _weeks(4),
    "month": _months(1, ("flow",)),
    "quarter": _months(3, ("listing", "flow")),
}


Columns = dict[str, "np.ndarray"]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """What each cohort of boards brought, as columns by name; all have first_window and last_window, and besides

    `boards`: n_boards; `adverts`: win, n_all; `openings`: win, employer (number, -1: unknown), n.
    """

    boards: Columns
    adverts: Columns
    openings: Columns

    @property
    def last(self) -> int | None:
        """The last window that any board was observed through; None without one."""
        return int(max(self.boards["last_window"])) if len(self.boards["last_window"]) else None

    @property
    def first(self) -> int | None:
        """The first such window."""
        return int(min(self.boards["first_window"])) if len(self.boards["first_window"]) else None

    def through(self, first: int, last: int) -> Cohorts:
        """The cohorts observed in all windows from `first` to `last`: the matched panel of these."""

        def kept(columns: Columns) -> Columns:
            return only(columns, (columns["first_window"] <= first) & (columns["last_window"] >= last))

        return Cohorts(kept(self.boards), kept(self.adverts), kept(self.openings))


def only(columns: Columns, kept: np.ndarray) -> Columns:
    """The rows of `columns` where `kept` is True."""
    return {name: values[kept] for name, values in columns.items()}


def cohorts(
    release: Release, selection: Selection, *, grain: str, where: Condition = ("TRUE", [])
) -> Cohorts:
    """The cohorts of a selection's panel in windows of `grain` (a key of WINDOWS), whatever its months.

    `where`: a further condition over alias p on the openings. Raises SelectionError for an unknown grain.
    """
    import pandas as pd

    if grain not in WINDOWS:
        raise SelectionError("not_allowed", name="grain", value=grain, allowed=", ".join(WINDOWS))
    windows, whole = WINDOWS[grain], replace(selection, since=None, until=None)
    spans, span_values = _spans(release, whole, windows)
    panel, panel_values = _in_windows(release, whole.panel(), windows)
    selected, values = _in_windows(release, whole, windows)
    sql = windows.bounded(load_query("cohorts")).replace("{spans}", spans).replace("{panel}", panel)
    found = release.query(sql.replace("{window}", windows.of("b.dated_on")), [*span_values, *panel_values])
    openings = load_query("cohort_openings").replace("{window}", windows.of("p.dated_on"))
    openings = openings.replace("{selected}", f"{selected} AND {where[0]}").replace("{spans}", spans)
    named = release.query(openings, [*span_values, *values, *where[1]], scope=selection.scope)
    named["employer"] = pd.factorize(named["employer_key"])[0]
    is_board = found["win"].isna()
    return Cohorts(
        _columns(found[is_board], "n_boards"),
        _columns(found[~is_board], "win", "n_all"),
        _columns(named, "win", "employer", "n"),
    )


def flow_months(release: Release, selection: Selection, *, grain: str = "month") -> list[Period]:
    """The months (or quarters) of the selection's flow sources, with what was missed of these; none without such."""
    where, values = _of_sources(release, selection, ("flow",))
    frame = release.query(f"SELECT b.source FROM kept.board_spans b WHERE {where} ORDER BY ALL", values)
    sources = tuple(frame["source"])
    chosen = Selection(source=sources, role="all", since=selection.since, until=selection.until)
    return periods(release, chosen, (), grain=grain) if sources else []


def _columns(frame: pd.DataFrame, *names: str) -> Columns:
    return {name: frame[name].to_numpy(dtype="int64") for name in ("first_window", "last_window", *names)}


def _spans(release: Release, selection: Selection, windows: Windows) -> Condition:
    where, values = _of_sources(release, selection, windows.lifecycles)
    return windows.bounded(load_query("spans")).replace("{source}", where), values


def _of_sources(release: Release, selection: Selection, lifecycles: Sequence[str]) -> Condition:
    """The condition over alias b (kept.board_spans) of the selection's sources within the panel."""
    sql, values = Selection(source=selection.source, role="all").where("b")
    samples = [card["id"] for card in release.manifest["sources"] if card.get("kind") == "import"]
    sql = f"{sql} AND b.lifecycle IN ({_places(lifecycles)})"
    if samples:
        sql = f"{sql} AND b.source NOT IN ({_places(samples)})"
    return sql, [*values, *lifecycles, *samples]


def _in_windows(release: Release, selection: Selection, windows: Windows) -> Condition:
    """The condition over alias p of a selection within the panel, at sources that such windows suit."""
    sql, values = panel_where(release, selection)
    kept = f"p.lifecycle IN ({_places(windows.lifecycles)})"
    return f"{sql} AND {kept}", [*values, *windows.lifecycles]


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
