"""The Muse: pages of 20 jobs by category, no search by words and no pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from scraper.platforms.base import Ask, Platform, Raw, day, records
from scraper.platforms.raw_values import distinct, plain

# Where prompt work may be listed; the API has no search by words.
CATEGORIES = (
    "Data and Analytics",
    "Software Engineering",
    "Computer and IT",
    "Science and Engineering",
    "Design and UX",
    "Writing and Editing",
)
LAST_PAGE = 99  # the API answers no later one
MOST = 200  # records of one category that are asked for: the newest
REMOTE = "Flexible / Remote"


class TheMuse(Platform):
    """One board is one category. Page 99 is the last one that the API gives."""

    source = "themuse"

    def address(self, board: Board) -> str:
        return self._page(board, 0)

    def _page(self, board: Board, page: int) -> str:
        return f"https://www.themuse.com/api/public/jobs?category={quote(board.board)}&descending=true&page={page}"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "results")

    def declared(self, payload: Any) -> int | None:
        total = payload.get("total")
        return None if total is None else int(total)

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        page = int(payload["page"]) + 1
        return (
            Ask(self._page(board, page)) if page < int(payload["page_count"]) and page <= LAST_PAGE else None
        )

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        places = distinct([place["name"] for place in raw["locations"] or ()])
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["refs"]["landing_page"],
            "title": plain(raw["name"]),
            "company": plain(raw["company"]["name"]),
            "places": tuple(place for place in places if place != REMOTE),
            "html": raw["contents"],
            "posted_on": day(raw["publication_date"]),
            "posted_basis": "stated",
            "department": next((category["name"] for category in raw["categories"] or ()), None),
            "workplace": "remote" if places == (REMOTE,) else None,
        }
