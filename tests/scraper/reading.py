"""Reads answers with the platform readers, as a crawl does and without one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from data.reference import Board
from data.schema import Outcome
from data.store import utc_now
from scraper.answers import Answer, Listing
from scraper.pipelines.read import read_answer
from scraper.platforms.base import Platform

RECORDINGS = Path(__file__).parent.parent / "recordings"


def recorded(name: str) -> bytes:
    """The bytes of an answer written for the tests."""
    return (RECORDINGS / name).read_bytes()


def read_records(platform: Platform, raws: Any, token: str = "feed") -> tuple[Listing, Counter[str]]:
    """The records as a check would keep them, and the words the platform does not know."""
    unknown: Counter[str] = Counter()
    board = Board(source=platform.source, board=token)
    answer = Answer(board, utc_now(), Outcome.COMPLETE, raws=tuple(raws))
    return read_answer(answer, platform, unknown), unknown


def read_body(platform: Platform, body: bytes, token: str = "feed") -> tuple[Listing, Counter[str]]:
    """One whole answer, from its bytes."""
    return read_records(platform, platform.listing(platform.decode(body)[0]), token)
