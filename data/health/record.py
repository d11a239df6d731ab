"""The health of every source as the record tells it: its latest runs, checks and records set aside."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from data import tables as t
from data.health.days import Day, Days, declared, most, troubles, unknown, volume, volumes
from data.health.verdict import DAYS, LATE, LATE_BY_CARD, UNREAD, Around, Detail, Health, Verdict, judge
from data.intake import NOT_A_JOB
from data.plans import expected, planned_run
from data.reference import Card

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

NAMED = "boards/named"
"""Counter of runs that asked only boards somebody named: they say nothing of the source as a whole."""


def verdicts(
    engine: Engine,
    cards: Mapping[str, Card],
    *,
    now: datetime,
    next_runs: Mapping[str, datetime],
    environ: Mapping[str, str] | None = None,
) -> dict[str, tuple[Health, Verdict]]:
    """Health and verdict of every card and of every other source that ran. Times are UTC, naive.

    `next_runs` are those the scheduler has planned; without one, the card's cron line says what is overdue.
    """
    env = os.environ if environ is None else environ
    found = read_health(engine, cards)
    judged = {}
    for source in [*cards, *sorted(found.keys() - cards.keys())]:
        health, card = found.get(source, Health(source)), cards.get(source)
        around = Around(
            now,
            next_run=next_runs.get(source) or planned_run(card, health.last_run_at),
            grace=LATE if source in next_runs else LATE_BY_CARD,
            lacking=card.lacks(env) if card else (),
            expected=expected(card, health.n_answered),
        )
        judged[source] = health, judge(health, card, around)
    return judged


def read_health(engine: Engine, cards: Mapping[str, Any]) -> dict[str, Health]:
    """The health of every source that ever ran, by source id. Of a card, `partial` is read."""
    with engine.connect() as db:
        return {
            source: _health(db, source, runs, _by_design(cards.get(source)))
            for source, runs in _runs(db).items()
        }


def _by_design(card: Any) -> bool:
    return card is not None and card.partial == "by_design"


def _runs(db: Connection) -> dict[str, list[Any]]:
    """Runs of each source, oldest first."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in db.execute(select(t.runs).order_by(t.runs.c.started_at, t.runs.c.run_id)):
        found[row.source].append(row)
    return found


def _health(db: Connection, source: str, runs: list[Any], by_design: bool) -> Health:
    imports = [run.started_at for run in runs if run.kind == "import"]
    scrapes = [run for run in runs if run.kind == "scrape"]
    stats = {run.run_id: json.loads(run.stats) for run in scrapes}
    whole = [run for run in scrapes if NAMED not in stats[run.run_id]] or scrapes
    imported_at = imports[-1] if imports else None
    if not whole:
        return Health(source, imported_at=imported_at)
    last, days = whole[-1], _days(db, whole)
    return Health(
        source,
        last_run_at=last.started_at,
        last_run_status=last.status,
        last_run_reason=last.reason,
        last_run_boards=_n_checks(db, last.run_id),
        last_good_at=_last_good(whole, days, by_design),
        imported_at=imported_at,
        n_suspended=int(stats[last.run_id].get("boards/suspended", 0)),
        **(_of_days(db, days, stats, by_design) if days else {}),
    )


def _days(db: Connection, runs: list[Any]) -> dict[date, Day]:
    """The last days of collection, oldest first."""
    since = sorted({run.started_at.date() for run in runs})[-DAYS:][0]
    ids = [run.run_id for run in runs if run.started_at.date() >= since]
    c = t.checks.c
    names = (c.run_id, c.board_id, c.at, c.outcome, c.n_listed, c.n_seen, c.n_rejected, c.reason)
    found: dict[date, Day] = defaultdict(Day)
    for check in db.execute(select(*names).where(c.run_id.in_(ids))):
        found[check.at.date()].add(check)
    return {day: found[day] for day in sorted(found)[-DAYS:]}


def _n_checks(db: Connection, run_id: str) -> int:
    return db.scalar(select(func.count()).where(t.checks.c.run_id == run_id)) or 0


def _last_good(runs: list[Any], days: Days, by_design: bool) -> datetime | None:
    """Start of the latest run that ended by itself, on a day on which (nearly) all boards answered."""
    started: dict[str, datetime] = {r.run_id: r.started_at for r in runs if r.status == "finished"}
    for day in reversed(days.values()):
        ended = [started[run_id] for run_id in day.runs if run_id in started]
        if ended and day.is_good(by_design):
            return max(ended)
    return None


def _of_days(
    db: Connection, days: Days, stats: Mapping[str, dict[str, int]], by_design: bool
) -> dict[str, Any]:
    """What Health says of the last day and of the days before it."""
    latest = max(days)
    last = days[latest]
    aside = _set_aside(db, last.runs)
    n_same, n_usual, low_days = volume(days, by_design)
    found = [*volumes(days), *troubles(last, by_design), *aside]
    return {
        "day": latest,
        "n_boards": len(last.checks),
        "n_answered": len(last.answered(by_design)),
        "n_seen": last.n_seen,
        "n_listed": declared(last, by_design),
        "n_same": n_same,
        "n_usual": n_usual,
        "low_days": low_days,
        "n_rejected": sum(detail.n for detail in aside),
        "unread_since": _unread_since(db, days),
        "details": (*found, *unknown(stats[run_id] for run_id in sorted(last.runs))),
    }


def _set_aside(db: Connection, run_ids: set[str]) -> list[Detail]:
    """Records set aside in these runs by field and reason, the commonest first."""
    r = t.rejects.c
    query = (
        select(r.field, r.reason, func.count())
        .join(t.checks, t.checks.c.check_id == r.check_id)
        .where(t.checks.c.run_id.in_(run_ids))
        .group_by(r.field, r.reason)
    )
    counts: Counter[tuple[str, str | None]] = Counter()
    for name, reason, n in db.execute(query):
        counts[name, reason.removeprefix(f"{name}: ")] += n
    return most("reject", counts)


def _unread_since(db: Connection, days: Days) -> date | None:
    """The first of the last days running on which more than UNREAD of the records could not be read."""
    since = None
    for day, one in reversed(days.items()):
        n = sum(check.n_rejected for check in one.checks.values())
        n -= _no_jobs(db, one.runs) if n else 0
        if n <= UNREAD * (n + one.n_seen):
            break
        since = day
    return since


def _no_jobs(db: Connection, run_ids: set[str]) -> int:
    """Records of these runs that were read and are no adverts."""
    query = (
        select(func.count())
        .select_from(t.rejects.join(t.checks, t.checks.c.check_id == t.rejects.c.check_id))
        .where(t.checks.c.run_id.in_(run_ids) & (t.rejects.c.field == NOT_A_JOB))
    )
    return db.scalar(query) or 0
