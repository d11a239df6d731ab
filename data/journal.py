"""What happened, looked up in the record: its size, when boards were asked, what was set aside."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data import tables as t
from data.schema import COVERED

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from data.health.verdict import Health


def totals(engine: Engine) -> dict[str, int]:
    """Rows of the record's main tables, by name."""
    with engine.connect() as db:
        named = {
            "runs": t.runs,
            "checks": t.checks,
            "postings": t.postings,
            "documents": t.documents,
            "facts": t.facts,
        }
        return {
            name: db.scalar(select(func.count()).select_from(table)) or 0 for name, table in named.items()
        }


def last_checked(engine: Engine) -> dict[tuple[str, str], datetime]:
    """When each board was asked last (UTC, naive), by source and token; an archive's snapshots are not our asking."""
    query = (
        select(t.boards.c.source, t.boards.c.board, func.max(t.checks.c.at))
        .join(t.checks, t.checks.c.board_id == t.boards.c.board_id)
        .join(t.runs, t.runs.c.run_id == t.checks.c.run_id)
        .where(t.runs.c.kind != "snapshot")
        .group_by(t.boards.c.source, t.boards.c.board)
    )
    with engine.connect() as db:
        return {(source, board): at for source, board, at in db.execute(query)}


def samples(engine: Engine, health: Health) -> dict[tuple[str, str | None], str]:
    """A record set aside on the last day for each reject of `health.details`, by field and reason."""
    if health.day is None:
        return {}
    r, c = t.rejects.c, t.checks.c
    begin = datetime.combine(health.day, time())
    query = (
        select(r.field, r.reason, func.min(r.sample))
        .join(t.checks, c.check_id == r.check_id)
        .join(t.boards, t.boards.c.board_id == c.board_id)
        .where((t.boards.c.source == health.source) & (c.at >= begin) & (c.at < begin + timedelta(days=1)))
        .group_by(r.field, r.reason)
    )
    with engine.connect() as db:
        return {(name, why.removeprefix(f"{name}: ")): sample for name, why, sample in db.execute(query)}


def troubled_boards(engine: Engine, source: str, *, most: int = 10) -> list[dict[str, Any]]:
    """Boards whose last check was not covered: board, at (UTC, naive), outcome, reason; latest first."""
    c, b = t.checks.c, t.boards.c
    last = select(c.board_id, func.max(c.at).label("at")).group_by(c.board_id).subquery()
    query = (
        select(b.board, c.at, c.outcome, c.reason)
        .join(t.boards, b.board_id == c.board_id)
        .join(last, (last.c.board_id == c.board_id) & (last.c.at == c.at))
        .where((b.source == source) & c.outcome.not_in([outcome.value for outcome in COVERED]))
        .order_by(c.at.desc(), b.board)
        .limit(most)
    )
    with engine.connect() as db:
        return [dict(row._mapping) for row in db.execute(query)]
