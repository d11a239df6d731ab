"""Workable: the widget's listing with texts, which repeats a job once per place; where it fails, the paged v3 list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Workplace
from scraper.platforms.base import Ask, PageShapeError, Platform, Raw, records
from scraper.platforms.fields import day, language, look_up, one_country, place_of
from scraper.platforms.repeats import join

HOST = "https://apply.workable.com"
EVERY: Raw = {"query": "", "location": [], "department": [], "worktype": [], "remote": []}
WORKPLACES: dict[str, Workplace] = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite"}
SECTIONS = {"description": "", "requirements": "<h3>Requirements</h3>", "benefits": "<h3>Benefits</h3>"}


class Workable(Platform):
    """Accounts of apply.workable.com. The day is that of publication (`published_on`), not of creation."""

    source = "workable"

    def address(self, board: Board) -> str:
        return f"{HOST}/api/v1/widget/accounts/{quote(board.board, safe='')}?details=true"

    def instead(self, board: Board) -> Ask:
        return Ask(f"{HOST}/api/v3/accounts/{quote(board.board, safe='')}/jobs", EVERY)

    def listing(self, payload: Any) -> list[Raw]:
        if isinstance(payload, dict) and "results" in payload:
            return [job for job in records(payload, self.source, "results") if not _is_internal(job)]
        found: list[Raw] = []
        jobs = records(payload, self.source, "jobs")
        name = {"account_name": payload.get("name")}
        join(self, found, [job | name if isinstance(job, dict) else job for job in jobs])
        return found

    def declared(self, payload: Any) -> int | None:
        # The v3 total counts internal jobs too, which are not public.
        internal = sum(map(_is_internal, payload.get("results") or []))
        return int(payload["total"]) - internal if payload.get("total") is not None else None

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        token = payload.get("nextPage")
        return Ask(self.instead(board).url, EVERY | {"token": token}) if token else None

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        account = quote(board.board, safe="")
        bare = (
            f"{HOST}/api/v1/widget/accounts/{account}",
            f"https://www.workable.com/api/accounts/{account}",
        )
        return tuple(f"{address}{query}" for query in ("?details=true", "") for address in bare)

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["shortcode"]})

    def merge(self, old: Raw, new: Raw) -> Raw:
        places = [*_places(old), *_places(new)]
        return old | {"locations": [place for n, place in enumerate(places) if place not in places[:n]]}

    def lacks_text(self, raw: Raw) -> bool:
        return "description" not in raw

    def detail(self, raw: Raw, board: Board) -> Ask | None:
        if not self.lacks_text(raw):
            return None
        account, code = (quote(part, safe="") for part in (board.board, self.external_id(raw)))
        return Ask(f"{HOST}/api/v2/accounts/{account}/jobs/{code}")

    def with_detail(self, raw: Raw, payload: Any) -> Raw:
        if "description" not in payload:
            raise PageShapeError(f"{self.source}: description is missing; did the page change?")
        return raw | {name: payload.get(name) for name in SECTIONS}

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        code = self.external_id(raw)
        places = [place for place in _places(raw) if not place.get("hidden")]
        posted_on = day(raw["published_on"] if "published_on" in raw else raw["published"])
        department = raw.get("department") or None
        if self.lacks_text(raw):
            unknown["text=not sent"] += 1
        return {
            "source": self.source,
            "board": board.board,
            "external_id": code,
            "url": raw.get("url") or f"{HOST}/{quote(board.board, safe='')}/j/{code}/",
            "title": raw["title"],
            "company": raw.get("account_name") or board.company or board.board,
            "places": tuple(dict.fromkeys(filter(None, map(_words, places)))),
            "country": one_country([place.get("countryCode") for place in places], unknown),
            "html": "".join(head + raw[name] for name, head in SECTIONS.items() if raw.get(name)),
            "lang": language(raw.get("language"), unknown),
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "requisition_id": raw.get("code") or None,
            "department": department if isinstance(department, str) or not department else department[0],
            "employment_type": raw.get("employment_type") or raw.get("type") or None,
            "workplace": _workplace(raw, unknown),
        }


def _is_internal(job: Any) -> bool:
    return isinstance(job, dict) and job.get("isInternal") is True


def _places(raw: Raw) -> list[Raw]:
    own = raw.get("location") or {name: raw.get(name) for name in ("city", "state", "country")}
    return raw.get("locations") or [own]


def _words(place: Raw) -> str:
    return place_of(place.get("city"), place.get("region") or place.get("state"), place.get("country"))


def _workplace(raw: Raw, unknown: Counter[str]) -> Workplace | None:
    stated = look_up(WORKPLACES, raw.get("workplace"), "workplace", unknown)
    is_remote = raw["telecommuting"] if "telecommuting" in raw else raw["remote"]
    return stated or ("remote" if is_remote else None)
