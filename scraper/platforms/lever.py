"""Lever job sites: a bare array; the text is spread over several HTML fields."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period, StructuredPay, Workplace
from scraper.platforms.base import Ask, Platform, Raw, records
from scraper.platforms.fields import look_up, split_places, structured_pay

ROUND, PAGE = 50, 100
HOSTS = {None: "api.lever.co", "eu": "api.eu.lever.co"}
WORKPLACES: dict[str, Workplace | None] = {
    "remote": "remote",
    "hybrid": "hybrid",
    "onsite": "onsite",
    "on-site": "onsite",
    "unspecified": None,
}
PERIODS: dict[str, Period] = {
    "per-year-salary": "year",
    "per-month-salary": "month",
    "per-week-salary": "week",
    "per-day-wage": "day",
    "per-hour-wage": "hour",
    "one-time": "project",
}


class Lever(Platform):
    """Sites of api.lever.co and, for region eu, api.eu.lever.co. Site names are case-sensitive.

    The first request sets no bound, so that one 304 covers the whole site; an answer of a round number of
    records may have been cut and is followed by the next page (`skip`, `limit`) until one comes empty.
    """

    source = "lever"

    def address(self, board: Board) -> str:
        return f"https://{HOSTS[board.region]}/v0/postings/{quote(board.board, safe='')}?mode=json"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source)

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        if not payload or len(payload) % ROUND:
            return None
        return Ask(f"{self.address(board)}&skip={len(read)}&limit={PAGE}")

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        site = self.address(board).partition("?")[0]
        page = site.replace("https://api.", "https://jobs.").replace("/v0/postings/", "/")
        return (self.address(board), f"{site}?group=team&mode=json", page)

    def archived(self, raws: list[Raw], board: Board) -> list[Raw]:
        """Careers pages ask for the postings by team: `[{title, postings}]`."""
        grouped = [raw["postings"] if isinstance(raw, dict) and "postings" in raw else [raw] for raw in raws]
        return [raw for group in grouped for raw in group]

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        categories, created = raw["categories"], raw["createdAt"]  # archived pages do not show the day: None
        places = categories.get("allLocations") or [categories.get("location")]
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["hostedUrl"],
            "title": raw["text"],
            "company": board.company or board.board,  # the platform names the employer only by its token
            "places": tuple(dict.fromkeys(p for words in places for p in split_places(words))),
            "country": _country(raw.get("country"), unknown),
            "html": body(raw),
            "posted_on": datetime.fromtimestamp(created / 1000, UTC).date() if created is not None else None,
            "posted_basis": "stated" if created is not None else None,
            "department": categories.get("department") or categories.get("team") or None,
            "employment_type": categories.get("commitment") or None,
            "workplace": look_up(WORKPLACES, raw.get("workplaceType"), "workplace", unknown),
            "pay": _pay(raw.get("salaryRange"), unknown),
        }


def body(raw: Raw) -> str:
    """The advert as one HTML text: description, the named lists, pay words, closing words."""
    lists = "".join(
        f"<h3>{html.escape(part['text'])}</h3><ul>{part['content']}</ul>" for part in raw.get("lists") or []
    )
    whole = (
        raw["description"] if "description" in raw else f"{raw.get('opening') or ''}{raw['descriptionBody']}"
    )
    parts = (whole, lists, raw.get("salaryDescription"), raw.get("additional"))
    return "\n".join(part for part in parts if part)


def _country(code: str | None, unknown: Counter[str]) -> str | None:
    if code is None or (len(code) == 2 and code.isalpha()):
        return code.upper() if code else None
    unknown[f"country={code[:60]}"] += 1
    return None


def _pay(pay: Raw | None, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    if not pay:
        return ()
    period = look_up(PERIODS, pay["interval"], "interval", unknown)
    return structured_pay(pay["min"], pay["max"], pay["currency"], period, unknown)
