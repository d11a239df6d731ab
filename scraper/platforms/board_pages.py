"""Boards' public pages as archives hold them, read into the shape of their platform's answers. Pure.

They list titles, places and links, never texts, and mostly no days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from data.reference import Board
from scraper.markup import read_html

Raw = dict[str, Any]
_GREENHOUSE = "https://boards.greenhouse.io/"
_JOB_PATH = re.compile(r"/jobs/(\d+)")
_APP_DATA = re.compile(r"window\.__appData\s*=\s*(?=\{)")
_WORKPLACE = re.compile(r"\W+$")


def page_payload(body: bytes, board: Board) -> Any | None:
    """What the board's page says, in the shape of its platform's answer; None where `body` is none we can read.

    Raises ValueError for a page without postings (an error page looks the same), LookupError or TypeError for
    one of another shape.
    """
    is_markup = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    reader = _PAGES.get(board.source)
    return reader(body, board) if is_markup and reader else None


def _greenhouse(body: bytes, board: Board) -> Raw:
    """A classic Greenhouse board: each `div.opening` has a link with the job's number, its title and a place.

    The newer layout (job-boards.greenhouse.io) is shown in pages of 50
    and not read.
    """
    openings = _with_class(read_html(body), "opening")
    return {"jobs": _some([job for job in map(_opening, openings) if job])}


def _opening(element: Any) -> Raw | None:
    link = next((a for a in element.iter("a") if a.get("href")), None)
    number = _job_number(link.get("href")) if link is not None else None
    if link is None or number is None:
        return None
    place = _words(next(iter(_with_class(element, "location")), None))
    return {
        "id": number,
        "absolute_url": urljoin(_GREENHOUSE, link.get("href")),
        "title": _words(link),
        "location": {"name": place} if place else None,
        "updated_at": None,
    }


def _job_number(href: str) -> int | None:
    """The job's number: in the path, or as `gh_jid` on an employer's own site."""
    found = _JOB_PATH.search(href)
    word = found[1] if found else parse_qs(urlsplit(href).query).get("gh_jid", [""])[0]
    return int(word) if word.isdecimal() else None


def _lever(body: bytes, board: Board) -> list[Raw]:
    """A Lever job site: each `div.posting` carries the posting's id."""
    return _some([_posting(one) for one in _with_class(read_html(body), "posting") if _posting_id(one)])


def _posting_id(element: Any) -> str | None:
    return element.get("data-qa-posting-id") or None


def _posting(element: Any) -> Raw:
    title = next((e for e in element.iter() if e.get("data-qa") == "posting-name"), None)
    link = next(iter(_with_class(element, "posting-title")), None)
    place, team, commitment, workplace = (
        _words(next(iter(_with_class(element, *names)), None))
        for names in (
            ("sort-by-location", "location"),
            ("sort-by-team", "department"),
            ("sort-by-commitment", "commitment"),
            ("workplaceTypes",),
        )
    )
    return {
        "id": _posting_id(element),
        "text": _words(title),
        "hostedUrl": link.get("href") if link is not None else None,
        "createdAt": None,
        "categories": {"location": place, "team": team, "commitment": commitment},
        "description": "",
        "workplaceType": _WORKPLACE.sub("", workplace).lower() or None if workplace else None,
    }


def _ashby(body: bytes, board: Board) -> Raw:
    """An Ashby board: its postings stand in the script that fills the page."""
    text = body.decode("utf-8-sig", "replace")
    found = _APP_DATA.search(text)
    if not found:
        raise ValueError("the page does not carry its data")
    data, _ = json.JSONDecoder().raw_decode(text, found.end())
    return {"jobs": _some([_job(raw, board.board) for raw in data["jobBoard"]["jobPostings"]])}


def _job(raw: Raw, board: str) -> Raw:
    return {
        "id": raw["id"],
        "title": raw["title"],
        "location": raw.get("locationName"),
        "secondaryLocations": [
            {"location": place["locationName"]} for place in raw.get("secondaryLocations") or []
        ],
        "publishedAt": raw.get("publishedDate"),
        "jobUrl": f"https://jobs.ashbyhq.com/{quote(board, safe='')}/{raw['id']}",
        "descriptionHtml": "",
        "department": raw.get("departmentName"),
        "team": raw.get("teamName"),
        "employmentType": raw.get("employmentType"),
        "workplaceType": raw.get("workplaceType"),
        "isRemote": None,
        "isListed": raw.get("isListed"),
    }


_PAGES: dict[str, Callable[[bytes, Board], Any]] = {
    "greenhouse": _greenhouse,
    "lever": _lever,
    "ashby": _ashby,
}


def _some(found: list[Raw]) -> list[Raw]:
    if not found:
        # A board without postings looks the same as an error page.
        raise ValueError("the page shows no posting")
    return found


def _with_class(root: Any, *names: str) -> list[Any]:
    wanted = set(names)
    return [e for e in root.iter() if isinstance(e.tag, str) and wanted & set((e.get("class") or "").split())]


def _words(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None
