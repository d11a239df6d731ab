"""Synthetic releases of any size, in the layout of real ones: the ground on which the measures are timed.

    .venv/bin/python -m benchmarks.releases FOLDER --postings 1000000 [--seed 7]

Writes a releases folder (the one release and CURRENT) that `data.release.open_release` opens. The market is
invented: listing sources whose boards are checked daily for two years, searches and threads; openings of one to three
postings by employers of very unequal size; 1.5 % of the postings name prompting. The same size and seed give the same
rows. Rows are drawn in the order of a real release (by posting_key) and streamed to Parquet with its settings.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.accuracy import accuracy_table
from data.frames import JOURNAL, TABLES, arrow_schema
from data.publish import skill_names
from data.release import CURRENT, MANIFEST
from data.release_files import PARQUET
from data.schema import canonical_json

FIRST_DAY, LAST_DAY = date(2024, 7, 1), date(2026, 6, 30)
MADE_AT = datetime(2026, 6, 30, 18, 0, 0)
# source id, lifecycle, origin, kind of card
SOURCES = (
    ("ashby", "listing", "live", "board"),
    ("francetravail", "flow", "live", "search"),
    ("greenhouse", "listing", "live+snapshot", "board"),
    ("hackernews", "flow", "archive+live", "thread"),
    ("lever", "listing", "live+snapshot", "board"),
    ("sample", "flow", "import", "import"),
    ("workday", "listing", "live", "board"),
)
_SQL = Path(__file__).parent / "sql"
_ROWS = PARQUET["row_group_size"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    started = time.monotonic()
    path = synthesise(options.folder, options.postings, seed=options.seed)
    size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{path}: {size:,.0f} MB in {time.monotonic() - started:.0f} s, peak {peak:,.0f} MB")
    return 0


def synthesise(folder: Path, n: int, *, seed: int = 7) -> Path:
    """Write a release of `n` postings into the releases folder `folder`; returns the release's own folder."""
    part = folder / ".tmp-synthetic"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with duckdb.connect(str(part / "draws.duckdb")) as connection:
        _draw(connection, n, seed)
        counts = _write_tables(connection, part)
        about = _about(connection)
    (part / "draws.duckdb").unlink()
    files = {f"{table}.parquet": _digest(part / f"{table}.parquet") for table in TABLES}
    content_hash = hashlib.sha256(canonical_json({"files": files, "about": about})).hexdigest()
    name = f"{MADE_AT:%Y%m%dT%H%M%S}-{content_hash[:8]}"
    named = {"name": name, "content_hash": content_hash, "made_at": MADE_AT.isoformat()}
    manifest = {**named, **about, "counts": counts, "files": files}
    (part / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    shutil.rmtree(folder / name, ignore_errors=True)
    part.rename(folder / name)
    (folder / CURRENT).write_text(f"{name}\n", encoding="utf-8")
    return folder / name


def _draw(connection: duckdb.DuckDBPyConnection, n: int, seed: int) -> None:
    """The table `base`: what decides everything else about each posting."""
    connection.execute("SET memory_limit = '1500MB'")
    connection.execute("SET preserve_insertion_order = true")
    lexicon = skill_names().to_pydict()
    variables = {
        "n": n,
        "seed": seed,
        "n_boards": max(5, min(20_000, n // 200)),
        "n_employers": max(20, n // 20),
        "first_day": FIRST_DAY,
        "last_day": LAST_DAY,
        "skill_ids": lexicon["skill_id"],
        "labels": lexicon["label_en"],
    }
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute(_load("draws"))
    for number, (source, *_) in enumerate(SOURCES):
        verb = "INSERT INTO base" if number else "CREATE TABLE base AS"
        connection.execute(f"{verb} {_load('base')}", {"source": source})


def _write_tables(connection: duckdb.DuckDBPyConnection, part: Path) -> dict[str, int]:
    """Write every table of a release and of its journal; returns the rows of each."""
    small = {"skill_names": skill_names(), "accuracy": accuracy_table()}
    counts: dict[str, int] = {}
    for table, columns in {**TABLES, **JOURNAL}.items():
        schema, path = arrow_schema(columns), part / f"{table}.parquet"
        if (_SQL / f"release_{table}.sql").is_file():
            counts[table] = _write(path, schema, _batches(connection, table, schema))
        else:
            rows = small.get(table, schema.empty_table()).cast(schema)
            counts[table] = _write(path, schema, rows.to_batches())
        connection.execute(f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet('{path}')")
    return {table: counts[table] for table in TABLES}


def _batches(
    connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    names = ", ".join(f'"{name}"' for name in schema.names)
    found = connection.sql(f"SELECT {names} FROM ({_load(table)})").to_arrow_reader(_ROWS)
    for batch in found:
        yield pa.RecordBatch.from_arrays(
            [batch[name].cast(schema.field(name).type) for name in schema.names], schema=schema
        )


def _write(path: Path, schema: pa.Schema, batches: Any) -> int:
    """Write batches as one file; returns its rows. Whole row groups are filled, as a real release's are."""
    settings = {name: value for name, value in PARQUET.items() if name != "row_group_size"}
    n = 0
    with pq.ParquetWriter(path, schema, **settings) as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=_ROWS)
            n += batch.num_rows
    return n


def _about(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    found = dict(connection.execute("SELECT source, count(*) FROM base GROUP BY source").fetchall())
    sources = [_card(*source, n=found.get(source[0], 0)) for source in SOURCES]
    return {
        "rules_version": "synthetic-1",
        "method_version": "synthetic",
        "archive": None,
        "sources": sources,
    }


def _card(source: str, lifecycle: str, origin: str, kind: str, *, n: int) -> dict[str, Any]:
    words = {"en": f"Invented adverts of {source}.", "fr": f"Annonces inventées de {source}."}
    named = dict.fromkeys(("label", "label_fr", "licence", "url", "terms"), source)
    last = {"last_good_day": LAST_DAY.isoformat(), "last_outcome": "complete"}
    return {"id": source, "kind": kind, "lifecycle": lifecycle, "origin": origin, "n_postings": n,
            **named, **last, "attribution": words, "sentence": words}  # fmt: skip


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(name: str) -> str:
    return (_SQL / f"release_{name}.sql").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
