"""Remotive: one feed of remote jobs, pay as free words, times without zone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from data.reference import Board
from scraper.platforms.base import Platform, Raw, day, records
from scraper.platforms.raw_values import distinct, paragraph, plain

ADDRESS = "https://remotive.com/api/remote-jobs"


class Remotive(Platform):
    """The whole feed in one answer: the owner asks for few calls. `publication_date` is the posting's day, UTC.

    `salary` is words ("$18 - $22/hr", ""): it becomes the first line of the text, where pay is read with its quote.
    """

    source = "remotive"

    def address(self, board: Board) -> str:
        return ADDRESS

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "jobs")

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": plain(raw["title"]),
            "company": plain(raw["company_name"]),
            "places": distinct((raw["candidate_required_location"] or "").split(",")),
            "html": paragraph("Salary", raw["salary"]) + raw["description"],
            "posted_on": day(raw["publication_date"]),
            "posted_basis": "stated",
            "department": raw.get("category") or None,
            "employment_type": raw["job_type"] or None,
            "workplace": "remote",  # the board lists remote work only
        }
