"""Ashby job boards: `{jobs}`, pay as tiers of components, any of which may be missing or null."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import PayKind, Period, StructuredPay, Workplace
from scraper.platforms.base import Platform, Raw, records
from scraper.platforms.fields import day, look_up, structured_pay

WORKPLACES: dict[str, Workplace] = {"Remote": "remote", "Hybrid": "hybrid", "OnSite": "onsite"}
PERIODS: dict[str, Period | None] = {
    "1 YEAR": "year",
    "1 MONTH": "month",
    "1 WEEK": "week",
    "1 DAY": "day",
    "1 HOUR": "hour",
    "NONE": None,
}
# None: not an amount of money (a percentage of the company).
KINDS: dict[str, PayKind | None] = {
    "Salary": "base",
    "Bonus": "bonus",
    "Commission": "bonus",
    "EquityCashValue": "equity",
    "EquityPercentage": None,
}


class Ashby(Platform):
    """Boards of api.ashbyhq.com. Names are case-sensitive; an unlisted job (`isListed` false) is not public."""

    source = "ashby"

    def address(self, board: Board) -> str:
        name = quote(board.board, safe="")
        return f"https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true"

    def listing(self, payload: Any) -> list[Raw]:
        jobs = records(payload, self.source, "jobs")
        return [job for job in jobs if not (isinstance(job, dict) and job.get("isListed") is False)]

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        page = f"https://jobs.ashbyhq.com/{quote(board.board, safe='')}"
        return (self.address(board), self.address(board).partition("?")[0], page)

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        places = [raw["location"], *(place["location"] for place in raw.get("secondaryLocations") or [])]
        posted_on = day(raw["publishedAt"])
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["jobUrl"],
            "title": raw["title"],
            "company": board.company or board.board,  # the platform names the employer only by its token
            "places": tuple(dict.fromkeys(place for place in places if place)),
            "html": raw.get("descriptionHtml"),
            "text": raw["descriptionPlain"] if raw.get("descriptionHtml") is None else None,
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "department": raw.get("department") or raw.get("team") or None,
            "employment_type": raw["employmentType"],
            "workplace": _workplace(raw, unknown),
            "pay": _pay(raw.get("compensation"), unknown),
        }


def _workplace(raw: Raw, unknown: Counter[str]) -> Workplace | None:
    stated = look_up(WORKPLACES, raw.get("workplaceType"), "workplace", unknown)
    return stated or ("remote" if raw["isRemote"] else None)


def _pay(compensation: Raw | None, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    found: list[StructuredPay] = []
    for tier in (compensation or {}).get("compensationTiers") or []:
        for part in tier["components"]:
            found += _component(part, unknown)
    return tuple(dict.fromkeys(found))


def _component(part: Raw, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    kind = look_up(KINDS, part["compensationType"], "compensationType", unknown)
    if kind is None:
        return ()
    period = look_up(PERIODS, part["interval"], "interval", unknown)
    low, high = part.get("minValue"), part.get("maxValue")
    return structured_pay(low, high, part.get("currencyCode"), period, unknown, kind=kind)
