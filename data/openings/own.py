"""The user's own decisions about openings: which posting stands by itself, which two belong together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from filelock import FileLock

from data.errors import ReferenceDataError, SettingError

FILE = "own_openings.csv"
SPLIT, JOIN = "split", "join"
_NEEDS_OTHER = {SPLIT: False, JOIN: True}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided on `made_on`: `posting` leaves its opening (split), or joins that of `other`."""

    kind: str
    posting: str
    other: str | None
    reason: str | None
    made_on: date

    def __post_init__(self) -> None:
        if self.kind not in _NEEDS_OTHER or (self.other is not None) != _NEEDS_OTHER[self.kind]:
            raise ValueError(f"{self.kind} {self.posting} {self.other or ''}")

    @property
    def about(self) -> frozenset[str | None]:
        return frozenset({self.posting, self.other})


def decisions(home: Path) -> tuple[Decision, ...]:
    """The user's decisions, oldest first. Raises ReferenceDataError where a row cannot be read."""
    path = home / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_read(path, number, row) for number, row in enumerate(csv.DictReader(file), 2))


def _read(path: Path, number: int, row: dict[str, str]) -> Decision:
    try:
        other, reason, made_on = (
            row["other"] or None,
            row["reason"] or None,
            date.fromisoformat(row["made_on"]),
        )
        return Decision(row["kind"], row["posting"], other, reason, made_on)
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceDataError(
            f"{path}, line {number}: {error} is no decision; mend the line or take it out."
        ) from error


def add(home: Path, decision: Decision) -> None:
    """Keep a decision; one of the same kind about the same postings gives way to it."""
    _rewrite(home, lambda held: [*(d for d in held if not _is_same(d, decision)), decision])


def undo(home: Path, posting: str, other: str | None = None) -> tuple[Decision, ...]:
    """Take back every decision about `posting` (and `other`); returns them, the openings are as before them."""
    wanted = {posting, other} - {None}
    gone = tuple(d for d in decisions(home) if wanted <= d.about)
    _rewrite(home, lambda held: [d for d in held if d not in gone])
    return gone


def _is_same(one: Decision, two: Decision) -> bool:
    return one.kind == two.kind and one.about == two.about


def _rewrite(home: Path, change: Callable[[Sequence[Decision]], Sequence[Decision]]) -> None:
    path = home / FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / "own_openings.lock"):
            rows = change(decisions(home))
            fresh = path.with_name(f".{FILE}.new")
            with fresh.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [f.name for f in fields(Decision)], lineterminator="\n")
                writer.writeheader()
                writer.writerows(asdict(row) for row in rows)
            fresh.replace(path)
    except OSError as error:
        raise SettingError(f"{path} cannot be written: {error.strerror}.") from error
