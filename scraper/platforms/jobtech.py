"""JobTech, the Swedish employment service's open data: adverts of today and, back to 2016, of the past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from scraper.platforms.base import Ask, PageShapeError, Platform, Raw, day, look_up, records
from scraper.platforms.raw_values import distinct, paragraph, without

PAGE = 100
PAST = "historical:"
HOSTS = {False: "jobsearch.api.jobtechdev.se", True: "historical.api.jobtechdev.se"}
# The source writes countries in Swedish.
COUNTRIES = {"Sverige": "SE", "Norge": "NO", "Danmark": "DK", "Finland": "FI", "Tyskland": "DE"}
PEOPLE = frozenset({"application_details", "application_contacts", "phone_number", "email"})
PARTS = ("company_information", "needs", "requirements", "conditions")


class JobTech(Platform):
    """A board is a phrase, asked among today's adverts, or after "historical:" among those of the past.

    `publication_date` is the advert's first day. What concerns people is dropped before anything is kept.
    """

    source = "jobtech"
    ceiling = 2000 + PAGE  # the API takes no offset above 2000

    def address(self, board: Board) -> str:
        return self._page(board, 0)

    def _page(self, board: Board, offset: int) -> str:
        host, phrase = HOSTS[board.board.startswith(PAST)], board.board.removeprefix(PAST)
        words = quote(f'"{phrase}"')
        return f"https://{host}/search?q={words}&sort=pubdate-desc&offset={offset}&limit={PAGE}"

    def listing(self, payload: Any) -> list[Raw]:
        hits = payload.get("hits") if isinstance(payload, dict) else None
        if not isinstance(hits, dict):
            found = records(payload, self.source, "hits")
        else:  # as the index itself answers
            found = [_source(hit) for hit in records(hits, self.source, "hits")]
        return [without(raw, PEOPLE) for raw in found]

    def declared(self, payload: Any) -> int | None:
        hits = payload["hits"]
        total = (hits if isinstance(hits, dict) else payload).get("total")
        return None if total is None else int(total["value"])

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        more = len(read) < min(self.declared(payload) or 0, self.ceiling)
        return Ask(self._page(board, len(read))) if more else None

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        address, employer = raw["workplace_address"] or {}, raw["employer"] or {}
        town = address.get("city") or address.get("municipality")
        places = distinct([", ".join(distinct([town, address.get("region"), address.get("country")]))])
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw.get("webpage_url")
            or f"https://arbetsformedlingen.se/platsbanken/annonser/{self.external_id(raw)}",
            "title": raw["headline"],
            "company": employer.get("name") or employer.get("workplace"),
            "places": places,
            "country": look_up(COUNTRIES, address.get("country"), "country", unknown),
            **_text(raw),
            "posted_on": day(raw["publication_date"]),
            "posted_basis": "stated",
            "requisition_id": raw.get("external_id") or None,
            "department": _label(raw.get("occupation_field")),
            "employment_type": _label(raw["employment_type"]),
        }


def _source(hit: Any) -> Raw:
    if not isinstance(hit, dict) or "_source" not in hit:
        raise PageShapeError("jobtech: a hit has no _source; did the page change?")
    found: Raw = hit["_source"]
    return found


def _label(concept: Any) -> str | None:
    """A concept's name; adverts of the past hold lists of concepts, the one that was chosen among them."""
    found = [c for c in concept if isinstance(c, dict)] if isinstance(concept, list) else [concept or {}]
    chosen = [c for c in found if c.get("original_value")] or found
    return chosen[0].get("label") if chosen else None


def _text(raw: Raw) -> Raw:
    """The advert as `html` where the source formats it, else as `text`; its further parts follow, once."""
    description = raw["description"]
    whole = description.get("text_formatted") or description["text"]
    parts = [description.get(name) for name in PARTS]
    more = [part for part in parts if part and part.strip() not in whole]
    pay = raw.get("salary_description")
    if description.get("text_formatted"):
        return {"html": paragraph("Lön", pay) + whole + "".join(f"<p>{part}</p>" for part in more)}
    return {"text": "\n\n".join([*([f"Lön: {pay}"] if pay else []), whole, *more])}
