"""Workday career sites: a list by POST, 20 at a time, and each posting's text and day on its own page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from data.reference import Board
from data.schema import Workplace
from scraper.platforms.base import Ask, Platform, Raw, records
from scraper.platforms.fields import day, look_up, one_country
from scraper.platforms.workday_site import site_of

EVERY: Raw = {"appliedFacets": {}, "searchText": ""}
PAGE = 20  # more than 20 asked for is answered with none, without an error
WORKPLACES: dict[str, Workplace] = {
    "remote": "remote",
    "fully remote": "remote",
    "hybrid": "hybrid",
    "flexible": "hybrid",
    "onsite": "onsite",
    "on-site": "onsite",
    "on site": "onsite",
}
_COUNTED = re.compile(r"\d+ \w+")  # "3 Locations"


class Workday(Platform):
    """Public career sites. The listing's `postedOn` is relative ("Posted 30+ Days Ago") and dates nothing, the
    own page's `startDate` does. The list says its total on the first page only and shows at most 2,000."""

    source = "workday"
    ceiling = 2000

    def address(self, board: Board) -> str:
        return f"{site_of(board.board).api}/jobs"

    def opening(self, board: Board) -> Ask:
        return self._from(board, 0)

    def _from(self, board: Board, offset: int) -> Ask:
        return Ask(self.address(board), EVERY | {"limit": PAGE, "offset": offset})

    def listing(self, payload: Any) -> list[Raw]:
        jobs = records(payload, self.source, "jobPostings")
        return [job | {"total": payload.get("total")} if isinstance(job, dict) else job for job in jobs]

    def declared(self, payload: Any) -> int | None:
        return int(payload["total"])

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        if not payload["jobPostings"] or len(read) >= int(read[0]["total"]):
            return None
        return self._from(board, len(read))

    def owned(self, raws: Sequence[Raw], board: Board) -> tuple[Raw, ...]:
        """The records with their board: requisition numbers repeat from tenant to tenant."""
        return tuple(raw | {"board": board.board} if isinstance(raw, dict) else raw for raw in raws)

    def external_id(self, raw: Raw) -> str:
        """The path's last word after the title's: it stays when the title is edited."""
        last = raw["externalPath"].rstrip("/").rpartition("/")[2]
        number = last.rpartition("_")[2]
        if not number:
            raise ValueError(f"externalPath {raw['externalPath']!r} names no posting")
        return f"{raw['board']}:{number}"

    def lacks_text(self, raw: Raw) -> bool:
        return "info" not in raw

    def detail(self, raw: Raw, board: Board) -> Ask | None:
        return Ask(site_of(board.board).api + raw["externalPath"])

    def with_detail(self, raw: Raw, payload: Any) -> Raw:
        employer = (payload.get("hiringOrganization") or {}).get("name")
        return raw | {"info": payload["jobPostingInfo"], "organization": employer}

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        site, info = site_of(board.board), raw.get("info")
        posted_on = day(info["startDate"]) if info else None
        if info is None:
            unknown["text=not sent"] += 1
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": site.public + raw["externalPath"],
            "title": raw["title"],
            "company": board.company or raw.get("organization") or site.tenant,
            "places": _places(raw, info),
            "country": _country(info or {}, unknown),
            "html": info["jobDescription"] if info else "",
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "requisition_id": (info or {}).get("jobReqId") or None,
            "employment_type": (info or {}).get("timeType") or None,
            "workplace": _workplace(raw, info or {}, unknown),
        }


def _places(raw: Raw, info: Raw | None) -> tuple[str, ...]:
    if info:
        found = [info.get("location"), *(info.get("additionalLocations") or [])]
        return tuple(filter(None, dict.fromkeys(found)))
    words = raw.get("locationsText")
    return (words,) if words and not _COUNTED.fullmatch(words) else ()


def _country(info: Raw, unknown: Counter[str]) -> str | None:
    if info.get("additionalLocations"):
        return None  # the field speaks of the first place only
    country = (info.get("jobRequisitionLocation") or {}).get("country") or {}
    return one_country([country.get("alpha2Code")], unknown)


def _workplace(raw: Raw, info: Raw, unknown: Counter[str]) -> Workplace | None:
    word = info.get("remoteType") or raw.get("remoteType")
    return look_up(WORKPLACES, word.lower() if word else None, "remoteType", unknown)
