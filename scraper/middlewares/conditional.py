"""Asks a known board only for news: If-None-Match and If-Modified-Since from its last complete listing."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request

from scraper.ledger import Ledger


class Conditional:
    """An unchanged board then costs one 304."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        board, ledger = request.meta.get("board"), self.crawler.get_extension(Ledger)
        state = ledger.states.get(board.board) if board and ledger else None
        if state is None or state.last_complete_at is None or request.method != "GET":
            return
        if state.etag:
            request.headers["If-None-Match"] = state.etag
        if state.last_modified:
            request.headers["If-Modified-Since"] = state.last_modified
