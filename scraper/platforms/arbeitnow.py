"""Arbeitnow: a paged feed of European jobs, some descriptions escaped once too often, no pay field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from data.reference import Board
from scraper.platforms.base import Ask, Platform, Raw, records, split_places
from scraper.platforms.raw_values import epoch_day, plain, unescaped

MOST = 500  # the newest that are asked for
ADDRESS = "https://www.arbeitnow.com/api/job-board-api"


class Arbeitnow(Platform):
    """Newest first. `created_at` is a Unix time in seconds; `remote` false says nothing about hybrid work."""

    source = "arbeitnow"

    def address(self, board: Board) -> str:
        return f"{ADDRESS}?page=1"

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "data")

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        following = (payload.get("links") or {}).get("next")
        if not following or len(read) >= MOST:
            return None
        return Ask(f"{ADDRESS}?page={int(payload['meta']['current_page']) + 1}")

    def external_id(self, raw: Raw) -> str:
        return super().external_id({"id": raw["slug"]})

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": plain(raw["title"]),
            "company": plain(raw["company_name"]),
            "places": split_places(raw["location"]),
            "html": unescaped(raw["description"]),
            "posted_on": epoch_day(raw["created_at"]),
            "posted_basis": "stated",
            "employment_type": ", ".join(raw["job_types"] or ()) or None,
            "workplace": "remote" if raw["remote"] is True else None,
        }
