"""Adzuna, with the user's own key and consent: snippets of adverts, and pay that may be a prediction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import StructuredPay
from scraper.platforms.base import Ask, Platform, Raw, day, records, structured_pay
from scraper.platforms.raw_values import amount, distinct, plain

HOST = "https://api.adzuna.com/v1/api/jobs"
PAGE = 50
MOST = 4 * PAGE
# The markets that are asked: currency of their pay, languages of their adverts. Pay is per year there.
MARKETS = {
    "gb": ("GBP", ("en",)),
    "us": ("USD", ("en",)),
    "ca": ("CAD", ("en", "fr")),
    "fr": ("EUR", ("fr",)),
    "de": ("EUR", ("de",)),
    "in": ("INR", ("en",)),
}


class Adzuna(Platform):
    """A board is a market and a phrase ("fr:ingénieur prompt"). Only pay that is not predicted is stated pay.

    Links lose their query: it holds the user's own id and a token that changes with every answer.
    """

    source = "adzuna"

    def address(self, board: Board) -> str:
        return self._page(board, 1)

    def _page(self, board: Board, page: int) -> str:
        market, _, phrase = board.board.partition(":")
        return (
            f"{HOST}/{market}/search/{page}?what_phrase={quote(phrase)}&results_per_page={PAGE}&sort_by=date"
        )

    def listing(self, payload: Any) -> list[Raw]:
        return [_without_query(raw) for raw in records(payload, self.source, "results")]

    def declared(self, payload: Any) -> int | None:
        return int(payload["count"])

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        more = payload["results"] and len(read) < min(self.declared(payload) or 0, MOST)
        return Ask(self._page(board, -(-len(read) // PAGE) + 1)) if more else None

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        market = board.board.partition(":")[0]
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["redirect_url"],
            "title": plain(raw["title"]),
            "company": (raw.get("company") or {}).get("display_name"),
            "places": distinct([raw["location"]["display_name"]]),
            "country": market.upper() if market in MARKETS else None,
            "html": raw["description"],
            "is_truncated": True,  # the API gives the beginning of an advert only
            "posted_on": day(raw["created"]),
            "posted_basis": "stated",
            "department": (raw.get("category") or {}).get("label"),
            "employment_type": ", ".join(distinct([raw.get("contract_type"), raw.get("contract_time")]))
            or None,
            "pay": _pay(raw, market, unknown),
        }


def _without_query(raw: Any) -> Any:
    """The record as it may be kept and shown: not even a sample of a bad one holds the user's id."""
    link = raw.get("redirect_url") if isinstance(raw, dict) else None
    return raw | {"redirect_url": link.partition("?")[0]} if isinstance(link, str) else raw


def _pay(raw: Raw, market: str, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    predicted = str(raw.get("salary_is_predicted"))
    if predicted not in ("0", "1"):
        unknown[f"salary_is_predicted={predicted[:60]}"] += 1
    if predicted != "0":
        return ()
    low, high = (amount(raw.get(name), name, unknown) for name in ("salary_min", "salary_max"))
    currency = MARKETS[market][0] if market in MARKETS else None
    return structured_pay(low, high, currency, "year", unknown)
