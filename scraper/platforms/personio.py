"""Personio: one XML feed for the whole company, texts as CDATA sections, empty where not written in the language asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from lxml import etree

from data.reference import Board
from scraper.platforms.base import Ask, PageShapeError, Platform, Raw
from scraper.platforms.fields import day, headed
from scraper.platforms.repeats import join

ROOT = "workzag-jobs"


class Personio(Platform):
    """Companies of {company}.jobs.personio.de. The day is the position's `createdAt`, the only one sent."""

    source = "personio"
    follows_for_text = True

    def address(self, board: Board) -> str:
        return f"https://{board.board}.jobs.personio.de/xml"

    def decode(self, body: bytes) -> tuple[Any, bool]:
        try:
            text, is_damaged = body, False
            body.decode("utf-8-sig")
        except UnicodeDecodeError:
            text, is_damaged = body.decode("utf-8-sig", "replace").encode(), True
        return parse(text), is_damaged

    def listing(self, payload: Any) -> list[Raw]:
        if not isinstance(payload, etree._Element) or payload.tag != ROOT:
            found = payload.tag if isinstance(payload, etree._Element) else type(payload).__name__
            raise PageShapeError(f"{self.source}: the root is {found}, not {ROOT}; did the page change?")
        positions: list[Raw] = []
        join(self, positions, map(_position, payload.iterfind("position")))
        return positions

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        # The feed speaks German unless asked; jobs written in English only then come without text.
        is_whole = all(raw["jobDescriptions"] for raw in read)
        return None if is_whole else Ask(f"{self.address(board)}?language=en")

    def archived_addresses(self, board: Board) -> tuple[str, ...]:
        feed = self.address(board)
        return (feed, f"{feed}?language=en", f"https://{board.board}.jobs.personio.com/xml")

    def merge(self, old: Raw, new: Raw) -> Raw:
        offices = dict.fromkeys([*old["offices"], *new["offices"]])
        return old | {
            "offices": list(offices),
            "jobDescriptions": old["jobDescriptions"] or new["jobDescriptions"],
        }

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        posted_on = day(raw.get("createdAt") or None)  # early descriptions of the feed do not have it
        if not raw["jobDescriptions"]:
            unknown["text=not sent"] += 1
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": f"https://{board.board}.jobs.personio.de/job/{self.external_id(raw)}",
            "title": raw["name"],
            "company": raw.get("subcompany") or board.company or board.board,
            "places": tuple(raw["offices"]),
            "html": headed(raw["jobDescriptions"]),
            "posted_on": posted_on,
            "posted_basis": "stated" if posted_on else None,
            "department": raw.get("department") or None,
            "employment_type": raw.get("employmentType") or None,
        }


def parse(body: bytes) -> etree._Element:
    """The document's root. Raises ValueError for bad XML and for any document type declaration.

    Entities are never expanded and nothing outside the document is read; the feed has no use for either.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no XML: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise ValueError("the XML declares a document type, which the feed does not")
    return root


def _position(element: etree._Element) -> Raw:
    """One position: its simple fields by name, `offices` and `jobDescriptions` (title, html) as lists."""
    fields: Raw = {child.tag: (child.text or "").strip() for child in element if isinstance(child.tag, str)}
    sections = element.iterfind("jobDescriptions/jobDescription")
    offices = [fields.get("office"), *(o.text for o in element.iterfind("additionalOffices/office"))]
    return fields | {
        "offices": list(dict.fromkeys(words.strip() for words in offices if words and words.strip())),
        "jobDescriptions": [pair for pair in map(_section, sections) if pair[1]],
    }


def _section(element: etree._Element) -> tuple[str, str]:
    return tuple((element.findtext(name) or "").strip() for name in ("name", "value"))  # type: ignore[return-value]
