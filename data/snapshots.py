"""The past in the record: snapshots an archive holds of a board, and how far each board's past has been walked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from data import tables as t
from data.listings import Saved, save_listing
from data.schema import Check, Posting, Reject
from data.store import finish_run, insert_missing, naive_utc, start_run

if TYPE_CHECKING:
    from sqlalchemy import Engine

SOURCE = "wayback"
SNAPSHOT = "snapshot"
"""The kind of a run that is one snapshot, and the origin of postings that nothing else has shown."""

OF_ARCHIVE = "snapshot of the web archive"
"""How the reason of each of its checks begins in a release's coverage; measures know them by it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What is known of one board's past: all there is from `since` to `until` (UTC, naive), and whether
    that reached the present of the walk."""

    since: datetime
    until: datetime
    is_done: bool


def save_snapshot(
    engine: Engine, check: Check, postings: Sequence[Posting], rejects: Sequence[Reject] = ()
) -> Saved:
    """Write one archived answer as a run of its own, dated like the snapshot; again changes nothing.

    The run's id is made of board and instant: whichever walk finds the snapshot, it is the same run.
    """
    at = naive_utc(check.at)
    board = hashlib.sha256(check.board.encode()).hexdigest()[:12]
    run_id = f"{SNAPSHOT}-{check.source}-{board}-{at:%Y%m%dT%H%M%S}"
    start_run(engine, run_id, source=SOURCE, kind=SNAPSHOT, at=at)
    saved = save_listing(engine, run_id, check, postings, rejects)
    finish_run(engine, run_id, at=at, status="finished", stats={})
    return saved


def known_snapshots(engine: Engine, source: str, board: str) -> set[datetime]:
    """The instants (UTC, naive) of the board's snapshots in the record."""
    query = (
        select(t.checks.c.at)
        .join(t.boards, t.boards.c.board_id == t.checks.c.board_id)
        .join(t.runs, t.runs.c.run_id == t.checks.c.run_id)
        .where((t.boards.c.source == source) & (t.boards.c.board == board) & (t.runs.c.kind == SNAPSHOT))
    )
    with engine.connect() as db:
        return set(db.scalars(query))


def load_walks(engine: Engine) -> dict[tuple[str, str], Walk]:
    """How far the past of each board has been walked, by source and token."""
    w = t.walks.c
    with engine.connect() as db:
        return {
            (row.source, row.board): Walk(row.since, row.until, row.is_done)
            for row in db.execute(select(w.source, w.board, w.since, w.until, w.is_done))
        }


def save_walk(engine: Engine, source: str, board: str, walk: Walk) -> None:
    """Note how far the past of a board has been walked."""
    key = {"source": source, "board": board}
    values = {"since": walk.since, "until": walk.until, "is_done": walk.is_done}
    with engine.begin() as db:
        insert_missing(db, t.walks, [key | values], ["source", "board"])
        db.execute(
            update(t.walks).where((t.walks.c.source == source) & (t.walks.c.board == board)).values(**values)
        )
