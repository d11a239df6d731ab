"""Any employer's page: schema.org JobPosting objects as the pages of thousands of systems write them."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from data.reference import Board
from scraper.opened import open_page
from scraper.platforms import page_fields as fields
from scraper.platforms.base import Platform, Raw
from scraper.platforms.raw_values import without
from scraper.schema_org import UNREADABLE, as_list

PEOPLE = frozenset({"applicationContact", "contactPoint", "contactPoints", "telephone", "email", "author"})


class Page(Platform):
    """A record is {"page": its address, "node": the object}. The board is the page, list or sitemap asked for.

    What concerns people is dropped before anything is kept; estimates of pay (`estimatedSalary`) are not read.
    """

    source = "page"

    def address(self, board: Board) -> str:
        raise NotImplementedError("a page is named by its address, not by a board")

    def decode(self, body: bytes) -> tuple[Any, bool]:
        return open_page(body), False

    def listing(self, payload: Any) -> list[Raw]:
        return [without(node, PEOPLE) for node in payload.nodes]

    def external_id(self, raw: Raw) -> str:
        node, page = raw["node"], raw["page"]
        if UNREADABLE in node:
            raise ValueError("the page's JSON-LD cannot be read")
        host, own = urlsplit(page).netloc, fields.own_id(node)
        key = own or fields.sum_of(
            fields.address_of(node, page), fields.title_of(node), fields.places_of(node)
        )
        return super().external_id({"id": f"{host}:{key}"[:500]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        node, external_id = raw["node"], self.external_id(raw)
        posted_on = fields.local_day(fields.first(node.get("datePosted")), unknown)
        return {
            "source": self.source,
            "board": board.board,
            "external_id": external_id,
            "url": fields.address_of(node, raw["page"]),
            "title": fields.title_of(node),
            "company": fields.name_of(fields.first(node.get("hiringOrganization"))),
            "places": fields.places_of(node),
            "country": fields.country_of(node),
            **fields.text_of(node),
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "department": fields.name_of(fields.first(node.get("occupationalCategory"))),
            "employment_type": ", ".join(map(str, as_list(node.get("employmentType")))) or None,
            "workplace": "remote" if "TELECOMMUTE" in as_list(node.get("jobLocationType")) else None,
            "pay": fields.pay_of(node, unknown),
        }
