"""The record: opening it, and the few ways to write to it. Every write is one transaction and idempotent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data import tables as t
from data.errors import PromptjobsError

BATCH = 400  # rows a statement: stays under SQLite's bound on variables for every table here


def open_record(url: str) -> Engine:
    """An engine on the record at `url`, its tables made if missing. SQLite runs in WAL mode."""
    if url.startswith("sqlite:///") and not url.endswith(":memory:"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
    t.metadata.create_all(engine)
    _check_schema_version(engine)
    return engine


def _sqlite_pragmas(connection: Any, _: object) -> None:
    # A compressed advert has about 2.3 kB: pages of 4 kB would hold one each. The page size is a new record's only.
    sizes = ("page_size=16384", "wal_autocheckpoint=2500")
    for pragma in (*sizes, "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=60000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _check_schema_version(engine: Engine) -> None:
    with engine.begin() as db:
        insert_missing(db, t.meta, [{"name": "schema_version", "value": str(t.SCHEMA_VERSION)}], ["name"])
        found = db.scalar(select(t.meta.c.value).where(t.meta.c.name == "schema_version"))
    if found != str(t.SCHEMA_VERSION):
        raise PromptjobsError(
            f"The record has schema version {found}, this program writes {t.SCHEMA_VERSION}: "
            "use the program's newer version, or set PROMPTJOBS_HOME to another folder."
        )


def insert_missing(db: Connection, table: Table, rows: Sequence[dict[str, object]], key: list[str]) -> None:
    """Insert the rows whose `key` is not there yet; leave the others as they are."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.dialect.name]
    if rows:
        db.execute(insert(table).on_conflict_do_nothing(index_elements=key), list(rows))


def utc_now() -> datetime:
    """Now in UTC, naive and in whole seconds, as the record keeps times."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def naive_utc(value: datetime) -> datetime:
    """`value` in UTC without zone; a naive value is taken to be UTC already."""
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value


# --- runs -----------------------------------------------------------------------------------------


def start_run(engine: Engine, run_id: str, *, source: str, kind: str, at: datetime) -> None:
    """Open a run. Opening the same run again changes nothing."""
    row = {
        "run_id": run_id,
        "source": source,
        "kind": kind,
        "started_at": at,
        "status": "running",
        "stats": "{}",
    }
    with engine.begin() as db:
        insert_missing(db, t.runs, [row], ["run_id"])


def finish_run(
    engine: Engine,
    run_id: str,
    *,
    at: datetime,
    status: str,
    reason: str | None = None,
    stats: dict[str, object],
) -> None:
    """Close a run with its status (finished, failed, interrupted), a sentence and its counters."""
    values = {
        "finished_at": at,
        "status": status,
        "reason": reason,
        "stats": json.dumps(stats, sort_keys=True, default=str),
    }
    with engine.begin() as db:
        db.execute(update(t.runs).where(t.runs.c.run_id == run_id).values(**values))


def mark_interrupted(engine: Engine, *, at: datetime, source: str) -> int:
    """Close the runs of `source` that a kill left open; call it under the source's lock. Returns how many."""
    left_open = (t.runs.c.status == "running") & (t.runs.c.source == source)
    values = {"status": "interrupted", "finished_at": at, "reason": "The run was killed before it ended."}
    with engine.begin() as db:
        return db.execute(update(t.runs).where(left_open).values(**values)).rowcount


# --- documents and facts --------------------------------------------------------------------------


def read_document(body: bytes) -> dict[str, Any]:
    """The stored document as a dict (see data.schema.Posting.document)."""
    document: dict[str, Any] = json.loads(zstandard.ZstdDecompressor().decompress(body))
    return document


def pending_documents(
    engine: Engine, rules_version: str, *, batch: int = 500
) -> Iterator[list[tuple[int, bytes]]]:
    """Batches of (document id, compressed body) whose facts are missing or older than `rules_version`."""
    last = 0
    while True:
        stale = t.facts.c.document_id.is_(None) | (t.facts.c.rules_version != rules_version)
        joined = t.documents.outerjoin(t.facts, t.facts.c.document_id == t.documents.c.document_id)
        query = (
            select(t.documents.c.document_id, t.documents.c.body)
            .select_from(joined)
            .where(stale & (t.documents.c.document_id > last))
            .order_by(t.documents.c.document_id)
            .limit(batch)
        )
        with engine.connect() as db:
            rows = [(row.document_id, row.body) for row in db.execute(query)]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def all_documents(engine: Engine) -> Iterator[dict[str, Any]]:
    """Every stored document (see read_document), in the order of their ids."""
    query = select(t.documents.c.body).order_by(t.documents.c.document_id)
    with engine.connect() as db:
        for row in db.execution_options(yield_per=BATCH).execute(query):
            yield read_document(row.body)


def count_pending(engine: Engine, rules_version: str) -> int:
    """How many documents wait for facts of `rules_version`."""
    done = select(func.count()).select_from(t.facts).where(t.facts.c.rules_version == rules_version)
    with engine.connect() as db:
        total = db.scalar(select(func.count()).select_from(t.documents)) or 0
        return total - (db.scalar(done) or 0)


def save_facts(
    engine: Engine,
    facts: Sequence[dict[str, object]],
    salaries: Sequence[dict[str, object]],
    skills: Sequence[dict[str, object]],
    rivals: Sequence[dict[str, object]] = (),
) -> None:
    """Replace the facts of the documents in `facts`, with what hangs on them, in one transaction."""
    ids = [row["document_id"] for row in facts]
    with engine.begin() as db:
        for table in (t.salaries, t.skills, t.rivals, t.facts):
            for start in range(0, len(ids), BATCH):
                db.execute(table.delete().where(table.c.document_id.in_(ids[start : start + BATCH])))
        hanging = ((t.salaries, salaries), (t.skills, skills), (t.rivals, rivals))
        for table, rows in ((t.facts, facts), *hanging):
            if rows:
                db.execute(table.insert(), list(rows))
