"""The tables of a release, column by column, read from reference/columns.csv; the data dictionary is made from it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_FILE = Path(__file__).parent / "reference" / "columns.csv"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is text, texts, whole, number, flag, day or time; `meaning` is (English, French)."""

    name: str
    kind: str
    meaning: tuple[str, str]


def _read_tables() -> dict[str, tuple[Column, ...]]:
    tables: dict[str, list[Column]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            column = Column(row["name"], row["kind"], (row["en"], row["fr"]))
            tables.setdefault(row["table"], []).append(column)
    return {name: tuple(columns) for name, columns in tables.items()}


_ALL = _read_tables()
POSTINGS, RUNS = _ALL["postings"], _ALL["runs"]
# Process, not market: kept beside the release and left out of its content hash.
JOURNAL: dict[str, tuple[Column, ...]] = {name: _ALL[name] for name in ("runs", "health", "health_details")}
TABLES: dict[str, tuple[Column, ...]] = {
    name: columns for name, columns in _ALL.items() if name not in JOURNAL
}


def arrow_schema(columns: tuple[Column, ...]) -> pa.Schema:
    """The pyarrow schema of a table; all columns nullable. Raises KeyError for an unknown kind."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "time": pa.timestamp("s"),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in columns])
