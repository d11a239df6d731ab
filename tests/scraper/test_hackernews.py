"""Hacker News over real HTTP: every advert once, no reply, no deleted comment, only young threads again."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import corpora
from tests.replay import Replay, put
from tests.scraper.crawling import Record, run

RECORDINGS = Path(__file__).parent.parent / "recordings"
INDEX = "hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=100&page={}"


def item(number: int, opened: str, *children: dict) -> dict:
    return {"id": number, "title": "Ask HN: Who is hiring?", "created_at": opened, "children": list(children)}


def comment(number: int, text: str | None, *children: dict) -> dict:
    return {
        "id": number,
        "author": "someone",
        "created_at": "2026-07-01T15:01:52.000Z",
        "text": text,
        "children": list(children),
    }


def story(number: int, opened: str, month: str = "July 2026") -> dict:
    return {"objectID": str(number), "title": f"Ask HN: Who is hiring? ({month})", "created_at": opened}


@pytest.fixture
def folders(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    root.mkdir()
    return root, home


def test_old_threads_are_final_and_young_ones_are_asked_conditionally(folders):
    root, home = folders
    young = (datetime.now(UTC) - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    recorded = json.loads((RECORDINGS / "hackernews_item.json").read_text())
    put(root, f"{corpora.HN}/items/50000001", recorded | {"created_at": "2018-07-01T15:01:21.000Z"})
    put(
        root,
        f"{corpora.HN}/items/60000001",
        item(60000001, young, comment(1, "Kestrel Loom | Weaver | Porto")),
    )
    put(
        root,
        f"{corpora.HN}/items/60000002",
        item(60000002, young, comment(3, "Quiet Harbour | Pilot | Halifax")),
    )
    stories = [story(50000001, "2018-07-01T15:01:21Z"), story(60000001, young), story(60000002, young)]
    corpora.put_index(root, stories)
    with Replay(root) as server:
        first = run(server, home, "hackernews")
        assert first.is_good and first.stats["postings/new"] == 4
        assert Record(home).postings() == {
            "50000001": {"50000002", "50000006"},
            "60000001": {"1"},
            "60000002": {"3"},
        }
        grown = item(
            60000001,
            young,
            comment(1, "Kestrel Loom | Weaver | Porto"),
            comment(2, "Lantern Works | Prompts"),
        )
        put(root, f"{corpora.HN}/items/60000001", grown)
        second = run(server, home, "hackernews")
        assert second.checks == {"complete": 1, "unchanged": 1} and second.stats["postings/new"] == 1
        assert "hn.algolia.com/api/v1/items/50000001" not in server.counts
        assert server.statuses[304] == 1
    assert "someone" not in str(Record(home).documents()) and "an_author" not in str(Record(home).documents())


def test_no_index_is_a_failed_run_that_says_so(folders):
    root, home = folders
    put(root, "https://" + INDEX.format(0), b"", status=503)
    with Replay(root) as server:
        result = run(server, home, "hackernews", RETRY_TIMES=0)
    assert (result.status, result.is_good) == ("failed", False)
    assert "page 0 of the thread index: HTTP 503" in result.reason
    assert Record(home).runs()[0].status == "failed"


def test_a_broken_second_index_page_keeps_what_the_first_named(folders):
    root, home = folders
    corpora.put_index(root, [story(70000000 + n, "2018-07-01T15:01:21Z") for n in range(40)])
    put(root, "https://" + INDEX.format(1), b'{"hits": [')
    for n in range(40):
        put(
            root,
            f"{corpora.HN}/items/{70000000 + n}",
            item(1, "2018-07-01T15:01:21Z", comment(n + 1, "Lantern Works")),
        )
    with Replay(root) as server:
        result = run(server, home, "hackernews")
    assert result.status == "failed" and "page 1" in result.reason
    assert result.checks == {"complete": 34}
    assert len(Record(home).postings()) == 34


def _crawl_corpus(folders, threads):
    if not corpora.CORPUS.exists():
        pytest.skip("the shared corpora are not on this machine")
    root, home = folders
    built = corpora.build(root, threads=threads)
    with Replay(root) as server:
        started = time.monotonic()
        first = run(server, home, "hackernews")
        seconds = time.monotonic() - started
        assert first.is_good and first.n_rejected == 0
        record = Record(home)
        assert record.postings() == built.adverts
        assert first.stats["postings/seen"] == built.n_adverts
        second = run(server, home, "hackernews")
        assert second.is_good and "postings/new" not in second.stats
        assert all("search_by_date" in address or "robots" in address for address in server.counts), (
            server.counts
        )
        assert Record(home).postings() == built.adverts
    return built, seconds


def test_three_threads_of_the_corpus(folders):
    built, _ = _crawl_corpus(folders, 3)
    assert len(built.adverts) == 3 and built.n_replies > 100


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_whole_corpus(folders):
    built, seconds = _crawl_corpus(folders, None)
    assert (len(built.adverts), built.n_adverts, built.n_replies) == (90, 51_584, 11_641)
    assert built.n_deleted > 0
    assert seconds < 180


def test_every_recorded_board_of_every_platform(folders):
    if not corpora.CORPUS.exists():
        pytest.skip("the shared corpora are not on this machine")
    root, home = folders
    built = corpora.build(root, threads=0)
    with Replay(root) as server:
        for source, ids in built.postings.items():
            boards = [board for platform, board in corpora.BOARDS.values() if platform == source]
            assert run(server, home, source, boards).is_good
            keys = [key for key in Record(home).posting_keys() if key.startswith(source)]
            assert {key.partition(":")[2] for key in keys} == ids
