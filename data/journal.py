"""What happened: the last run of each source and what waits, read from the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data import tables as t

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest run of a source; times in UTC, naive. `stats` are the run's own counters."""

    source: str
    run_id: str
    kind: str
    status: str
    reason: str | None
    started_at: datetime
    finished_at: datetime | None
    stats: dict[str, Any]


def last_runs(engine: Engine) -> dict[str, LastRun]:
    """The latest run of every source that ever ran, by source id."""
    latest = (
        select(t.runs.c.source, func.max(t.runs.c.started_at).label("at"))
        .group_by(t.runs.c.source)
        .subquery()
    )
    same = (t.runs.c.source == latest.c.source) & (t.runs.c.started_at == latest.c.at)
    query = select(t.runs).join(latest, same).order_by(t.runs.c.source, t.runs.c.run_id)
    with engine.connect() as db:
        return {row.source: _last_run(row) for row in db.execute(query)}


def _last_run(row: Any) -> LastRun:
    return LastRun(
        row.source,
        row.run_id,
        row.kind,
        row.status,
        row.reason,
        row.started_at,
        row.finished_at,
        json.loads(row.stats),
    )


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
