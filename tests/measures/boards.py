"""Listing boards of a few invented openings by day, for tests of what is measured day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.release import Release
from tests.measures.markets import checked, posting, release_of, spell

FIRST = date(2026, 6, 1)  # a Monday


def day(number: int) -> date:
    """The day of that number; 0 is the first."""
    return FIRST + timedelta(days=number)


class Boards:
    """Adverts listed on boards of one source, and the days on which these were read."""

    def __init__(self, source: str = "lever") -> None:
        self.source = source
        self.postings: list[dict[str, Any]] = []
        self.spells: list[dict[str, Any]] = []
        self.coverage: list[dict[str, Any]] = []

    def read(self, board: str, days: Iterable[int], outcome: str = "complete") -> None:
        """The board was read on these days."""
        self.coverage += [checked(self.source, board, day(i), outcome) for i in days]

    def up(self, board: str, first: int, gone: int | None = None, **given: Any) -> str:
        """One advert up on a board from `first` until `gone` (the first check without it); returns its key."""
        number = len(self.postings)
        ending = {"exit": given.pop("exit", "vanished" if gone is not None else None)}
        shared = {"source": self.source, "lifecycle": "listing", "origin": "live", "board": board}
        row = posting(number, day(given.pop("posted", first)), **(shared | {"employer_key": board} | given))
        self.postings.append(row)
        last = day(gone - 1 if gone is not None else first)
        self.spells.append(
            spell(row["posting_key"], day(first), last, None if gone is None else day(gone)) | ending
        )
        return str(row["posting_key"])

    def release(self, folder: Path, **tables: Sequence[Mapping[str, Any]]) -> Release:
        """An open release of all this."""
        return release_of(folder, self.postings, spells=self.spells, coverage=self.coverage, **tables)
