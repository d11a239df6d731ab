"""Answers that every query of a kind begins with, worked out once per release and kept in memory as tables."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from data.measures.queries import load_query

if TYPE_CHECKING:
    from data.release import Release

_MADE: WeakKeyDictionary[Release, set[str]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def keep(release: Release, *names: str) -> None:
    """Make the tables kept.{name} of a release from sql/kept_{name}.sql, in this order, unless they are there."""
    with _LOCK:
        made = _MADE.setdefault(release, set())
        for name in names:
            if name not in made:
                release.query("CREATE SCHEMA IF NOT EXISTS kept")
                release.query(f"CREATE TABLE IF NOT EXISTS kept.{name} AS {load_query(f'kept_{name}')}")
                made.add(name)
