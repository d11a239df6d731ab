"""The health of the sources as two tables of a release's journal, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.frames import JOURNAL, arrow_schema
from data.health.verdict import Detail, Health

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from data.release import Release

HEALTH, DETAILS = "health", "health_details"
SUSPECT = "suspect"
"""Published outcome of a whole listing that would close too much at once and waits for a second one."""
_FIELDS = tuple(field.name for field in fields(Health) if field.name != "details")


def health_tables(healths: Iterable[Health]) -> dict[str, pa.Table]:
    """The tables `health` (one row a source) and `health_details` of data.frames.JOURNAL."""
    import pyarrow as pa

    ordered = sorted(healths, key=lambda health: health.source)
    rows: dict[str, Sequence[dict[str, Any]]] = {
        HEALTH: [{name: getattr(health, name) for name in _FIELDS} for health in ordered],
        DETAILS: [{"source": h.source, **asdict(detail)} for h in ordered for detail in h.details],
    }
    return {name: pa.Table.from_pylist(rows[name], schema=arrow_schema(JOURNAL[name])) for name in rows}


def with_held(healths: Iterable[Health], coverage: pd.DataFrame) -> list[Health]:
    """`healths` with `n_held`: boards whose listing on the source's last day in `coverage` is suspect.

    `coverage`: source, day, outcome, as published.
    """
    latest = coverage["day"] == coverage.groupby("source")["day"].transform("max")
    held = coverage.loc[latest & (coverage["outcome"] == SUSPECT), "source"].value_counts()
    return [replace(health, n_held=int(held.get(health.source, 0))) for health in healths]


def read_healths(release: Release) -> dict[str, Health]:
    """The health of each source as it was when the release was published, by source id."""
    details: dict[str, list[Detail]] = {}
    for row in _rows(release, DETAILS):
        details.setdefault(row.pop("source"), []).append(Detail(**row))
    return {
        row["source"]: Health(**row, details=tuple(details.get(row["source"], ())))
        for row in _rows(release, HEALTH)
    }


def _rows(release: Release, table: str) -> list[dict[str, Any]]:
    """The rows of a table in Python's own types, in its order."""
    names = tuple(column.name for column in JOURNAL[table])
    kinds = {column.name: column.kind for column in JOURNAL[table]}
    frame = release.query(f"SELECT {', '.join(names)} FROM {table}").astype(object)
    return [_typed(row, kinds) for row in frame.to_dict("records")]


def _typed(row: Mapping[Any, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    return {name: None if value != value else _CASTS[kinds[name]](value) for name, value in row.items()}


def _naive(value: Any) -> datetime | None:
    return None if value is None else value.to_pydatetime()


_CASTS: dict[str, Any] = {
    "text": lambda value: value,
    "whole": lambda value: None if value is None else int(value),
    "time": _naive,
    "day": lambda value: None if value is None else _naive(value).date(),  # type: ignore[union-attr]
}
