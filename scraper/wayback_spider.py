"""The way a spider walks the past: the archive's index says when a board was asked, each answer is read as it came."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any, ClassVar

from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from data.own_boards import known_boards
from data.reference import Board, load_cards
from data.settings import load_settings
from data.snapshots import load_walks
from scraper.answers import Answer
from scraper.board_spider import BoardSpider, describe
from scraper.middlewares.robots import RobotsForbiddenError, RobotsUnreadableError
from scraper.platforms.wayback import Wayback
from scraper.wayback import Wish, planned, read_wish
from scraper.wayback_ledger import PastLedger
from scraper.wayback_walk import EndError, Past, SpentError

_ORDER = ("on", "candidate", "off")


class WaybackSpider(BoardSpider):
    """`-a boards=greenhouse:acme,lever:xyz`, `source=`, `since=`, `until=` (days), `most=` requests, `every=` days."""

    platform: ClassVar[Wayback]
    custom_settings: ClassVar[dict[str, Any]] = {
        "EXTENSIONS": {"scraper.wayback_ledger.PastLedger": 10, "scraper.parent.WatchParent": 20},
        "DOWNLOAD_TIMEOUT": 120,  # the index is slow
        "RETRY_TIMES": 2,
    }

    def __init__(self, boards: str | None = None, **words: str) -> None:
        super().__init__()
        self.wish: Wish = read_wish(words | ({"boards": boards} if boards else {}))

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if not settings.getbool("PROMPTJOBS_REPLAY"):
            # Who goes on asking within a minute of a 429 is shut out for an hour.
            settings.set("PROMPTJOBS_RETRY_BASE", 80.0, priority="spider")

    @property
    def ledger(self) -> PastLedger:
        found: PastLedger = self.crawler.get_extension(PastLedger)
        return found

    def boards(self) -> list[Board]:
        """The boards that were named, else every one that is known, off or not, of the platform asked for."""
        known = {(b.source, b.board): b for b in known_boards(load_settings())}
        if self.wish.named:
            return [known.get(key) or Board(source=key[0], board=key[1]) for key in self.wish.named]
        kinds = {name: card.kind for name, card in load_cards().items()}
        mine = [b for b in known.values() if kinds.get(b.source) == "platform"]
        return sorted(
            (b for b in mine if self.wish.source in (None, b.source)), key=lambda b: _ORDER.index(b.status)
        )

    async def start(self) -> AsyncIterator[Request | Answer]:
        """Nothing is handed on: each snapshot is in the record before the next is asked for."""
        try:
            await self.walk()
        except EndError as error:
            self.ledger.give_up(str(error))
        except SpentError:
            self.logger.info("the run has sent its %s requests", self.wish.most)
        for nothing in tuple[Answer, ...]():
            yield nothing

    async def walk(self) -> None:
        """Board after board. Raises EndError or SpentError where the run ends before the last."""
        loader = SpiderLoader.from_settings(self.settings)
        tasks = planned(self.boards(), load_walks(self.ledger.engine), self.wish)
        self.ledger.total = len(tasks)
        for task in tasks:
            await Past(self, loader.load(task.board.source).platform, task).walk()
            self.ledger.walked += 1

    async def get(self, url: str) -> Response:
        """One answer of the archive. Raises SpentError, EndError or one of NO_ANSWER."""
        if self.ledger.asked >= self.wish.most:
            raise SpentError
        self.ledger.asked += 1
        try:
            # A redirect is followed only where it leads to the same board (scraper.wayback_walk).
            request = Request(url, meta={"dont_redirect": True}, dont_filter=True)
            response: Response = await self.crawler.engine.download_async(request)
        except (RobotsForbiddenError, RobotsUnreadableError) as error:
            raise EndError(str(error)) from error
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise EndError(f"the archive asks for a pause: {describe(response)}")
        return response
