"""USAJOBS, the jobs of the United States' government, with the user's own key: pay is structured."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period, StructuredPay
from scraper.platforms.base import Ask, PageShapeError, Platform, Raw, day, look_up, records, structured_pay
from scraper.platforms.raw_values import amount, distinct

SEARCH = "https://data.usajobs.gov/api/Search"
PAGE = 250
# None: no pay, or a period that our vocabulary has no word for (two weeks, a school year).
PERIODS: dict[str, Period | None] = {
    "PA": "year",
    "Per Year": "year",
    "PM": "month",
    "Per Month": "month",
    "PD": "day",
    "Per Day": "day",
    "PH": "hour",
    "Per Hour": "hour",
    "PW": "unit",
    "Piece Work": "unit",
    "BW": None,
    "Bi-weekly": None,
    "FB": None,
    "Fee Basis": None,
    "SY": None,
    "School Year": None,
    "ST": None,
    "Student Stipend Paid": None,
    "WC": None,
    "Without Compensation": None,
}
PARTS = ("JobSummary", "MajorDuties", "Requirements", "Education", "Evaluations")


class USAJobs(Platform):
    """A board is a keyword search. `PublicationStartDate` is the announcement's first day; federal pay is in dollars."""

    source = "usajobs"

    def address(self, board: Board) -> str:
        return self._page(board, 1)

    def _page(self, board: Board, page: int) -> str:
        return f"{SEARCH}?Keyword={quote(board.board)}&ResultsPerPage={PAGE}&Page={page}"

    def listing(self, payload: Any) -> list[Raw]:
        if not isinstance(payload, dict) or not isinstance(payload.get("SearchResult"), dict):
            raise PageShapeError(f"{self.source}: SearchResult is missing; did the page change?")
        return records(payload["SearchResult"], self.source, "SearchResultItems")

    def declared(self, payload: Any) -> int | None:
        return int(payload["SearchResult"]["SearchResultCountAll"])

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        more = payload["SearchResult"]["SearchResultItems"] and len(read) < (self.declared(payload) or 0)
        return Ask(self._page(board, -(-len(read) // PAGE) + 1)) if more else None

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["MatchedObjectId"]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        job = raw["MatchedObjectDescriptor"]
        details = (job.get("UserArea") or {}).get("Details") or {}
        countries = {place.get("CountryCode") for place in job["PositionLocation"]}
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": job["PositionURI"].replace(":443/", "/", 1),
            "title": job["PositionTitle"],
            "company": job["OrganizationName"] or job.get("DepartmentName"),
            "places": distinct([place["LocationName"] for place in job["PositionLocation"]]),
            "country": "US" if countries == {"United States"} else None,
            "html": _text(job, details),
            "posted_on": day(job["PublicationStartDate"]),
            "posted_basis": "stated",
            "requisition_id": job["PositionID"] or None,
            "department": job.get("DepartmentName") or None,
            "employment_type": next((kind["Name"] for kind in job.get("PositionSchedule") or ()), None),
            "workplace": "remote" if details.get("RemoteIndicator") is True else None,
            "pay": _pay(job["PositionRemuneration"], unknown),
        }


def _text(job: Raw, details: Raw) -> str:
    parts = [(name, details.get(name)) for name in PARTS]
    parts.insert(2, ("Qualifications", job["QualificationSummary"]))
    return "".join(f"<h3>{name}</h3>{_paragraphs(words)}" for name, words in parts if words)


def _paragraphs(words: Any) -> str:
    lines = words if isinstance(words, list) else str(words).splitlines()
    return "".join(f"<p>{html.escape(html.unescape(str(line)))}</p>" for line in lines if str(line).strip())


def _pay(ranges: list[Raw], unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    found: list[StructuredPay] = []
    for row in ranges:
        period = look_up(PERIODS, row["RateIntervalCode"], "RateIntervalCode", unknown)
        if period is None:
            continue  # amounts without their period would be read as something they are not
        low, high = (amount(row[name], name, unknown) for name in ("MinimumRange", "MaximumRange"))
        kind = "piece" if period == "unit" else "base"
        found += structured_pay(low, high, "USD", period, unknown, kind=kind)  # type: ignore[arg-type]
    return tuple(found)
