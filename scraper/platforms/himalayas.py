"""Himalayas: about 100,000 remote jobs as a feed and by search; pay in fields with a period of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period
from scraper.platforms.base import Ask, Platform, Raw, look_up, records, structured_pay
from scraper.platforms.raw_values import amount, currency_code, distinct, epoch_day, plain

HOST = "https://himalayas.app/jobs/api"
PAGE = 20  # the API never gives more
MOST = 200  # records of one board that are asked for: the newest, or the best matches of a search
PERIODS: dict[str, Period] = {
    "annual": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


class Himalayas(Platform):
    """The board "feed" is the newest jobs, any other a search. `pubDate` is a Unix time (seconds; documented as milliseconds).

    Records of before `salaryPeriod` existed leave the period unknown: hourly pay stood beside yearly.
    """

    source = "himalayas"

    def address(self, board: Board) -> str:
        if board.board == "feed":
            return f"{HOST}?limit={PAGE}&offset=0"
        return f"{HOST}/search?q={quote(board.board)}&page=1"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "jobs")

    def declared(self, payload: Any) -> int | None:
        total = payload.get("totalCount")
        return None if total is None else int(total)

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        if not payload["jobs"] or len(read) >= min(self.declared(payload) or 0, MOST):
            return None
        if board.board != "feed":
            return Ask(f"{HOST}/search?q={quote(board.board)}&page={-(-len(read) // PAGE) + 1}")
        cursor = payload.get("nextCursor")
        step = f"cursor={quote(str(cursor), safe='')}" if cursor else f"offset={len(read)}"
        return Ask(f"{HOST}?limit={PAGE}&{step}")

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["guid"]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        low, high = (amount(raw[name], name, unknown) for name in ("minSalary", "maxSalary"))
        period = look_up(PERIODS, raw.get("salaryPeriod"), "salaryPeriod", unknown)
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["applicationLink"],
            "title": plain(raw["title"]),
            "company": plain(raw["companyName"]),
            "places": distinct([_place(place) for place in raw["locationRestrictions"] or ()]),
            "html": raw["description"],
            "posted_on": epoch_day(raw["pubDate"]),
            "posted_basis": "stated",
            "department": next(iter(raw.get("parentCategories") or ()), None),
            "employment_type": raw["employmentType"] or None,
            "workplace": "remote",  # the board lists remote work only
            "pay": structured_pay(low, high, currency_code(raw["currency"], unknown), period, unknown),
        }


def _place(place: Any) -> str:
    """A country by name; the API documents it as an object, and its answers hold the name."""
    return str(place["name"]) if isinstance(place, dict) else str(place)
