"""What postings said when they were last seen, for listings that do not repeat it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import func, select

from data import tables as t
from data.schema import Posting
from data.store import BATCH, read_document

if TYPE_CHECKING:
    from sqlalchemy import Engine, Row, Select


def recall(engine: Engine, source: str, board: str, external_ids: Sequence[str]) -> dict[str, Posting]:
    """Those of the postings that the record holds, as of their last sighting, as postings of `board`."""
    found: dict[str, Posting] = {}
    with engine.connect() as db:
        for start in range(0, len(external_ids), BATCH):
            for row in db.execute(_last_seen(source, external_ids[start : start + BATCH])):
                with suppress(ValidationError):  # written by another version: as if it had not been read
                    found[row.external_id] = _posting(row, board)
    return found


def _last_seen(source: str, external_ids: Sequence[str]) -> Select[Any]:
    p, s, c = t.postings.c, t.sightings.c, t.checks.c
    # By time, not by number: checks of the past may be written later.
    latest = func.row_number().over(partition_by=s.posting_id, order_by=(c.at.desc(), c.check_id.desc()))
    ranked = (
        select(s.posting_id, s.check_id, latest.label("nth"))
        .join(t.checks, c.check_id == s.check_id)
        .join(t.postings, p.posting_id == s.posting_id)
        .where((p.source == source) & p.external_id.in_(external_ids))
        .subquery()
    )
    is_last = (s.posting_id == ranked.c.posting_id) & (s.check_id == ranked.c.check_id) & (ranked.c.nth == 1)
    return (
        select(p.external_id, p.url, s.posted_on, s.posted_basis, s.changed_at, t.documents.c.body)
        .select_from(t.sightings)
        .join(ranked, is_last)
        .join(t.postings, p.posting_id == s.posting_id)
        .join(t.documents, t.documents.c.document_id == s.document_id)
    )


def _posting(row: Row[Any], board: str) -> Posting:
    rest = {
        "board": board,
        "external_id": row.external_id,
        "url": row.url,
        "posted_on": row.posted_on,
        "posted_basis": row.posted_basis,
        "changed_at": row.changed_at,
    }
    # JSON mode reads lists as tuples and stays strict about all else.
    return Posting.model_validate_json(json.dumps(read_document(row.body) | rest, default=_iso))


def _iso(value: date | datetime) -> str:
    return value.isoformat()
