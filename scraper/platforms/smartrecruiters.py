"""SmartRecruiters: a paged list of facts; the text only on each posting's own page, in `jobAd.sections`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Workplace
from scraper.platforms.base import Ask, Platform, Raw, records
from scraper.platforms.fields import day, headed, language, one_country, place_of

HOST = "https://api.smartrecruiters.com/v1/companies"
PAGE = 100
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(Platform):
    """Companies of api.smartrecruiters.com. Postings may be years old; an unknown company lists none."""

    source = "smartrecruiters"

    def address(self, board: Board) -> str:
        return f"{_postings(board)}?limit={PAGE}&offset=0"

    def listing(self, payload: Any) -> list[Raw]:
        # The recruiter's name is no fact about the job.
        return [
            {name: value for name, value in job.items() if name != "creator"}
            if isinstance(job, dict)
            else job
            for job in records(payload, self.source, "content")
        ]

    def declared(self, payload: Any) -> int | None:
        return int(payload["totalFound"])

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        offset = int(payload.get("offset") or 0) + len(payload["content"])
        offset = max(offset, len(read))  # some answers do not say their own offset
        if not payload["content"] or offset >= int(payload["totalFound"]):
            return None
        return Ask(f"{_postings(board)}?limit={PAGE}&offset={offset}")

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        return (self.address(board), _postings(board))

    def lacks_text(self, raw: Raw) -> bool:
        return "jobAd" not in raw

    def detail(self, raw: Raw, board: Board) -> Ask | None:
        return Ask(f"{_postings(board)}/{quote(self.external_id(raw), safe='')}")

    def words(self, raw: Raw) -> str:
        return str(raw["name"])

    def with_detail(self, raw: Raw, payload: Any) -> Raw:
        return raw | {"jobAd": {"sections": payload["jobAd"]["sections"]}}

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        posted_on, place, company = day(raw["releasedDate"]), raw["location"], raw["company"]
        sections = (raw.get("jobAd") or {}).get("sections") or {}
        if not sections:
            unknown["text=not sent"] += 1
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": f"https://jobs.smartrecruiters.com/{quote(company['identifier'], safe='')}/{self.external_id(raw)}",
            "title": raw["name"],
            "company": company.get("name") or board.company or board.board,
            "places": tuple(filter(None, [_place(place)])) if place else (),
            "country": one_country([place.get("country")], unknown) if place else None,
            "html": headed(_section(sections.get(name)) for name in SECTIONS),
            "lang": language((raw.get("language") or {}).get("code"), unknown),
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "requisition_id": raw.get("refNumber") or None,
            "department": (raw.get("department") or {}).get("label") or None,
            "employment_type": (raw.get("typeOfEmployment") or {}).get("label") or None,
            "workplace": _workplace(place) if place else None,
        }


def _postings(board: Board) -> str:
    return f"{HOST}/{quote(board.board, safe='')}/postings"


def _place(place: Raw) -> str:
    return place.get("fullLocation") or place_of(
        place.get("city"), place.get("region"), (place.get("country") or "").upper()
    )


def _section(section: Raw | None) -> tuple[str | None, str | None]:
    return (section.get("title"), section.get("text")) if section else (None, None)


def _workplace(place: Raw) -> Workplace | None:
    # Neither flag set is the default of the form, not a statement that the work is on site.
    if place.get("remote"):
        return "remote"
    return "hybrid" if place.get("hybrid") else None
