"""Crawls as processes: one at a time a source, stopped, killed, orphaned; the record is right after each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from data.errors import BusyError, ReferenceDataError, SelectionError, SettingError
from data.reference import load_cards
from data.settings import load_settings
from data.store import start_run, utc_now
from scraper.lock import take_lock
from scraper.parent import ORPHANED
from scraper.run import CrawlResult, crawl, note_death, planned_sources, spider_arguments
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, environ, job, page, run

BOARDS = [f"board-{n}" for n in range(16)]
N_JOBS = 25


@pytest.fixture
def slow_boards(tmp_path):
    """Sixteen boards of which each answers a bit later than the one before."""
    root = tmp_path / "answers"
    for n, board in enumerate(BOARDS):
        jobs = [job(1000 * n + k, content=f"&lt;p&gt;{board} {k}&lt;/p&gt;" * 40) for k in range(N_JOBS)]
        put(root, GREENHOUSE.format(board), page(*jobs), delay=0.1 + 0.15 * (n // 4))
    return root


def start(server, home, *, tell=False):
    """A crawl as scrapy's own command, so that its process can be killed."""
    command = [sys.executable, "-m", "scrapy", "crawl", "greenhouse", "-a", f"boards={','.join(BOARDS)}"]
    command += ["-s", "CONCURRENT_REQUESTS=4", "-s", f"PROMPTJOBS_TELL={tell}"]
    env = {**os.environ, **environ(server, home), "SCRAPY_SETTINGS_MODULE": "scraper.settings"}
    return subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(condition, seconds=40):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_killed_in_the_middle_then_run_again_is_as_if_never_killed(slow_boards, tmp_path):
    with Replay(slow_boards) as server:
        undisturbed = run(server, tmp_path / "calm", "greenhouse", BOARDS)
        assert undisturbed.is_good
        n_addresses, killed_after = len(server.counts), []
        for n_asked in (3, 10):
            server.forget()
            child = start(server, tmp_path / "killed")
            wait_for(lambda enough=n_asked: len(server.counts) > enough)
            time.sleep(0.05)
            child.kill()
            child.wait()
            child.stdin.close()
            killed_after.append(len(server.counts))
        final = run(server, tmp_path / "killed", "greenhouse", BOARDS)
    calm, killed = Record(tmp_path / "calm"), Record(tmp_path / "killed")
    assert final.is_good and set(killed.checks(final.run_id)) == set(BOARDS)
    assert killed.substance() == calm.substance()
    assert [r.status for r in killed.runs()] == ["interrupted"] * 2 + ["finished"]
    assert len(calm.postings()) == len(BOARDS)
    assert all(n < n_addresses for n in killed_after)


def test_sigterm_ends_a_crawl_cleanly_and_owes_no_check(slow_boards, tmp_path):
    with Replay(slow_boards) as server:
        child = start(server, tmp_path)
        wait_for(lambda: len(server.counts) > 5)
        child.terminate()
        child.stdin.close()
        assert child.wait(20) == 0
    record = Record(tmp_path)
    (only,) = record.runs()
    checks = record.checks(only.run_id)
    assert only.status == "interrupted" and set(checks) == set(BOARDS)
    unasked = [c for c in checks.values() if c.outcome == "failed"]
    assert unasked and all("stopped" in c.reason for c in unasked)
    assert any(c.outcome == "complete" for c in checks.values())


def test_a_crawl_whose_starter_died_ends_at_once(slow_boards, tmp_path):
    with Replay(slow_boards) as server:
        child = start(server, tmp_path, tell=True)
        wait_for(lambda: len(server.counts) > 3)
        child.stdin.close()
        assert child.wait(5) == ORPHANED


def test_a_signal_to_the_starter_stops_the_crawl_and_is_then_raised(slow_boards, tmp_path):
    with Replay(slow_boards) as server:

        def interrupt():
            wait_for(lambda: len(server.counts) > 3)
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=interrupt, daemon=True).start()
        with pytest.raises(KeyboardInterrupt):
            crawl("greenhouse", boards=BOARDS, environ=environ(server, tmp_path))
    assert Record(tmp_path).runs()[0].status == "interrupted"


def test_progress_counts_boards(slow_boards, tmp_path):
    told = []
    with Replay(slow_boards) as server:
        crawl(
            "greenhouse",
            boards=BOARDS[:4],
            environ=environ(server, tmp_path),
            progress=lambda *now: told.append(now),
        )
    assert told[0] == (0, 4) and told[-1] == (4, 4) and told == sorted(told)


def test_one_crawl_of_a_source_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("scraper.lock.take_lock.__kwdefaults__", {"wait": 0.1})
    with take_lock(tmp_path, "lever"), pytest.raises(BusyError, match="lever is being collected"):
        crawl("lever", environ={"PROMPTJOBS_HOME": str(tmp_path)})
    take_lock(tmp_path, "lever").release()


def test_a_source_without_a_card_does_not_run(tmp_path):
    with pytest.raises(ReferenceDataError, match="no card"):
        crawl("linkedin", environ={"PROMPTJOBS_HOME": str(tmp_path)})


def test_a_crawl_that_cannot_start_is_a_failed_result(tmp_path):
    result = crawl(
        "lever",
        boards=["x"],
        environ={"PROMPTJOBS_HOME": str(tmp_path), "PROMPTJOBS_DATABASE_URL": "sqlite:////dev/null/x"},
    )
    assert (result.status, result.is_good) == ("failed", False)
    assert "crawl-lever.log" in result.reason


def test_a_crawl_that_died_leaves_no_run_open(tmp_path):
    record, settings = Record(tmp_path), load_settings({"PROMPTJOBS_HOME": str(tmp_path)})
    for run_id, source in (("a", "lever"), ("b", "ashby")):
        start_run(record.engine, run_id, source=source, kind="scrape", at=utc_now())
    note_death("lever", settings)
    assert {run.source: run.status for run in record.runs()} == {"lever": "interrupted", "ashby": "running"}
    note_death("lever", replace(settings, database_url="sqlite:////dev/null/x"))  # the next crawl does it


def test_no_host_answers_is_a_failed_run(tmp_path):
    with Replay(tmp_path / "none") as server:
        gone = server.url
    env = {"PROMPTJOBS_HOME": str(tmp_path), "PROMPTJOBS_UPSTREAM": gone}
    result = crawl("lever", boards=["a", "b"], environ=env, settings={"RETRY_TIMES": 0})
    assert result.status == "failed" and "None of 2 boards" in result.reason and "robots.txt" in result.reason
    assert Record(tmp_path).outcomes(result.run_id) == {"a": "failed", "b": "failed"}


def test_an_error_of_ours_fails_the_run_and_owes_no_check(tmp_path):
    """The second board's sightings cannot be written; the first board's stay."""
    root = tmp_path / "answers"
    put(root, GREENHOUSE.format("first"), page(job(1)))
    put(root, GREENHOUSE.format("second"), page(job(2)), delay=0.5)
    home = tmp_path / "home"
    with Record(home).engine.begin() as db:
        db.execute(
            text(
                "create trigger no before insert on postings when new.external_id = '2' begin select raise(abort, 'disk full'); end"
            )
        )
    with Replay(root) as server:
        result = run(server, home, "greenhouse", ["first", "second"])
    assert result.status == "failed" and "disk full" in result.reason
    assert Record(home).outcomes(result.run_id) == {"first": "complete", "second": "failed"}
    assert Record(home).postings() == {"first": {"1"}}


def test_planned_sources():
    cards = load_cards()
    planned = planned_sources(cards, None, {})
    assert planned == [c.id for c in cards.values() if c.is_scraped and c.enabled and not c.keys]
    assert planned[:4] == ["hackernews", "greenhouse", "lever", "ashby"] and "page" not in planned
    assert planned_sources(cards, ["lever", "lever"]) == ["lever"]
    with pytest.raises(SelectionError, match="indeed_hiring_lab"):
        planned_sources(cards, ["indeed_hiring_lab"])


def test_a_result_in_words():
    stats = {
        "checks/complete": 2,
        "checks/failed": 1,
        "postings/seen": 9,
        "postings/new": 3,
        "rejects/url": 1,
    }
    result = CrawlResult("lever", "r", "finished", None, 0, 4.2, stats)
    assert result.sentence == (
        "finished; boards: 2 complete, 1 failed; 9 postings, 3 new, 1 records set aside; 4 s"
    )


def test_words_of_the_command_line_are_a_spiders_arguments():
    assert spider_arguments(["url=https://a.example/?b=c=d", "x="]) == {
        "url": "https://a.example/?b=c=d",
        "x": "",
    }
    assert spider_arguments([]) == {}
    for wrong in ("url", "=https://a.example", "a b=c"):
        with pytest.raises(SettingError, match="NAME=VALUE"):
            spider_arguments([wrong])


@pytest.mark.parametrize("arguments", [{}, {"url": "http://10.0.0.1/"}])
def test_a_page_that_may_not_be_asked_is_refused_before_a_process_is_started(tmp_path, arguments):
    with pytest.raises(SettingError, match="cannot be asked"):
        crawl("page", arguments=arguments, environ={"PROMPTJOBS_HOME": str(tmp_path)})
    assert not list(tmp_path.iterdir())
