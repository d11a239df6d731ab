"""The plainest query that reads what a measure reads: the yardstick of its speed.

For each table a measure's queries scan, the columns that DuckDB's plan says they need are read once from the release's
files, with the selection's filters where the table has them, and nothing is computed but a checksum of each: anything
simpler, such as the largest value, DuckDB answers from the files' statistics without reading the column.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from data.frames import JOURNAL, TABLES, arrow_schema
from data.measures.selection import Selection
from data.release import Release, Scope
from data.reporting.report import Report

_VALUE, _WORD = re.compile(r"'[^']*'"), re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One query that a measure ran."""

    sql: str
    params: Sequence[object]
    scope: Scope


def asked_by(plain: Release, report: Report, selection: Selection) -> list[Asked]:
    """The queries that a report runs. `plain`: a release opened without `in_memory`, for nothing else."""
    found: list[Asked] = []
    query = plain.query

    def record(sql: str, params: Any = (), *, scope: Scope = Scope.ALL) -> Any:
        found.append(Asked(sql, params, scope))
        return query(sql, params, scope=scope)

    plain.query = record  # type: ignore[method-assign]
    try:
        report.measure(plain, selection)
    finally:
        plain.query = query  # type: ignore[method-assign]
    return found


def columns_read(plain: Release, queries: Iterable[Asked]) -> dict[str, set[str]]:
    """Table -> the columns of it that the queries need, by DuckDB's plan over empty tables of the same shape."""
    found: dict[str, set[str]] = {}
    with duckdb.connect() as connection:
        # Over empty tables the optimizer would prove that nothing needs to be read.
        connection.execute("SET disabled_optimizers = 'statistics_propagation,empty_result_pullup'")
        connection.execute("CREATE SCHEMA named; CREATE SCHEMA kept")
        for table, columns in {**TABLES, **JOURNAL}.items():
            connection.register("shape", arrow_schema(columns).empty_table())
            connection.execute(f"CREATE TABLE {table} AS FROM shape")
        for name, sql in plain.made().items():
            connection.execute(f"CREATE VIEW {name} AS {sql}")
        for query in queries:
            connection.execute(
                f"SET search_path = '{'named,main' if query.scope is Scope.NAMED else 'main'}'"
            )
            plan = connection.execute(f"EXPLAIN (FORMAT json) {query.sql}", query.params).fetchall()[0][1]
            for table, columns in _scans(json.loads(plan)):
                found.setdefault(table, set()).update(columns)
    return found


def _scans(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, set[str]]]:
    for node in nodes:
        about = node.get("extra_info", {})
        table = str(about.get("Table", "")).rpartition(".")[2]
        if table in TABLES or table in JOURNAL:
            named = json.dumps([about.get("Projections", []), about.get("Filters", [])])
            words = _WORD.findall(_VALUE.sub("", named))
            yield table, {column.name for column in {**TABLES, **JOURNAL}[table]} & set(words)
        yield from _scans(node.get("children", []))


def bare_seconds(
    plain: Release, columns: dict[str, set[str]], selection: Selection, *, rounds: int = 5
) -> float:
    """Median seconds in which DuckDB reads the columns of all tables from the files, one after the other."""
    times = []
    queries = [_bare(table, names, selection) for table, names in columns.items() if names]
    for _ in range(rounds):
        started = time.perf_counter()
        for sql, values in queries:
            plain.query(sql, values)
        times.append(time.perf_counter() - started)
    return sorted(times)[rounds // 2]


def _bare(table: str, names: set[str], selection: Selection) -> tuple[str, list[object]]:
    sums = ", ".join(f'bit_xor(hash(p."{name}")) AS "{name}"' for name in sorted(names))
    where, values = selection.where("p") if table == "postings" else ("TRUE", [])
    return f"SELECT {sums} FROM main.{table} p WHERE {where}", values
