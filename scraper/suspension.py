"""Boards that answer "gone" time and again are asked less and less, until they answer or are switched off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

GONE = frozenset({HTTPStatus.NOT_FOUND.value, HTTPStatus.GONE.value})
MIN_CHECKS = 3
MIN_SPAN = timedelta(days=7)
MAX_WAIT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A row of `n` checks that said gone, and when the board is asked again. Times are UTC, naive."""

    n: int
    since: datetime
    until: datetime


def suspensions(engine: Engine, source: str, now: datetime) -> dict[str, Suspension]:
    """The boards of `source` that wait at `now` (UTC, naive), by token.

    A board waits after three checks over a week that all said 404 or 410, and no other outcome between
    or since; it waits as long as it has been gone, so the wait doubles, a month at most.
    """
    found = {}
    for token, n, first, last in _gone_rows(engine, source):
        until = last + min(last - first, MAX_WAIT)
        if n >= MIN_CHECKS and last - first >= MIN_SPAN and now < until:
            found[token] = Suspension(n, first, until)
    return found


def _gone_rows(engine: Engine, source: str) -> list[tuple[str, int, datetime, datetime]]:
    from sqlalchemy import func, or_, select

    from data import tables as t

    c, b = t.checks.c, t.boards.c
    is_gone = c.http_status.in_(GONE) & (c.outcome == "failed")
    good = (
        select(c.board_id, func.max(c.at).label("at"))
        .where(or_(c.http_status.is_(None), ~is_gone))
        .group_by(c.board_id)
        .subquery()
    )
    query = (
        select(b.board, func.count(), func.min(c.at), func.max(c.at))
        .select_from(
            t.checks.join(t.boards, b.board_id == c.board_id).outerjoin(good, good.c.board_id == c.board_id)
        )
        .where((b.source == source) & is_gone & or_(good.c.at.is_(None), c.at > good.c.at))
        .group_by(b.board)
    )
    with engine.connect() as db:
        return [(token, n, first, last) for token, n, first, last in db.execute(query)]
