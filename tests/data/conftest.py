"""A fresh record for each test: on SQLite, and on PostgreSQL where PROMPTJOBS_TEST_POSTGRES names a database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from data.store import open_record

POSTGRES = os.environ.get("PROMPTJOBS_TEST_POSTGRES")
"""SQLAlchemy URL of a database the tests may write to, each in a schema of its own."""


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty record."""
    if request.param == "sqlite":
        made = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
        yield made
        made.dispose()
        return
    if not POSTGRES:
        pytest.skip("PROMPTJOBS_TEST_POSTGRES is not set")
    yield from _postgres(f"test_{os.getpid()}_{abs(hash(request.node.nodeid)):x}")


def _postgres(schema: str) -> Iterator[Engine]:
    admin = create_engine(str(POSTGRES))
    with admin.begin() as db:
        db.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
        db.execute(text(f'CREATE SCHEMA "{schema}"'))
    joiner = "&" if "?" in str(POSTGRES) else "?"
    made = open_record(f"{POSTGRES}{joiner}options=-csearch_path%3D{schema}")
    yield made
    made.dispose()
    with admin.begin() as db:
        db.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    admin.dispose()
