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
from tests.scraper.crawling import GREENHOUSE, Record, job, page
from tests.scraper.many import run_many


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


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A host that dies after its first answer, then one so slow that the deadline of three seconds comes."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    put(root, GREENHOUSE.format(DYING[0]), page(job(1)))
    for board in DYING[1:]:
        put(root, GREENHOUSE.format(board), b"down", status=503)
    for n, board in enumerate(SLOW):
        put(root, LEVER.format(board), [], delay=0.2 if n < 2 else 1.5)
    crawls = [
        (name, {"boards": ",".join(boards)}) for name, boards in (("greenhouse", DYING), ("lever", SLOW))
    ]
    bounds = {"PROMPTJOBS_PAUSE": 0.2, "PROMPTJOBS_DEADLINE": 3, "CONCURRENT_REQUESTS": 2, "RETRY_TIMES": 1}
    with Replay(root) as server:
        results = run_many(server, home, crawls, **bounds)
        n_asked = sum(n for address, n in server.counts.items() if "greenhouse.io/v1" in address)
    record = Record(home)
    checks = [record.checks(str(result["run_id"])) for result in results]
    return SimpleNamespace(record=record, results=results, checks=checks, n_asked=n_asked)


def test_a_host_that_dies_ends_the_crawl_soon_and_every_board_has_its_reason(crawled):
    checks = crawled.checks[0]
    assert set(checks) == set(DYING) and checks[DYING[0]].outcome == "complete"
    others = [checks[board] for board in DYING[1:]]
    assert {check.outcome for check in others} == {"failed"}
    refused = [c for c in others if "boards-api.greenhouse.io is left alone after 5 failures" in c.reason]
    assert len(refused) > 40 and "(the last: HTTP 503)" in refused[0].reason
    assert crawled.n_asked < len(DYING), "without it there would be two requests a board"
    assert crawled.results[0]["status"] == "finished"


def test_a_deadline_keeps_what_was_read_and_owes_the_rest_a_reason(crawled):
    checks, result = crawled.checks[1], crawled.results[1]
    left = {board for board, check in checks.items() if (check.reason or "").startswith("deadline: ")}
    assert set(checks) == set(SLOW) and 0 < len(left) < len(SLOW)
    assert left == {board for board, check in checks.items() if check.outcome == "failed"}
    assert (result["status"], str(result["reason"])[:9]) == ("interrupted", "deadline:")


def test_the_next_crawl_begins_with_what_the_deadline_left_out(crawled):
    late = left_out(crawled.record.engine, "lever")
    assert late == {board for board, check in crawled.checks[1].items() if check.outcome == "failed"}
    assert left_out(crawled.record.engine, "greenhouse") == set()
    spider = LeverSpider()
    spider.crawler = SimpleNamespace(get_extension=lambda _: crawled.record)
    boards = [Board(source="lever", board=token) for token in ("new", *SLOW)]
    turn = [board.board for board in spider.in_turn(boards)]
    assert turn == sorted(late) + [token for token in ("new", *SLOW) if token not in late]
