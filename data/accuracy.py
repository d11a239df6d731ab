"""Measured accuracy of the rules: rows of reference/accuracy.csv, written by `promptjobs evaluate --save`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.frames import TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

FILE = Path(__file__).parent / "reference" / "accuracy.csv"
COLUMNS = TABLES["accuracy"]
Row = Mapping[str, Any]

_READ: Mapping[str, Callable[[str], Any]] = {
    "whole": int,
    "number": float,
    "day": date.fromisoformat,
    "text": str,
}


def load_accuracy(path: Path = FILE) -> list[dict[str, Any]]:
    """The rows with the columns of data.frames.TABLES["accuracy"], missing values None; [] without the file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {column.name: _value(column.kind, row[column.name]) for column in COLUMNS}
            for row in csv.DictReader(file)
        ]


def _value(kind: str, cell: str) -> Any:
    return _READ[kind](cell) if cell else None


def save_accuracy(rows: Sequence[Row], *, gold: str, path: Path = FILE) -> None:
    """Put `rows`, all measured on `gold`, in the place of the earlier ones of that file; other files' rows stay."""
    kept = [row for row in load_accuracy(path) if row["gold"] != gold]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in COLUMNS], lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *rows])


def accuracy_table(path: Path = FILE) -> pa.Table:
    """The rows as a table of a release."""
    import pyarrow as pa

    return pa.Table.from_pylist(load_accuracy(path), schema=arrow_schema(COLUMNS))
