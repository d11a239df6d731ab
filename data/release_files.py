"""Writing a release to disk: fixed Parquet settings, content hash, atomic rename, thinning of old ones."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import ReleaseError
from data.frames import JOURNAL, TABLES, arrow_schema
from data.publishing.arrow import empty
from data.release import CURRENT, MANIFEST, current_name, read_manifest, release_names
from data.schema import canonical_json

if TYPE_CHECKING:
    import pyarrow as pa

TEMPORARY = ".tmp-"
KEEP = 8
"""Releases kept besides the first of each month."""

PARQUET = {
    "compression": "zstd",
    "compression_level": 9,
    "version": "2.6",
    "row_group_size": 120_000,
    "data_page_version": "1.0",
    "store_schema": True,
}


def write_release(
    releases: Path,
    tables: Mapping[str, pa.Table],
    runs: pa.Table,
    about: Mapping[str, Any],
    *,
    now: datetime,
    journal: Mapping[str, pa.Table] | None = None,
) -> str:
    """Publish `tables` (all of data.frames.TABLES) with the journal; returns the release's name.

    The journal is `runs` and what else of data.frames.JOURNAL is given; other tables of it are empty.

    `about` is the part of the manifest the caller knows (versions, sources, archive); it counts into
    the content hash, as the tables do. Where the current release has the same hash it stays, and only
    its journal is renewed. Whatever moment the process dies at, CURRENT names a whole release.
    """
    releases.mkdir(parents=True, exist_ok=True)
    _remove_temporary(releases)
    folder = releases / f"{TEMPORARY}{os.getpid()}"
    folder.mkdir()
    files = {f"{name}.parquet": _write_table(folder, name, TABLES[name], tables[name]) for name in TABLES}
    for table, columns in JOURNAL.items():
        given = {"runs": runs, **(journal or {})}.get(table)
        _write_table(folder, table, columns, empty(columns) if given is None else given)
    content_hash = _content_hash(files, about)
    name = _published(releases, content_hash)
    if name is not None:
        _renew_journal(folder, releases / name)
        _point(releases, name)
        return name
    name = f"{now:%Y%m%dT%H%M%S}-{content_hash[:8]}"
    counts = {table: tables[table].num_rows for table in TABLES}
    times = {"name": name, "content_hash": content_hash, "made_at": now.isoformat(timespec="seconds")}
    _write_manifest(folder, {**times, **about, "counts": counts, "files": files})
    _install(releases, folder, name)
    thin(releases)
    return name


def write_parquet(path: Path, table: pa.Table) -> str:
    """Write `table` with the fixed settings, synced to disk; returns the file's SHA-256."""
    import pyarrow.parquet as pq

    pq.write_table(table.replace_schema_metadata(None), path, **PARQUET)
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_table(folder: Path, name: str, columns: Any, table: pa.Table) -> str:
    schema = arrow_schema(columns)
    if table.schema.names != schema.names:
        odd = sorted(set(table.schema.names) ^ set(schema.names))
        raise ReleaseError(f"Table {name} of the release has other columns than data/frames.py: {odd}")
    return write_parquet(folder / f"{name}.parquet", table.cast(schema))


def _content_hash(files: Mapping[str, str], about: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json({"files": dict(files), "about": dict(about)})).hexdigest()


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    _write_bytes(folder / MANIFEST, text.encode())


def _published(releases: Path, content_hash: str) -> str | None:
    """The current release, or a newer one that a kill kept from becoming it, if it has this content."""
    current = current_name(releases) or ""
    names = [name for name in release_names(releases) if name >= current and name.endswith(content_hash[:8])]
    return next((name for name in names if _has_hash(releases, name, content_hash)), None)


def _has_hash(releases: Path, name: str, content_hash: str) -> bool:
    try:
        return bool(read_manifest(releases, name)["content_hash"] == content_hash)
    except ReleaseError:
        return False  # damaged: the new one takes its place


def _renew_journal(folder: Path, release: Path) -> None:
    for table in JOURNAL:
        (folder / f"{table}.parquet").replace(release / f"{table}.parquet")
    shutil.rmtree(folder)


def _install(releases: Path, folder: Path, name: str) -> None:
    _sync_folder(folder)
    if (releases / name).exists():  # same second, same content, left by a kill before CURRENT was written
        shutil.rmtree(releases / name)
    folder.rename(releases / name)
    _sync_folder(releases)
    _point(releases, name)


def _point(releases: Path, name: str) -> None:
    pointer = releases / f"{TEMPORARY}{CURRENT}"
    _write_bytes(pointer, f"{name}\n".encode())
    pointer.replace(releases / CURRENT)
    _sync_folder(releases)


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_temporary(releases: Path) -> None:
    """What a killed publish left behind. Publishing runs under the caller's lock."""
    for entry in releases.iterdir():
        if not entry.name.startswith(TEMPORARY):
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def thin(releases: Path, *, keep: int = KEEP) -> list[str]:
    """Delete old releases; the last `keep`, the first of each month and the current one stay."""
    names = release_names(releases)
    first_of_month = {name[:6]: name for name in reversed(names)}
    kept = {*names[-keep:], *first_of_month.values(), current_name(releases)}
    dropped = [name for name in names if name not in kept]
    for name in dropped:  # renamed first: a kill half-way leaves no half release under a release's name
        shutil.rmtree((releases / name).rename(releases / f"{TEMPORARY}{name}"))
    return dropped


def verify_files(releases: Path, name: str) -> list[str]:
    """Files of a release whose content is not what its manifest says; empty where all is well."""
    manifest = read_manifest(releases, name)
    wrong = []
    for file, expected in sorted(manifest["files"].items()):
        with (releases / name / file).open("rb") as handle:
            if hashlib.file_digest(handle, "sha256").hexdigest() != expected:
                wrong.append(file)
    return wrong
