"""What the record knows of an import: its finished parts, when one began, what one added."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select

from data import tables as t


def finished_parts(engine: Engine, base: str) -> dict[str, dict[str, Any]]:
    """The stats of the finished runs of one import, by run id; `base` is the id of its first."""
    r = t.runs.c
    mine = (r.run_id == base) | r.run_id.startswith(f"{base}-", autoescape=True)
    with engine.connect() as db:
        rows = db.execute(select(r.run_id, r.stats).where(mine & (r.status == "finished")))
        return {row.run_id: json.loads(row.stats) for row in rows}


def begun_at(engine: Engine, run_id: str) -> datetime:
    """When a run was first begun: what a killed import left of it is dated so, and the rest must be too."""
    with engine.connect() as db:
        found: datetime = db.scalars(select(t.runs.c.started_at).where(t.runs.c.run_id == run_id)).one()
        return found


def sums(engine: Engine, run_id: str) -> dict[str, int]:
    """Postings seen, new and set aside in all checks of a run."""
    c = t.checks.c
    names = ("n_seen", "n_new", "n_rejected")
    query = select(*(func.coalesce(func.sum(c[name]), 0).label(name) for name in names)).where(
        c.run_id == run_id
    )
    with engine.connect() as db:
        return {name: int(value) for name, value in db.execute(query).one()._mapping.items()}
