"""The way a spider walks a board of several requests: page after page, then single postings' own pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from http import HTTPStatus

from scrapy import exceptions
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from data.recall import recall
from data.reference import Board, card
from data.schema import Outcome, Posting
from data.store import utc_now
from scraper.answers import Answer
from scraper.board_spider import BoardSpider, describe, reason_of
from scraper.details import Wanted, choose, settle
from scraper.middlewares.robots import RobotsForbiddenError
from scraper.platforms.base import READ_ERRORS, Ask, PageShapeError, Raw
from scraper.platforms.repeats import identity, join

MAX_PAGES = 250
GIVE_UP = 3  # single pages that fail one after the other: the host has had enough
NO_ANSWER = (
    exceptions.CannotResolveHostError,
    exceptions.DownloadCancelledError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadFailedError,
    exceptions.DownloadTimeoutError,
    exceptions.IgnoreRequest,
    exceptions.ResponseDataLossError,
    exceptions.UnsupportedURLSchemeError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    OSError,
)
# Another way to the board is tried where this one leads nowhere, not where the host is unwell.
_UNUSABLE = frozenset({HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class _GoneError(Exception):
    """The posting has no page of its own (any more): there is nothing to ask again for."""


class WalkingSpider(BoardSpider):
    """One board, one answer, however many requests it took; a page that fails makes it partial."""

    async def read(self, response: Response, board: Board) -> AsyncIterator[Answer]:  # type: ignore[override]
        answer = self.answer(response, board)
        is_unusable = answer.outcome is Outcome.FAILED and answer.http_status in _UNUSABLE
        if is_unusable and (ask := self.platform.instead(board)):
            second = await self.page(ask, board)
            answer = second if second.outcome is Outcome.COMPLETE else answer
        if answer.outcome is Outcome.COMPLETE:
            answer = await self.details(await self.pages(answer))
        yield replace(answer, payload=None)

    async def pages(self, first: Answer) -> Answer:
        """The whole listing: what follows an answer is asked for until nothing does."""
        raws, last, reason = list(first.raws), first, None
        for n in range(2, MAX_PAGES + 2):
            try:
                ask = self.platform.following(last.payload, first.board, raws)
            except READ_ERRORS as error:
                reason = f"page {n}: unreadable way on: {error}"
                break
            if ask is None:
                break
            last = await self.page(ask, first.board, n)
            if last.outcome is not Outcome.COMPLETE:
                reason = f"page {n}: {last.reason}"
                break
            if join(self.platform, raws, last.raws) == 0:
                break  # the last page, or a server that knows no pages and says the same again
        if reason is None and self.platform.ceiling and len(raws) >= self.platform.ceiling:
            reason = f"the platform shows at most {self.platform.ceiling} postings of a board"
        if last is not first:  # validators would be the first page's only
            first = replace(first, raws=tuple(raws), etag=None, last_modified=None)
        return first if reason is None else replace(first, outcome=Outcome.PARTIAL, reason=reason)

    async def page(self, ask: Ask, board: Board, n: int = 1) -> Answer:
        """One more answer of the board, whatever it is."""
        if n > MAX_PAGES:
            return Answer(board, utc_now(), Outcome.FAILED, reason=f"more than {MAX_PAGES} pages")
        try:
            return self.answer(await self.get(ask), board)
        except NO_ANSWER as error:
            blocked = isinstance(error, RobotsForbiddenError)
            outcome = Outcome.BLOCKED if blocked else Outcome.FAILED
            return Answer(board, utc_now(), outcome, None, reason_of(error))

    async def get(self, ask: Ask) -> Response:
        """The response to one more request. Raises one of NO_ANSWER."""
        if not self.crawler.engine.running:
            raise exceptions.IgnoreRequest("the crawl was stopped before its next page")
        return await self.crawler.engine.download_async(self.request(ask))

    async def details(self, answer: Answer) -> Answer:
        """The listing with what single postings' own pages add, within the card's budget."""
        budget = card(self.name).budget
        if budget is None or budget.details == 0:
            return answer
        platform, raws = self.platform, answer.raws
        bare = [raw for raw in raws if self.lacks_text(raw)]
        known = self.recall(answer.board, bare)
        wanted = choose(platform, raws, answer.board, known)
        if not (bare or wanted):
            return answer
        known |= self.recall(answer.board, [raws[w.place] for w in wanted if w.external_id not in known])
        read, n_owed = await self.ask_details(wanted, raws, most=budget.details)
        settled = replace(answer, raws=settle(platform, raws, wanted, read, known))
        if n_owed or any(self.lacks_text(raws[one.place]) for one in wanted):
            # A 304 would put off what is still to be read, or hide an edit that the listing does not show.
            settled = replace(settled, etag=None, last_modified=None)
        return settled

    def lacks_text(self, raw: Raw) -> bool:
        return isinstance(raw, dict) and self.platform.lacks_text(raw)

    def recall(self, board: Board, raws: Sequence[Raw]) -> dict[str, Posting]:
        """What the record holds of these postings, by external id."""
        ids = [token for raw in raws if (token := identity(self.platform, raw)) is not None]
        return recall(self.ledger.engine, self.name, board.board, ids)

    async def ask_details(
        self, wanted: Sequence[Wanted], raws: Sequence[Raw], *, most: int
    ) -> tuple[dict[int, Raw], int]:
        """The records with their own pages read, by place in the listing, and how many wait for another run."""
        read: dict[int, Raw] = {}
        n_gone = misses = 0
        for one in wanted[:most]:
            if misses == GIVE_UP:
                break
            misses += 1
            try:
                read[one.place] = await self.ask_detail(one.ask, raws[one.place])
                misses = 0
            except _GoneError:
                n_gone += 1
                misses -= self.lacks_text(raws[one.place])  # the other texts are worth their requests
            except (*NO_ANSWER, PageShapeError, *READ_ERRORS) as error:
                self.logger.info("posting %s: its page was not read: %s", one.external_id, reason_of(error))
        n_owed = len(wanted) - len(read) - n_gone
        if misses == n_gone == GIVE_UP:
            n_owed = 0  # no posting here has a page of its own: nothing to come back for
        for name, n in (("read", len(read)), ("gone", n_gone), ("owed", n_owed)):
            self.ledger.count(f"details/{name}", n)
        return read, n_owed

    async def ask_detail(self, ask: Ask, raw: Raw) -> Raw:
        """One record with its own page read. Raises _GoneError, PageShapeError, one of NO_ANSWER or READ_ERRORS."""
        response = await self.get(ask)
        if response.status in _GONE:
            raise _GoneError
        if response.status != HTTPStatus.OK:
            raise PageShapeError(describe(response))
        payload, _ = self.platform.decode(response.body)
        return self.platform.with_detail(raw, payload)
