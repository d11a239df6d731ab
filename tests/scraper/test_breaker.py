"""A host that fails time and again is left alone; a crawl that takes too long is stopped; no board goes without a check."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from data.reference import Board
from scraper.deadline import left_out
from scraper.middlewares.breaker import FAILURES, LONGEST, Breaker, Circuit, HostLeftAloneError
from scraper.spiders.lever import LeverSpider
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, job, page, run


def request(n: int = 0, host: str = "a.example", **meta: object) -> Request:
    return Request(f"https://{host}/{n}", meta=meta)


def broken(pause: float = 60.0) -> Circuit:
    """A circuit whose first pause began at second 100."""
    circuit = Circuit(pause)
    for n in range(FAILURES):
        circuit.failed_at(request(n), "HTTP 503", 100.0)
    return circuit


def test_five_addresses_in_a_row_begin_a_pause_that_is_waited_for():
    circuit = broken()
    assert (circuit.n_pauses, circuit.until) == (1, 160.0)
    assert circuit.wait(request(9), 120.0) == 0.5 and circuit.wait(request(9), 159.8) == pytest.approx(0.2)


def test_one_bad_board_and_an_answer_between_begin_none():
    circuit = Circuit(60)
    for _ in range(20):
        circuit.failed_at(request(1), "HTTP 500", 0.0)
    circuit.failed_at(request(2), "HTTP 500", 0.0)
    circuit.answered()
    for n in range(FAILURES - 1):
        circuit.failed_at(request(n), "HTTP 500", 0.0)
    assert circuit.n_pauses == 0 and circuit.wait(request(3), 0.0) == 0


def test_after_the_pause_one_probe_goes_and_its_answer_opens_the_way():
    circuit, probe, other = broken(), request(7), request(8)
    assert circuit.wait(probe, 160.0) == 0
    assert circuit.wait(other, 160.0) == 0.05, "the others wait for what it finds"
    circuit.answered()
    assert circuit.wait(other, 160.1) == 0


def test_pauses_double_and_requests_no_longer_wait():
    circuit, now, pauses = broken(), 100.0, []
    for _ in range(7):
        now = circuit.until
        probe = request(7)
        assert circuit.wait(probe, now) == 0 and circuit.wait(request(8), now) in (0.05, None)
        circuit.failed_at(request(8), "late", now)
        assert circuit.probe is probe, "what was under way when the pause began is no probe"
        circuit.failed_at(probe, "HTTP 503", now)
        pauses.append(circuit.until - now)
        assert circuit.wait(request(9), now) is None
    assert pauses == [120, 240, 480, LONGEST, LONGEST, LONGEST, LONGEST]


def breaker(*, running: bool = True) -> Breaker:
    engine = SimpleNamespace(running=running)
    return Breaker(SimpleNamespace(settings=Settings({"PROMPTJOBS_PAUSE": 60}), engine=engine))


@pytest.mark.parametrize(
    ("result", "opens"),
    [
        (500, True),
        (503, True),
        (429, True),
        (408, True),
        (DownloadTimeoutError("60 s"), True),
        (CannotResolveHostError("a.example"), True),
        (404, False),
        (403, False),
        (200, False),
        (304, False),
        (IgnoreRequest("robots.txt"), False),
    ],
)
def test_what_counts_as_a_failure_of_the_host(result, opens):
    made = breaker(running=False)
    for n in range(FAILURES):
        if isinstance(result, Exception):
            made.process_exception(request(n), result)
        else:
            made.process_response(request(n), Response(request(n).url, status=result))
    asked = made.process_request(request(9))
    if not opens:
        assert asyncio.run(asked) is None
        return
    with pytest.raises(IgnoreRequest, match="while a host was left alone"):
        asyncio.run(asked)
    assert asyncio.run(made.process_request(request(9, "b.example"))) is None, "other hosts are asked"


def test_boards_with_hosts_of_their_own_count_together():
    made = breaker()
    for n in range(FAILURES):
        board = request(host=f"{n}.jobs.example", download_slot="personio")
        made.process_exception(board, DownloadTimeoutError("60 s"))
    made.circuit(request(download_slot="personio"))[1].n_pauses = 2
    with pytest.raises(
        HostLeftAloneError, match=r"personio is left alone after 5 failures .*DownloadTimeoutError: 60 s"
    ):
        asyncio.run(made.process_request(request(host="9.jobs.example", download_slot="personio")))


def test_a_probe_that_was_not_asked_gives_its_place_away():
    made = breaker()
    circuit = made.circuit(request())[1]
    circuit.n_pauses, circuit.probe = 1, request()
    made.process_exception(circuit.probe, IgnoreRequest("too large"))
    assert circuit.probe is None and circuit.n_pauses == 1


LEVER = "https://api.lever.co/v0/postings/{}?mode=json"
DYING = [f"board-{n:03}" for n in range(60)]
SLOW = [f"site-{n}" for n in range(8)]


def test_a_host_that_dies_ends_the_crawl_soon_and_every_board_has_its_reason(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put(root, GREENHOUSE.format(DYING[0]), page(job(1)))
    for board in DYING[1:]:
        put(root, GREENHOUSE.format(board), b"down", status=503)
    with Replay(root) as server:
        result = run(server, home, "greenhouse", DYING, PROMPTJOBS_PAUSE=0.2, RETRY_TIMES=1)
        n_asked = sum(n for address, n in server.counts.items() if "robots" not in address)
    checks = Record(home).checks(result.run_id)
    assert set(checks) == set(DYING) and checks[DYING[0]].outcome == "complete"
    others = [checks[board] for board in DYING[1:]]
    assert {check.outcome for check in others} == {"failed"} and result.status == "finished"
    refused = [c for c in others if "boards-api.greenhouse.io is left alone after 5 failures" in c.reason]
    assert len(refused) > 30 and "(the last: HTTP 503)" in refused[0].reason
    assert n_asked < len(DYING), "without it there would be two requests a board"


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A crawl so slow that its deadline comes."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    for n, board in enumerate(SLOW):
        put(root, LEVER.format(board), [], delay=0.1 if n < 2 else 1.2)
    with Replay(root) as server:
        result = run(server, home, "lever", SLOW, PROMPTJOBS_DEADLINE=1.2, CONCURRENT_REQUESTS=2)
    record = Record(home)
    return SimpleNamespace(record=record, result=result, checks=record.checks(result.run_id))


def test_a_deadline_keeps_what_was_read_and_owes_the_rest_a_reason(late):
    left = {board for board, check in late.checks.items() if (check.reason or "").startswith("deadline: ")}
    assert set(late.checks) == set(SLOW) and 0 < len(left) < len(SLOW)
    assert left == {board for board, check in late.checks.items() if check.outcome == "failed"}
    assert (late.result.status, late.result.reason[:9]) == ("interrupted", "deadline:")


def test_the_next_crawl_begins_with_what_the_deadline_left_out(late):
    left = left_out(late.record.engine, "lever")
    assert left == {board for board, check in late.checks.items() if check.outcome == "failed"}
    assert left_out(late.record.engine, "greenhouse") == set()
    spider = LeverSpider()
    spider.crawler = SimpleNamespace(get_extension=lambda _: late.record)
    turn = [board.board for board in spider.in_turn([Board(source="lever", board=b) for b in ("new", *SLOW)])]
    assert turn == sorted(left) + [token for token in ("new", *SLOW) if token not in left]
