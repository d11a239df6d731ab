"""The platform readers: pure, on answers in the recorded shapes."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from data.intake import accept
from data.reference import Board
from data.schema import Outcome, StructuredPay
from data.store import utc_now
from scraper.answers import Answer
from scraper.pipelines.read import read_answer
from scraper.platforms.ashby import Ashby
from scraper.platforms.base import PageShapeError, Platform, day, split_places
from scraper.platforms.greenhouse import Greenhouse
from scraper.platforms.hackernews import HackerNews
from scraper.platforms.lever import Lever
from tests.shared import SHARED

RECORDINGS = Path(__file__).parent.parent / "recordings"
PLATFORMS: list[Platform] = [Greenhouse(), Lever(), Ashby(), HackerNews()]


def read(platform, payload, token="some"):
    board = Board(source=platform.source, board=token)
    unknown = Counter()
    raws = tuple(platform.listing(payload))
    answer = Answer(board, utc_now(), Outcome.COMPLETE, raws=raws)
    return read_answer(answer, platform, unknown), unknown


def recorded(name):
    return json.loads((RECORDINGS / name).read_text("utf-8"))


def test_greenhouse_record_is_read_whole():
    listing, unknown = read(Greenhouse(), recorded("greenhouse.json"))
    assert not listing.rejects
    first, second, third = listing.postings
    assert first.company == "Lantern Works"
    assert first.places == ("Lyon", "Remote, France", "Berlin", "Oslo")
    assert first.html.startswith("<h2>The work</h2><p>You write")
    assert "desk &amp; its" in first.html, "escaped once, unescaped once"
    assert '<div class="pay-range"><span>$90,000</span>' in first.html
    assert (first.posted_on, first.posted_basis) == (date(2026, 7, 17), "stated"), "first_published in UTC"
    assert first.changed_at.isoformat() == "2026-07-29T12:50:01+00:00"
    assert (first.requisition_id, first.department, first.employment_type) == (
        "LW-12",
        "Support Tools",
        "Regular",
    )
    assert (first.workplace, first.lang) == ("hybrid", "en")
    assert first.pay == (StructuredPay(min=90000, max=120000, currency="USD"),)
    assert (second.posted_on, second.posted_basis, second.workplace, second.lang) == (None, None, None, "pt")
    assert third.places == () and third.requisition_id is None
    assert unknown == {"workplace=on the moon": 1}


def test_lever_record_is_read_whole():
    listing, unknown = read(Lever(), recorded("lever.json"), "kestrelloom")
    first, second = listing.postings
    assert first.html == (
        "<div>Kestrel Loom weaves texts.</div>\n<h3>What you do &amp; when</h3><ul><li>Write prompts</li>"
        "<li>Measure them</li></ul>\n<div>The range is for Porto.</div>\n<div>We pay fairly.</div>"
    )
    assert first.pay == (StructuredPay(min=52000, max=64000, currency="EUR", period="year"),)
    assert (first.places, first.country, first.workplace) == (("Porto", "Remote"), "PT", "hybrid")
    assert (first.posted_on, first.department, first.company) == (
        date(2026, 5, 19),
        "Language",
        "kestrelloom",
    )
    assert second.pay == () and second.workplace is None and second.country is None
    assert second.places == ("Lisbon",) and second.department == "Loom"
    assert unknown["interval=per-fortnight-salary"] == 1
    assert sum(n for word, n in unknown.items() if word.startswith("pay=")) == 1, (
        "900 to 700 is refused, not the advert"
    )


def test_lever_regions_have_their_hosts():
    assert (
        Lever().address(Board(source="lever", board="Kestrel"))
        == "https://api.lever.co/v0/postings/Kestrel?mode=json"
    )
    eu = Board(source="lever", board="kestrel", region="eu")
    assert Lever().address(eu) == "https://api.eu.lever.co/v0/postings/kestrel?mode=json"


def test_ashby_record_is_read_whole():
    listing, unknown = read(Ashby(), recorded("ashby.json"), "Quiet Harbour")
    assert [p.title for p in listing.postings] == ["Conversation Designer", "Harbour Pilot"], (
        "unlisted is not public"
    )
    first, second = listing.postings
    assert first.pay == (StructuredPay(min=100000, max=130000, currency="CAD", period="year"),)
    assert (first.places, first.workplace, first.posted_on) == (
        ("Toronto", "Remote: Canada"),
        "hybrid",
        date(2021, 4, 27),
    )
    assert (second.pay, second.workplace, second.employment_type) == ((), None, "Contract")
    assert unknown == {"compensationType=Pebbles": 1}


def test_ashby_names_keep_case_and_spaces_in_the_address():
    address = Ashby().address(Board(source="ashby", board="Quiet Harbour"))
    assert address == "https://api.ashbyhq.com/posting-api/job-board/Quiet%20Harbour?includeCompensation=true"


def test_hackernews_takes_only_living_direct_children_and_no_names():
    listing, _ = read(HackerNews(), recorded("hackernews_item.json"), "50000001")
    assert [p.external_id for p in listing.postings] == ["50000002", "50000006"]
    first, second = listing.postings
    assert first.url == "https://news.ycombinator.com/item?id=50000002"
    assert (first.posted_on, first.posted_basis) == (date(2026, 7, 1), "stated")
    assert (second.posted_on, second.posted_basis) == (date(2026, 7, 1), "thread")
    assert (first.title, first.company) == (None, None)
    assert "lantern dot example" not in first.html and "[e-mail removed]" in first.html
    assert "author" not in str(HackerNews().listing(recorded("hackernews_item.json")))


@pytest.mark.parametrize(
    ("title", "is_kept"),
    [
        ("Ask HN: Who is hiring? (July 2026)", True),
        ("Ask HN: Who is Hiring? (March 2013)", True),
        ("Ask HN: Who Is Hiring? (November 2011 Edition)", True),
        ("Ask HN: Who wants to be hired? (July 2026)", False),
        ("Ask HN: Freelancer? Seeking freelancer? (July 2026)", False),
        ("Ask HN: Who is hiring right now? (April 2020)", False),
        ("Ask HN: Who is firing? (July 2026)", False),
    ],
)
def test_hackernews_index_keeps_only_hiring_threads(title, is_kept):
    hit = {"objectID": "7", "title": title, "created_at": "2026-07-01T15:01:21Z"}
    threads, n_pages = HackerNews().threads({"hits": [hit], "nbPages": 2})
    assert ([t.board for t in threads], n_pages) == (["7"] if is_kept else [], 2)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.source)
@pytest.mark.parametrize("payload", [None, 7, "text", {}, {"positions": []}, {"jobs": {}, "children": 3}])
def test_a_broken_page_shape_is_refused(platform, payload):
    with pytest.raises(PageShapeError, match=platform.source):
        platform.listing(payload)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.source)
@pytest.mark.parametrize("raw", [None, 7, "text", [], {}, {"id": None}, {"id": 1, "location": 5, "text": 7}])
def test_a_bad_record_costs_only_itself(platform, raw):
    board = Board(source=platform.source, board="some")
    answer = Answer(board, utc_now(), Outcome.COMPLETE, raws=(raw,))
    listing = read_answer(answer, platform, Counter())
    assert len(listing.rejects) == 1 and not listing.postings
    assert listing.rejects[0].reason


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda p: p.source)
def test_every_missing_required_field_rejects_and_names_itself(platform):
    name = {"hackernews": "hackernews_item.json"}.get(platform.source, f"{platform.source}.json")
    board = Board(source=platform.source, board="some")
    raw = platform.listing(recorded(name))[0]
    for field in (
        "id",
        {"lever": "createdAt", "greenhouse": "content", "ashby": "jobUrl", "hackernews": "text"}[
            platform.source
        ],
    ):
        broken = {k: v for k, v in raw.items() if k != field}
        listing = read_answer(Answer(board, utc_now(), Outcome.COMPLETE, raws=(broken,)), platform, Counter())
        assert [r.field for r in listing.rejects] == [field]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (
            "New York City, NY; San Francisco, CA; Seattle, WA",
            ("New York City, NY", "San Francisco, CA", "Seattle, WA"),
        ),
        ("Paris | Paris | Nice", ("Paris", "Nice")),
        ("Remote or London", ("Remote", "London")),
        ("Oregon", ("Oregon",)),
        ("", ()),
        (None, ()),
        (" ; ", ()),
    ],
)
def test_split_places(words, places):
    assert split_places(words) == places


def test_days_are_utc():
    assert day("2026-07-16T23:30:00-04:00") == date(2026, 7, 17)
    assert day("2026-07-16T23:30:00") == date(2026, 7, 16)
    assert day(None) is None


@pytest.mark.parametrize("platform", PLATFORMS[:3], ids=lambda p: p.source)
def test_every_shared_recording_is_read_without_a_reject(platform):
    folder = SHARED / "recordings" / platform.source
    if not folder.exists():
        pytest.skip("the shared recordings are not on this machine")
    for file in sorted(folder.glob("*.json")):
        payload = json.loads(file.read_text("utf-8"))
        listing, unknown = read(platform, payload)
        assert listing.postings and not listing.rejects, file.name
        assert not unknown, file.name
        assert all(p.title and p.company and p.html and p.posted_on for p in listing.postings)


def test_intake_takes_what_the_platforms_make():
    raw = recorded("ashby.json")["jobs"][0]
    made = Ashby().posting(raw, Board(source="ashby", board="Quiet Harbour"), Counter())
    assert accept(made).key == "ashby:3f0c5f4e-0000-4000-8000-000000000001"
