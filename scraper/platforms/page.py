"""Any employer's page: schema.org JobPosting objects as the pages of thousands of systems write them."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from data.field_values import without
from data.job_posting import PEOPLE, identity, posting_fields
from data.reference import Board
from scraper.opened import open_page
from scraper.platforms.base import Platform, Raw
from scraper.schema_org import UNREADABLE


class Page(Platform):
    """A record is {"page": its address, "node": the object}. The board is the page, list or sitemap asked for.

    What concerns people is dropped before anything is kept; estimates of pay (`estimatedSalary`) are not read.
    """

    source = "page"

    def address(self, board: Board) -> str:
        raise NotImplementedError("a page is named by its address, not by a board")

    def decode(self, body: bytes) -> tuple[Any, bool]:
        return open_page(body), False

    def listing(self, payload: Any) -> list[Raw]:
        return [without(node, PEOPLE) for node in payload.nodes]

    def external_id(self, raw: Raw) -> str:
        node, page = raw["node"], raw["page"]
        if UNREADABLE in node:
            raise ValueError("the page's JSON-LD cannot be read")
        host, key = urlsplit(page).netloc, identity(node, page)
        return super().external_id({"id": f"{host}:{key}"[:500]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            **posting_fields(raw["node"], raw["page"], unknown),
        }
