"""We Work Remotely: an RSS feed whose titles are "Company: Role"."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from data.reference import Board
from scraper.platforms.base import PageShapeError, Platform, Raw
from scraper.platforms.raw_values import distinct, plain

HOST = "https://weworkremotely.com"


class WWR(Platform):
    """The board "feed" is every category's newest jobs; any other board is one category's feed. Pay is in the text only."""

    source = "wwr"

    def address(self, board: Board) -> str:
        return f"{HOST}/remote-jobs.rss" if board.board == "feed" else f"{HOST}/categories/{board.board}.rss"

    def decode(self, body: bytes) -> tuple[Any, bool]:
        from scraper.markup import read_xml

        return read_xml(body), False

    def listing(self, payload: Any) -> list[Raw]:
        if getattr(payload, "tag", None) != "rss" or payload.find("channel") is None:
            raise PageShapeError(f"{self.source}: the answer is no RSS channel; did the page change?")
        return [{child.tag: child.text or "" for child in item} for item in payload.iterfind("channel/item")]

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["guid"].strip()})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        company, colon, role = raw["title"].partition(":")
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["link"].strip(),
            "title": plain(role if colon else company),
            "company": plain(company) if colon else None,
            "places": distinct([raw["region"], *raw.get("country", "").split(",")]),
            "html": raw["description"],
            "posted_on": parsedate_to_datetime(raw["pubDate"]).astimezone(UTC).date(),
            "posted_basis": "stated",
            "department": raw["category"] or None,
            "employment_type": raw["type"] or None,
            "workplace": "remote",  # the board lists remote work only
        }
