"""CSV text of a frame: ISO dates, empty where unknown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from data.frames import Column

if TYPE_CHECKING:
    import pandas as pd

# Also after blanks that programs skip, and in the full-width forms that some take for the same.
_FORMULA = re.compile(r"[\t\r]|[\s\u200b\u200e\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")


def neutralise(text: str) -> str:
    """`text`, with a leading apostrophe where a spreadsheet could take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def to_csv(frame: pd.DataFrame, columns: tuple[Column, ...]) -> str:
    """CSV (RFC 4180 quoting, newline LF, header of column names) of `columns` of `frame`, in that order.

    Text is neutralised, numbers are not: -5 stays -5. Lists are joined by "; ". Raises KeyError where
    the frame lacks a column.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*(_cells(frame[c.name], c.kind) for c in columns), strict=True))
    return out.getvalue()


def _cells(values: pd.Series, kind: str) -> list[str]:
    write = _WRITERS[kind]
    missing = values.isna().tolist()
    found = values.tolist()
    return ["" if absent else write(value) for value, absent in zip(found, missing, strict=True)]


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _day(value: datetime | date) -> str:
    return value.strftime("%Y-%m-%d")


def _list(values: Any) -> str:
    return neutralise("; ".join(str(value) for value in values))


_WRITERS: dict[str, Callable[[Any], str]] = {
    "text": neutralise,
    "texts": _list,
    "whole": lambda value: str(int(value)),
    "number": _number,
    "flag": lambda value: "true" if value else "false",
    "day": _day,
    "time": lambda value: value.strftime("%Y-%m-%dT%H:%M:%SZ"),
}
