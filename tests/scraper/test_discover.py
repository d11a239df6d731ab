"""Board addresses in any shape, and the shipped board list against the corpus it was mined from."""

from __future__ import annotations

import json
import lzma
from datetime import date

import pytest

from data.listings import save_listing
from data.own_boards import known_boards
from data.reference import Board, load_boards, save_boards
from data.schema import Check, Outcome, Posting
from data.settings import load_settings
from data.store import open_record, start_run, utc_now
from scraper.discover import STALE, Seen, company_of, discover, links_in, merge
from scraper.shapes import BoardLink, detect
from tests.corpora import CORPUS, opened_at


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://boards.greenhouse.io/lantern", ("greenhouse", "lantern", None)),
        ("https://boards.greenhouse.io/lantern/jobs/123?gh_src=x", ("greenhouse", "lantern", None)),
        ("https://job-boards.greenhouse.io/lantern/jobs/1", ("greenhouse", "lantern", None)),
        ("https://job-boards.eu.greenhouse.io/lantern", ("greenhouse", "lantern", "eu")),
        ("https://boards.eu.greenhouse.io/lantern/jobs/1", ("greenhouse", "lantern", "eu")),
        (
            "https://boards.greenhouse.io/embed/job_board?for=lantern&b=https%3A%2F%2Fx",
            ("greenhouse", "lantern", None),
        ),
        ("https://boards.greenhouse.io/embed/job_board/js?for=lantern", ("greenhouse", "lantern", None)),
        ("https://boards.greenhouse.io/embed/job_app?token=1&for=lantern", ("greenhouse", "lantern", None)),
        (
            "https://boards-api.greenhouse.io/v1/boards/lantern/jobs?content=true",
            ("greenhouse", "lantern", None),
        ),
        ("http://jobs.lever.co/Kestrel", ("lever", "Kestrel", None)),
        ("jobs.lever.co/kestrel/0b6d6a3e-0000/apply", ("lever", "kestrel", None)),
        ("https://jobs.eu.lever.co/kestrel", ("lever", "kestrel", "eu")),
        ("https://api.eu.lever.co/v0/postings/kestrel?mode=json", ("lever", "kestrel", "eu")),
        ("https://jobs.ashbyhq.com/Quiet%20Harbour/3f0c", ("ashby", "Quiet Harbour", None)),
        ("https://api.ashbyhq.com/posting-api/job-board/quiet?x=1", ("ashby", "quiet", None)),
        ("https://JOBS.ASHBYHQ.COM/Quiet", ("ashby", "Quiet", None)),
        ("https://apply.workable.com/copper-finch/j/CF00000001/", ("workable", "copper-finch", None)),
        ("https://apply.workable.com/copper-finch", ("workable", "copper-finch", None)),
        ("https://apply.workable.com/j/CF00000001", None),
        ("https://apply.workable.com/api/v1/widget/accounts/finch?details=true", ("workable", "finch", None)),
        ("https://apply.workable.com/api/v3/accounts/finch/jobs", ("workable", "finch", None)),
        ("https://www.workable.com/api/accounts/finch?details=true", ("workable", "finch", None)),
        ("https://finch.workable.com/jobs/1234", ("workable", "finch", None)),
        ("https://www.workable.com/j/CF00000001", None),
        ("https://jobs.workable.com/view/x", None),
        ("https://jobs.smartrecruiters.com/SlateOwl/7440001-clerk", ("smartrecruiters", "SlateOwl", None)),
        ("https://jobs.smartrecruiters.com/ni/SlateOwl/bedf-x", ("smartrecruiters", "SlateOwl", None)),
        ("https://careers.smartrecruiters.com/SlateOwl/?search=x", ("smartrecruiters", "SlateOwl", None)),
        ("https://www.smartrecruiters.com/SlateOwl/7440000001-clerk", ("smartrecruiters", "SlateOwl", None)),
        ("https://www.smartrecruiters.com/resources/blog", None),
        (
            "https://api.smartrecruiters.com/v1/companies/SlateOwl/postings/1",
            ("smartrecruiters", "SlateOwl", None),
        ),
        ("https://tinlighthouse.recruitee.com/o/lamp-lighter", ("recruitee", "tinlighthouse", None)),
        ("https://tinlighthouse.recruitee.com", ("recruitee", "tinlighthouse", None)),
        ("https://api.recruitee.com/c/1", None),
        ("https://moss.jobs.personio.de/job/1?display=en", ("personio", "moss", None)),
        ("https://moss.jobs.personio.com/", ("personio", "moss", None)),
        ("https://moss-jobs.personio.de/job/1", ("personio", "moss", None)),
        ("https://moss.personio.de/login", None),
        ("https://www.personio.com/about-personio/careers/", None),
        ("https://birchradio.teamtailor.com/jobs/1-x", ("teamtailor", "birchradio", None)),
        ("https://birch-1.na.teamtailor.com/", ("teamtailor", "birch-1.na", None)),
        ("https://app.teamtailor.com/companies/x/jobs/1", None),
        ("https://fjord.wd3.myworkdayjobs.com/en-US/Fjord/job/x/Y_JR1", ("workday", "fjord.wd3:Fjord", None)),
        ("https://fjord.wd3.myworkdayjobs.com/Fjord", ("workday", "fjord.wd3:Fjord", None)),
        ("https://fjord.wd3.myworkdayjobs.com/careers/job/x", ("workday", "fjord.wd3:careers", None)),
        (
            "https://fjord.wd3.myworkdayjobs.com/wday/cxs/fjord/Fjord/jobs",
            ("workday", "fjord.wd3:Fjord", None),
        ),
        ("https://fjord.wd3.myworkdayjobs.com/en-US", None),
        (
            "https://wd5.myworkdaysite.com/en-US/recruiting/fjord/Jobs/job/x",
            ("workday", "wd5:fjord:Jobs", None),
        ),
        ("https://wd5.myworkdaysite.com/recruiting/fjord/Jobs", ("workday", "wd5:fjord:Jobs", None)),
        ("https://www.workday.com/en-us/products.html", None),
        ("https://boards.greenhouse.io/", None),
        ("https://boards.greenhouse.io/embed/job_board", None),
        ("https://www.greenhouse.io/lantern", None),
        ("https://jobs.lever.co.evil.example/kestrel", None),
        ("https://example.org/?u=jobs.lever.co/kestrel", None),
        ("https://jobs.lever.co/%00", None),
        ("", None),
    ],
)
def test_detect(url, link):
    assert detect(url) == (BoardLink(*link) if link else None)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            '<a href="https:&#x2F;&#x2F;jobs.lever.co&#x2F;kestrel">https:&#x2F;&#x2F;jobs.lever.co&#x2F;kes...</a>',
            ["kestrel"],
        ),
        (
            "See https://jobs.ashbyhq.com/quiet. Or (https://boards.greenhouse.io/lantern)!",
            ["quiet", "lantern"],
        ),
        ("jobs.lever.co/a_b, jobs.lever.co/a_b", ["a_b"]),
        ("https://boards.greenhouse.io/embed/job_board?for=lantern&amp;b=1", ["lantern"]),
        ("no link, lever.co", []),
        (
            "Apply at tinlighthouse.recruitee.com, or mail job.1@tinlighthouse.recruitee.com",
            ["tinlighthouse"],
        ),
        ("https://moss.jobs.personio.de: all jobs", ["moss"]),
        ("recruitee.com.evil.example/x and x.recruitee.com.evil.example/y", []),
    ],
)
def test_links_in(text, tokens):
    assert [link.board for link in links_in(text)] == tokens


@pytest.mark.parametrize(
    ("text", "token", "company"),
    [
        ("Lantern Works | Engineer | Lyon<p>More", "lanternworks", "Lantern Works"),
        ("Lantern Works (YC S26) - Engineer", "lantern-works", "Lantern Works"),
        ("Quiet&#x27;s Harbour | x", "quietsharbour", "Quiet's Harbour"),
        ("We are hiring at Lantern", "lantern", None),
        ("Hi, I am Ann from Lantern | x", "lantern", None),
        ("Kestrel Loom | x", "lantern", None),
        ("AI | x", "ai", None),
    ],
)
def test_company_is_taken_only_where_advert_and_token_agree(text, token, company):
    assert company_of(text, token) == company


def test_merge_keeps_what_was_set_by_hand():
    off = Board(
        source="lever",
        board="kestrel",
        status="off",
        company="Kestrel",
        evidence="old",
        last_seen=date(2024, 1, 1),
    )
    link = BoardLink("lever", "kestrel")
    newer, older = Seen(link, "new", date(2025, 1, 1)), Seen(link, "older", date(2023, 1, 1), "Other")
    (merged,) = merge([off], [older, newer, older])
    assert (merged.status, merged.company, merged.evidence) == ("off", "Kestrel", "new")
    fresh = merge([], [Seen(BoardLink("lever", "loom", "eu"), "x", date(2025, 1, 1))])
    assert [(b.status, b.region) for b in fresh] == [("on", "eu")]


def test_old_boards_come_off_and_newer_evidence_turns_them_on():
    link = BoardLink("personio", "moss")
    old = Seen(link, "old", date(2019, 3, 1))
    (board,) = merge([], [old])
    assert (board.status, board.last_seen) == ("off", date(2019, 3, 1))
    (still,) = merge([board], [Seen(link, "later", date(2022, 12, 31))])
    assert (still.status, still.evidence) == ("off", "later")
    (again,) = merge([still], [Seen(link, "new", date(2024, 3, 1))])
    assert (again.status, again.evidence) == ("on", "new")


def test_spellings_of_one_board_are_one_where_the_platform_tells_no_cases_apart():
    seen = [
        Seen(BoardLink(s, t), "x", date(2024, 1, 1))
        for s in ("workable", "lever")
        for t in ("Finch", "finch")
    ]
    assert [(b.source, b.board) for b in merge([], seen)] == [
        ("workable", "Finch"),
        ("lever", "Finch"),
        ("lever", "finch"),
    ]


@pytest.mark.parametrize(
    ("board", "owner"), [("fjord.wd3:Fjord", "fjord"), ("wd5:fjord:Jobs", "fjord"), ("birch.na", "birch.na")]
)
def test_the_owner_is_the_part_that_may_be_the_name(board, owner):
    assert BoardLink("workday", board).owner == owner


def test_boards_grow_from_the_record(tmp_path):
    engine = open_record(f"sqlite:///{tmp_path / 'r.sqlite'}")
    start_run(engine, "r", source="hackernews", kind="scrape", at=utc_now())
    check = Check(source="hackernews", board="1", at=utc_now(), outcome=Outcome.COMPLETE)
    adverts = [
        ("1", "Lantern | x <p>https:&#x2F;&#x2F;jobs.lever.co&#x2F;lantern", date(2025, 3, 1)),
        ("2", "Old https://jobs.lever.co/ancient", date(2019, 3, 1)),
    ]
    postings = [
        Posting(
            source="hackernews",
            board="1",
            external_id=i,
            url="https://a.example",
            html=text,
            posted_on=on,
            posted_basis="stated",
        )
        for i, text, on in adverts
    ]
    save_listing(engine, "r", check, postings)
    lists_nothing = tmp_path / "mine.csv"
    save_boards([], lists_nothing)
    settings = load_settings({"PROMPTJOBS_HOME": str(tmp_path), "PROMPTJOBS_BOARDS": str(lists_nothing)})
    (board,) = discover(settings, engine, since=STALE)
    assert discover(settings, engine, since=STALE) == []
    assert (board.board, board.company, board.evidence, board.last_seen) == (
        "lantern",
        "Lantern",
        "hn:item 1",
        date(2025, 3, 1),
    )
    assert board.status == "candidate" and known_boards(settings) == (board,)
    (old,) = discover(settings, engine, since=date(2018, 1, 1))
    assert (old.board, old.status) == ("ancient", "off"), "too old to be asked unasked"


LINKED = {  # boards linked in eight years of threads, and of them since 2023
    "greenhouse": (689, 237),
    "lever": (947, 178),
    "ashby": (265, 222),
    "workable": (475, 82),
    "workday": (150, 48),
    "personio": (84, 35),
    "recruitee": (83, 20),
    "smartrecruiters": (42, 5),
    "teamtailor": (26, 12),
}


def test_the_board_list_holds_every_board_linked_in_the_corpus():
    if not CORPUS.exists():
        pytest.skip("the shared corpora are not on this machine")
    last: dict[BoardLink, str] = {}
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for link in links_in(row["text_html"] or "") if row["level"] == 0 else ():
                last[link] = max(last.get(link, ""), opened_at(row["thread_title"])[:7])
    keys = {source: {link.key: "" for link in last if link.source == source} for source in LINKED}
    for link, month in last.items():
        keys[link.source][link.key] = max(keys[link.source][link.key], month)
    assert {s: (len(k), sum(m >= "2023" for m in k.values())) for s, k in keys.items()} == LINKED
    known = {BoardLink(b.source, b.board).key: b for b in load_boards()}
    for source, months in keys.items():
        for key, month in months.items():
            board = known[key]
            assert board.evidence and board.last_seen and board.last_seen.isoformat()[:7] >= month, (
                source,
                key,
            )
            assert board.status == "off" or board.last_seen >= STALE, (
                "old boards wait until a check finds them"
            )
