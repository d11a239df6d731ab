"""The one way a spider walks boards: ask each for its listing, hand over the answer or the reason for none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from http import HTTPStatus
from typing import Any, ClassVar

import scrapy
from scrapy.http import JsonRequest, Request, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from data.health.record import NAMED
from data.own_boards import known_boards
from data.reference import Board, card
from data.schema import Outcome
from data.settings import load_settings
from data.store import naive_utc, utc_now
from scraper.answers import Answer
from scraper.deadline import left_out
from scraper.ledger import Ledger
from scraper.middlewares.robots import RobotsForbiddenError
from scraper.platforms.base import READ_ERRORS, Ask, PageShapeError, Platform
from scraper.suspension import suspensions

_BLOCKED = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}
)
_REASON = 400


class BoardSpider(scrapy.Spider):  # type: ignore[misc]
    """A thin spider sets `name` (its card's id) and `platform`; `-a boards=a,b` narrows or adds boards."""

    platform: ClassVar[Platform]

    def __init__(self, boards: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.narrowed = [token for token in (boards or "").split(",") if token]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put the card's budget in force. Raises ReferenceDataError: a spider without a card does not run."""
        super().update_settings(settings)
        own = card(cls.name)
        budget = own.budget
        if budget is None or settings.getbool("PROMPTJOBS_REPLAY"):
            return
        settings.set("DOWNLOAD_DELAY", budget.delay, priority="spider")
        settings.set("AUTOTHROTTLE_START_DELAY", budget.delay, priority="spider")
        settings.set("AUTOTHROTTLE_TARGET_CONCURRENCY", float(budget.concurrency), priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", budget.concurrency, priority="spider")
        # Few requests in progress, so that a stop is quick; two more for those that wait to ask again.
        settings.set("CONCURRENT_REQUESTS", budget.concurrency * len(own.hosts) + 2, priority="spider")

    @property
    def ledger(self) -> Ledger:
        found: Ledger = self.crawler.get_extension(Ledger)
        return found

    def boards(self) -> list[Board]:
        """The boards that are on, or those that were named (also ones that no file knows)."""
        mine = {b.board: b for b in known_boards(load_settings()) if b.source == self.name}
        if not self.narrowed:
            return [board for board in mine.values() if board.status == "on"]
        return [mine.get(token) or Board(source=self.name, board=token) for token in self.narrowed]

    def awake(self, boards: list[Board]) -> list[Board]:
        """Without the boards that have been gone for long and wait; one that was named is always asked."""
        if self.narrowed or card(self.name).kind != "platform":
            return boards
        waiting = suspensions(self.ledger.engine, self.name, naive_utc(utc_now()))
        asked = [board for board in boards if board.board not in waiting]
        if len(asked) < len(boards):
            self.ledger.count("boards/suspended", len(boards) - len(asked))
        return asked

    def in_turn(self, boards: list[Board]) -> list[Board]:
        """First the boards that the last crawl's deadline left out."""
        late = left_out(self.ledger.engine, self.name)
        return sorted(boards, key=lambda board: board.board not in late)

    async def start(self) -> AsyncIterator[Request | Answer]:
        boards = self.in_turn(self.awake(self.boards()))
        if self.narrowed:
            self.ledger.count(NAMED, len(boards))
        self.ledger.plan(board.board for board in boards)
        for board in boards:
            try:
                yield self.ask(board)
            except ValueError as error:  # a token that makes no address
                yield Answer(board, utc_now(), Outcome.FAILED, None, f"{error}"[:_REASON])

    def ask(self, board: Board) -> Request:
        """The request for a board's whole listing, or for its first page."""
        request = self.request(self.platform.opening(board))
        meta = request.meta | {"board": board}
        return request.replace(callback=self.read, errback=self.refuse, cb_kwargs={"board": board}, meta=meta)

    def request(self, ask: Ask) -> Request:
        """One request as the platform words it; hosts of one platform share one budget."""
        slot = {"download_slot": self.name} if any(h.startswith("*.") for h in card(self.name).hosts) else {}
        # dont_filter: a redirect back to a seen address must fail aloud, not vanish
        if ask.body is None:
            return Request(ask.url, meta=slot, dont_filter=True)
        return JsonRequest(ask.url, data=ask.body, meta=slot, dont_filter=True)

    def read(self, response: Response, board: Board) -> Iterator[Answer]:
        yield self.answer(response, board)

    def answer(self, response: Response, board: Board) -> Answer:
        """The board's answer, whatever it is."""
        status = response.status
        if status == HTTPStatus.NOT_MODIFIED and response.request.headers.get(
            "If-None-Match", response.request.headers.get("If-Modified-Since")
        ):
            return Answer(board, utc_now(), Outcome.UNCHANGED, status)
        if status != HTTPStatus.OK:
            outcome = Outcome.BLOCKED if status in _BLOCKED else Outcome.FAILED
            return Answer(board, utc_now(), outcome, status, describe(response))
        try:
            payload, is_damaged = self.platform.decode(response.body)
            raws = tuple(self.platform.listing(payload))
            n_listed = self.platform.declared(payload)
        except (PageShapeError, *READ_ERRORS) as error:
            return Answer(board, utc_now(), Outcome.FAILED, status, f"unreadable answer: {error}"[:_REASON])
        if is_damaged:
            self.ledger.count("answers/invalid_utf8")
        etag, changed = (_header(response, name) for name in ("ETag", "Last-Modified"))
        return Answer(
            board, utc_now(), Outcome.COMPLETE, status, None, n_listed, etag, changed, raws, payload
        )

    def refuse(self, failure: Failure) -> Iterable[Answer]:
        """No answer came: robots.txt forbade it, or the network, the size or a redirect failed."""
        board = failure.request.cb_kwargs["board"]
        error = failure.value
        outcome = Outcome.BLOCKED if isinstance(error, RobotsForbiddenError) else Outcome.FAILED
        yield Answer(board, utc_now(), outcome, None, reason_of(error))


def reason_of(error: BaseException) -> str:
    """A failure in one line; our own errors are sentences already, others say what they are."""
    ours = type(error).__module__.startswith("scraper.")
    return (str(error) if ours else f"{type(error).__name__}: {error}").replace("\n", " ")[:_REASON]


def describe(response: Response) -> str:
    """A status in words, with the wait it asks for."""
    wait = _header(response, "Retry-After")
    known = {s.value: s.phrase for s in HTTPStatus}
    words = f"HTTP {response.status} {known.get(response.status, '')}".rstrip()
    return f"{words} (asks to wait {wait[:40]})" if wait else words


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else None
