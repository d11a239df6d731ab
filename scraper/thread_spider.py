"""The way a spider walks threads: an index names them, each is a board, a settled one is not asked again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import ClassVar

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from data.reference import Board, card
from data.store import naive_utc
from scraper.answers import Answer, decode
from scraper.board_spider import BoardSpider, describe, reason_of
from scraper.platforms.base import PageShapeError
from scraper.platforms.hackernews import HackerNews, Thread


class ThreadSpider(BoardSpider):
    """Every thread once; young threads again until they were checked `settle_days` after their start."""

    platform: ClassVar[HackerNews]

    async def start(self) -> AsyncIterator[Request | Answer]:
        if not self.narrowed:
            yield self.ask_index(0)
            return
        async for request in super().start():
            yield request

    def ask_index(self, page: int) -> Request:
        address = self.platform.index_address(page)
        return Request(address, self.index, errback=self.no_index, cb_kwargs={"page": page}, dont_filter=True)

    def index(self, response: Response, page: int) -> Iterator[Request]:
        try:
            if response.status != 200:
                raise PageShapeError(describe(response))
            threads, n_pages = self.platform.threads(decode(response.body)[0])
        except (PageShapeError, ValueError) as error:
            self.ledger.give_up(f"page {page} of the thread index: {error}")
            return
        young = [Board(source=self.name, board=t.board) for t in threads if not self.is_final(t)]
        self.ledger.plan(board.board for board in young)
        yield from map(self.ask, young)
        if page + 1 < n_pages:
            yield self.ask_index(page + 1)

    def no_index(self, failure: Failure) -> None:
        self.ledger.give_up(f"the thread index: {reason_of(failure.value)}")

    def is_final(self, thread: Thread) -> bool:
        state = self.ledger.states.get(thread.board)
        settled = naive_utc(thread.opened_at) + timedelta(days=card(self.name).settle_days or 0)
        return state is not None and state.last_complete_at is not None and state.last_complete_at >= settled
