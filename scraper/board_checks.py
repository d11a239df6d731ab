"""Asks boards whether they are there, over their platform's own crawl, and switches them on or off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from data.errors import BusyError
from data.own_boards import keep
from data.reference import Board
from data.settings import Settings
from scraper.child import Progress
from scraper.discover import is_off_by_itself
from scraper.run import crawl
from scraper.suspension import GONE

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT_ONCE = 200
"""Boards of one crawl: what it found is kept before the next begins."""
Found = Literal["alive", "empty", "gone", "unreachable"]
_VERDICT = re.compile(r"(?:^|; )(?:alive|gone) on \d{4}-\d\d-\d\d(?: \([^)]*\))?$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one board answered: `before` the check, as it is `after`, and why where there is a reason."""

    before: Board
    after: Board
    found: Found
    n_postings: int
    reason: str | None


def check_boards(
    settings: Settings, engine: Engine, boards: Iterable[Board], *, on: date, progress: Progress | None = None
) -> Iterator[Verdict]:
    """One verdict a board. What they change is in the user's own file when they are handed out."""
    by_source: dict[str, list[Board]] = {}
    for board in boards:
        by_source.setdefault(board.source, []).append(board)
    for source, mine in by_source.items():
        for start in range(0, len(mine), AT_ONCE):
            some = mine[start : start + AT_ONCE]
            verdicts = list(_ask(engine, source, some, on, progress))
            keep(settings, [v.after for v in verdicts if v.after != v.before])
            yield from verdicts


def _ask(
    engine: Engine, source: str, boards: list[Board], on: date, progress: Progress | None
) -> Iterator[Verdict]:
    try:
        result = crawl(source, boards=[board.board for board in boards], progress=progress)
        run_id, reason = result.run_id, result.reason
    except BusyError as error:
        run_id, reason = None, str(error)
    checks = _checks(engine, run_id) if run_id else {}
    for board in boards:
        row = checks.get(board.board)
        found: Found = judge(row) if row else "unreachable"
        why = row.reason if row else reason
        after = settled(board, found, on, why)
        yield Verdict(board, after, found, row.n_seen if row else 0, None if found == "alive" else why)


def _checks(engine: Engine, run_id: str) -> dict[str, Any]:
    from sqlalchemy import select

    from data import tables as t

    query = (
        select(t.boards.c.board, t.checks)
        .join(t.boards, t.boards.c.board_id == t.checks.c.board_id)
        .where(t.checks.c.run_id == run_id)
    )
    with engine.connect() as db:
        return {row.board: row for row in db.execute(query)}


def judge(check: Any) -> Found:
    """A check's row in one word; only 404 and 410 mean gone: all else may pass."""
    if check.outcome == "failed" and check.http_status in GONE:
        return "gone"
    if check.outcome in ("failed", "blocked"):
        return "unreachable"
    return "alive" if check.n_seen or check.n_rejected else "empty"


def settled(board: Board, found: Found, on: date, why: str | None) -> Board:
    """The board after a check of that day: alive candidates go on, gone boards off; set by hand stays."""
    if found == "alive" and (board.status == "candidate" or is_off_by_itself(board)):
        news = {"status": "on", "last_seen": on, "evidence": _noted(board, f"alive on {on}")}
    elif found == "gone" and board.status != "off":
        reason = re.sub(r"[()]", "", why or "no reason given")[:100]
        news = {"status": "off", "evidence": _noted(board, f"gone on {on} ({reason})")}
    else:
        return board
    return board.model_copy(update=news)


def _noted(board: Board, words: str) -> str:
    old = _VERDICT.sub("", board.evidence)
    return f"{old[: 490 - len(words)]}; {words}" if old else words
