"""The parts of a walk through the past: addresses, index, pages, wishes. Pure."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from data.errors import PromptjobsError
from data.reference import Board
from data.schema import Outcome
from data.snapshots import Walk
from scraper.pipelines.read import read_answer
from scraper.platforms.ashby import Ashby
from scraper.platforms.greenhouse import Greenhouse
from scraper.platforms.lever import Lever
from scraper.platforms.personio import Personio
from scraper.platforms.smartrecruiters import SmartRecruiters
from scraper.platforms.wayback import Capture, Wayback, instant_of, played_back, same_address
from scraper.platforms.workday import Workday
from scraper.run import crawl
from scraper.wayback import PAGE, Wish, by_day, captured_address, planned, read_snapshot, read_wish
from tests.scraper.past import (
    ACME,
    BARE,
    CLASSIC,
    LOOM,
    START,
    TEAMS,
    A,
    body,
    posting,
)

ACME_BOARD = Board(source="greenhouse", board="acme", company="Acme")


def test_what_the_index_is_asked_for():
    asked = Wayback().index(ACME, START, datetime(2023, 1, 31, 23, 59, 59), "k e+y")
    assert asked.startswith("https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fboards-api")
    for part in ("jobs%3Fcontent%3Dtrue&", "from=20210101000000&to=20230131235959", "resumeKey=k%20e%2By"):
        assert part in asked
    assert "filter=statuscode%3A200%7C-" in asked and "collapse=timestamp%3A8" in asked


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.example:80/x/", "https://a.example/x", True),
        ("https://www.a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2", True),
        ("https://a.example/Acme", "https://a.example/acme", False),
        ("https://a.example/x?a=1", "https://a.example/x", False),
        ("https://[broken", "https://a.example/x", False),
    ],
)
def test_same_address(one, other, same):
    assert same_address(one, other) == same


def test_stamps_and_places():
    assert instant_of("20230230000000") is None and instant_of("2023") is None
    place = played_back("https://web.archive.org/web/20230110060000id_/https://a.example/x?y=1")
    assert place == Capture(datetime(2023, 1, 10, 6), "https://a.example/x?y=1", "")
    assert played_back("https://web.archive.org/save/https://a.example/") is None
    assert (
        captured_address(b'<https://a.example/x>; rel="original", <b>; rel="timegate"')
        == "https://a.example/x"
    )
    assert captured_address(None) is None


def test_of_one_day_the_fullest_address_then_the_earliest():
    early, late = Capture(START, BARE, "1"), Capture(START + timedelta(hours=9), ACME, "2")
    assert by_day([early, late], (ACME, BARE)) == [late]
    assert by_day([early, late], (BARE,)) == [early]


SITE = b"""<html><div class="postings-group"><div class="posting" data-qa-posting-id="loom-1">
<div class="posting-apply"><a href="https://jobs.lever.co/loom/1" class="posting-btn-submit">Apply</a></div>
<a class="posting-title" href="https://jobs.lever.co/loom/1"><h5 data-qa="posting-name">Prompt Weaver</h5>
<div class="posting-categories"><span class="display-inline-block workplaceTypes">Hybrid &mdash; </span>
<span class="sort-by-location posting-category location">Porto</span>
<span class="sort-by-team posting-category">Looms</span></div></a></div></div></html>"""
DATA = {
    "id": "k-1",
    "title": "Prompt Cook",
    "locationName": "Brest",
    "secondaryLocations": [{"locationName": "Oslo"}],
}
SHELL = b'<html><script nonce="x">window.__appData = %s;fetch("/x")</script></html>'
KITCHEN = SHELL % body({"jobBoard": {"jobPostings": [DATA | {"publishedDate": "2023-04-01"}]}})


def read_page(platform, content):
    board = Board(source=platform.source, board="acme")
    answer = read_snapshot(platform, board, START, content)
    return answer, read_answer(answer, platform, Counter()).postings


@pytest.mark.parametrize(
    ("platform", "content", "expected"),
    [
        (
            Greenhouse(),
            CLASSIC,
            [
                ("1", "Prompt Engineer 1", ("Lyon",), "https://boards.greenhouse.io/acme/jobs/1", None),
                ("2", "Lamp & Wick Lead", (), "https://acme.example/careers?gh_jid=2", None),
            ],
        ),
        (Lever(), SITE, [("loom-1", "Prompt Weaver", ("Porto",), "https://jobs.lever.co/loom/1", None)]),
        (
            Ashby(),
            KITCHEN,
            [
                (
                    "k-1",
                    "Prompt Cook",
                    ("Brest", "Oslo"),
                    "https://jobs.ashbyhq.com/acme/k-1",
                    date(2023, 4, 1),
                )
            ],
        ),
    ],
)
def test_a_boards_page_gives_titles_and_places_and_closes_nothing(platform, content, expected):
    answer, found = read_page(platform, content)
    assert [(p.external_id, p.title, p.places, p.url, p.posted_on) for p in found] == expected
    assert (answer.outcome, answer.reason) == (Outcome.PARTIAL, PAGE) and found[0].html == ""
    assert found[0].company == "acme"
    assert platform.source != "lever" or (found[0].workplace, found[0].department) == ("hybrid", "Looms")


@pytest.mark.parametrize(
    ("platform", "content", "fault"),
    [
        (Greenhouse(), b"<h1>Not found</h1>", "shows no posting"),
        (Lever(), b"<div class='posting'>Sorry</div>", "shows no posting"),
        (Ashby(), b"<div id=root></div>", "does not carry its data"),
        (Ashby(), SHELL % b'{"jobBoard": null}', "unreadable answer"),
        (Ashby(), SHELL % b'{"jobBoard"', "unreadable answer"),
        (SmartRecruiters(), b"<h1>Not found</h1>", "unreadable answer"),
    ],
)
def test_a_page_without_postings_is_no_empty_board(platform, content, fault):
    answer, _ = read_page(platform, content)
    assert answer.outcome is Outcome.FAILED and fault in answer.reason


ROUND = [posting(n) for n in range(50)]


@pytest.mark.parametrize(
    ("platform", "content", "outcome", "n"),
    [
        (Greenhouse(), A, Outcome.COMPLETE, 2),
        (Greenhouse(), gzip.compress(A), Outcome.COMPLETE, 2),
        (Greenhouse(), b"<html>", Outcome.FAILED, 0),
        (Greenhouse(), b"\x1f\x8bxx", Outcome.FAILED, 0),
        (Lever(), TEAMS, Outcome.COMPLETE, 2),
        (Lever(), body(ROUND), Outcome.PARTIAL, 50),
        (
            SmartRecruiters(),
            body({"content": [{"id": "1"}], "totalFound": 2, "offset": 0}),
            Outcome.PARTIAL,
            1,
        ),
        (Personio(), b"<workzag-jobs><position><id>1</id></position></workzag-jobs>", Outcome.COMPLETE, 1),
    ],
)
def test_an_archived_answer_is_read_by_its_platform(platform, content, outcome, n):
    answer = read_snapshot(platform, Board(source=platform.source, board="x"), START, content)
    assert (answer.outcome, len(answer.raws), answer.at, answer.etag) == (outcome, n, START, None)


def test_the_addresses_of_a_board():
    assert ACME in Greenhouse().archived_addresses(ACME_BOARD)
    assert BARE in Greenhouse().archived_addresses(ACME_BOARD)
    assert LOOM in Lever().archived_addresses(Board(source="lever", board="loom"))
    assert len(Ashby().archived_addresses(Board(source="ashby", board="a b"))) == 3
    assert Workday().archived_addresses(Board(source="workday", board="t.wd5:S")) == ()  # asked by POST


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"boards": "acme"}, "write platform:token"),
        ({"boards": "hackernews:1"}, "no platform of boards"),
        ({"source": "wayback"}, "no platform of boards"),
        ({"since": "2023"}, "give a day such as"),
        ({"since": "2023-02-01", "until": "2023-01-31"}, "lies after until"),
        ({"most": "9"}, "at least 10"),
        ({"every": "x"}, "at least 1"),
        ({"url": "https://a.example"}, "knows no argument url"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_refused_before_a_crawl(words, message):
    with pytest.raises(PromptjobsError, match=message):
        crawl("wayback", arguments=words)


def test_a_wish_in_words():
    wish = read_wish({"boards": "lever:loom", "until": "2023-01-31", "most": "20", "every": "1"})
    assert wish.named == (("lever", "loom"),) and wish.until == datetime(2023, 1, 31, 23, 59, 59)
    assert (wish.since, wish.most, wish.every) == (START, 20, timedelta(days=1)) and read_wish({}) == Wish()


def test_what_was_begun_goes_on_first_and_what_is_done_rests():
    boards = [Board(source="lever", board=name) for name in ("new", "done", "begun", "short")]
    half, now = datetime(2023, 1, 1), datetime(2026, 1, 1)
    walks = {
        ("lever", "done"): Walk(START, now, True),
        ("lever", "begun"): Walk(START, half, False),
        ("lever", "short"): Walk(half, now, True),  # begun later than now wished for
    }
    one = timedelta(seconds=1)
    tasks = [(task.board.board, task.start) for task in planned(boards, walks, Wish())]
    assert tasks == [("begun", half + one), ("new", START), ("short", START)]
    named = planned([boards[1]], walks, Wish(named=(("lever", "done"),)))
    assert [(task.since, task.start) for task in named] == [(START, START)]
    assert planned([boards[2]], walks, Wish(until=half)) == []
