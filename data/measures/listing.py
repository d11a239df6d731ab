"""The postings themselves: pages of a filtered, sorted, searched list, and one posting with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.frames import POSTINGS, Column
from data.measures.coverage import Measure, cover
from data.measures.grid_filters import grid_condition, plain_text
from data.measures.selection import Condition, Selection
from data.measures.shape import from_query

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

# Of the table's columns, those that only serve to build the release are not listed.
_INTERNAL = frozenset({"opening_reason", "board", "lifecycle", "month", "city", "pay_bound", "rules_version"})
LISTED: tuple[Column, ...] = tuple(column for column in POSTINGS if column.name not in _INTERNAL)
_KINDS: dict[str, Column] = {column.name: column for column in LISTED}
MAX_ROWS = 1_000
"""Rows of one page at most; an export of all uses `postings`."""
DIRECTIONS: dict[str, str] = {"asc": "ASC", "desc": "DESC"}


def posting_page(
    release: Release,
    selection: Selection,
    *,
    start: int = 0,
    end: int = 100,
    sort: Sequence[tuple[str, str]] = (),
    search: str | None = None,
    filters: Mapping[str, Any] | None = None,
) -> tuple[pd.DataFrame, int]:
    """Rows `start` to `end` (exclusive) of the list, and how many it has in all (columns LISTED).

    Latest first unless `sort` says otherwise, (column, asc | desc) in turn; missing values come last.
    `search`: every word must stand in title, employer or place, whatever case and accents.
    `filters`: an AG Grid filter model. Raises SelectionError naming what is not allowed.
    """
    if not 0 <= start <= end or end - start > MAX_ROWS:
        raise SelectionError("rows", start=start, end=end, most=MAX_ROWS)
    where, values = _where(selection, search, filters)
    total = int(
        release.query(f"SELECT count(*) AS n FROM postings p WHERE {where}", values, scope=selection.scope)[
            "n"
        ].iloc[0]
    )
    names = ", ".join(f"p.{column.name}" for column in LISTED)
    sql = f"SELECT {names} FROM postings p WHERE {where} ORDER BY {_order(sort)} LIMIT ? OFFSET ?"
    return from_query(LISTED, release.query(sql, [*values, end - start, start], scope=selection.scope)), total


def postings(release: Release, selection: Selection, *, search: str | None = None) -> Measure:
    """Every posting of the selection, latest first (columns LISTED)."""
    where, values = _where(selection, search, None)
    names = ", ".join(f"p.{column.name}" for column in LISTED)
    frame = release.query(
        f"SELECT {names} FROM postings p WHERE {where} ORDER BY {_order(())}", values, scope=selection.scope
    )
    coverage = cover(release, selection, method="postings", unit="posting")
    return Measure("listing.postings", from_query(LISTED, frame), coverage)


# Parts of a posting's detail -> the query of its rows.
_PARTS: dict[str, str] = {
    "salaries": "SELECT * EXCLUDE (posting_key) FROM salaries WHERE posting_key = ? ORDER BY position",
    "skills": """
        SELECT s.* EXCLUDE (posting_key), coalesce(n.label_en, s.skill_id) AS label_en,
            coalesce(n.label_fr, s.skill_id) AS label_fr, n.kind
        FROM skills s LEFT JOIN skill_names n USING (skill_id) WHERE s.posting_key = ?
        ORDER BY CASE s.level WHEN 'required' THEN 1 WHEN 'preferred' THEN 2 ELSE 3 END, s.skill_id""",
    "soft": "SELECT soft FROM soft WHERE posting_key = ? ORDER BY soft",
    "evidence": "SELECT * EXCLUDE (posting_key) FROM evidence WHERE posting_key = ? ORDER BY start, fact, item",
    "rivals": """
        SELECT r.* EXCLUDE (posting_key), n.label_en, n.label_fr
        FROM rivals r LEFT JOIN skill_names n ON r.fact = 'skill' AND n.skill_id = r.value
        WHERE r.posting_key = ? ORDER BY r.position""",
    "spells": "SELECT * EXCLUDE (posting_key) FROM spells WHERE posting_key = ? ORDER BY spell",
}


def posting_detail(release: Release, posting_key: str) -> dict[str, Any]:
    """One posting: `posting` (every column), and lists of rows `salaries`, `skills`, `soft`, `evidence`,
    `rivals`, `spells` and `duplicates` (the other postings of its opening). Missing values are None, days are dates.

    Raises SelectionError where the release has no such posting.
    """
    key = plain_text(posting_key)
    found = _records(release.query("SELECT * FROM postings WHERE posting_key = ?", [key]))
    if not found:
        raise SelectionError("posting", value=posting_key[:80])
    posting = found[0]
    parts = {name: _records(release.query(sql, [key])) for name, sql in _PARTS.items()}
    return {"posting": posting, **parts, "duplicates": _duplicates(release, posting)}


def _duplicates(release: Release, posting: dict[str, Any]) -> list[dict[str, Any]]:
    sql = """SELECT posting_key, source, title, url, dated_on, opening_reason, is_repost FROM postings
        WHERE opening_key = ? AND posting_key <> ? ORDER BY dated_on, posting_key"""
    return _records(release.query(sql, [posting["opening_key"], posting["posting_key"]]))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    """A cell as Python's own type; None for a missing one."""
    import numpy as np
    import pandas as pd

    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | str) or value is None:
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def _where(selection: Selection, search: str | None, filters: Mapping[str, Any] | None) -> Condition:
    sql, values = selection.where("p")
    parts: list[Condition] = [(sql, values), *_search(search)]
    parts += [grid_condition(_column(name), model) for name, model in (filters or {}).items()]
    return " AND ".join(f"({sql})" for sql, _ in parts), [v for _, values in parts for v in values]


def _search(search: str | None) -> list[Condition]:
    text = "strip_accents(lower(concat_ws(' ', p.title, p.company, p.place)))"
    return [
        (f"contains({text}, strip_accents(lower(?)))", [w]) for w in plain_text(search or "").split()[:20]
    ]


def _order(sort: Sequence[tuple[str, str]]) -> str:
    parts = []
    for name, direction in sort:
        if direction not in DIRECTIONS:
            raise SelectionError(
                "not_allowed", name="sort", value=direction[:40], allowed=", ".join(DIRECTIONS)
            )
        parts.append(f"p.{_column(name).name} {DIRECTIONS[direction]} NULLS LAST")
    return ", ".join([*parts, "p.dated_on DESC NULLS LAST", "p.posting_key"])


def _column(name: str) -> Column:
    found = _KINDS.get(name)
    if found is None:
        raise SelectionError("column", name=name[:40], allowed=", ".join(_KINDS))
    return found
