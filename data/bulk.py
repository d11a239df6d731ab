"""Many rows at once, the same on SQLite and PostgreSQL, without SQLAlchemy's work for every single row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table

from data.store import BATCH


def insert_rows(db: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert the rows (values in the order of `names`) that break no key of the table; leave out the others."""
    columns = [
        map(convert, values) if (convert := _converter(db, table.c[name])) else values
        for name, values in zip(names, zip(*rows, strict=True), strict=False)
    ]
    values = list(zip(*columns, strict=True))
    if values:
        marks = ", ".join([_mark(db)] * len(names))
        db.exec_driver_sql(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks}) ON CONFLICT DO NOTHING", values
        )


def find_ids(
    db: Connection, key: Column[Any], number: Column[Any], values: Sequence[object], **where: object
) -> dict[Any, int]:
    """`number` by `key` of the rows whose key is among `values` and whose columns are as `where` says."""
    fixed = "".join(f" AND {name} = {_mark(db)}" for name in where)
    found: dict[Any, int] = {}
    for start in range(0, len(values), BATCH):
        some = values[start : start + BATCH]
        marks = ", ".join([_mark(db)] * len(some))
        sql = f"SELECT {key.name}, {number.name} FROM {key.table.name} WHERE {key.name} IN ({marks}){fixed}"
        found.update(db.exec_driver_sql(sql, (*some, *where.values())).all())
    return found


def _mark(db: Connection) -> str:
    return "?" if db.dialect.paramstyle == "qmark" else "%s"


def _converter(db: Connection, column: Column[Any]) -> Any:
    """What makes a value of the column one of the driver's; None where they are the same."""
    return column.type.dialect_impl(db.dialect).bind_processor(db.dialect)
