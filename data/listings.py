"""Writing one check of one board, with everything it listed, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Engine, func, literal, select, update

from data import tables as t
from data.schema import COVERED, Check, Outcome, Posting, Reject, canonical_json, content_hash
from data.store import BATCH, insert_missing, naive_utc


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
    engine: Engine, run_id: str, check: Check, postings: Sequence[Posting], rejects: Sequence[Reject] = ()
) -> Saved:
    """Write one check of one board with everything it listed, whole or not at all.

    Feeding the same check of the same run twice changes nothing. An UNCHANGED check needs no
    postings: the sightings of the board's last complete check are repeated under it.
    """
    with engine.begin() as db:
        board_id = _board_id(db, check)
        if _check_id(db, run_id, board_id) is not None:
            return Saved(0, 0, 0, 0)
        rows = {p.key: p for p in postings}
        known = _posting_ids(db, rows.values())
        new = [p for p in rows.values() if p.key not in known]
        check_id = _insert_check(db, run_id, board_id, check, len(rows), len(new), len(rejects))
        _insert_postings(db, new, board_id, check_id)
        known |= _posting_ids(db, new)
        document_ids, reworded = _save_documents(db, list(rows.values()))
        _insert_sightings(db, check_id, rows, known, document_ids)
        insert_missing(
            db, t.rejects, [{"check_id": check_id, **r.model_dump()} for r in rejects], ["reject_id"]
        )
        seen = _repeat_sightings(db, board_id, check_id) if check.outcome is Outcome.UNCHANGED else len(rows)
        if check.outcome in COVERED and check.outcome is not Outcome.UNCHANGED:
            _save_validators(db, board_id, check)
    return Saved(seen, len(new), len(reworded - {p.key for p in new}), len(rejects))


def _board_id(db: Connection, check: Check) -> int:
    insert_missing(db, t.boards, [{"source": check.source, "board": check.board}], ["source", "board"])
    where = (t.boards.c.source == check.source) & (t.boards.c.board == check.board)
    return int(db.scalars(select(t.boards.c.board_id).where(where)).one())


def _check_id(db: Connection, run_id: str, board_id: int) -> int | None:
    where = (t.checks.c.run_id == run_id) & (t.checks.c.board_id == board_id)
    return db.scalar(select(t.checks.c.check_id).where(where))


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
    return int(db.execute(t.checks.insert().values(row).returning(t.checks.c.check_id)).scalar_one())


def _posting_ids(db: Connection, postings: Iterable[Posting]) -> dict[str, int]:
    by_source: dict[str, list[str]] = {}
    for posting in postings:
        by_source.setdefault(posting.source, []).append(posting.external_id)
    found: dict[str, int] = {}
    for source, ids in by_source.items():
        for start in range(0, len(ids), BATCH):
            where = (t.postings.c.source == source) & t.postings.c.external_id.in_(ids[start : start + BATCH])
            for external_id, posting_id in db.execute(
                select(t.postings.c.external_id, t.postings.c.posting_id).where(where)
            ):
                found[f"{source}:{external_id}"] = posting_id
    return found


def _insert_postings(db: Connection, postings: list[Posting], board_id: int, check_id: int) -> None:
    rows = [
        {
            "source": p.source,
            "external_id": p.external_id,
            "board_id": board_id,
            "url": p.url,
            "first_check_id": check_id,
        }
        for p in postings
    ]
    insert_missing(db, t.postings, rows, ["source", "external_id"])


def _save_documents(db: Connection, postings: list[Posting]) -> tuple[dict[str, int], set[str]]:
    """Document id by posting key, and the keys whose wording the record did not hold yet."""
    hashes: dict[str, str] = {}
    bodies: dict[str, bytes] = {}
    for posting in postings:
        document = posting.document()
        hashes[posting.key] = content_hash(document)
        bodies.setdefault(hashes[posting.key], canonical_json(document))
    known = _document_ids(db, list(bodies))
    missing = [h for h in bodies if h not in known]
    fresh = set(missing)
    compress = zstandard.ZstdCompressor(level=6).compress
    insert_missing(db, t.documents, [{"hash": h, "body": compress(bodies[h])} for h in missing], ["hash"])
    known |= _document_ids(db, missing)
    return {key: known[h] for key, h in hashes.items()}, {key for key, h in hashes.items() if h in fresh}


def _document_ids(db: Connection, hashes: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(hashes), BATCH):
        where = t.documents.c.hash.in_(hashes[start : start + BATCH])
        found.update(
            tuple(row)
            for row in db.execute(select(t.documents.c.hash, t.documents.c.document_id).where(where))
        )
    return found


def _insert_sightings(
    db: Connection,
    check_id: int,
    rows: dict[str, Posting],
    posting_ids: dict[str, int],
    document_ids: dict[str, int],
) -> None:
    values: list[dict[str, object]] = [
        {
            "check_id": check_id,
            "posting_id": posting_ids[key],
            "document_id": document_ids[key],
            "posted_on": p.posted_on,
            "posted_basis": p.posted_basis,
            "changed_at": naive_utc(p.changed_at) if p.changed_at else None,
        }
        for key, p in rows.items()
    ]
    insert_missing(db, t.sightings, values, ["check_id", "posting_id"])


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
