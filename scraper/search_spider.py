"""The way a spider asks with the user's own key: off without it, and the key in no log and no reason."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy.crawler import Crawler
from scrapy.http import FormRequest, Request, Response
from twisted.python.failure import Failure

from data.errors import SettingError
from data.reference import Board, card
from data.schema import Outcome
from data.store import utc_now
from scraper.answers import Answer, decode
from scraper.board_spider import describe, reason_of
from scraper.feed_spider import FeedSpider
from scraper.keys import keep_out_of_logs, without_keys
from scraper.platforms.base import READ_ERRORS, Ask
from scraper.platforms.francetravail import FranceTravail


class KeyedSpider(FeedSpider):
    """A thin spider says how its requests are `signed`. `secrets` are the keys by the names of their variables."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Raises SettingError where a key or a consent is missing: nothing is asked and no run is opened."""
        own = card(cls.name)
        lacking = own.lacks(os.environ)
        if lacking:
            raise SettingError(f"{own.label} is off until {' and '.join(lacking)} is set in the environment.")
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        spider.secrets = {name: os.environ[name].strip() for name in own.keys}
        keep_out_of_logs(spider.secrets)
        return spider

    secrets: dict[str, str]

    def signed(self, request: Request) -> Request:
        """The request with the user's key in it."""
        raise NotImplementedError

    def request(self, ask: Ask) -> Request:
        return self.signed(super().request(ask))

    async def read(self, response: Response, board: Board) -> AsyncIterator[Answer]:  # type: ignore[override]
        async for answer in super().read(response, board):
            yield self.told(answer)

    def refuse(self, failure: Failure) -> Iterable[Answer]:
        for answer in super().refuse(failure):
            yield self.told(answer)

    def told(self, answer: Answer) -> Answer:
        """The answer with a reason that may be kept and shown."""
        return replace(answer, reason=without_keys(answer.reason, self.secrets)) if answer.reason else answer


class TokenSpider(KeyedSpider):
    """Its key is an id and a secret (OAuth2 client credentials): one request for a token comes first.

    The platform says where (`token_address`) and for what (`token_scope`); the card names id and secret in this order.
    """

    platform: ClassVar[FranceTravail]

    async def start(self) -> AsyncIterator[Request]:
        client_id, client_secret = (self.secrets[name] for name in card(self.name).keys)
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
            "scope": self.platform.token_scope,
        }
        yield FormRequest(
            self.platform.token_address,
            formdata=form,
            callback=self.enter,
            errback=self.no_token,
            dont_filter=True,
        )

    def enter(self, response: Response) -> Iterator[Request | Answer]:
        try:
            token = decode(response.body)[0]["access_token"] if response.status == 200 else None
        except READ_ERRORS as error:
            yield from self.shut(Outcome.FAILED, f"the token's answer is not readable: {error!r}")
            return
        if not isinstance(token, str) or not token:
            outcome = Outcome.BLOCKED if response.status in (400, 401, 403) else Outcome.FAILED
            yield from self.shut(outcome, f"no token was given for the key: {describe(response)}")
            return
        self.secrets["token"] = token
        self.ledger.plan(board.board for board in self.boards())
        yield from map(self.ask, self.boards())

    def no_token(self, failure: Failure) -> Iterator[Answer]:
        yield from self.shut(Outcome.FAILED, f"no token was given for the key: {reason_of(failure.value)}")

    def shut(self, outcome: Outcome, reason: str) -> Iterator[Answer]:
        """The same answer for every board, where none could be asked."""
        boards = self.boards()
        self.ledger.plan(board.board for board in boards)
        for board in boards:
            yield self.told(Answer(board, utc_now(), outcome, None, reason[:400]))

    def signed(self, request: Request) -> Request:
        request.headers["Authorization"] = f"Bearer {self.secrets['token']}"
        return request
