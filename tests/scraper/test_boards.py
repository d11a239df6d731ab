"""The readers of the employers' boards on own answers in the recorded shapes, and on the shared recordings."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from data.reference import Board
from data.schema import Outcome, Posting, StructuredPay
from data.store import utc_now
from scraper.answers import Answer
from scraper.details import choose, settle
from scraper.interest import is_of_interest
from scraper.middlewares.scope import is_among
from scraper.pipelines.read import read_answer
from scraper.platforms.base import Ask, PageShapeError
from scraper.platforms.greenhouse import Greenhouse
from scraper.platforms.lever import Lever
from scraper.platforms.personio import Personio
from scraper.platforms.recruitee import Recruitee
from scraper.platforms.repeats import join
from scraper.platforms.smartrecruiters import SmartRecruiters
from scraper.platforms.teamtailor import Teamtailor
from scraper.platforms.workable import EVERY, Workable
from scraper.platforms.workday import Workday
from scraper.platforms.workday_site import site_of
from tests.shared import SHARED

OWN = Path(__file__).parent.parent / "recordings"
FJORD = "fjord.wd3:Fjord"


def load(platform, path):
    return platform.decode(path.read_bytes())[0]


def raws_of(platform, payload, board):
    raws = platform.listing(payload)
    return list(platform.owned(raws, board)) if isinstance(platform, Workday) else raws


def read(platform, raws, token="some", company=None):
    board = Board(source=platform.source, board=token, company=company)
    unknown = Counter()
    answer = Answer(board, utc_now(), Outcome.COMPLETE, raws=tuple(raws))
    return read_answer(answer, platform, unknown), unknown


def own(platform, name, token="some"):
    board = Board(source=platform.source, board=token)
    return read(platform, raws_of(platform, load(platform, OWN / name), board), token)


def test_workable_widget_merges_a_shortcode_repeated_per_place():
    listing, unknown = own(Workable(), "workable.json", "copper-finch")
    assert not listing.rejects and not unknown
    first, second = listing.postings
    assert (first.external_id, first.company, first.requisition_id) == ("CF00000001", "Copper Finch", "CF-1")
    assert first.places == ("Vigo, Galicia, Spain", "Braga, Portugal") and first.country is None
    assert (first.posted_on, first.posted_basis, first.workplace) == (date(2026, 8, 5), "stated", "remote")
    assert first.html.startswith("<p>You write prompts") and first.employment_type == "Full-time"
    assert second.places == () and second.workplace is None, "a hidden place is not shown"
    assert second.requisition_id is None and second.department is None and second.employment_type is None


def test_workable_v3_is_paged_and_reads_its_text_elsewhere():
    platform, board = Workable(), Board(source="workable", board="copper-finch")
    payload = load(platform, OWN / "workable_v3.json")
    raws = platform.listing(payload)
    assert [raw["title"] for raw in raws] == ["Gust Analyst"], "internal jobs are not public"
    jobs = "https://apply.workable.com/api/v3/accounts/copper-finch/jobs"
    assert platform.instead(board) == Ask(jobs, EVERY)
    assert platform.following(payload, board, raws) == Ask(jobs, EVERY | {"token": "dG9rZW4"})
    assert platform.following(payload | {"nextPage": None}, board, raws) is None
    assert platform.declared(payload) == 2
    detail = "https://apply.workable.com/api/v2/accounts/copper-finch/jobs/CF00000003"
    assert platform.lacks_text(raws[0]) and platform.detail(raws[0], board) == Ask(detail)
    whole = platform.with_detail(
        raws[0], {"description": "<p>Count gusts.</p>", "requirements": "<p>Ears</p>", "benefits": None}
    )
    listing, unknown = read(platform, [whole, raws[0]], "copper-finch")
    first, bare = listing.postings
    assert first.html == "<p>Count gusts.</p><h3>Requirements</h3><p>Ears</p>" and bare.html == ""
    assert (first.workplace, first.lang, first.department, first.country) == ("hybrid", "en", "Models", "ES")
    assert (first.posted_on, first.company) == (date(2026, 8, 3), "copper-finch")
    assert unknown == {"text=not sent": 1}
    with pytest.raises(PageShapeError, match="description is missing"):
        platform.with_detail(raws[0], {"text": "renamed"})


def test_smartrecruiters_list_and_detail_make_one_posting_without_people():
    platform, board = SmartRecruiters(), Board(source="smartrecruiters", board="SlateOwl")
    payload, detail = (load(platform, OWN / f"smartrecruiters{end}.json") for end in ("", "_detail"))
    raws = platform.listing(payload)
    assert platform.declared(payload) == 2 and platform.lacks_text(raws[0])
    host = "https://api.smartrecruiters.com/v1/companies/SlateOwl/postings"
    assert platform.address(board) == f"{host}?limit=100&offset=0"
    assert platform.detail(raws[0], board) == Ask(f"{host}/744000000000001")
    listing, unknown = read(platform, [platform.with_detail(raws[0], detail), raws[1]], "SlateOwl")
    assert "Ann Example" not in str(raws) + str(platform.with_detail(raws[0], detail))
    first, second = listing.postings
    assert first.html == (
        "<h3>About &amp; around us</h3><p>Slate Owl counts stars.</p>\n"
        "<h3>Job Description</h3><p>You write prompts by night.</p>\n"
        "<h3>Additional Information</h3><p>We pay CHF 90'000 a year.</p>"
    )
    assert first.url == "https://jobs.smartrecruiters.com/SlateOwl/744000000000001"
    assert (first.posted_on, first.company, first.country) == (date(2026, 5, 4), "Slate Owl", "CH")
    assert (first.workplace, first.lang, first.employment_type) == ("hybrid", "de", "Full-time")
    assert (first.requisition_id, first.department, first.places) == (
        "REF7A",
        None,
        ("Bern, BE, Switzerland",),
    )
    assert (second.html, second.workplace, second.lang, second.places) == ("", "remote", "zh", ("Oslo, NO",))
    assert unknown == {"text=not sent": 1}


@pytest.mark.parametrize(
    ("payload", "n_read", "offset"),
    [
        ({"totalFound": 250, "offset": 0, "content": [{}] * 100}, 100, 100),
        ({"totalFound": 250, "offset": 100, "content": [{}] * 100}, 200, 200),
        ({"totalFound": 250, "offset": 200, "content": [{}] * 50}, 250, None),
        ({"totalFound": 4, "content": [{}] * 3}, 3, 3),
        ({"totalFound": 4, "content": []}, 3, None),
    ],
)
def test_smartrecruiters_pages_by_what_came(payload, n_read, offset):
    ask = SmartRecruiters().following(payload, Board(source="smartrecruiters", board="x"), [{}] * n_read)
    assert (ask and int(ask.url.rpartition("=")[2])) == offset


def test_recruitee_reads_thousands_and_only_published_offers():
    listing, unknown = own(Recruitee(), "recruitee.json", "tinlighthouse")
    first, second = listing.postings
    assert first.pay == (StructuredPay(min=75000, max=90500, currency="EUR", period="year"),)
    assert (first.posted_on, first.lang, first.workplace) == (date(2026, 8, 11), "nl", "hybrid")
    assert first.changed_at.isoformat() == "2026-08-12T06:00:00+00:00"
    assert first.places == ("Delft, Zuid-Holland, Netherlands", "Anywhere") and first.country == "NL"
    assert first.html == "<p>You write prompts for lamps.</p>\n<p>You know oil.</p>"
    assert (second.pay, second.posted_on, second.lang, second.workplace) == ((), None, None, None)
    assert second.places == ("Delft, Netherlands",)
    assert unknown == {"salary=read as thousands": 2, "salary=18.5 per month": 1}


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (None, None),
        ({}, None),
        ({"min": None, "max": None, "period": None, "currency": "EUR"}, None),
        ({"min": "0", "max": "0.0", "period": "year", "currency": "EUR"}, None),
        ({"min": "60000", "max": "75000", "period": "year", "currency": "EUR"}, (60000, 75000, "year")),
        ({"min": "60", "max": "75000", "period": "year", "currency": "EUR"}, (60000, 75000, "year")),
        ({"min": "18.50", "max": "18.50", "period": "month", "currency": "EUR"}, None),
        ({"min": "2800", "max": "", "period": "month", "currency": "EUR"}, (2800, None, "month")),
        ({"min": "18.50", "max": "22", "period": "hour", "currency": "EUR"}, (18.5, 22, "hour")),
        ({"min": "12", "max": "15", "period": "year", "currency": "EUR"}, None),
        ({"min": "500", "max": "600", "period": "fortnight", "currency": "EUR"}, (500, 600, None)),
        ({"min": 70000, "max": 80000, "period": "year", "currency": None}, (70000, 80000, "year")),
    ],
)
def test_recruitee_pay(salary, pay):
    offer = load(Recruitee(), OWN / "recruitee.json")["offers"][0] | {"salary": salary}
    (posting,) = read(Recruitee(), [offer])[0].postings
    assert [(p.min, p.max, p.period) for p in posting.pay] == ([pay] if pay else [])


def test_personio_merges_places_and_keeps_sections():
    listing, unknown = own(Personio(), "personio.xml", "mossmirror")
    first, second = listing.postings
    assert (first.company, first.title) == ("Moss & Mirror GmbH", "Prompt Engineer (w/m/d)")
    assert first.places == ("Jena", "Graz") and second.places == ("Graz", "Linz")
    assert first.html == "<h3>Your work &amp; days</h3><p>You write prompts for <b>mirrors</b>.</p>"
    assert (first.posted_on, first.url) == (
        date(2026, 3, 2),
        "https://mossmirror.jobs.personio.de/job/700001",
    )
    assert (second.html, second.company, second.employment_type) == ("", "mossmirror", "intern")
    assert unknown == {"text=not sent": 1}


def test_personio_is_asked_in_english_for_missing_texts_only():
    platform, board = Personio(), Board(source="personio", board="mossmirror")
    root = load(platform, OWN / "personio.xml")
    raws = platform.listing(root)
    ask = platform.following(root, board, raws)
    assert ask == Ask("https://mossmirror.jobs.personio.de/xml?language=en")
    english = (
        (OWN / "personio.xml")
        .read_text()
        .replace(
            "<jobDescriptions></jobDescriptions>",
            "<jobDescriptions><jobDescription><name>Tasks</name><value>Keep moss.</value></jobDescription></jobDescriptions>",
        )
    )
    root = platform.decode(english.encode())[0]
    assert join(platform, raws, platform.listing(root)) == 1
    assert [raw["jobDescriptions"] for raw in raws][1] == [("Tasks", "Keep moss.")]
    assert platform.following(root, board, raws) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<workzag-jobs><position>",
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><workzag-jobs><position><id>&e;</id></position></workzag-jobs>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><workzag-jobs/>',
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><workzag-jobs>&b;</workzag-jobs>',
    ],
)
def test_personio_refuses_bad_and_dangerous_xml(body):
    with pytest.raises(ValueError, match=r".+"):
        Personio().decode(body)


def test_personio_bytes_that_are_no_utf8_are_replaced_and_told():
    root, is_damaged = Personio().decode(
        b"<workzag-jobs><position><id>1</id><name>L\xe4mp</name></position></workzag-jobs>"
    )
    assert is_damaged and Personio().listing(root)[0]["name"] == "L�mp"
    with pytest.raises(PageShapeError, match="root is html"):
        Personio().listing(Personio().decode(b"<html/>")[0])


def test_teamtailor_feed_is_read_whole():
    listing, unknown = own(Teamtailor(), "teamtailor.json", "birchradio")
    assert not listing.rejects and not unknown
    first, second = listing.postings
    assert (first.company, first.places, first.country) == ("Birch Radio AB", ("Umeå, SE", "Vaasa, FI"), None)
    assert first.pay == (StructuredPay(min=42000, max=51000, currency="SEK", period="month"),)
    assert (first.posted_on, first.workplace) == (date(2026, 2, 3), "remote")
    assert (second.html, second.company, second.country) == ("<p>Climb masts.</p>", "Birch Radio", "SE")
    assert second.employment_type == "PART_TIME, TEMPORARY" and second.pay == ()
    more = {"items": [], "next_url": "https://birchradio.teamtailor.com/jobs.json?page=2"}
    board = Board(source="teamtailor", board="birchradio")
    assert Teamtailor().following(more, board, []) == Ask(more["next_url"])
    assert Teamtailor().following({"items": [], "next_url": "file:///etc/passwd"}, board, []) is None


def test_workday_list_and_detail():
    platform, board = Workday(), Board(source="workday", board=FJORD)
    payload, detail = (load(platform, OWN / f"workday{end}.json") for end in ("", "_detail"))
    raws = raws_of(platform, payload, board)
    api = "https://fjord.wd3.myworkdayjobs.com/wday/cxs/fjord/Fjord"
    opening = platform.opening(board)
    assert (opening.url, opening.body["limit"], opening.body["offset"]) == (f"{api}/jobs", 20, 0)
    assert platform.detail(raws[0], board) == Ask(f"{api}/job/Norway-Bodo/Prompt-Engineer_JR-100-1")
    listing, unknown = read(platform, [platform.with_detail(raws[0], detail), raws[1]], FJORD)
    first, second = listing.postings
    assert (first.external_id, second.external_id) == (f"{FJORD}:JR-100-1", f"{FJORD}:JR-200")
    assert first.url == "https://fjord.wd3.myworkdayjobs.com/Fjord/job/Norway-Bodo/Prompt-Engineer_JR-100-1"
    assert (first.posted_on, first.requisition_id, first.company) == (
        date(2026, 6, 18),
        "JR-100",
        "Fjord Ferries AS",
    )
    assert first.places == ("Norway, Bodø", "Norway, Røst", "Norway, Værøy") and first.workplace == "hybrid"
    assert (second.posted_on, second.posted_basis) == (None, None), "Posted Yesterday dates nothing"
    assert (second.places, second.company, second.workplace) == (("Norway, Bodø",), "fjord", "onsite")
    assert unknown == {"text=not sent": 1}


@pytest.mark.parametrize(
    ("n_page", "total", "n_read", "offset"),
    [(20, 45, 20, 20), (20, 0, 40, 40), (5, 0, 45, None), (0, 0, 40, None), (20, 20, 20, None)],
)
def test_workday_counts_by_the_first_pages_total(n_page, total, n_read, offset):
    """Later pages say a total of 0."""
    first_total = 20 if total == 20 else 45
    read_so_far = [{"total": first_total}] * n_read
    payload = {"total": total, "jobPostings": [{}] * n_page}
    ask = Workday().following(payload, Board(source="workday", board=FJORD), read_so_far)
    assert (ask and ask.body["offset"]) == offset


@pytest.mark.parametrize(
    ("token", "api"),
    [
        ("fjord.wd3:Fjord", "https://fjord.wd3.myworkdayjobs.com/wday/cxs/fjord/Fjord"),
        ("wd5:fjord:Sea_Jobs", "https://wd5.myworkdaysite.com/wday/cxs/fjord/Sea_Jobs"),
    ],
)
def test_workday_sites(token, api):
    assert site_of(token).api == api


@pytest.mark.parametrize("token", ["fjord", "fjord.wd3", "evil.example/x.wd3:y", "fjord.wd3:a:b", ""])
def test_workday_refuses_other_tokens(token):
    with pytest.raises(ValueError, match="is not tenant"):
        site_of(token)


LISTED = [
    (Workable(), "workable.json", "shortcode", "published_on"),
    (SmartRecruiters(), "smartrecruiters.json", "id", "releasedDate"),
    (Recruitee(), "recruitee.json", "id", "careers_url"),
    (Personio(), "personio.xml", "id", "name"),
    (Teamtailor(), "teamtailor.json", "id", "_jobposting"),
    (Workday(), "workday.json", "externalPath", "title"),
]
IDS = [row[0].source for row in LISTED]


@pytest.mark.parametrize(("platform", "name", "identity", "field"), LISTED, ids=IDS)
def test_a_renamed_field_rejects_and_names_itself(platform, name, identity, field):
    board = Board(source=platform.source, board=FJORD)
    raw = raws_of(platform, load(platform, OWN / name), board)[0]
    for gone in (identity, field):
        broken = {("renamed" if k == gone else k): v for k, v in raw.items()}
        listing, _ = read(platform, [broken], FJORD)
        assert not listing.postings
        assert [r.field for r in listing.rejects] == ["published" if gone == "published_on" else gone]


@pytest.mark.parametrize(("platform", "name", "identity", "field"), LISTED, ids=IDS)
@pytest.mark.parametrize(
    "raw", [None, 7, "text", [], {}, {"id": None}, {"id": 1, "location": 5, "offices": 7}]
)
def test_a_bad_record_costs_only_itself(platform, name, identity, field, raw):
    listing, _ = read(platform, [raw], FJORD)
    assert len(listing.rejects) == 1 and listing.rejects[0].reason
    board = Board(source=platform.source, board=FJORD)
    assert choose(platform, [raw], board, {}) == [] or isinstance(raw, dict)


@pytest.mark.parametrize(("platform", "name", "identity", "field"), LISTED, ids=IDS)
@pytest.mark.parametrize("payload", [None, 7, "text", [], {}, {"positions": []}, {"jobs": {}, "offers": 3}])
def test_a_broken_page_shape_is_refused(platform, name, identity, field, payload):
    with pytest.raises(PageShapeError, match=platform.source):
        platform.listing(payload)


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [
        ("Prompt Engineer", True),
        ("you will write PROMPTS", True),
        ("prompt-based evaluation", True),
        ("Ingénieur prompt", True),
        ("プロンプトエンジニア", True),
        ("提示词工程师", True),
        ("提示标签", False),
        ("answer promptly", False),
        ("promptness matters", False),
        ("impromptu talks", False),
        ("", False),
    ],
)
def test_interest(words, is_kept):
    assert is_of_interest(words) is is_kept


@pytest.mark.parametrize(
    ("host", "is_kept"),
    [
        ("acme.recruitee.com", True),
        ("acme.na.recruitee.com", True),
        ("api.some.example", True),
        ("recruitee.com", False),
        ("evilrecruitee.com", False),
        ("acme.recruitee.com.evil.example", False),
        ("acme.recruitee.com:8080", False),
        ("sub.api.some.example", False),
        ("127.0.0.1", False),
    ],
)
def test_requests_stay_on_the_cards_hosts(host, is_kept):
    assert is_among(host, ("*.recruitee.com", "api.some.example")) is is_kept


def known(external_id, **changes):
    fields = {"source": "s", "board": "b", "external_id": external_id, "url": "https://a.example"}
    return Posting(**fields | {"title": "Clerk", "html": "<p>x</p>"} | changes)


def test_the_most_wanted_pages_come_first_and_what_is_known_holds():
    platform, board = SmartRecruiters(), Board(source="smartrecruiters", board="b")
    titles = {
        "1": "New Clerk",
        "2": "Clerk",
        "3": "Head Clerk",
        "4": "Prompt Engineer",
        "5": "Clerk",
        "6": "Clerk",
    }
    raws = [{"id": i, "name": title} for i, title in titles.items()]
    held = {
        "2": known("2"),
        "3": known("3"),
        "4": known("4", title="Prompt Engineer"),
        "5": known("5", html=""),
        "6": known("6", html="<p>write prompts</p>"),
    }
    wanted = choose(platform, raws, board, held)
    assert [(w.external_id, w.rank) for w in wanted] == [("4", 0), ("6", 0), ("1", 1), ("5", 1), ("3", 2)]
    whole = platform.with_detail(raws[3], {"jobAd": {"sections": {}}})
    settled = settle(platform, raws, wanted, {3: whole}, held)
    assert settled == (raws[0], held["2"], held["3"], whole, held["5"], held["6"])


PAID = {"id": 1, "title": "Prompt Engineer", "content": "&lt;div class=&quot;pay-range&quot;&gt;"}


def test_greenhouse_asks_for_pay_only_where_the_list_shows_none():
    platform, board = Greenhouse(), Board(source="greenhouse", board="lantern")
    plain = PAID | {"content": "&lt;p&gt;x&lt;/p&gt;"}
    assert platform.detail(PAID, board) is None
    address = "https://boards-api.greenhouse.io/v1/boards/lantern/jobs/1?pay_transparency=true"
    assert platform.detail(plain, board) == Ask(address)
    assert [
        w.place for w in choose(platform, [PAID, plain, plain | {"id": 2, "title": "Clerk"}], board, {})
    ] == [1]
    before = known("1", pay=(StructuredPay(min=90000, max=120000.5, currency="USD"),))
    assert platform.without_detail(plain, before)["known_pay"] == before.pay
    assert platform.without_detail(plain, None)["known_pay"] == ()


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ({"title": "NYC Pay Range", "blurb": "<p>The annual salary range is</p>"}, "year"),
        ({"title": "Hourly range", "blurb": None}, "hour"),
        ({"title": "Pay", "blurb": "hourly, or annual for full-time"}, None),
        ({"title": "Pay", "blurb": "12 monthly payments"}, "month"),
        ({}, None),
    ],
)
def test_greenhouse_pay_period_is_read_where_the_range_names_just_one(words, period):
    ranges = [{"min_cents": 5000, "max_cents": 6000, "currency_type": "USD", **words}]
    raw = json.loads((OWN / "greenhouse.json").read_text())["jobs"][0] | {"pay_input_ranges": ranges}
    (posting,) = read(Greenhouse(), [raw])[0].postings
    assert posting.pay == (StructuredPay(min=50, max=60, currency="USD", period=period),)


@pytest.mark.parametrize(
    ("n", "address"), [(0, None), (7, None), (100, "skip=100&limit=100"), (50, "skip=50&limit=100")]
)
def test_lever_pages_on_from_a_round_number(n, address):
    board = Board(source="lever", board="kestrel")
    ask = Lever().following([{}] * n, board, [{}] * n)
    assert (ask and ask.url) == (address and f"https://api.lever.co/v0/postings/kestrel?mode=json&{address}")


# Postings in each shared recording; their texts stay outside this repository.
SHARED_COUNTS = {
    "workable/careerkit_workable.json": 1,
    "workable/michaeldinhmai_vasion_widget.json": 2,
    "smartrecruiters/careerkit_smartrecruiters.json": 1,
    "smartrecruiters/michaeldinhmai_page0.json": 3,
    "smartrecruiters/michaeldinhmai_page1.json": 1,
    "recruitee/careerkit_recruitee.json": 2,
    "personio/careerkit_personio.xml": 1,
    "personio/cpsit_api-response-multiple-positions.xml": 2,
    "teamtailor/careerkit_teamtailor.json": 2,
    "workday/careerkit_workday.json": 2,
    "workday/olinares_nvidia_page1_TRANSCRIBED.json": 10,
}
BY_SOURCE = {row[0].source: row[0] for row in LISTED}


@pytest.mark.parametrize(("file", "count"), SHARED_COUNTS.items())
def test_every_shared_recording_is_read_without_a_reject(file, count):
    path = SHARED / "recordings" / file
    if not path.exists():
        pytest.skip("the shared recordings are not on this machine")
    platform = BY_SOURCE[file.partition("/")[0]]
    board = Board(source=platform.source, board=FJORD)
    listing, unknown = read(platform, raws_of(platform, load(platform, path), board), FJORD)
    assert len(listing.postings) == count and not listing.rejects
    assert set(unknown) <= {"text=not sent"}
    assert all(p.title and p.company and p.url for p in listing.postings)
    assert all(p.posted_on for p in listing.postings) or platform.source == "workday"


def shared(file):
    path = SHARED / "recordings" / file
    if not path.exists():
        pytest.skip("the shared recordings are not on this machine")
    return json.loads(path.read_text("utf-8"))


def test_the_traps_of_the_shared_recordings():
    (repeated,) = read(Workable(), Workable().listing(shared("workable/careerkit_workable.json")))[0].postings
    assert repeated.places == ("Spain", "Portugal") and repeated.posted_on == date(2026, 8, 5)
    pages = [shared(f"smartrecruiters/michaeldinhmai_page{n}.json") for n in (0, 1)]
    raws = SmartRecruiters().listing(pages[0])
    assert join(SmartRecruiters(), raws, SmartRecruiters().listing(pages[1])) == 0, (
        "the second page repeats one"
    )
    offers = read(Recruitee(), Recruitee().listing(shared("recruitee/careerkit_recruitee.json")))[0].postings
    assert [(p.pay[0].min, p.pay[0].max) for p in offers] == [(60000, 75000), (75000, 90000)]
    detail = shared("workday/olinares_nvidia_job_TRANSCRIBED.json")
    raw = {"externalPath": "/job/x/Y_JR1", "title": "Y", "board": FJORD}
    (job,) = read(Workday(), [Workday().with_detail(raw, detail)], FJORD)[0].postings
    assert job.posted_on == date(2026, 9, 18) and len(job.places) == 6
