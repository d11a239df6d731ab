"""Board addresses in any shape, and the shipped board list against the corpus it was mined from."""

from __future__ import annotations

import json
import lzma
from datetime import date

import pytest

from data.listings import save_listing
from data.reference import Board, load_boards, save_boards
from data.schema import Check, Outcome, Posting
from data.store import open_record, start_run, utc_now
from scraper.discover import Seen, company_of, links_in, merge, update_boards
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
    path = tmp_path / "boards.csv"
    save_boards([], path)
    assert update_boards(engine, path, since=date(2023, 1, 1)) == 1
    assert update_boards(engine, path, since=date(2023, 1, 1)) == 0
    (board,) = load_boards(path)
    assert (board.board, board.company, board.evidence, board.last_seen) == (
        "lantern",
        "Lantern",
        "hn:item 1",
        date(2025, 3, 1),
    )


def test_the_board_list_holds_every_board_linked_in_the_corpus_since_2023():
    if not CORPUS.exists():
        pytest.skip("the shared corpora are not on this machine")
    linked = {"greenhouse": set(), "lever": set(), "ashby": set()}
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["level"] == 0 and opened_at(row["thread_title"]) >= "2023":
                for link in links_in(row["text_html"]):
                    linked[link.source].add(link.board)
    assert {source: len({b.lower() for b in tokens}) for source, tokens in linked.items()} == {
        "greenhouse": 237,
        "lever": 178,
        "ashby": 219,
    }
    known = {(b.source, b.board) for b in load_boards()}
    assert {(source, board) for source, tokens in linked.items() for board in tokens} <= known
