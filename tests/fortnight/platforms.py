"""The world's boards in the shapes of five platforms: where a board's listing lies, and what it says of an advert."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.fortnight.world import BROKEN, CUT, RENAMED, Advert, Board

Raw = dict[str, Any]

LISTINGS: Mapping[str, str] = {
    "greenhouse": "boards-api.greenhouse.io/v1/boards/{}/jobs",
    "lever": "api.lever.co/v0/postings/{}",
    "ashby": "api.ashbyhq.com/posting-api/job-board/{}",
    "recruitee": "{}.recruitee.com/api/offers",
    "smartrecruiters": "api.smartrecruiters.com/v1/companies/{}/postings",
}


def body(board: Board, day: int, path: str) -> bytes | None:
    """The answer to `path` (host and path) of `board`, whatever its plan; None where there is no such page."""
    listing = LISTINGS[board.source].format(board.token)
    if path != listing:
        wanted = path.removeprefix(f"{listing}/")
        own = {advert.external_id: advert for advert in board.up(day)}.get(wanted)
        return None if own is None else json.dumps(_with_text(own, day)).encode()
    word = board.plan[day]
    listed = board.up(day) if word in (CUT, RENAMED) else board.listed(day)
    records = [RECORDS[board.source](board, advert, day) for advert in listed]
    if word == RENAMED:
        records = [_renamed(record) for record in records]
    if word == BROKEN:
        records[0].pop(TITLES[board.source])
    return json.dumps(WRAPS[board.source](records)).encode()


def _renamed(record: Raw) -> Raw:
    """Every field under another name, as after a rewrite of the platform's API."""
    return {f"job_{name}": value for name, value in record.items()}


def _html(advert: Advert, day: int) -> str:
    return f"<p>{advert.text(day)}</p>"


def _greenhouse(board: Board, advert: Advert, day: int) -> Raw:
    return {
        "id": int(advert.external_id),
        "absolute_url": f"https://job-boards.greenhouse.io/{board.token}/jobs/{advert.external_id}",
        "title": advert.title,
        "company_name": board.company,
        "location": {"name": advert.city},
        "updated_at": f"{advert.posted}T08:00:00Z",
        "first_published": f"{advert.posted}T08:00:00Z",
        "content": html.escape(_html(advert, day)),
        "pay_input_ranges": [],
    }


def _lever(board: Board, advert: Advert, day: int) -> Raw:
    seconds = (advert.posted.toordinal() - 719_163) * 86_400
    return {
        "id": advert.external_id,
        "hostedUrl": f"https://jobs.lever.co/{board.token}/{advert.external_id}",
        "text": advert.title,
        "categories": {"location": advert.city},
        "createdAt": (seconds + 3600) * 1000,
        "description": _html(advert, day),
    }


def _ashby(board: Board, advert: Advert, day: int) -> Raw:
    return {
        "id": advert.external_id,
        "jobUrl": f"https://jobs.ashbyhq.com/{board.token}/{advert.external_id}",
        "title": advert.title,
        "location": advert.city,
        "publishedAt": f"{advert.posted}T08:00:00.000+00:00",
        "employmentType": "FullTime",
        "isRemote": None,
        "descriptionHtml": _html(advert, day),
    }


def _recruitee(board: Board, advert: Advert, day: int) -> Raw:
    return {
        "id": int(advert.external_id),
        "careers_url": f"https://{board.token}.recruitee.com/o/{advert.external_id}",
        "title": advert.title,
        "company_name": board.company,
        "location": advert.city,
        "published_at": f"{advert.posted} 08:00:00 UTC",
        "description": _html(advert, day),
    }


def _smartrecruiters(board: Board, advert: Advert, day: int) -> Raw:
    return {
        "id": advert.external_id,
        "name": advert.title,
        "releasedDate": f"{advert.posted}T08:00:00.000Z",
        "location": {"city": advert.city, "country": "fr"},
        "company": {"identifier": board.token, "name": board.company},
    }


def _with_text(advert: Advert, day: int) -> Raw:
    return {"jobAd": {"sections": {"jobDescription": {"title": "Job", "text": _html(advert, day)}}}}


RECORDS: Mapping[str, Callable[[Board, Advert, int], Raw]] = {
    "greenhouse": _greenhouse,
    "lever": _lever,
    "ashby": _ashby,
    "recruitee": _recruitee,
    "smartrecruiters": _smartrecruiters,
}
TITLES: Mapping[str, str] = dict.fromkeys(RECORDS, "title") | {"lever": "text", "smartrecruiters": "name"}
WRAPS: Mapping[str, Callable[[list[Raw]], Any]] = {
    "greenhouse": lambda records: {"jobs": records, "meta": {"total": len(records)}},
    "lever": lambda records: records,
    "ashby": lambda records: {"jobs": records},
    "recruitee": lambda records: {"offers": records},
    "smartrecruiters": lambda records: {"offset": 0, "totalFound": len(records), "content": records},
}
