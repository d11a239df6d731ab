"""Days of collection counted: which boards answered, how many postings are usual, what went wrong. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from data.health.verdict import LEAST_USUAL, LOW, TROUBLED, Detail
from data.schema import COVERED, Outcome

MOST = 12
"""Rows of one kind of detail that are kept."""
_RANK = {outcome.value: rank for rank, outcome in enumerate(Outcome)}  # best first
_CEILING = re.compile(r"^the platform shows at most \d+ postings")
_DECLARED = re.compile(r"^\d+ postings are declared, \d+ came")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of collection: the best check (a row of data.tables.checks) of each board asked, and the runs."""

    checks: dict[int, Any] = field(default_factory=dict)
    runs: set[str] = field(default_factory=set)

    def add(self, check: Any) -> None:
        self.runs.add(check.run_id)
        old = self.checks.get(check.board_id)
        if old is None or (_RANK[check.outcome], -check.n_seen) < (_RANK[old.outcome], -old.n_seen):
            self.checks[check.board_id] = check

    @property
    def n_seen(self) -> int:
        return sum(check.n_seen for check in self.checks.values())

    def answered(self, by_design: bool) -> dict[int, Any]:
        """The checks of boards that answered."""
        return {board: check for board, check in self.checks.items() if has_answered(check, by_design)}

    def is_good(self, by_design: bool) -> bool:
        return len(self.answered(by_design)) >= (1 - TROUBLED) * len(self.checks)


Days = dict[date, Day]
"""Days of collection, oldest first."""


def has_answered(check: Any, by_design: bool) -> bool:
    """Whether a board gave all that its source lets us have; an empty board has answered.

    `by_design`: the source is read in part on purpose, so fewer postings than it declares are no fault.
    """
    if check.outcome == Outcome.PARTIAL:
        reason = check.reason or ""
        return bool(_CEILING.match(reason) or (by_design and _DECLARED.match(reason)))
    return check.outcome in COVERED or check.outcome == Outcome.EMPTY


def volume(days: Days, by_design: bool) -> tuple[int, int, int]:
    """(postings of known boards on the last day, what is usual for them, last days running below LOW of it).

    Usual for a board is the median of what it listed on its earlier days: boards that are new, that were
    not asked or that failed shift nothing.
    """
    listed = [
        {board: check.n_seen for board, check in day.answered(by_design).items()} for day in days.values()
    ]
    known: dict[int, list[int]] = defaultdict(list)
    for day in listed[:-1]:
        for board, n in day.items():
            known[board].append(n)
    usual = {board: median(ns) for board, ns in known.items()}
    matched = [_matched(day, usual) for day in listed]
    low_days = 0
    for same, normal in reversed(matched):
        if normal < LEAST_USUAL or same >= LOW * normal:
            break
        low_days += 1
    return matched[-1][0], round(matched[-1][1]), low_days


def _matched(day: Mapping[int, int], usual: Mapping[int, float]) -> tuple[int, float]:
    boards = day.keys() & usual.keys()
    return sum(day[board] for board in boards), sum(usual[board] for board in boards)


def declared(day: Day, by_design: bool) -> int | None:
    """What the boards that answered say they hold; None where all of it was read."""
    answered = day.answered(by_design).values()
    if not any(check.outcome == Outcome.PARTIAL for check in answered):
        return None
    return sum(max(int(check.n_listed or 0), int(check.n_seen)) for check in answered)


def volumes(days: Days) -> list[Detail]:
    """Postings seen by day, oldest first."""
    return [Detail("volume", day.isoformat(), None, one.n_seen) for day, one in days.items()]


def troubles(day: Day, by_design: bool) -> list[Detail]:
    """Boards without a whole answer by outcome and reason, the commonest first."""
    answered = day.answered(by_design)
    silent = [check for board, check in day.checks.items() if board not in answered]
    return most(
        "trouble",
        Counter((check.outcome, (check.reason or "").partition(" (")[0] or None) for check in silent),
    )


def unknown(stats: Iterable[Mapping[str, int]]) -> list[Detail]:
    """Words of the source that its reader does not know, out of the runs' counters."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for one in stats:
        for name, n in one.items():
            if name.startswith("unknown/"):
                counts[name.removeprefix("unknown/"), None] += n
    return most("unknown", counts)


def most(kind: str, counts: Mapping[tuple[str, str | None], int]) -> list[Detail]:
    """The MOST frequent (name, reason) of `counts`, most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return [Detail(kind, name, reason, n) for (name, reason), n in ranked[:MOST]]
