"""Hacker News job stories (Y Combinator companies) through the HN Search API: one quarter of a year is one board."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.reference import Board
from scraper.platforms.base import Platform, Raw, day, records
from scraper.platforms.raw_values import without

HOST = "https://hn.algolia.com/api/v1"
FIRST_YEAR = 2012
PEOPLE = frozenset({"author", "_highlightResult", "_tags"})
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
_COMPANY = re.compile(
    r"^(.{2,80}?)\s*(?:\((?:YC\s*)?[A-Z]{1,2}\s?'?\d{2}\)|\(YC\))?,?\s+(?:is|are)\s+(?:now\s+|also\s+)?"
    r"(?:hiring|looking\s+for|seeking|recruiting)\b",
    re.IGNORECASE,
)


class HNJobs(Platform):
    """A story is a headline and a link, seldom a text; the headline and the link are the advert's text then.

    The author's name is dropped. `created_at` is the story's day.
    """

    source = "hnjobs"

    def address(self, board: Board) -> str:
        start, end = bounds(board.board)
        window = f"created_at_i>={_epoch(start)},created_at_i<{_epoch(end)}".replace(">", "%3E").replace(
            "<", "%3C"
        )
        return f"{HOST}/search_by_date?tags=job&hitsPerPage=1000&numericFilters={window}"

    def listing(self, payload: Any) -> list[Raw]:
        # The search may answer with comments and stories too.
        return [without(hit, PEOPLE) for hit in records(payload, self.source, "hits") if _is_job(hit)]

    def declared(self, payload: Any) -> int | None:
        return int(payload["nbHits"])

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["objectID"]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        company = _COMPANY.match(raw["title"])
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": f"https://news.ycombinator.com/item?id={int(raw['objectID'])}",
            "title": raw["title"],
            "company": company[1] if company else None,
            "html": _text(raw),
            "posted_on": day(raw["created_at"]),
            "posted_basis": "stated",
        }


def _is_job(hit: Any) -> bool:
    return not isinstance(hit, dict) or "_tags" not in hit or "job" in hit["_tags"]


def _text(raw: Raw) -> str:
    link, body = raw.get("url") or "", raw.get("story_text") or raw.get("job_text") or ""
    there = html.escape(link)
    parts = [
        f"<p>{html.escape(raw['title'])}</p>",
        f'<p><a href="{there}">{there}</a></p>' if link else "",
        body,
    ]
    return "\n".join(part for part in parts if part)


def bounds(quarter: str) -> tuple[date, date]:
    """First day of a quarter ("2026-Q3") and of the next. Raises ValueError for another word."""
    found = _QUARTER.match(quarter)
    if found is None:
        raise ValueError(f"{quarter!r} is no quarter such as 2026-Q3")
    year, n = int(found[1]), int(found[2])
    start = date(year, 3 * n - 2, 1)
    return start, (start.replace(day=28) + timedelta(days=80)).replace(day=1)


def quarters(until: date) -> list[str]:
    """Every quarter from the first job stories to that of `until`, the newest first."""
    last = (until.year, (until.month + 2) // 3)
    found = [
        (year, n) for year in range(FIRST_YEAR, until.year + 1) for n in range(1, 5) if (year, n) <= last
    ]
    return [f"{year}-Q{n}" for year, n in reversed(found)]


def _epoch(first: date) -> int:
    return int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
