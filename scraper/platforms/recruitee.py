"""Recruitee careers sites: `{offers}`, dates as "2026-08-11 20:45:29 UTC", pay as strings, sometimes in thousands."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from data.reference import Board
from data.schema import Period, StructuredPay, Workplace
from scraper.platforms.base import Platform, Raw, records
from scraper.platforms.fields import headed, language, look_up, one_country, place_of, structured_pay

PERIODS: dict[str, Period] = {
    "year": "year",
    "month": "month",
    "week": "week",
    "day": "day",
    "hour": "hour",
}
# The form's three boxes; where several are ticked, the most remote on offer.
WORKPLACES: tuple[tuple[str, Workplace], ...] = (
    ("remote", "remote"),
    ("hybrid", "hybrid"),
    ("on_site", "onsite"),
)
# Below the first, an amount per period is no pay (hourly pay under a wrong label: "18.50" per month);
# per year, between the two, it is thousands ("75.00").
LEAST: dict[Period | None, float] = {"year": 20, "month": 100}
THOUSANDS_BELOW = 1000


class Recruitee(Platform):
    """Sites of {company}.recruitee.com. `published_at` is the posting's day, `created_at` that of the draft."""

    source = "recruitee"

    def address(self, board: Board) -> str:
        return f"https://{board.board}.recruitee.com/api/offers"

    def listing(self, payload: Any) -> list[Raw]:
        offers = records(payload, self.source, "offers")
        return [
            o for o in offers if not (isinstance(o, dict) and o.get("status", "published") != "published")
        ]

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        published, changed = (_instant(raw.get(name)) for name in ("published_at", "updated_at"))
        places = raw.get("locations") or []
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["careers_url"],
            "title": raw["title"],
            "company": raw.get("company_name") or board.company or board.board,
            "places": tuple(dict.fromkeys(filter(None, map(_place, places)))) or _one(raw.get("location")),
            "country": one_country(
                [place.get("country_code") for place in places] or [raw.get("country_code")], unknown
            ),
            "html": headed([(None, raw["description"]), (None, raw.get("requirements"))]),
            "lang": _only_language(raw.get("translations") or {}, unknown),
            "posted_on": published.date() if published else None,
            "posted_basis": "stated" if published else None,
            "changed_at": changed,
            "department": raw.get("department") or None,
            "employment_type": raw.get("employment_type_code") or None,
            "workplace": next((word for name, word in WORKPLACES if raw.get(name)), None),
            "pay": _pay(raw.get("salary") or {}, unknown),
        }


def _instant(words: str | None) -> datetime | None:
    if words is None:
        return None
    return datetime.strptime(words, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)


def _place(place: Raw) -> str:
    return place_of(place.get("city"), place.get("state"), place.get("country")) or place.get("name") or ""


def _one(words: str | None) -> tuple[str, ...]:
    return (words,) if words else ()


def _only_language(translations: Raw, unknown: Counter[str]) -> str | None:
    # With several, nothing says which of them the top-level fields repeat.
    return language(next(iter(translations)), unknown) if len(translations) == 1 else None


def _pay(salary: Raw, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    period = look_up(PERIODS, salary.get("period") or None, "salary.period", unknown)
    low, high = (_amount(salary.get(name), period, unknown) for name in ("min", "max"))
    return structured_pay(low, high, salary.get("currency") or None, period, unknown)


def _amount(words: str | float | None, period: Period | None, unknown: Counter[str]) -> float | None:
    value = float(words) if words not in (None, "") else 0.0
    if value == 0:  # the empty box of the form
        return None
    if value < LEAST.get(period, 0):
        unknown[f"salary={value:g} per {period}"] += 1
        return None
    if period == "year" and value < THOUSANDS_BELOW:
        unknown["salary=read as thousands"] += 1
        return value * 1000
    return value
