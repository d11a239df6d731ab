"""The texts of a new source's files. They work as they are; what its author must replace says FILL IN."""

from __future__ import annotations

from enum import StrEnum


class Base(StrEnum):
    """What a source is: employers' boards, one feed, or a search for the role."""

    BOARD = "board"
    FEED = "feed"
    SEARCH = "search"


# What differs: the card's kind and life, the spider's base and extra lines, the address, the test's board.
SPIDERS: dict[Base, dict[str, str]] = {
    Base.BOARD: {
        "kind": "platform",
        "lifecycle": "listing",
        "what": "boards listed in boards.csv",
        "module": "board_spider",
        "spider": "BoardSpider",
        "more": "",
        "imports": "from urllib.parse import quote\n",
        "address": "f\"https://{HOST}/boards/{quote(board.board, safe='')}/jobs\"",
        "token": "some",
    },
    Base.FEED: {
        "kind": "aggregator",
        "lifecycle": "flow",
        "what": "its whole feed",
        "module": "feed_spider",
        "spider": "FeedSpider",
        "more": "",
        "imports": "",
        "address": 'f"https://{HOST}/jobs"',
        "token": "feed",
    },
    Base.SEARCH: {
        "kind": "aggregator",
        "lifecycle": "flow",
        "what": "the role in the languages it is asked in",
        "module": "feed_spider",
        "spider": "FeedSpider",
        "more": '    feeds = ()\n    languages = ("en",)  # FILL IN: of data/reference/searches.csv\n',
        "imports": "from urllib.parse import quote\n",
        "address": "f\"https://{HOST}/search?q={quote(board.board, safe='')}\"",
        "token": "prompt engineer",
    },
}

CARD = """\
  $name:
    label: FILL IN
    kind: $kind
    lifecycle: $lifecycle
    hosts: [$host]
    robots: {policy: obey, document: "https://$host/docs"}
    terms: https://$host/terms
    licence: FILL IN
    attribution:
      en: FILL IN
      fr: FILL IN
    republish: [facts, links]
    budget: {delay: 2.0, concurrency: 1}
    schedule: 0 6 * * *
    expected_min: 1
    enabled: false
    note:
      en: Written from FILL IN.
      fr: Écrit d'après FILL IN.
"""

PLATFORM = '''\
"""$cls: FILL IN what its answers are like, and their traps."""

from __future__ import annotations

from collections import Counter
from typing import Any
$imports
from data.reference import Board
from scraper.platforms.base import Platform, Raw, day, records, split_places

HOST = "$host"  # FILL IN, here and in the card's hosts


class $cls(Platform):
    """FILL IN what its dates, places and pay mean by its documentation."""

    source = "$name"

    def address(self, board: Board) -> str:
        return $address

    def listing(self, payload: Any) -> list[Raw]:
        return records(payload, self.source, "jobs")

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": raw["title"],
            "company": raw["company"],
            "places": split_places(raw["location"]),
            "html": raw["description"],
            "posted_on": day(raw["published"]),
            "posted_basis": "stated",
        }
'''

SPIDER = '''\
"""$cls, $what."""

from scraper.$module import $spider
from scraper.platforms.$name import $cls


class ${cls}Spider($spider):
    name = "$name"
    platform = $cls()
$more'''

RECORDING = {
    "jobs": [
        {
            "id": 1,
            "url": "https://jobs.example/1",
            "title": "FILL IN: an answer in the shape the source sends, with invented company and text",
            "company": "FILL IN",
            "location": "Lyon",
            "description": "<p>FILL IN</p>",
            "published": "2026-05-04T10:00:00Z",
        }
    ]
}

TEST = '''\
"""$cls: its recorded shape is read, broken answers are refused, and a crawl over HTTP keeps what it lists."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data.reference import Board, card
from data.schema import Outcome
from data.store import utc_now
from scraper.answers import Answer
from scraper.pipelines.read import read_answer
from scraper.platforms.base import PageShapeError
from scraper.platforms.$name import $cls
from tests.replay import Replay, put
from tests.scraper.crawling import Record, run

RECORDING = (Path(__file__).parent.parent / "recordings" / "$name.json").read_text("utf-8")
PLATFORM = $cls()
BOARD = Board(source="$name", board="$token")
FIRST = {  # FILL IN: what the recording's first record says
    "external_id": "1",
    "title": "FILL IN",
    "company": "FILL IN",
    "places": ("Lyon",),
    "posted_on": date(2026, 5, 4),
    "pay": (),
}


def read(raws):
    unknown = Counter()
    answer = Answer(BOARD, utc_now(), Outcome.COMPLETE, raws=tuple(raws))
    return read_answer(answer, PLATFORM, unknown), unknown


def test_the_card_is_filled_in():
    own = card("$name")
    assert "FILL IN" not in own.model_dump_json() and "$host" not in own.hosts


def test_the_recording_is_read_whole():
    assert "FILL IN" not in RECORDING
    raws = PLATFORM.listing(json.loads(RECORDING))
    listing, unknown = read(raws)
    assert not listing.rejects and not unknown and len(listing.postings) == len(raws)
    assert {name: getattr(listing.postings[0], name) for name in FIRST} == FIRST


@pytest.mark.parametrize("payload", [None, 7, "text", {}, {"jobs": {}}])
def test_a_broken_page_shape_is_refused(payload):
    with pytest.raises(PageShapeError, match="$name"):
        PLATFORM.listing(payload)


@pytest.mark.parametrize("raw", [None, 7, "text", [], {}, {"id": None}, {"id": 1, "title": 5}])
def test_a_bad_record_costs_only_itself(raw):
    listing, _ = read([raw])
    assert len(listing.rejects) == 1 and not listing.postings and listing.rejects[0].reason


def test_a_crawl_keeps_what_is_listed(tmp_path):
    address = PLATFORM.address(BOARD)
    assert urlsplit(address).hostname in card("$name").hosts
    put(tmp_path / "web", address, RECORDING)
    put(tmp_path / "web", f"https://{urlsplit(address).netloc}/robots.txt", "", status=404)
    with Replay(tmp_path / "web") as server:
        result = run(server, tmp_path / "home", "$name", ["$token"])
    record = Record(tmp_path / "home")
    assert result.status == "finished" and record.outcomes(result.run_id) == {"$token": "complete"}
    assert len(record.postings()["$token"]) == len(PLATFORM.listing(json.loads(RECORDING)))
'''
