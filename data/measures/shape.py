"""The shape of a measure's frame: declared columns, in order, with nullable types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from data.frames import Column

if TYPE_CHECKING:
    import pandas as pd

# None stays None in text; a missing count is <NA>, never 0 and never a float.
DTYPES: dict[str, str] = {
    "text": "object",
    "texts": "object",
    "whole": "Int64",
    "number": "float64",
    "flag": "bool",
    "day": "datetime64[us]",
    "time": "datetime64[us]",
}


def from_rows(columns: tuple[Column, ...], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A frame of `columns` from mappings that hold every column; raises KeyError where one is missing."""
    import pandas as pd

    kept = list(rows)
    return pd.DataFrame(
        {c.name: _typed(pd.Series([row[c.name] for row in kept], dtype=object), c.kind) for c in columns}
    )


def from_query(columns: tuple[Column, ...], frame: pd.DataFrame) -> pd.DataFrame:
    """The answer of a query with its columns in order and typed; raises KeyError where one is missing."""
    import pandas as pd

    return pd.DataFrame({c.name: _typed(frame[c.name], c.kind) for c in columns}).reset_index(drop=True)


def _typed(values: pd.Series, kind: str) -> pd.Series:
    if kind == "text":
        return values.astype(object).where(values.notna(), None)
    return values if kind == "texts" else values.astype(DTYPES[kind])
