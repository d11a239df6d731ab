"""The placements of the last release, kept beside the record so that the next need only look at what changed.

Derived: without the file, with a damaged one or with one that other code wrote, everything is resolved anew.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from data.openings.sets import PLACED, place

if TYPE_CHECKING:
    import pandas as pd

FILE = "openings.cache"
_CODE = ("openings/sets.py", "resolve.py", "openings/chains.py", "similarity.py", "openings/spellings.py")
_SEAL = 32


@cache
def version() -> str:
    """A hash of the code that decides: other code may decide otherwise."""
    folder = Path(__file__).parent.parent
    return sha256(b"\0".join((folder / name).read_bytes() for name in _CODE)).hexdigest()


def place_with(identity: pd.DataFrame, path: Path | None) -> pd.DataFrame:
    """data.openings.sets.place, with what `path` remembers; what was found is kept there (None: nothing is)."""
    known = None if path is None else load(path)
    placed = place(identity, known)
    if path is not None and (known is None or not _is_same(known, placed)):
        save(path, placed)
    return placed


def _is_same(known: pd.DataFrame, placed: pd.DataFrame) -> bool:
    return len(known) == len(placed) and bool(
        all((known[name].to_numpy() == placed[name].to_numpy()).all() for name in PLACED[:3])
    )


def load(path: Path) -> pd.DataFrame | None:
    """The placements kept in `path` (columns PLACED); None where there are none to trust."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        held = path.read_bytes()
    except OSError:
        return None
    if _seal(held[_SEAL:]) != held[:_SEAL]:
        return None
    found: pd.DataFrame = pq.read_table(pa.BufferReader(held[_SEAL:])).to_pandas()
    return found


def save(path: Path, placed: pd.DataFrame) -> None:
    """Keep `placed` in `path`, whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    body = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(placed[list(PLACED)], preserve_index=False), body, compression="zstd")
    table = body.getvalue().to_pybytes()
    fresh = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(_seal(table) + table)
    fresh.replace(path)


def _seal(table: bytes) -> bytes:
    """Stands before the table (Parquet's own checksums leave much out); other code has another."""
    return sha256(version().encode() + table).digest()
