"""Frames to the Arrow tables of a release: the declared columns, in order, with their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.errors import ReleaseError
from data.frames import Column, arrow_schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def to_arrow(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pa.Table:
    """The `columns` of `frame` as an Arrow table; missing values become null. Raises ReleaseError."""
    import pyarrow as pa

    schema = arrow_schema(columns)
    try:
        arrays = [_array(frame[field.name], field.type) for field in schema]
    except (pa.ArrowInvalid, pa.ArrowTypeError, KeyError) as error:
        raise ReleaseError(f"Cannot build the release: {error}") from error
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: pd.Series, kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_list(kind):
        return pa.array(values.tolist(), type=kind)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return pa.array(values.astype("datetime64[s]"), from_pandas=True).cast(kind)
    if pa.types.is_integer(kind):
        return pa.array(values.astype("Int64"), type=kind, from_pandas=True)
    if pa.types.is_floating(kind):
        return pa.array(values.astype("Float64"), type=kind, from_pandas=True)
    return pa.array(values, type=kind, from_pandas=True)


def empty(columns: tuple[Column, ...]) -> pa.Table:
    """A table of `columns` without rows."""
    return arrow_schema(columns).empty_table()
