"""What every platform knows: where a board's listing lies and how its answers are read. Pure: no network, no clock."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from data.errors import PromptjobsError
from data.reference import Board
from data.schema import Posting
from scraper.answers import decode
from scraper.platforms.fields import day as day
from scraper.platforms.fields import instant as instant
from scraper.platforms.fields import look_up as look_up
from scraper.platforms.fields import split_places as split_places
from scraper.platforms.fields import structured_pay as structured_pay

Raw = dict[str, Any]

# What reading a record of a wrong shape can raise; the record is set aside, the crawl goes on.
READ_ERRORS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class PageShapeError(PromptjobsError):
    """An answer is not the page its platform documents: the whole check fails, nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: GET, or POST where there is a JSON body."""

    url: str
    body: Raw | None = None


class Platform(ABC):
    """One board system. A subclass sets `source` and the three hooks; it holds no state.
    `posting` returns the fields of data.schema.Posting and may raise any of READ_ERRORS; words it
    does not know go into `unknown` as "field=word" and become None, never a default.
    The hooks from `instead` on are for boards of several requests (WalkingSpider).
    """

    source: ClassVar[str]
    ceiling: ClassVar[int | None] = None  # a listing this long is cut by the platform and cannot be complete
    follows_for_text: ClassVar[bool] = False  # what follows a first answer adds texts to it, not postings

    @abstractmethod
    def address(self, board: Board) -> str:
        """The URL of the board's whole listing, or of its first page."""

    @abstractmethod
    def listing(self, payload: Any) -> list[Raw]:
        """The records of one answer. Raises PageShapeError where the page is not what it was."""

    @abstractmethod
    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        """One record as the fields that intake takes."""

    def decode(self, body: bytes) -> tuple[Any, bool]:
        """A body as data, and whether bytes had to be replaced. Raises ValueError."""
        return decode(body)

    def declared(self, payload: Any) -> int | None:
        """How many postings the answer says the board has; None where it does not say."""
        return None

    def external_id(self, raw: Raw) -> str:
        """The record's own identity, readable even where the rest is broken. Raises one of READ_ERRORS."""
        value = raw["id"]
        if isinstance(value, bool) or not isinstance(value, (int, str)) or value == "":
            raise ValueError(f"id is {value!r}")
        return str(value)

    def opening(self, board: Board) -> Ask:
        """What is asked first."""
        return Ask(self.address(board))

    def instead(self, board: Board) -> Ask | None:
        """What is asked where the first answer cannot be used."""
        return None

    def following(self, payload: Any, board: Board, read: list[Raw]) -> Ask | None:
        """What is asked after `payload`, when `read` are all records so far; None where there is no more."""
        return None

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        """Under which addresses an archive of the web may hold the board's listing, the fullest first.

        What lies there is read like an answer of today (pages: see board_pages), then by `archived`.
        """
        ask = self.opening(board)
        return (ask.url,) if ask.body is None else ()

    def archived(self, raws: list[Raw], board: Board) -> list[Raw]:
        """The records of an archived listing in today's shape; older and shorter answers lack fields."""
        return raws

    def detail(self, raw: Raw, board: Board) -> Ask | None:
        """The posting's own page, where it may say more than the listing's record."""
        return None

    def lacks_text(self, raw: Raw) -> bool:
        """Whether only the posting's own page has the text: then all new ones need it, not just the wanted."""
        return False

    def words(self, raw: Raw) -> str:
        """Title and text as far as the listing has them, to judge whether the posting is of interest."""
        return str(raw.get("title") or "")

    def merge(self, old: Raw, new: Raw) -> Raw:
        """One record of two for the same posting: the first, unless the second adds something."""
        return old

    def with_detail(self, raw: Raw, payload: Any) -> Raw:
        """The record with what its own page adds. Raises one of READ_ERRORS."""
        return {**raw, **payload}

    def without_detail(self, raw: Raw, known: Posting | None) -> Raw | Posting:
        """The record whose own page was wanted and is missing: what was known of it holds."""
        return known or raw


def records(payload: Any, source: str, field: str | None = None) -> list[Raw]:
    """The list under `field` of an answer (the answer itself if None). Raises PageShapeError."""
    where = f"{source}: {field or 'the answer'}"
    if field is not None and not (isinstance(payload, dict) and field in payload):
        raise PageShapeError(f"{where} is missing; did the page change?")
    found = payload if field is None else payload[field]
    if not isinstance(found, list):
        raise PageShapeError(f"{where} is {type(found).__name__}, not a list; did the page change?")
    return found
