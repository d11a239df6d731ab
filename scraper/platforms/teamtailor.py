"""Teamtailor career sites: JSON Feed 1.1, each item with a schema.org JobPosting under `_jobposting`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from data.reference import Board
from data.schema import Period, StructuredPay, Workplace
from scraper.platforms.base import Ask, Platform, Raw, records
from scraper.platforms.fields import day, look_up, one_country, place_of, structured_pay

PERIODS: dict[str, Period] = {
    "YEAR": "year",
    "MONTH": "month",
    "WEEK": "week",
    "DAY": "day",
    "HOUR": "hour",
}
PLACES: dict[str, Workplace] = {"TELECOMMUTE": "remote"}


class Teamtailor(Platform):
    """Sites of {company}.teamtailor.com. Sites on a domain of their own answer with a redirect and are not followed."""

    source = "teamtailor"

    def address(self, board: Board) -> str:
        return f"https://{board.board}.teamtailor.com/jobs.json"

    def listing(self, payload: Any) -> list[Raw]:
        items = records(payload, self.source, "items")
        name = {"feed_title": payload.get("title")}
        return [item | name if isinstance(item, dict) else item for item in items]

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        address = payload.get("next_url")
        return Ask(address) if isinstance(address, str) and address.startswith("https://") else None

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        job = raw["_jobposting"]
        posted_on = day(raw["date_published"] if "date_published" in raw else job["datePosted"])
        text = raw.get("content_html") or job.get("description") or ""
        if not text:
            unknown["text=not sent"] += 1
        addresses = [place.get("address") or {} for place in _listed(job.get("jobLocation"))]
        places = [place_of(a.get("addressLocality"), _country(a.get("addressCountry"))) for a in addresses]
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": raw["title"],
            "company": _company(job) or board.company or raw["feed_title"] or board.board,
            "places": tuple(dict.fromkeys(filter(None, places))),
            "country": one_country([_country(a.get("addressCountry")) for a in addresses], unknown),
            "html": text,
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "employment_type": ", ".join(_listed(job.get("employmentType"))) or None,
            "workplace": look_up(PLACES, job.get("jobLocationType") or None, "jobLocationType", unknown),
            "pay": _pay(job.get("baseSalary"), unknown),
        }


def _listed(value: Any) -> list[Any]:
    """schema.org lets one stand for a list of one."""
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


def _company(job: Raw) -> str | None:
    named = [job.get("hiringOrganization"), job.get("identifier")]
    return next((one["name"] for one in named if isinstance(one, dict) and one.get("name")), None)


def _country(value: Any) -> str | None:
    """An address's country: a code, or a Country with a name."""
    return value.get("name") if isinstance(value, dict) else value


def _pay(salary: Raw | None, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    if not salary:
        return ()
    value = salary["value"] if isinstance(salary["value"], dict) else {"value": salary["value"]}
    low, high = (_amount(value.get(name, value.get("value"))) for name in ("minValue", "maxValue"))
    period = look_up(PERIODS, value.get("unitText") or None, "unitText", unknown)
    return structured_pay(low, high, salary.get("currency") or None, period, unknown)


def _amount(value: str | float | None) -> float | None:
    return (float(value) or None) if value not in (None, "") else None
