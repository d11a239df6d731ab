"""What travels from a spider to the record: one board's answer as it came, then as it was read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.reference import Board
from data.schema import Check, Outcome, Posting, Reject


@dataclass(frozen=True, slots=True)
class Answer:
    """One board's whole answer, or the reason why there is none. `at` is UTC, naive."""

    board: Board
    at: datetime
    outcome: Outcome
    http_status: int | None = None
    reason: str | None = None
    n_listed: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    raws: tuple[Any, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """One check with everything that was read; `lost_ids` are identities of rejected records (None: unreadable)."""

    check: Check
    postings: tuple[Posting, ...] = field(default=(), repr=False)
    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    lost_ids: tuple[str | None, ...] = ()


def decode(body: bytes) -> tuple[Any, bool]:
    """A JSON body as data, and whether bytes that are no UTF-8 had to be replaced. Raises ValueError."""
    try:
        text, is_damaged = body.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        text, is_damaged = body.decode("utf-8-sig", "replace"), True
    try:
        return json.loads(text), is_damaged
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
