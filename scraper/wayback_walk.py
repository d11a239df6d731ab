"""One board's past: its captures out of the index, then answer after answer in time, each written before the next."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy.http import Response

from data.reference import Board
from data.snapshots import Walk, known_snapshots, save_walk
from scraper.answers import Answer, decode
from scraper.board_spider import describe, reason_of
from scraper.middlewares.reserved import REASON
from scraper.platforms.base import READ_ERRORS, PageShapeError, Platform
from scraper.platforms.wayback import Capture, memento_instant, played_back, same_address
from scraper.walking_spider import GIVE_UP, NO_ANSWER
from scraper.wayback import Task, by_day, captured_address, present, rank, read_snapshot, unreadable
from scraper.wayback_reading import keep

if TYPE_CHECKING:
    from scraper.wayback_spider import WaybackSpider

log = logging.getLogger(__name__)

HOPS = 3
MAX_PAGES = 20
_SERVER_ERROR = 500


class EndError(Exception):
    """The walk ends here: the archive is unwell or says no. The message says why."""


class SpentError(Exception):
    """The run has sent all the requests it may."""


class _SilentError(Exception):
    """A snapshot was not played back this time; another time it may be."""


class Past:
    """The walk through the past of one task's board; `spider.get` sends one request to the archive."""

    def __init__(self, spider: WaybackSpider, platform: Platform, task: Task) -> None:
        self.spider, self.ledger, self.wish = spider, spider.ledger, spider.wish
        self.platform, self.task, self.board = platform, task, task.board
        self.addresses = _addresses(platform, task.board)
        self.known = known_snapshots(self.ledger.engine, self.board.source, self.board.board)
        # By rank of the address: the answer played back last with the digest of its capture, and when one was read.
        self._last: dict[int, tuple[str, Answer]] = {}
        self._read_at: dict[int, datetime] = {}

    async def walk(self) -> None:
        """All there is from the task's start on. Raises EndError or SpentError; what was read until then is written."""
        now, silent = present(), 0
        captures = [capture for address in self.addresses for capture in await self.captures(address)]
        for capture in by_day(captures, self.addresses):
            try:
                await self.take(capture)
            except _SilentError as error:
                log.info("%s %s of %s: %s", self.board.source, self.board.board, capture.at, error)
                self.ledger.count("snapshots/unanswered")
                silent += 1
                if silent == GIVE_UP:
                    return  # the board is not done: the next walk tries again
                continue
            silent = 0
            self.note(capture.at, is_done=False)
        self.note(self.wish.until or now, is_done=self.wish.until is None)

    def note(self, until: datetime, *, is_done: bool) -> None:
        walk = Walk(self.task.since, until, is_done)
        save_walk(self.ledger.engine, self.board.source, self.board.board, walk)

    # --- the index --------------------------------------------------------------------------------

    async def captures(self, address: str) -> list[Capture]:
        """What the index holds of one address. Raises EndError where it does not answer."""
        archive, found = self.spider.platform, list[Capture]()
        key: str | None = ""
        for _ in range(MAX_PAGES):
            url = archive.index(address, self.task.start, self.wish.until, key or "")
            try:
                payload = self.opened(await self.spider.get(url))
                found += archive.captures(archive.listing(payload), address)
                key = archive.resume_key(payload)
            except NO_ANSWER as error:
                raise EndError(f"the archive's index does not answer: {reason_of(error)}") from error
            except (PageShapeError, *READ_ERRORS) as error:
                raise EndError(f"the archive's index cannot be read: {error}") from error
            if not key:
                break
        return found

    def opened(self, response: Response) -> object:
        """The index's rows; none where it will not answer for this board. Raises PageShapeError, ValueError."""
        status = response.status
        if 400 <= status < 500 and status not in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS):
            # Mostly 403: by its owner's wish the archive shows nothing of the site.
            self.ledger.count("boards/refused")
            return []
        if status != HTTPStatus.OK:
            raise PageShapeError(describe(response))
        return decode(response.body)[0] if response.body.strip() else []

    # --- the snapshots ----------------------------------------------------------------------------

    async def take(self, capture: Capture) -> None:
        """One capture into the record: known, a repeat of the one before, too near to a fuller one, or played back."""
        place = rank(capture, self.addresses)
        digest, last = self._last.get(place, ("", None))
        if capture.at in self.known:
            self._last.pop(place, None)
            self._read_at[place] = capture.at
            self.ledger.count("snapshots/known")
        elif last and capture.digest and capture.digest == digest:
            self.ledger.count("snapshots/repeated")
            self.keep(replace(last, at=capture.at))
        elif self.is_near(capture, place):
            self.ledger.count("snapshots/skipped")
        else:
            self._last.pop(place, None)
            await self.fetch(capture, place)

    def is_near(self, capture: Capture, place: int) -> bool:
        """Whether an answer at least as full was read within the wish's distance."""
        fuller = [at for n, at in self._read_at.items() if n <= place]
        return any(capture.at - at < self.wish.every for at in fuller)

    async def fetch(self, capture: Capture, place: int) -> None:
        answer = await self.play(capture)
        if answer is None:
            return
        if answer.at not in self.known and self.keep(answer):
            self._read_at[place] = answer.at
        if answer.at == capture.at:
            self._last[place] = (capture.digest, answer)

    async def play(self, capture: Capture) -> Answer | None:
        """The answer as it was archived; None where it is in the record already. Raises _SilentError."""
        at, url = capture.at, capture.playback
        for _ in range(HOPS):
            try:
                response = await self.spider.get(url)
            except NO_ANSWER as error:
                raise _SilentError(reason_of(error)) from error
            if response.status >= _SERVER_ERROR:
                raise _SilentError(describe(response))
            archived_at = memento_instant(response.headers.get("Memento-Datetime"))
            if archived_at or not response.headers.get("Location"):
                return self.read(response, archived_at, at)
            nearest = played_back(urljoin(url, response.headers["Location"].decode("latin-1")))
            if nearest is None or not same_address(nearest.address, capture.address):
                return unreadable(self.board, at, "the archive leads to another address")
            if nearest.at in self.known:
                return None
            at, url = nearest.at, nearest.playback
        return unreadable(self.board, at, "the archive leads in circles")

    def keep(self, answer: Answer) -> bool:
        self.known.add(answer.at)
        return keep(self.ledger, self.platform, answer)

    def read(self, response: Response, archived_at: datetime | None, asked: datetime) -> Answer:
        if archived_at is None or response.status != HTTPStatus.OK:
            why = response.headers.get("X-Archive-Wayback-Runtime-Error", b"").decode("latin-1")
            return unreadable(self.board, asked, f"no snapshot came: {why or describe(response)}")
        place = played_back(response.url)
        captured = captured_address(response.headers.get("Link")) or (place.address if place else "")
        if not any(same_address(captured, address) for address in self.addresses):
            return unreadable(self.board, archived_at, "the snapshot is of another address")
        if response.headers.get("X-Archive-Orig-TDM-Reservation", b"").strip() == b"1":
            return unreadable(self.board, archived_at, REASON)
        return read_snapshot(self.platform, self.board, archived_at, response.body)


def _addresses(platform: Platform, board: Board) -> tuple[str, ...]:
    try:
        return platform.archived_addresses(board)
    except ValueError:  # a token that makes no address
        return ()
