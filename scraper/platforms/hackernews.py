"""Hacker News "Who is hiring?" threads through the HN Search API: one thread is one board."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.reference import Board
from scraper.platforms.base import PageShapeError, Platform, Raw, day, instant, records

HOST = "https://hn.algolia.com/api/v1"
INDEX_PAGE = 100
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TITLE = re.compile(rf"^Ask HN: Who is hiring\?\s*\((?:{_MONTHS}) \d{{4}}(?: Edition)?\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thread:
    """One monthly thread; `opened_at` is aware, UTC."""

    board: str
    opened_at: datetime


class HackerNews(Platform):
    """Only direct children of the story are adverts; replies and deleted comments are not.

    The author's name is dropped here, before anything is validated, kept or logged.
    """

    source = "hackernews"

    def index_address(self, page: int) -> str:
        """The URL of one page of the stories of the account that opens the threads, newest first."""
        return f"{HOST}/search_by_date?tags=story,author_whoishiring&hitsPerPage={INDEX_PAGE}&page={page}"

    def threads(self, payload: Any) -> tuple[list[Thread], int]:
        """The "Who is hiring?" threads of one index page and the number of pages."""
        hits = records(payload, self.source, "hits")
        try:
            found = [_thread(hit) for hit in hits if _TITLE.match(hit["title"] or "")]
            return found, int(payload["nbPages"])
        except (KeyError, TypeError, ValueError) as error:
            raise PageShapeError(
                f"{self.source}: the index has no readable {error}; did it change?"
            ) from error

    def address(self, board: Board) -> str:
        return f"{HOST}/items/{board.board}"

    def listing(self, payload: Any) -> list[Raw]:
        children = records(payload, self.source, "children")
        opened = payload.get("created_at")
        return [_advert(child, opened) for child in children if not _is_deleted(child)]

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        stated = day(raw["created_at"])
        posted_on = stated or day(raw["thread_created_at"])
        basis = "stated" if stated else "thread"
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": f"https://news.ycombinator.com/item?id={int(raw['id'])}",
            "html": raw["text"],
            "posted_on": posted_on,
            "posted_basis": basis if posted_on else None,
        }


def _thread(hit: Raw) -> Thread:
    opened = instant(hit["created_at"])
    if opened is None:
        raise ValueError("created_at")
    return Thread(str(int(hit["objectID"])), opened)


def _is_deleted(child: Any) -> bool:
    return isinstance(child, dict) and "text" in child and not (child["text"] or "").strip()


def _advert(child: Any, opened: str | None) -> Raw:
    if not isinstance(child, dict):
        return {"id": None, "unreadable": repr(child)[:100]}
    kept = {name: child[name] for name in ("id", "created_at", "text") if name in child}
    return kept | {"thread_created_at": opened}
