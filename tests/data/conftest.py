"""A fresh record for each test: on SQLite, and on PostgreSQL where it is installed or named to the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from data.store import open_record

POSTGRES = os.environ.get("PROMPTJOBS_TEST_POSTGRES")
"""SQLAlchemy URL of a database to use instead of one started for the tests; each works in its own schema."""


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """fsync guards against a power cut, which no test makes."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty record."""
    if request.param == "sqlite":
        made = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
        yield made
        made.dispose()
        return
    url = POSTGRES or request.getfixturevalue("postgres_url")
    yield from _postgres(url, f"test_{os.getpid()}_{abs(hash(request.node.nodeid)):x}")


def _postgres(url: str, schema: str) -> Iterator[Engine]:
    admin = create_engine(url)
    with admin.begin() as db:
        db.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
        db.execute(text(f'CREATE SCHEMA "{schema}"'))
    joiner = "&" if "?" in url else "?"
    made = open_record(f"{url}{joiner}options=-csearch_path%3D{schema}")
    yield made
    made.dispose()
    with admin.begin() as db:
        db.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    admin.dispose()
