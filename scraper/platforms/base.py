"""What every platform knows: where a board's listing lies and how its answer is read. Pure: no network, no clock."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar

from pydantic import ValidationError

from data.errors import PromptjobsError
from data.reference import Board
from data.schema import PayKind, Period, StructuredPay

Raw = dict[str, Any]
V = TypeVar("V")

# What reading a record of a wrong shape can raise; the record is set aside, the crawl goes on.
READ_ERRORS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)

_PLACES = re.compile(r"\s*[;|]\s*|\s+or\s+")


class PageShapeError(PromptjobsError):
    """An answer is not the page its platform documents: the whole check fails, nothing is guessed."""


class Platform(ABC):
    """One board system. A subclass sets `source` and the three hooks; it holds no state.

    `posting` returns the fields of data.schema.Posting and may raise any of READ_ERRORS; words it
    does not know go into `unknown` as "field=word" and become None, never a default.
    """

    source: ClassVar[str]

    @abstractmethod
    def address(self, board: Board) -> str:
        """The URL of the board's whole listing."""

    @abstractmethod
    def listing(self, payload: Any) -> list[Raw]:
        """The records of one answer. Raises PageShapeError where the page is not what it was."""

    @abstractmethod
    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        """One record as the fields that intake takes."""

    def declared(self, payload: Any) -> int | None:
        """How many postings the answer says the board has; None where it does not say."""
        return None

    def external_id(self, raw: Raw) -> str:
        """The record's own identity, readable even where the rest is broken. Raises one of READ_ERRORS."""
        value = raw["id"]
        if isinstance(value, bool) or not isinstance(value, (int, str)) or value == "":
            raise ValueError(f"id is {value!r}")
        return str(value)


def records(payload: Any, source: str, field: str | None = None) -> list[Raw]:
    """The list under `field` of an answer (the answer itself if None). Raises PageShapeError."""
    where = f"{source}: {field or 'the answer'}"
    if field is not None and not (isinstance(payload, dict) and field in payload):
        raise PageShapeError(f"{where} is missing; did the page change?")
    found = payload if field is None else payload[field]
    if not isinstance(found, list):
        raise PageShapeError(f"{where} is {type(found).__name__}, not a list; did the page change?")
    return found


def look_up(table: Mapping[str, V], value: str | None, field: str, unknown: Counter[str]) -> V | None:
    """`value` through `table`; a word that is not in it is counted and becomes None."""
    if value is None:
        return None
    if value not in table:
        unknown[f"{field}={value[:60]}"] += 1
        return None
    return table[value]


def structured_pay(
    low: float | None,
    high: float | None,
    currency: str | None,
    period: Period | None,
    unknown: Counter[str],
    *,
    kind: PayKind = "base",
) -> tuple[StructuredPay, ...]:
    """The pay as one entry, or none: amounts the schema refuses are counted, they never cost the posting."""
    if low is None and high is None:
        return ()
    try:
        return (StructuredPay(min=low, max=high, currency=currency, period=period, kind=kind),)
    except ValidationError as error:
        unknown[f"pay={error.errors()[0]['msg'][:60]}"] += 1
        return ()


def split_places(words: str | None) -> tuple[str, ...]:
    """The places of one string ("Paris; Remote", "NYC | SF", "Berlin or Oslo"), in the source's words."""
    parts = [part.strip() for part in _PLACES.split(words or "")]
    return tuple(dict.fromkeys(part for part in parts if part))


def instant(iso: str | None) -> datetime | None:
    """An ISO 8601 time as an aware UTC datetime; a time without zone is taken to be UTC."""
    if iso is None:
        return None
    value = datetime.fromisoformat(iso)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def day(iso: str | None) -> date | None:
    """The UTC day of an ISO 8601 time."""
    value = instant(iso)
    return value.date() if value else None
