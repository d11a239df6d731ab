"""What travels from a spider to the record: one board's answer as it came, then as it was read."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from data.entry import Entry
from data.reference import Board
from data.schema import Check, Outcome, Posting, Reject

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Answer:
    """One board's whole answer, or the reason why there is none. `at` is UTC, naive.

    `raws` are records as they came, or postings of the record that hold unchanged; `payload` is the
    answer they were taken from, for the spider only.
    """

    board: Board
    at: datetime
    outcome: Outcome
    http_status: int | None = None
    reason: str | None = None
    n_listed: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    raws: tuple[Any, ...] = field(default=(), repr=False)
    payload: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """One check with everything that was read; `lost_ids` are identities of rejected records (None: unreadable).

    `entries` are the postings made ready for the record; they stand in the place of `postings`.
    """

    check: Check
    postings: tuple[Posting, ...] = field(default=(), repr=False)
    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    lost_ids: tuple[str | None, ...] = ()
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @property
    def n_read(self) -> int:
        """Records that became postings."""
        return len(self.entries or self.postings)


def decode(body: bytes) -> tuple[Any, bool]:
    """A JSON body as data, and whether bytes that are no UTF-8 had to be replaced. Raises ValueError."""
    with suppress(ValueError):
        return from_json(body), False
    # Lone surrogates, a byte-order mark, damage: the slower way copes with them or says why not.
    try:
        text, is_damaged = body.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        text, is_damaged = body.decode("utf-8-sig", "replace"), True
    try:
        payload = json.loads(text)
        return (_whole(payload) if _HALF.search(text) else payload), is_damaged
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _whole(value: Any) -> Any:
    """`value` with unpaired surrogates, which no text may hold, replaced by "?"."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(part) for name, part in value.items()}
    return value
