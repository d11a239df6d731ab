"""Writing one check of one board, with everything it listed, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, literal, select, update

from data import tables as t
from data.bulk import find_ids, insert_rows
from data.entry import Entry, entry
from data.schema import COVERED, Check, Outcome, Posting, Reject
from data.store import insert_missing, naive_utc

# Built once: putting a statement together takes longer than running it.
_BOARD = select(t.boards.c.board_id).where(
    (t.boards.c.source == bindparam("source")) & (t.boards.c.board == bindparam("board"))
)
_CHECK = select(t.checks.c.check_id).where(
    (t.checks.c.run_id == bindparam("run_id")) & (t.checks.c.board_id == bindparam("board_id"))
)
_NEW_CHECK = t.checks.insert().returning(t.checks.c.check_id)


@dataclass(frozen=True, slots=True)
class Saved:
    """What one listing added: postings seen, of them new to the record, of them with new wording."""

    seen: int
    new: int
    changed: int
    rejected: int


@dataclass(frozen=True, slots=True)
class BoardState:
    """What the record knows of a board before it is asked again. Times are UTC, naive."""

    etag: str | None
    last_modified: str | None
    last_complete_at: datetime | None
    n_open: int


def save_listing(
    engine: Engine,
    run_id: str,
    check: Check,
    postings: Iterable[Posting | Entry],
    rejects: Sequence[Reject] = (),
) -> Saved:
    """Write one check of one board with everything it listed, whole or not at all.

    Feeding the same check of the same run twice changes nothing. An UNCHANGED check needs no
    postings: the sightings of the board's last complete check are repeated under it.
    """
    rows = {e.key: e for e in (p if isinstance(p, Entry) else entry(p) for p in postings)}
    with engine.begin() as db:
        board_id = _board_id(db, check)
        if _check_id(db, run_id, board_id) is not None:
            return Saved(0, 0, 0, 0)
        known = _posting_ids(db, rows.values())
        new = [e for key, e in rows.items() if key not in known]
        check_id = _insert_check(db, run_id, board_id, check, len(rows), len(new), len(rejects))
        _insert_postings(db, new, board_id, check_id)
        known |= _posting_ids(db, new)
        document_ids, fresh = _save_documents(db, {e.hash: e.body for e in rows.values()})
        _insert_sightings(db, check_id, rows.values(), known, document_ids)
        insert_missing(
            db, t.rejects, [{"check_id": check_id, **r.model_dump()} for r in rejects], ["reject_id"]
        )
        seen = _repeat_sightings(db, board_id, check_id) if check.outcome is Outcome.UNCHANGED else len(rows)
        if check.outcome in COVERED and check.outcome is not Outcome.UNCHANGED:
            _save_validators(db, board_id, check)
    reworded = {key for key, e in rows.items() if e.hash in fresh} - {e.key for e in new}
    return Saved(seen, len(new), len(reworded), len(rejects))


def _board_id(db: Connection, check: Check) -> int:
    this: dict[str, object] = {"source": check.source, "board": check.board}
    if (found := db.scalar(_BOARD, this)) is None:
        insert_missing(db, t.boards, [this], ["source", "board"])
        found = db.scalars(_BOARD, this).one()
    return int(found)


def _check_id(db: Connection, run_id: str, board_id: int) -> int | None:
    return db.scalar(_CHECK, {"run_id": run_id, "board_id": board_id})


def _insert_check(
    db: Connection, run_id: str, board_id: int, check: Check, n_seen: int, n_new: int, n_rejected: int
) -> int:
    row = check.model_dump(include={"n_listed", "http_status", "reason"}) | {
        "run_id": run_id,
        "board_id": board_id,
        "at": naive_utc(check.at),
        "outcome": check.outcome.value,
        "n_seen": n_seen,
        "n_new": n_new,
        "n_rejected": n_rejected,
    }
    return int(db.execute(_NEW_CHECK, row).scalar_one())


def _posting_ids(db: Connection, entries: Iterable[Entry]) -> dict[str, int]:
    by_source: dict[str, list[str]] = {}
    for one in entries:
        by_source.setdefault(one.source, []).append(one.external_id)
    c = t.postings.c
    return {
        f"{source}:{external_id}": posting_id
        for source, ids in by_source.items()
        for external_id, posting_id in find_ids(db, c.external_id, c.posting_id, ids, source=source).items()
    }


def _insert_postings(db: Connection, entries: list[Entry], board_id: int, check_id: int) -> None:
    names = ("source", "external_id", "board_id", "url", "first_check_id")
    rows = [(e.source, e.external_id, board_id, e.url, check_id) for e in entries]
    insert_rows(db, t.postings, names, rows)


def _save_documents(db: Connection, bodies: dict[str, bytes]) -> tuple[dict[str, int], set[str]]:
    """Document id by hash, and the hashes that the record did not hold yet; `bodies` are by hash."""
    c = t.documents.c
    known = find_ids(db, c.hash, c.document_id, list(bodies))
    missing = [h for h in bodies if h not in known]
    insert_rows(db, t.documents, ("hash", "body"), [(h, bodies[h]) for h in missing])
    return known | find_ids(db, c.hash, c.document_id, missing), set(missing)


def _insert_sightings(
    db: Connection,
    check_id: int,
    entries: Iterable[Entry],
    posting_ids: dict[str, int],
    document_ids: dict[str, int],
) -> None:
    names = ("check_id", "posting_id", "document_id", "posted_on", "posted_basis", "changed_at")
    rows = [
        (
            check_id,
            posting_ids[e.key],
            document_ids[e.hash],
            e.posted_on,
            e.posted_basis,
            _naive(e.changed_at),
        )
        for e in entries
    ]
    insert_rows(db, t.sightings, names, rows)


def _naive(value: datetime | None) -> datetime | None:
    return naive_utc(value) if value else None


def _repeat_sightings(db: Connection, board_id: int, check_id: int) -> int:
    """A 304 says the last complete listing still holds: list its postings again under this check."""
    s = t.sightings.c
    at = select(t.checks.c.at).where(t.checks.c.check_id == check_id).scalar_subquery()
    earlier = (t.checks.c.check_id != check_id) & (t.checks.c.at <= at)
    last = _last_complete(board_id).where(earlier).scalar_subquery()
    rest = (s.posting_id, s.document_id, s.posted_on, s.posted_basis, s.changed_at)
    again = select(literal(check_id), *rest).where(s.check_id == last)
    db.execute(t.sightings.insert().from_select([s.check_id, *rest], again))
    n = db.scalar(select(func.count()).where(s.check_id == check_id)) or 0  # PostgreSQL gives no row count
    db.execute(update(t.checks).where(t.checks.c.check_id == check_id).values(n_seen=n))
    return n


def _last_complete(board_id: int) -> Any:
    where = (t.checks.c.board_id == board_id) & t.checks.c.outcome.in_([o.value for o in COVERED])
    # By time, not by number: checks of the past may be written later.
    latest = (t.checks.c.at.desc(), t.checks.c.check_id.desc())
    return select(t.checks.c.check_id).where(where).order_by(*latest).limit(1)


def _save_validators(db: Connection, board_id: int, check: Check) -> None:
    at, b = naive_utc(check.at), t.boards.c
    values = {"etag": check.etag, "last_modified": check.last_modified, "validated_at": at}
    # A check of the past, written later, says nothing about the answer that the validators stand for.
    latest = b.validated_at.is_(None) | (b.validated_at <= at)
    db.execute(update(t.boards).where((b.board_id == board_id) & latest).values(**values))


def forget_validators(engine: Engine, source: str, *, reader: str) -> bool:
    """Forget the validators of `source` where another version of the reader kept them: a 304 would hide records
    that this one accepts. Returns whether they were forgotten."""
    row = {"name": f"reader/{source}", "value": reader}
    where = t.meta.c.name == row["name"]
    with engine.begin() as db:
        if db.scalar(select(t.meta.c.value).where(where)) == reader:
            return False
        insert_missing(db, t.meta, [{**row}], ["name"])
        db.execute(update(t.meta).where(where).values(value=reader))
        db.execute(update(t.boards).where(t.boards.c.source == source).values(etag=None, last_modified=None))
    return True


def board_states(engine: Engine, source: str) -> dict[str, BoardState]:
    """What is known of every board of `source`, by its token, in one query."""
    covered = t.checks.c.outcome.in_([o.value for o in COVERED])
    latest = (t.checks.c.at.desc(), t.checks.c.check_id.desc())
    nth = func.row_number().over(partition_by=t.checks.c.board_id, order_by=latest)
    ranked = select(t.checks.c.board_id, t.checks.c.check_id, nth.label("nth")).where(covered).subquery()
    last = select(ranked.c.board_id, ranked.c.check_id).where(ranked.c.nth == 1).subquery()
    b = t.boards.c
    query = (
        select(b.board, b.etag, b.last_modified, t.checks.c.at, t.checks.c.n_seen)
        .select_from(
            t.boards.outerjoin(last, last.c.board_id == b.board_id).outerjoin(
                t.checks, t.checks.c.check_id == last.c.check_id
            )
        )
        .where(b.source == source)
    )
    with engine.connect() as db:
        return {
            row.board: BoardState(row.etag, row.last_modified, row.at, row.n_seen or 0)
            for row in db.execute(query)
        }
