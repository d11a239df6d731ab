"""The words that search sources are asked for: the role in the languages of each market."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from data.errors import ReferenceDataError
from data.reference import FOLDER

SEARCHES_FILE = FOLDER / "searches.csv"
COLUMNS = ("lang", "phrase")


@cache
def load_searches(path: Path = SEARCHES_FILE) -> tuple[tuple[str, str], ...]:
    """Every (language, phrase), in the file's order. Raises ReferenceDataError naming the line."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ReferenceDataError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
            rows = [(row["lang"], row["phrase"]) for row in reader]
    except OSError as error:
        raise ReferenceDataError(f"{path.name} cannot be read: {error}") from error
    for number, row in enumerate(rows, start=2):
        if not all(row) or rows.count(row) > 1:
            raise ReferenceDataError(f"{path.name}: line {number} is empty in part or stands twice")
    return tuple(rows)


def phrases(languages: Iterable[str]) -> list[str]:
    """The phrases of these languages, once each, in the file's order."""
    wanted = frozenset(languages)
    return list(dict.fromkeys(phrase for lang, phrase in load_searches() if lang in wanted))
