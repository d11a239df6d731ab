"""Opening a release: read-only DuckDB views over its Parquet files, for any number of threads."""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from data.errors import ReleaseError
from data.frames import JOURNAL, TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
NAME = re.compile(r"^\d{8}T\d{6}-[0-9a-f]{8}$")

# Nothing may be fetched or loaded at query time; what we use is built into DuckDB.
_OPTIONS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
MEMORY = "1GB"
"""What a release's queries may hold in memory; beyond it they spill to a folder that goes when the release is closed."""

_SQL_KINDS = {
    "text": "VARCHAR", "texts": "VARCHAR[]", "whole": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "day": "DATE",
    "time": "TIMESTAMP",
}  # fmt: skip


class Scope(StrEnum):
    """Which postings a query's tables hold: all, or those that name prompting (kept in memory, since they are few)."""

    ALL = "main"
    NAMED = "named"


# What hangs on a posting: in the scope NAMED only the rows of postings that name prompting.
_OF_POSTINGS = ("salaries", "skills", "soft", "spells", "evidence")
_TABLES = "|".join(("postings", *_OF_POSTINGS))
_UNQUALIFIED, _NAMED = re.compile(rf"(?<![.\w])(?:{_TABLES})\b"), re.compile(rf"\bnamed\.({_TABLES})\b")
_KEPT = re.compile(r"\bkept\.(\w+)")
_REMEMBERED = 512

T = TypeVar("T")


class Release:
    """One immutable release. Its tables (data.frames) are the views that `query` reads. Thread-safe.

    Two kinds of tables are made on first use and kept in memory: in the schema `named` the rows of the postings
    that name prompting, in `kept` the answers of data/measures/sql/kept_*.sql. Without `in_memory` both are
    views over the files: the same answers, slowly.
    """

    def __init__(self, path: Path, manifest: dict[str, Any], *, in_memory: bool = True) -> None:
        import duckdb

        self.path = path
        self.name: str = manifest["name"]
        self.manifest = manifest
        self._kind = "TABLE" if in_memory else "VIEW"
        self._lock, self._making = threading.Lock(), threading.RLock()
        self._made: dict[str, str] = {}
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        spilled = Path(tempfile.gettempdir()) / f"promptjobs-{os.getpid()}-{id(self):x}"
        limits = {"memory_limit": MEMORY, "temp_directory": str(spilled)}
        self._connection = duckdb.connect(":memory:", config=_OPTIONS | limits)
        self._connection.execute("CREATE SCHEMA named; CREATE SCHEMA kept")
        for table in (*TABLES, *JOURNAL):
            self._connection.execute(f"CREATE VIEW {table} AS {_rows_of(table, path, manifest)}")
        self._complete()

    def query(
        self,
        sql: str,
        params: Sequence[object] | Mapping[str, object] = (),
        *,
        scope: Scope = Scope.ALL,
    ) -> pd.DataFrame:
        """The rows of `sql` as a frame. `params` fill its `?` (sequence) or `$name` (mapping) places.

        `scope` says which rows `postings` and what hangs on them hold (Selection.scope); `main.postings` are
        all of them in either, and `named.postings` those that name prompting. `kept.x` holds the rows of
        data/measures/sql/kept_x.sql.
        """
        self._make_tables(sql, scope)
        with self._lock:
            cursor = self._connection.cursor()
        with cursor:
            if scope is Scope.NAMED:
                cursor.execute("SET search_path = 'named,main'")
            return cursor.execute(sql, params if isinstance(params, Mapping) else list(params)).df()

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for `key` before, or gives now; the latest few hundred are remembered."""
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return cast(T, self._remembered[key])
        found = make()
        with self._lock:
            self._remembered[key] = found
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def made(self) -> dict[str, str]:
        """The tables and views made so far in the schemas `named` and `kept`, and the SQL of their rows."""
        return dict(self._made)

    def _make_tables(self, sql: str, scope: Scope) -> None:
        """Make the tables that `sql` reads of the schemas `named` and `kept`, unless they are there."""
        found = _UNQUALIFIED.findall(sql) if scope is Scope.NAMED else []
        for table in (*found, *_NAMED.findall(sql)):
            self._make(f"named.{table}", _named_rows)
        for table in _KEPT.findall(sql):
            self._make(f"kept.{table}", _kept_rows)

    def _make(self, name: str, rows: Callable[[str], str]) -> None:
        if name in self._made:
            return
        with self._making:
            if name in self._made:
                return
            sql = rows(name.partition(".")[2])
            self._make_tables(sql, Scope.ALL)
            with self._connection.cursor() as cursor:
                cursor.execute(f"CREATE OR REPLACE {self._kind} {name} AS {sql}")
            self._made[name] = sql

    def _complete(self) -> None:
        """Give the tables of an older release the columns it lacks, without values; `stored` is what it has."""
        found = self._connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
        self.stored: frozenset[tuple[str, str]] = frozenset(found)
        for table, columns in (JOURNAL | TABLES).items():
            lacking = [c for c in columns if (table, c.name) not in self.stored]
            if lacking:
                view = f"CREATE OR REPLACE VIEW {table} AS SELECT *, {_nulls(lacking)} FROM"
                rows = _rows_of(table, self.path, self.manifest)
                self._connection.execute(f"{view} ({rows})")

    def close(self) -> None:
        """Let go of the files; the release cannot be queried afterwards."""
        with self._lock:
            self._connection.close()


def _named_rows(table: str) -> str:
    """The SQL of a table's rows that belong to postings that name prompting."""
    if table == "postings":
        return "SELECT * FROM main.postings WHERE prompt_relation <> 'none'"
    return f"SELECT t.* FROM main.{table} t SEMI JOIN named.postings p ON p.posting_key = t.posting_key"


def _kept_rows(table: str) -> str:
    file = resources.files("data.measures") / "sql" / f"kept_{table}.sql"
    return file.read_text(encoding="utf-8")


def _rows_of(table: str, path: Path, manifest: Mapping[str, Any]) -> str:
    """The SQL that reads a table; without rows where the release is older than the table."""
    file = path / f"{table}.parquet"
    if file.is_file() if table in JOURNAL else file.name in manifest["files"]:
        quoted = str(file).replace("'", "''")
        return f"SELECT * FROM read_parquet('{quoted}')"
    return f"SELECT {_nulls((JOURNAL | TABLES)[table])} WHERE false"


def _nulls(columns: Sequence[Column]) -> str:
    return ", ".join(f"CAST(NULL AS {_SQL_KINDS[c.kind]}) AS {c.name}" for c in columns)


def open_release(releases: Path, name: str | None = None, *, in_memory: bool = True) -> Release:
    """The release `name`, or the current one (`in_memory`: see Release). Raises ReleaseError that says what to do."""
    chosen = name if name is not None else current_name(releases)
    if chosen is None:
        raise ReleaseError(f"There is no release in {releases} yet: run `promptjobs publish`.")
    return Release(releases / chosen, read_manifest(releases, chosen), in_memory=in_memory)


def current_name(releases: Path) -> str | None:
    """Name of the current release; None where nothing was published yet."""
    try:
        return (releases / CURRENT).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def release_names(releases: Path) -> list[str]:
    """Names of the releases kept in `releases`, oldest first."""
    if not releases.is_dir():
        return []
    return sorted(entry.name for entry in releases.iterdir() if NAME.match(entry.name))


def read_manifest(releases: Path, name: str) -> dict[str, Any]:
    """The manifest of release `name`. Raises ReleaseError where it is unknown or damaged."""
    if not NAME.match(name):
        raise ReleaseError(f"{name!r} is not the name of a release (such as 20260801T060000-1a2b3c4d).")
    folder = releases / name
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        kept = ", ".join(release_names(releases)[-5:]) or "none"
        raise ReleaseError(f"There is no release {name} in {releases}; the latest kept: {kept}.") from error
    except ValueError as error:
        raise ReleaseError(
            f"{folder / MANIFEST} is damaged ({error}): delete the folder, then `promptjobs publish`."
        ) from error
    _check_files(folder, manifest)
    return manifest


def _check_files(folder: Path, manifest: dict[str, Any]) -> None:
    wanted = [*manifest.get("files", {}), "runs.parquet"]  # older releases have no more of a journal
    missing = [file for file in wanted if not (folder / file).is_file()]
    if missing or not {"name", "files"} <= manifest.keys():
        raise ReleaseError(
            f"Release {folder.name} lacks {', '.join(missing) or 'its name and files'}: "
            "delete the folder, then run `promptjobs publish`."
        )
