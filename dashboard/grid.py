"""The postings grid: rows asked for block by block, filtered, sorted and searched on the server."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs

import dash_ag_grid as dag
import flask
from dash import Dash, Input, Output, State, no_update

from dashboard.cells import cell
from dashboard.plain import plain
from dashboard.shell import SHELF
from dashboard.titles import ADDRESS
from dashboard.view import View, open_view, query_string
from dashboard.words import Words, is_missing, load_locale
from data.errors import PromptjobsError
from data.measures import listing

GRID = "postings-grid"
SEARCH = "postings-search"
BLOCK = 100
# Names of AG Grid's own phrases that its readers can meet here.
GRID_WORDS = tuple(key.removeprefix("grid.") for key in load_locale("en") if key.startswith("grid."))
_log = logging.getLogger(__name__)
_TEXT = {
    "filter": "agTextColumnFilter",
    "filterParams": {"filterOptions": ["contains"], "maxNumConditions": 1},
}
# Field, width weight, extra column options. Fields are columns of the release's postings.
COLUMNS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("title", 4, {**_TEXT, "minWidth": 220, "pinned": None}),
    ("company", 2, {**_TEXT, "minWidth": 150}),
    ("dated_on", 2, {"minWidth": 118, "sort": "desc"}),
    ("country", 1, {"minWidth": 90}),
    ("remote", 2, {"minWidth": 105}),
    ("prompt_relation", 2, {"minWidth": 140}),
    ("work_kind", 2, {"minWidth": 120}),
    ("pay", 3, {"minWidth": 215, "sortable": False}),
    ("source", 1, {"minWidth": 120}),
)


def posting_grid(view: View) -> dag.AgGrid:
    """The empty grid; its rows come through `rows` below."""
    words = view.words
    columns = [
        {"field": name, "headerName": words(f"column.{name}"), "flex": flex, **options}
        for name, flex, options in COLUMNS
    ]
    options = {
        "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
        "cacheBlockSize": BLOCK,
        "maxBlocksInCache": 20,
        "infiniteInitialRowCount": 20,
        "animateRows": False,
        "suppressCellFocus": False,
        "enableCellTextSelection": False,
        "localeText": _grid_words(words),
        "overlayNoRowsTemplate": None,
    }
    return dag.AgGrid(
        id=GRID,
        columnDefs=columns,
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True},
        rowModelType="infinite",
        getRowId="params.data.posting_key",
        dashGridOptions={name: value for name, value in options.items() if value is not None},
        eventListeners={"cellKeyDown": ["openOnEnter(params)"]},
        className=f"ag-theme-quartz{'-dark' if view.scheme == 'dark' else ''} postings-grid",
        style={"height": None},
    )


def _grid_words(words: Words) -> dict[str, str]:
    """What the grid itself says: its filters, and what a screen reader hears of it."""
    own = {"noRowsToShow": words("postings.none"), "loadingOoo": words("postings.loading")}
    return own | {name: words(f"grid.{name}") for name in GRID_WORDS}


def rows(request: dict[str, Any], search: str) -> dict[str, Any]:
    """One block of rows for the grid's request: {rowData, rowCount}."""
    params = {name: value[0] for name, value in parse_qs(search.lstrip("?")).items()}
    view = open_view("/postings", params, "light", flask.current_app.config[SHELF].current())
    frame, total = listing.posting_page(
        view.release,
        view.selection,
        start=int(request["startRow"]),
        end=int(request["endRow"]),
        sort=[(str(item["colId"]), str(item["sort"])) for item in request["sortModel"]],
        search=view.own.get("search"),
        filters=request["filterModel"],
    )
    return {"rowData": [row_of(row, view.words) for row in frame.to_dict("records")], "rowCount": total}


def row_of(row: dict[str, Any], words: Words) -> dict[str, str]:
    """One row as the grid shows it: texts only, made safe and short."""
    shown = {name: cell(name, row[name], words)[0] for name, _, _ in COLUMNS if name != "pay"}
    shown["title"] = plain(row["title"]) or words("postings.untitled")
    return shown | {"posting_key": str(row["posting_key"]), "pay": pay_text(row, words)}


def pay_text(row: dict[str, Any], words: Words) -> str:
    """The main pay as stated, e.g. "$120,000 – $150,000 a year"; "" where none is stated."""
    low, high = row["pay_min"], row["pay_max"]
    amounts = [words.money(value, row["pay_currency"]) for value in (low, high) if not is_missing(value)]
    if not amounts:
        return ""
    period = "" if is_missing(row["pay_period"]) else f" {words('period.' + str(row['pay_period']))}"
    return " – ".join(dict.fromkeys(amounts)) + period


def searched(text: str, search: str) -> str | None:
    """The query string that asks for `text`; None where the address asks for it already."""
    params = {name: value[0] for name, value in parse_qs(search.lstrip("?")).items()}
    if params.get("search", "") == text:
        return None
    others = {name: value for name, value in params.items() if name not in ("search", "posting")}
    return query_string(others | ({"search": text} if text else {}))


def find(text: str | None, search: str | None) -> Any:
    """Callback: the query string after a search was typed."""
    after = searched(text or "", search or "")
    return no_update if after is None else after


def answer(request: dict[str, Any] | None, search: str | None) -> Any:
    """Callback: one block of rows; none where the address or the request makes no sense."""
    if request is None:
        return no_update
    try:
        return rows(request, search or "")
    except PromptjobsError as error:
        _log.info("No rows: %s", error)
        return {"rowData": [], "rowCount": 0}


def register(app: Dash) -> None:
    """The grid's search and its requests, answered from the current release."""
    app.callback(
        Output(ADDRESS, "search", allow_duplicate=True),
        Input(SEARCH, "value"),
        State(ADDRESS, "search"),
        prevent_initial_call=True,
    )(find)
    app.callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), State(ADDRESS, "search"))(
        answer
    )
