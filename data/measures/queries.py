"""The named SQL files of the measures: one question each, its grain and columns in the header."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def load_query(name: str) -> str:
    """Text of sql/{name}.sql. `{selected}` in it is replaced by Selection.where, never by a value."""
    return (resources.files("data.measures") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
