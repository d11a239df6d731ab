"""The starter archive's share of a release: its rows for postings that the record does not hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import ReleaseError
from data.frames import TABLES, arrow_schema
from data.release import MANIFEST

if TYPE_CHECKING:
    import pyarrow as pa

PER_POSTING = ("postings", "salaries", "skills", "soft")
"""Tables of the archive keyed by posting; the record's own rows win over them."""
WHOLE = ("benchmarks", "reported_pay")
"""Tables that only the archive has."""


def read_archive(folder: Path) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """The archive's tables (PER_POSTING, WHOLE and coverage) and its manifest. Raises ReleaseError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = {}
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        for name in (*PER_POSTING, *WHOLE, "coverage"):
            # Files keep null columns out; the schema puts them back.
            found = pq.read_table(folder / f"{name}.parquet")
            tables[name] = _completed(found, arrow_schema(TABLES[name]))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise ReleaseError(
            f"The starter archive in {folder} cannot be read ({error}): restore the folder, rebuild it with "
            "`promptjobs archive build`, or set PROMPTJOBS_ARCHIVE=0."
        ) from error
    return tables, manifest


def _completed(found: pa.Table, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = [
        found[field.name].cast(field.type)
        if field.name in found.schema.names
        else pa.nulls(found.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def with_archive(
    tables: dict[str, pa.Table], archive: dict[str, pa.Table], *, live: Iterable[str]
) -> dict[str, pa.Table]:
    """`tables` and the archive's rows for postings not in `live` (posting keys), in the tables' order."""
    import pyarrow as pa

    known = pa.array(sorted(live), pa.string())
    merged = dict(tables)
    for name in PER_POSTING:
        merged[name] = _ordered(name, [tables[name], _without(archive[name], known)])
    for name in WHOLE:
        merged[name] = archive[name]
    merged["coverage"] = _ordered("coverage", [tables["coverage"], _unchecked(archive, tables)])
    return merged


_ORDER = {
    "postings": ("posting_key",),
    "salaries": ("posting_key", "position"),
    "skills": ("posting_key", "skill_id"),
    "soft": ("posting_key", "soft"),
    "coverage": ("source", "board", "day"),
}


def _ordered(name: str, parts: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return (
        pa.concat_tables(parts).combine_chunks().sort_by([(column, "ascending") for column in _ORDER[name]])
    )


def _without(table: pa.Table, keys: pa.Array) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.invert(pc.is_in(table["posting_key"], value_set=keys)))


def _unchecked(archive: dict[str, pa.Table], tables: dict[str, pa.Table]) -> pa.Table:
    """The archive's coverage of boards (threads) that the record never asked."""
    import pyarrow.compute as pc

    def names(table: pa.Table) -> pa.Array:
        return pc.binary_join_element_wise(table["source"], table["board"], " ")

    asked = names(tables["coverage"]).combine_chunks()
    return archive["coverage"].filter(pc.invert(pc.is_in(names(archive["coverage"]), value_set=asked)))
