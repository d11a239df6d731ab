"""Greenhouse job boards: `{jobs, meta.total}`, no paging, `content` HTML-escaped once, pay only on the single job."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period, Posting, StructuredPay, Workplace
from scraper.platforms.base import Ask, Platform, Raw, records
from scraper.platforms.fields import day, instant, language, look_up, split_places, structured_pay, unescape

HOST = "https://boards-api.greenhouse.io/v1/boards"
WORKPLACES: dict[str, Workplace] = {
    "remote": "remote",
    "hybrid": "hybrid",
    "on-site": "onsite",
    "onsite": "onsite",
    "on site": "onsite",
    "in-office": "onsite",
    "in office": "onsite",
}
PERIODS: tuple[tuple[re.Pattern[str], Period], ...] = (
    (re.compile(r"\bannual|\byear|\bper annum\b", re.IGNORECASE), "year"),
    (re.compile(r"\bmonth", re.IGNORECASE), "month"),
    (re.compile(r"\bdaily\b|\bper day\b", re.IGNORECASE), "day"),
    (re.compile(r"\bhour", re.IGNORECASE), "hour"),
)


class Greenhouse(Platform):
    """Boards of boards-api.greenhouse.io, those of the EU instance too. `first_published` is the posting's
    day, never `updated_at`."""

    source = "greenhouse"

    def address(self, board: Board) -> str:
        return f"{HOST}/{quote(board.board, safe='')}/jobs?content=true"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "jobs")

    def declared(self, payload: Any) -> int | None:
        meta = payload.get("meta")
        return int(meta["total"]) if meta is not None else None

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        token = quote(board.board, safe="")
        apis = ("boards-api.greenhouse.io", "api.greenhouse.io")  # the second is the API's older name
        answers = (
            f"{host}/v1/boards/{token}/jobs{query}" for query in ("?content=true", "") for host in apis
        )
        pages = (f"boards.greenhouse.io/{token}", f"boards.greenhouse.io/embed/job_board?for={token}")
        return tuple(f"https://{place}" for place in (*answers, *pages))

    def archived(self, raws: list[Raw], board: Board) -> list[Raw]:
        fields = {"content": "", "company_name": board.company or board.board}
        return [fields | raw if isinstance(raw, dict) else raw for raw in raws]

    def detail(self, raw: Raw, board: Board) -> Ask | None:
        if "pay_input_ranges" in raw or "pay-range" in raw["content"]:
            return None
        token = quote(board.board, safe="")
        return Ask(f"{HOST}/{token}/jobs/{self.external_id(raw)}?pay_transparency=true")

    def words(self, raw: Raw) -> str:
        return f"{raw['title']} {raw['content']}"

    def with_detail(self, raw: Raw, payload: Any) -> Raw:
        return raw | {"pay_input_ranges": payload["pay_input_ranges"]}

    def without_detail(self, raw: Raw, known: Posting | None) -> Raw:
        return raw | {"known_pay": known.pay if known else ()}

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        place = raw["location"]
        named = _metadata(raw.get("metadata"))
        workplace = named.get("location type")
        posted_on = day(raw.get("first_published"))
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["absolute_url"],
            "title": raw["title"],
            "company": raw.get("company_name") or board.company,
            "places": split_places(place["name"]) if place else (),
            "html": unescape(raw["content"]),
            "lang": language(raw.get("language"), unknown),
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "changed_at": instant(raw["updated_at"]),
            "requisition_id": raw.get("requisition_id") or None,
            "department": next((d["name"] for d in raw.get("departments") or []), None) or None,
            "employment_type": named.get("employment type"),
            "workplace": look_up(WORKPLACES, workplace.lower() if workplace else None, "workplace", unknown),
            "pay": raw.get("known_pay") or _pay(raw.get("pay_input_ranges") or [], unknown),
        }


def _metadata(fields: list[Raw] | None) -> dict[str, str]:
    """The employer's own fields that hold one word, by lower-case name."""
    return {
        f["name"].strip().lower(): f["value"]
        for f in fields or []
        if isinstance(f["value"], str) and f["value"].strip()
    }


def _pay(ranges: list[Raw], unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    found: list[StructuredPay] = []
    for row in ranges:
        low, high = (
            row[name] / 100 if row[name] is not None else None for name in ("min_cents", "max_cents")
        )
        found += structured_pay(low, high, row["currency_type"], _period(row), unknown)
    return tuple(dict.fromkeys(found))


def _period(row: Raw) -> Period | None:
    """No field says the period; the range's own title and blurb may, where they name just one."""
    words = f"{row.get('title') or ''} {row.get('blurb') or ''}"
    named = [period for pattern, period in PERIODS if pattern.search(words)]
    return named[0] if len(named) == 1 else None
