"""Everything a board can answer, over real HTTP through the real spider into a real record, in two crawls."""

import html
import json
from types import SimpleNamespace

import pytest

from data.listings import board_states
from data.schema import COVERED
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, job, page, run

HOSTILE = (
    '<script>alert(1)</script><p onclick="steal()">Light lanterns &amp; write prompts.</p>'
    '<a href="javascript:alert(2)">here</a>'
)
HUGE = "<p>" + "lantern oil " * 1_750_000 + "</p>"  # 21 MB
# Two failures of the same request are enough to know, and a test must not wait.
QUICK = {"RETRY_TIMES": 1, "DOWNLOAD_TIMEOUT": 5}


def _put(root, board, answer=b"", **meta):
    put(root, GREENHOUSE.format(board), answer, **meta)


def first_answers(root):
    """One board for each situation; the number is the posting's id."""
    ok = page(job(11), job(12))
    _put(root, "plain", ok)
    _put(root, "hostile", page(job(21, content=html.escape(HOSTILE), title="<b>Prompt</b> Engineer")))
    _put(root, "huge", page(job(31, content=html.escape(HUGE)), job(32)))
    _put(
        root,
        "bad-utf8",
        json.dumps(page(job(41), job(42))).encode().replace(b"lantern number 41", b"l\xe4ntern \xff 41"),
    )
    _put(root, "half", json.dumps(page(job(51), job(52))).encode()[:400])
    _put(root, "cut", page(job(61)), truncate=150, gzip=False)
    _put(root, "always-500", b"oops", status=500)
    _put(root, "once-500", page(job(71)), sequence=[{"status": 500}, {}])
    _put(root, "busy", page(job(81)), sequence=[{"status": 429, "headers": {"Retry-After": "1"}}, {}])
    _put(root, "very-busy", b"", status=429, headers={"Retry-After": "86400"})
    _put(root, "loop", b"", status=302, headers={"Location": "/v1/boards/loop2/jobs?content=true"})
    _put(root, "loop2", b"", status=302, headers={"Location": "/v1/boards/loop/jobs?content=true"})
    _put(root, "moved", b"", status=301, headers={"Location": GREENHOUSE.format("new-home")})
    _put(root, "new-home", page(job(91)))
    _put(root, "away", b"", status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    _put(root, "file", b"", status=302, headers={"Location": "file:///etc/passwd"})
    _put(root, "emptied", page(job(101), job(102)))
    _put(root, "never-any", page())
    _put(root, "vanishes", page(job(111)))
    _put(root, "forbidden", b"no", status=403)
    _put(root, "renamed-page", {"positions": [job(121)]})
    _put(
        root,
        "renamed-field",
        page(*[{k: v for k, v in job(n).items() if k != "content"} for n in (131, 132)]),
    )
    _put(root, "one-bad", page(job(141), job(142, absolute_url="javascript:alert(1)"), job(143)))
    _put(root, "turns-bad", page(job(151), job(152)))
    _put(root, "short", page(job(161), total=9))
    _put(root, "deep", b"[" * 200_000)
    _put(root, "chunked", page(*[job(n) for n in range(171, 181)]), chunks=7, pause=0.02)
    _put(root, "asleep", page(job(191)), delay=30)
    _put(root, "odd-text", page(job(201, title="Prompt \ud800 Engineer\x00 \U0001f3ee")))
    _put(root, "twice", page(job(211), job(211)))
    _put(root, "mail", page(job(221, content="&lt;p&gt;Write to ann@lantern.example&lt;/p&gt;")))


def second_answers(root):
    _put(root, "emptied", page())
    _put(root, "vanishes", b"", status=404)
    _put(root, "turns-bad", page(job(151, absolute_url="nowhere"), job(152)))
    _put(root, "plain", page(job(11), job(12, title="Prompt Engineer, nights")))
    _put(root, "chunked", b"", status=500)


FIRST = {
    "complete": "plain hostile huge bad-utf8 once-500 busy moved emptied vanishes one-bad turns-bad chunked odd-text twice mail",
    "partial": "short",
    "empty": "never-any",
    "failed": "half cut always-500 very-busy loop away file renamed-page renamed-field deep asleep unknown-board",
    "blocked": "forbidden",
}
SECOND = {
    "unchanged": "hostile huge bad-utf8 once-500 busy moved odd-text twice mail",
    "complete": "plain one-bad",
    "partial": "short turns-bad",
    "empty": "never-any emptied",
    "failed": "half cut always-500 very-busy loop away file renamed-page renamed-field deep asleep unknown-board vanishes chunked",
    "blocked": "forbidden",
}
BOARDS = [board for boards in FIRST.values() for board in boards.split()]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    first_answers(root)
    with Replay(root) as server:
        first = run(server, home, "greenhouse", BOARDS, **QUICK)
        first_counts = dict(server.counts)
        after_first = Record(home).postings()
        second_answers(root)
        second = run(server, home, "greenhouse", BOARDS, **QUICK)
        yield SimpleNamespace(
            record=Record(home),
            first=first,
            second=second,
            counts=first_counts,
            statuses=dict(server.statuses),
            after_first=after_first,
        )


def test_both_crawls_end_well_and_owe_no_check(crawled):
    for result in (crawled.first, crawled.second):
        assert result.is_good, result.sentence
        assert set(crawled.record.checks(result.run_id)) == set(BOARDS)
    assert [(run.status, run.kind) for run in crawled.record.runs()] == [("finished", "scrape")] * 2
    stats = json.loads(crawled.record.runs()[0].stats)
    assert stats["boards/planned"] == len(BOARDS) and stats["answers/invalid_utf8"] == 1


@pytest.mark.parametrize(("which", "expected"), [("first", FIRST), ("second", SECOND)])
def test_every_situation_has_its_outcome(crawled, which, expected):
    outcomes = crawled.record.outcomes(getattr(crawled, which).run_id)
    wanted = {board: outcome for outcome, boards in expected.items() for board in boards.split()}
    assert outcomes == wanted


@pytest.mark.parametrize(
    ("board", "status", "reason"),
    [
        ("half", 200, "unreadable answer"),
        ("cut", None, "ResponseDataLoss|DownloadFailed"),
        ("always-500", 500, "HTTP 500"),
        ("very-busy", 429, "asks to wait 86400"),
        ("loop", None, "max redirections"),
        ("away", None, "not a host of the source's card"),
        ("file", 302, "HTTP 302"),
        ("renamed-page", 200, "jobs is missing"),
        ("renamed-field", 200, "none of 2 records.*content"),
        ("deep", 200, "nested too deeply"),
        ("asleep", None, "Timeout"),
        ("unknown-board", 404, "HTTP 404"),
        ("forbidden", 403, "HTTP 403"),
        ("short", 200, "9 postings are declared, 1 came"),
        ("never-any", 200, "well-formed and empty"),
    ],
)
def test_a_failure_says_why(crawled, board, status, reason):
    import re

    check = crawled.record.checks(crawled.first.run_id)[board]
    assert check.http_status == status
    assert re.search(reason, check.reason), check.reason


def test_no_posting_is_lost(crawled):
    assert crawled.after_first == crawled.record.postings()
    held = crawled.record.postings()
    assert (
        held["huge"] == {"31", "32"}
        and held["bad-utf8"] == {"41", "42"}
        and held["one-bad"] == {"141", "143"}
    )
    assert held["emptied"] == {"101", "102"} and held["short"] == {"161"} and held["twice"] == {"211"}
    assert held["moved"] == {"91"} and len(held["chunked"]) == 10


def test_only_a_covered_check_may_close_and_none_does_so_falsely(crawled):
    """What a later stage may close: postings known before that a covered check does not list."""
    record, run_id = crawled.record, crawled.second.run_id
    covered = {board for board, outcome in record.outcomes(run_id).items() if outcome in COVERED}
    closed = {
        board: held - record.seen(run_id, board)
        for board, held in crawled.after_first.items()
        if board in covered
    }
    assert not any(closed.values()), closed
    assert {"emptied", "vanishes", "turns-bad", "chunked", "short"}.isdisjoint(covered)


def test_unchanged_boards_cost_one_304_and_list_again_what_they_listed(crawled):
    assert crawled.statuses[304] == 9
    assert crawled.record.seen(crawled.second.run_id, "huge") == {"31", "32"}
    assert board_states(crawled.record.engine, "greenhouse")["hostile"].n_open == 1


def test_an_edited_advert_is_a_new_document_of_the_same_posting(crawled):
    assert crawled.second.stats["postings/new"] == 0 and crawled.second.stats["postings/changed"] == 1
    assert crawled.record.documents()["12"]["title"] == "Prompt Engineer, nights"


def test_texts_are_kept_as_inert_data(crawled):
    documents = crawled.record.documents()
    assert documents["21"]["html"] == HOSTILE and documents["21"]["title"] == "<b>Prompt</b> Engineer"
    assert documents["31"]["is_truncated"] is True and len(documents["31"]["html"]) == 2_000_000
    assert "l�ntern � 41" in documents["41"]["html"]
    assert documents["201"]["title"] == "Prompt ? Engineer \U0001f3ee"
    assert "ann@" not in documents["221"]["html"] and "[e-mail removed]" in documents["221"]["html"]


def test_bad_records_are_set_aside_with_their_reason(crawled):
    reasons = {(r.field, r.reason.split(":")[0]) for r in crawled.record.rejects()}
    assert reasons == {("url", "url"), ("content", "content")}
    assert crawled.first.n_rejected == 3 and all(r.sample for r in crawled.record.rejects())


def test_retries_are_bounded_and_a_long_wait_is_not_waited(crawled):
    asked = {board: crawled.counts[GREENHOUSE.format(board).removeprefix("https://")] for board in BOARDS}
    assert asked["always-500"] == 2 and asked["once-500"] == 2 and asked["busy"] == 2
    assert asked["very-busy"] == 1 and asked["forbidden"] == 1 and asked["unknown-board"] == 1
    assert 3 <= asked["loop"] <= 4
    assert crawled.counts["boards-api.greenhouse.io/robots.txt"] == 1
    assert not any("169.254" in address or "passwd" in address for address in crawled.counts)
