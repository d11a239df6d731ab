"""What the scheduler began and how it ended, beside its jobs in schedule.sqlite: a kill loses none of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    func,
    select,
    update,
)

from data.store import naive_utc
from scraper.schedule_rules import Attempt, Due, Status, Unpublished

RELEASE = "(release)"
"""Stands for a source in the rows that tell of releases."""
_metadata = MetaData()
# Times are UTC, naive, as in the record. has_news: a board was read.
attempts = Table(
    "attempts",
    _metadata,
    Column("attempt_id", Integer, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("due", DateTime, nullable=False),
    Column("started", DateTime, nullable=False),
    Column("ended", DateTime),
    Column("status", String, nullable=False),
    Column("reason", Text),
    Column("run_id", String),
    Column("has_news", Boolean, nullable=False, default=False),
)


def store_url(home: Path) -> str:
    """Where the schedule is kept."""
    return f"sqlite:///{home / 'schedule.sqlite'}"


def open_journal(home: Path) -> Engine:
    """The journal in `home`, its table made if missing."""
    engine = create_engine(store_url(home))
    _metadata.create_all(engine)
    return engine


def begin(engine: Engine, source: str, due: Due, now: datetime) -> int:
    """Note that a run begins; returns its number."""
    row = {"source": source, "kind": due.kind, "due": naive_utc(due.at), "started": naive_utc(now)}
    with engine.begin() as db:
        made = attempts.insert().values(**row, status="running").returning(attempts.c.attempt_id)
        return int(db.execute(made).scalar_one())


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a run: `has_news` where boards were read."""

    status: Status
    reason: str | None = None
    run_id: str | None = None
    has_news: bool = False


def end(engine: Engine, attempt: int, came: Came, now: datetime) -> None:
    """Note how a run ended."""
    with engine.begin() as db:
        values = asdict(came) | {"ended": naive_utc(now)}
        db.execute(update(attempts).where(attempts.c.attempt_id == attempt).values(**values))


def close_left_open(engine: Engine, now: datetime) -> int:
    """Note the runs under way when a scheduler was killed; call it under the scheduler's lock. Returns how many.

    What they had collected counts as news.
    """
    values = {
        "status": "stopped",
        "ended": naive_utc(now),
        "reason": "The scheduler was killed.",
        "has_news": True,
    }
    with engine.begin() as db:
        return db.execute(update(attempts).where(attempts.c.status == "running").values(**values)).rowcount


def last_attempts(engine: Engine) -> dict[str, Attempt]:
    """The latest attempt of every source."""
    last = select(func.max(attempts.c.attempt_id)).group_by(attempts.c.source)
    with engine.connect() as db:
        rows = db.execute(select(attempts).where(attempts.c.attempt_id.in_(last))).all()
    return {row.source: _attempt(row) for row in rows if row.source != RELEASE}


def _attempt(row: Any) -> Attempt:
    return Attempt(row.source, row.kind, _aware(row.due), _aware(row.started), row.status, row.reason)


def unpublished(engine: Engine) -> Unpublished | None:
    """What ended since the last release was begun; None where that is nothing."""
    a = attempts.c
    releases = a.source == RELEASE
    with engine.connect() as db:
        good = (
            db.scalar(select(func.max(a.started)).where(releases & (a.status == "finished"))) or datetime.min
        )
        failed = select(func.max(a.started)).where(releases & (a.status == "failed") & (a.started > good))
        left = ~releases & (a.run_id.is_not(None) | a.has_news) & (a.ended > good)
        since, has_news = db.execute(select(func.min(a.ended), func.max(a.has_news)).where(left)).one()
        failed_at = db.scalar(failed)
    if since is None:
        return None
    return Unpublished(_aware(since), bool(has_news), failed_at and _aware(failed_at))


def _aware(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


def latest(home: Path) -> dict[str, Attempt]:
    """The latest attempt of every source, without making anything; empty before the first start."""
    return last_attempts(open_journal(home)) if (home / "schedule.sqlite").exists() else {}
