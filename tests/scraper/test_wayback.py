"""The past of boards: real walks against an archive on loopback, the record and the release they leave."""

from __future__ import annotations

import asyncio
import gzip
import urllib.error
import urllib.request
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings
from sqlalchemy import select, update

from data import tables as t
from data.intake import accept
from data.listings import board_states, save_listing
from data.measures.sources import source_health
from data.publish import publish
from data.reference import Board, load_cards
from data.release import open_release
from data.schema import Check, Outcome
from data.snapshots import load_walks
from data.store import start_run
from scraper.platforms.greenhouse import Greenhouse
from scraper.platforms.lever import Lever
from scraper.platforms.wayback import Wayback
from scraper.run import crawl
from scraper.wayback import Task, Wish, planned
from scraper.wayback_ledger import PastLedger
from scraper.wayback_walk import EndError, Past, SpentError
from tests.data.records import fake_enrich
from tests.replay import put
from tests.scraper.crawling import Record, environ, job, page
from tests.scraper.past import (
    ACME,
    BARE,
    CLASSIC,
    LOOM,
    START,
    TEAMS,
    A,
    Archive,
    B,
    C,
    Kept,
    body,
    old_job,
    posting,
)

KEPT = [
    Kept("20230110060000", ACME, A),
    Kept("20230110090000", ACME, C),  # the day has one already
    Kept("20230310060000", ACME.replace("https://", "http://"), A, is_repeat=True),
    Kept("20230510060000", ACME, b"<html>Be right back</html>"),
    Kept("20230511060000", ACME, b"gone", status="404"),
    Kept("20230610060000", ACME, gzip.compress(B)),
    Kept("20230612060000", ACME, C),  # too near to the one before
    Kept("20230810060000", ACME.replace("acme", "ACME"), A),  # another board: cases tell apart
    Kept("20230910060000", ACME, C, moved="20230911070000"),
    Kept("20230911070000", ACME, C),
    Kept("20240201060000", BARE, body({"jobs": [{k: v for k, v in old_job(3).items() if k != "content"}]})),
    Kept("20230201060000", LOOM, TEAMS),
    Kept("20240101060000", LOOM, body([posting(2)])),
]
ACME_SEEN = {
    "2023-01-10 06:00": {"1", "2"},
    "2023-03-10 06:00": {"1", "2"},
    "2023-06-10 06:00": {"2", "3"},
    "2023-09-11 07:00": {"3"},
    "2024-02-01 06:00": {"3"},
}


def walk(server, home, **words):
    server.forget()
    words = {"boards": "greenhouse:acme,lever:loom"} | words
    return crawl("wayback", arguments=words, environ=environ(server, home))


def seen(record, source):
    """External ids by the instant of the check, of one source."""
    query = (
        select(t.checks.c.at, t.postings.c.external_id)
        .join(t.sightings, t.sightings.c.check_id == t.checks.c.check_id)
        .join(t.postings, t.postings.c.posting_id == t.sightings.c.posting_id)
        .where(t.postings.c.source == source)
    )
    found = {}
    for at, external_id in record.rows(query):
        found.setdefault(f"{at:%Y-%m-%d %H:%M}", set()).add(external_id)
    return found


def everything(record):
    """All the rows that a walk could add to or change, but for its own run."""
    named = (t.boards, t.checks, t.postings, t.documents, t.sightings, t.rejects)
    rows = [record.rows(select(table)) for table in named]
    return [*rows, record.rows(select(t.runs).where(t.runs.c.kind == "snapshot"))]


def released(record, home):
    fake_enrich(record.engine)
    given = {"rules_version": "test-1", "archive": None, "cards": load_cards()}
    publish(record.engine, home / "releases", now=datetime(2026, 8, 1), **given)
    release = open_release(home / "releases")
    rows = release.query("SELECT * FROM postings").set_index("posting_key")
    return release, rows


def day(value):
    return None if pd.isna(value) else value.date()


def test_a_walk_that_stops_goes_on_and_joins_the_live_board(tmp_path):
    live = [job(3, first_published="2023-05-20T10:00:00Z"), job(4)]
    with Archive(tmp_path / "live", KEPT, busy=1) as server:
        first = walk(server, tmp_path, most="10")
        assert first.is_good and "boards left for the next walk: 2" in first.reason
        assert sum(n for url, n in server.counts.items() if "/robots.txt" not in url) == 10 + 1  # one 429
        record, half = Record(tmp_path), dict(server.played)
        assert 0 < len(seen(record, "greenhouse")) < len(ACME_SEEN)
        wish = Wish(named=(("greenhouse", "acme"), ("lever", "loom")))
        boards = [ACME_BOARD, Board(source="lever", board="loom")]
        for task in planned(boards, load_walks(record.engine), wish):
            platform = Greenhouse() if task.board.source == "greenhouse" else Lever()
            Walker(server, tmp_path, wish).walk(platform, task.board, task.start)
        assert set(server.played.values()) == {1} and half.items() <= server.played.items()
        assert seen(record, "greenhouse") == ACME_SEEN
        lever = {"2023-02-01 06:00": {"loom-1", "loom-2"}, "2024-01-01 06:00": {"loom-2"}}
        assert seen(record, "lever") == lever
        assert {r.outcome for r in record.rows(select(t.checks))} == {"complete"}
        put(server.root, ACME, page(*live))
        now = crawl("greenhouse", boards=["acme"], environ=environ(server, tmp_path))
        assert now.is_good and now.stats["postings/new"] == 1
    _joins_the_past(record, tmp_path)


def _joins_the_past(record, home):
    runs = record.runs()
    assert {(r.source, r.kind) for r in runs} == {
        ("wayback", "scrape"),
        ("wayback", "snapshot"),
        ("greenhouse", "scrape"),
    }
    reason = " ".join(r.reason or "" for r in runs)
    assert "could not be read: 1; the first, greenhouse acme of 2023-05-10: unreadable" in reason
    release, rows = released(record, home)
    one, two, three, four = (rows.loc[f"greenhouse:{n}"] for n in (1, 2, 3, 4))
    assert (day(one["first_seen"]), day(one["last_seen"])) == (date(2023, 1, 10), date(2023, 3, 10))
    assert day(one["gone_by"]) == date(2023, 6, 10) and pd.isna(one["posted_on"]) and one["url"]
    assert (day(two["last_seen"]), day(two["gone_by"])) == (date(2023, 6, 10), date(2023, 9, 11))
    assert (day(three["first_seen"]), day(three["posted_on"])) == (date(2023, 6, 10), date(2023, 5, 20))
    assert (day(three["gone_by"]), day(four["gone_by"])) == (None, None)
    loom = rows.loc["lever:loom-1"]
    assert (day(loom["gone_by"]), day(loom["posted_on"])) == (date(2024, 1, 1), date(2022, 12, 2))
    origins = [row["origin"] for row in (one, two, three, four, loom)]
    assert origins == ["snapshot", "snapshot", "live", "live", "snapshot"]
    quoted = release.query("SELECT DISTINCT posting_key FROM evidence ORDER BY 1")["posting_key"].tolist()
    assert quoted == ["greenhouse:3", "greenhouse:4"]  # the archive's card: no quotes
    says = source_health(release).frame.set_index("source")
    assert "come from an archive" in says["sentence_en"]["lever"]
    assert "Its last walk began on" in says["sentence_en"]["wayback"]
    assert "son dernier parcours" in says["sentence_fr"]["wayback"].lower()


class Walker:
    """A spider as far as a walk needs one: the requests go over HTTP to the archive, without a crawl."""

    platform = Wayback()

    def __init__(self, server, home, wish):
        settings = Settings({"PROMPTJOBS_HOME": str(home)})
        settings.set("PROMPTJOBS_DATABASE_URL", f"sqlite:///{home / 'record.sqlite'}")
        counters = {}
        stats = SimpleNamespace(
            inc_value=lambda name, n: counters.update({name: counters.get(name, 0) + n}),
            get_stats=lambda: counters,
        )
        self.ledger = PastLedger(SimpleNamespace(settings=settings, stats=stats), "wayback")
        self.server, self.wish, self.counters = server, wish, counters

    async def get(self, url):
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *args):
                return None

        self.ledger.asked += 1
        if self.ledger.asked > self.wish.most:
            raise SpentError
        away = url.replace("https://web.archive.org", f"{self.server.url}/web.archive.org")
        try:
            with urllib.request.build_opener(Stay).open(away) as answer:
                status, headers, content = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            status, headers, content = answer.code, answer.headers, answer.read()
        given = {name: [value] for name, value in headers.items()}
        return Response(url, status=status, headers=given, body=content)

    def walk(self, platform, board, start=START):
        try:
            asyncio.run(Past(self, platform, Task(board, START, start)).walk())
        finally:
            self.ledger.close("finished")
        return self.ledger


def past_of(server, home, platform, board, **wish):
    walker = Walker(server, home, Wish(**wish))
    walker.walk(platform, board)
    return walker


ACME_BOARD = Board(source="greenhouse", board="acme", company="Acme")


def test_two_walks_leave_what_one_leaves_and_disturb_no_live_check(tmp_path):
    record = Record(tmp_path)
    at = datetime(2023, 7, 1, 5)
    start_run(record.engine, "live", source="greenhouse", kind="scrape", at=at)
    lived = Check(source="greenhouse", board="acme", at=at, outcome=Outcome.COMPLETE, etag='"now"')
    text = Greenhouse().posting(job(2), ACME_BOARD, None)
    save_listing(record.engine, "live", lived, [accept(text)])
    early = [k for k in KEPT if k.stamp < "20230701"]
    with Archive(tmp_path / "live", early) as server:
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
        once, played = everything(record), dict(server.played)
        state = board_states(record.engine, "greenhouse")["acme"]
        again = past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
    assert everything(record) == once
    assert (state.etag, state.last_complete_at, state.n_open) == ('"now"', at, 1)
    # Only what could not be read is asked again; it may be readable by now.
    assert {s: n for s, n in server.played.items() if n != played[s]} == {"20230510060000": 2}
    assert again.counters["promptjobs/snapshots/known"] == 3
    start_run(record.engine, "304", source="greenhouse", kind="scrape", at=at + timedelta(days=1))
    same = lived.model_copy(update={"at": at + timedelta(days=1), "outcome": Outcome.UNCHANGED})
    assert save_listing(record.engine, "304", same, []).seen == 1
    assert seen(record, "greenhouse")["2023-07-02 05:00"] == {"2"}
    assert load_walks(record.engine)["greenhouse", "acme"].is_done


def test_a_later_snapshot_makes_the_next_live_answer_come_whole(tmp_path):
    record = Record(tmp_path)
    at = datetime(2023, 2, 1)
    start_run(record.engine, "live", source="greenhouse", kind="scrape", at=at)
    lived = Check(source="greenhouse", board="acme", at=at, outcome=Outcome.COMPLETE, etag='"old"')
    save_listing(record.engine, "live", lived, [])
    with Archive(tmp_path / "live", KEPT) as server:
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
    # A 304 to the old validators would speak of another listing than the latest of the record.
    assert board_states(record.engine, "greenhouse")["acme"].etag is None


@pytest.mark.parametrize("every", [1, 7])
def test_how_far_apart_the_answers_lie(tmp_path, every):
    with Archive(tmp_path / "live", KEPT) as server:
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD, every=timedelta(days=every))
    assert ("2023-06-12 06:00" in seen(Record(tmp_path), "greenhouse")) == (every == 1)
    assert all(len(asked.get("resumeKey", "")) < 3 for asked in server.indexed)
    assert [asked["resumeKey"] for asked in server.indexed if "resumeKey" in asked] == ["3", "6"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda url: Response(url, status=503), "the archive's index cannot be read: HTTP 503"),
        (lambda url: Response(url, body=b"<html>"), "the archive's index cannot be read: "),
        (lambda url: Response(url, body=b'[["timestamp"], ["2023"]]'), "columns are"),
        (lambda url: (_ for _ in ()).throw(IgnoreRequest("no")), "index does not answer: IgnoreRequest"),
    ],
)
def test_an_index_that_fails_ends_the_walk_and_writes_nothing(tmp_path, answer, fault):
    walker = Walker(None, tmp_path, Wish())

    async def get(url):
        return answer(url)

    walker.get = get
    with pytest.raises(EndError, match=fault):
        walker.walk(Greenhouse(), ACME_BOARD)
    record = Record(tmp_path)
    assert record.rows(select(t.checks)) == [] and load_walks(record.engine) == {}


def test_a_board_the_archive_does_not_play_back_waits_for_another_walk(tmp_path):
    with Archive(tmp_path / "live", KEPT) as server:
        walker = Walker(server, tmp_path, Wish())
        plain = walker.get

        async def get(url):
            return await plain(url) if "/cdx/" in url else Response(url, status=503)

        walker.get = get
        ledger = walker.walk(Greenhouse(), ACME_BOARD)
        assert walker.counters["promptjobs/snapshots/unanswered"] == 3
        assert load_walks(ledger.engine) == {} and Record(tmp_path).rows(select(t.checks)) == []
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
        assert set(seen(Record(tmp_path), "greenhouse")) == set(ACME_SEEN)
    assert "Snapshots not played back this time: 3." in [r.reason for r in Record(tmp_path).runs()]


def test_a_kill_between_run_and_check_loses_nothing(tmp_path):
    with Archive(tmp_path / "live", KEPT) as server:
        walker = Walker(server, tmp_path, Wish(most=6))
        with pytest.raises(SpentError):
            walker.walk(Greenhouse(), ACME_BOARD)
        record = Record(tmp_path)
        with record.engine.begin() as db:  # as if killed: the run is open, its check was never written
            for table in (t.sightings, t.postings, t.checks):
                db.execute(table.delete())
            db.execute(update(t.runs).where(t.runs.c.kind == "snapshot").values(status="running"))
            db.execute(t.walks.delete())
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
    assert seen(record, "greenhouse") == ACME_SEEN
    assert {r.status for r in record.runs() if r.kind == "snapshot"} == {"finished"}


def test_a_page_lends_its_text_from_the_record_and_hides_no_answer_of_the_api(tmp_path):
    site = "https://boards.greenhouse.io/acme"
    kept = [
        Kept("20230110060000", ACME, A),
        Kept("20230112060000", site, CLASSIC),  # too near to a fuller answer
        Kept("20230210060000", site, CLASSIC),
        Kept("20230212060000", ACME, B),
        Kept("20230310060000", site, CLASSIC),
    ]
    with Archive(tmp_path / "live", kept) as server:
        past_of(server, tmp_path, Greenhouse(), ACME_BOARD)
        assert sum(server.played.values()) == 3  # the page's second time repeats its first
    record = Record(tmp_path)
    outcomes = {f"{r.at:%m-%d}": r.outcome for r in record.rows(select(t.checks))}
    assert outcomes == {"01-10": "complete", "02-10": "partial", "02-12": "complete", "03-10": "partial"}
    documents = record.documents()
    assert "lantern number 1" in documents["1"]["html"] and documents["2"]["title"] == "Lamp & Wick Lead"
    assert documents["2"]["html"] == ""  # the record's text belongs to another title
