"""Jobicy: remote jobs as a feed or by tag; pay in fields that are missing where it is unknown."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period, StructuredPay
from scraper.platforms.base import Platform, Raw, day, look_up, records, structured_pay
from scraper.platforms.raw_values import amount, currency_code, distinct, plain, unescaped

COUNT = 100
PERIODS: dict[str, Period] = {
    "yearly": "year",
    "annual": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


class Jobicy(Platform):
    """The board "feed" is the newest jobs; any other board is a tag, which the API looks up in title and text."""

    source = "jobicy"

    def address(self, board: Board) -> str:
        tag = "" if board.board == "feed" else f"&tag={quote(board.board)}"
        return f"https://jobicy.com/api/v2/remote-jobs?count={COUNT}{tag}"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "jobs")

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": plain(raw["jobTitle"]),
            "company": plain(raw["companyName"]),
            "places": distinct(plain(raw["jobGeo"] or "").split(",")),
            "html": unescaped(raw["jobDescription"]),
            "posted_on": day(raw["pubDate"]),
            "posted_basis": "stated",
            "department": ", ".join(map(plain, raw["jobIndustry"] or ())) or None,
            "employment_type": ", ".join(map(plain, raw["jobType"] or ())) or None,
            "workplace": "remote",  # the board lists remote work only
            "pay": _pay(raw, unknown),
        }


def _pay(raw: Raw, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    low, high = (amount(raw.get(name), name, unknown) for name in ("salaryMin", "salaryMax"))
    period = look_up(PERIODS, raw.get("salaryPeriod") or None, "salaryPeriod", unknown)
    if low is None and high is None:  # the API's older form
        low, high = (amount(raw.get(f"annual{name}"), name, unknown) for name in ("SalaryMin", "SalaryMax"))
        period = "year"
    return structured_pay(low, high, currency_code(raw.get("salaryCurrency"), unknown), period, unknown)
