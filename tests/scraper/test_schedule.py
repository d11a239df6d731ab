"""The schedule: missed runs caught up once, busy and killed crawls tried again, one scheduler, kills that lose nothing."""

import csv
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.base import BaseScheduler
from filelock import FileLock
from sqlalchemy import select

from data.errors import BusyError, PromptjobsError, ReferenceDataError
from data.reference import BOARD_COLUMNS, load_cards
from scraper import schedule, schedule_service
from scraper.lock import take_lock
from scraper.run import CrawlResult
from scraper.schedule_journal import (
    RELEASE,
    Came,
    attempts,
    begin,
    close_left_open,
    end,
    last_attempts,
    latest,
    open_journal,
    unpublished,
)
from scraper.schedule_rules import (
    AGAIN,
    Attempt,
    Due,
    Unpublished,
    begins,
    cron_trigger,
    due,
    is_release_due,
)
from scraper.schedule_service import Service, what_came
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, environ, job, page

SIX = "0 6 * * *"


def at(day: int, hour: int = 6, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def tried(status: str = "finished", *, day: int = 2, hour: int = 6, kind: str = "scheduled") -> Attempt:
    return Attempt("a", kind, at(day), at(day, hour, 1), status)


# --- what is owed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "now", "owed"),
    [
        (None, at(2, 3), Due("first", at(2, 3))),
        (tried(), at(2, 7), None),
        (tried("failed"), at(3, 5, 59), None),
        (tried(), at(3, 6, 1), Due("scheduled", at(3))),
        (tried("failed"), at(3, 6, 59), Due("scheduled", at(3))),
        (tried(), at(3, 7, 1), Due("catch-up", at(3))),
        (tried(), at(20, 12), Due("catch-up", at(3))),
        (tried("interrupted"), at(2, 9), None),
        (tried("busy"), at(2, 6, 20), Due("scheduled", at(2))),
        (tried("busy", kind="catch-up"), at(2, 6, 20), Due("catch-up", at(2))),
        (tried("stopped"), at(2, 9), Due("catch-up", at(2))),
        (tried("killed"), at(2, 6, 20), Due("retry", at(2))),
        (tried("killed", kind="retry"), at(2, 6, 40), None),
        (tried("killed", kind="retry"), at(3, 6, 1), Due("scheduled", at(3))),
        (tried("running"), at(2, 7), None),
    ],
)
def test_what_a_source_owes(last, now, owed):
    assert due(SIX, last, now) == owed


def test_a_clock_that_ran_ahead_does_not_silence_a_source(scheduler, tmp_path):
    now = datetime.now(UTC)
    ahead = Attempt("a", "scheduled", now, now + timedelta(days=400), "finished")
    schedule.sync_jobs(scheduler, cards(a=SIX), {"a": ahead}, now=now)
    assert due(SIX, ahead, now) is None and schedule.next_runs(tmp_path)["a"] - now < timedelta(days=1.1)


def test_cron_times_are_utc_whatever_the_season():
    """On 29 March 2026 Europe skips an hour; a card's 2:30 comes all the same, once a day."""
    trigger, now, found = cron_trigger("30 2 * * *"), datetime(2026, 3, 28, tzinfo=UTC), []
    for _ in range(3):
        now = trigger.get_next_fire_time(None, now + timedelta(hours=1))
        found.append((now.day, now.hour))
        assert 0 <= (now - now.replace(minute=30, second=0, microsecond=0)).total_seconds() <= 120
    assert found == [(28, 2), (29, 2), (30, 2)]


def test_weekdays_are_named():
    with pytest.raises(ReferenceDataError, match="as names"):
        cron_trigger("20 9 * * 1,4")
    assert cron_trigger("20 9 * * mon,thu").get_next_fire_time(None, at(3)).date() == at(5).date()


def test_what_is_owed_begins_one_after_another():
    starts = begins(["a", "b", "c"], at(9))
    assert [(start - at(9)).total_seconds() for start in starts.values()] == [3, 6, 9]


# --- releases -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiting", "busy", "coming", "expected"),
    [
        (None, False, None, False),
        (Unpublished(at(2, 9, 59), True), False, None, True),
        (Unpublished(at(2, 9, 59), True), False, at(2, 10, 16), True),
        (Unpublished(at(2, 9, 59), True), False, at(2, 10, 14), False),
        (Unpublished(at(2, 9, 59), True), True, None, False),
        (Unpublished(at(2, 9, 0), True), True, at(2, 10, 1), True),
        (Unpublished(at(2, 5, 0), False), False, None, False),
        (Unpublished(at(2, 4, 0), False), False, None, True),
        (Unpublished(at(2, 8, 0), True, failed_at=at(2, 9, 30)), False, None, False),
        (Unpublished(at(2, 8, 0), True, failed_at=at(2, 8, 30)), False, None, True),
    ],
)
def test_one_release_serves_the_runs_that_lie_close_together(waiting, busy, coming, expected):
    assert is_release_due(waiting, busy=busy, coming=coming, now=at(2, 10)) is expected


def test_a_morning_of_all_cards_makes_few_releases():
    """Each source runs at its time and takes five minutes; before, each was followed by a release."""
    crons = [card.schedule for card in load_cards().values() if card.schedule and card.enabled]
    now, ends, waiting, made = at(2, 0), [], None, 0
    coming = [cron_trigger(cron).get_next_fire_time(None, now) for cron in crons]
    while now < at(3, 0):
        begun = [start for start in coming if start <= now]
        coming = [start for start in coming if start > now]
        ends = [end for end in ends if end > now] + [now + timedelta(minutes=5) for _ in begun]
        if begun and waiting is None:
            waiting = Unpublished(now + timedelta(minutes=5), True)
        ready = waiting if waiting and waiting.since <= now else None
        if is_release_due(ready, busy=bool(ends), coming=min(coming, default=None), now=now):
            made, waiting = made + 1, None
        now += timedelta(minutes=1)
    assert len(crons) > 15 and 3 <= made < len(crons) / 2 and waiting is None


# --- the journal ----------------------------------------------------------------------------------


@pytest.fixture
def journal(tmp_path):
    return open_journal(tmp_path)


def note(journal, source, start, came, *, kind="scheduled", minutes=5):
    number = begin(journal, source, Due(kind, start), start)
    if came:
        end(journal, number, came, start + timedelta(minutes=minutes))


def test_the_journal_keeps_what_was_begun_and_how_it_ended(journal, tmp_path):
    assert last_attempts(journal) == {} and unpublished(journal) is None
    note(journal, "a", at(2), Came("finished", None, "r1", True), kind="first")
    note(journal, "a", at(3), Came("failed", "no answer", "r2"))
    note(journal, "b", at(3, 7), None)
    assert latest(tmp_path) == {
        "a": Attempt("a", "scheduled", at(3), at(3), "failed", "no answer"),
        "b": Attempt("b", "scheduled", at(3, 7), at(3, 7), "running"),
    }
    assert unpublished(journal) == Unpublished(at(2, 6, 5), True)
    assert close_left_open(journal, at(3, 8)) == 1 and close_left_open(journal, at(3, 8)) == 0
    assert last_attempts(journal)["b"].is_owed


def test_what_is_unpublished(journal):
    note(journal, "a", at(2), Came("finished", None, "r1", True))
    note(journal, RELEASE, at(2, 7), Came("finished"))
    assert unpublished(journal) is None
    note(journal, "a", at(2, 8), Came("busy", "another"))
    assert unpublished(journal) is None, "nothing was recorded"
    note(journal, "a", at(2, 9), Came("failed", "no answer", "r2"))
    assert unpublished(journal) == Unpublished(at(2, 9, 5), False)
    note(journal, RELEASE, at(2, 16), Came("failed", "disk full"))
    note(journal, "b", at(2, 17), Came("finished", None, "r3", True))
    assert unpublished(journal) == Unpublished(at(2, 9, 5), True, failed_at=at(2, 16))


def test_no_schedule_yet(tmp_path):
    assert latest(tmp_path) == {} and schedule.next_runs(tmp_path) == {} and not list(tmp_path.iterdir())


# --- the jobs -------------------------------------------------------------------------------------


def cards(**cron: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(id=name, schedule=line) for name, line in cron.items()]


@pytest.fixture
def scheduler(tmp_path: Path):
    made = schedule.make_scheduler(tmp_path)
    # Started paused and without its main loop: jobs reach the store but nothing runs.
    BaseScheduler.start(made, paused=True)
    yield made
    BaseScheduler.shutdown(made, wait=False)


def test_owed_sources_run_at_once_and_the_others_at_their_time(scheduler, tmp_path):
    now, done = datetime.now(UTC), Attempt("b", "scheduled", at(2), datetime.now(UTC), "finished")
    schedule.sync_jobs(scheduler, cards(a=SIX, b="0 7 * * *", c=SIX), {"b": done}, now=now)
    coming = schedule.next_runs(tmp_path)
    assert (coming["a"], coming["c"]) == (now + timedelta(seconds=3), now + timedelta(seconds=6))
    assert coming["b"] > now and coming["b"].hour == 7 and coming["b"].minute <= 2


def test_suspended_for_days_each_source_runs_once(scheduler, tmp_path):
    """All jobs are due many times over: one run each is left, however late it is."""
    schedule.sync_jobs(scheduler, cards(a=SIX, b="0 * * * *"), {}, now=at(2))
    for made in scheduler.get_jobs():
        assert made.coalesce and made.max_instances == 1 and made.misfire_grace_time is None
        assert len(made._get_run_times(at(30))) > 20
    schedule.sync_jobs(scheduler, cards(a=SIX), {"a": tried(day=2)}, now=at(9, 12))
    assert schedule.next_runs(tmp_path) == {"a": at(9, 12) + timedelta(seconds=3)}


def test_a_changed_cron_line_and_a_dropped_source_take_effect(scheduler):
    schedule.sync_jobs(scheduler, cards(a=SIX, b="0 7 * * *"), {}, now=at(2))
    schedule.sync_jobs(scheduler, cards(a="30 9 * * mon"), {"a": tried(day=2)}, now=at(2, 7))
    (job,) = scheduler.get_jobs()
    assert (job.id, job.name) == ("a", "30 9 * * mon")


def test_sources_without_a_cron_line_are_not_scheduled(scheduler, tmp_path):
    schedule.sync_jobs(scheduler, [SimpleNamespace(id="a", schedule=None)], {}, now=at(2))
    assert schedule.next_runs(tmp_path) == {}


def test_one_scheduler_at_a_time(tmp_path):
    with FileLock(tmp_path / "scheduler.lock"), pytest.raises(BusyError, match="Another scheduler"):
        schedule.run_scheduler(tmp_path, [])


# --- attempts -------------------------------------------------------------------------------------


@pytest.fixture
def service(scheduler, journal):
    made = Service(scheduler, journal, cards(lever=SIX))
    schedule.sync_jobs(scheduler, made.cards, {}, now=datetime.now(UTC) + timedelta(days=9))
    return made


def result(status="finished", *, run_id="r", code=0, **checks):
    stats = {f"checks/{name}": n for name, n in checks.items()}
    return CrawlResult("lever", run_id, status, None, code, 1.0, stats)


def run(service, monkeypatch, came):
    def crawl(source, *, settings):
        if isinstance(came, Exception):
            raise came
        return came

    monkeypatch.setattr(schedule_service, "crawl", crawl)
    service.run("lever")
    return last_attempts(service.journal)["lever"]


def waits(service) -> timedelta:
    return service.scheduler.get_job("lever").next_run_time - datetime.now(UTC)


def test_a_source_that_another_process_collects_is_put_off_not_lost(service, monkeypatch, tmp_path):
    monkeypatch.setenv("PROMPTJOBS_HOME", str(tmp_path))
    monkeypatch.setattr("scraper.lock.take_lock.__kwdefaults__", {"wait": 0.1})
    with take_lock(tmp_path, "lever"):
        service.run("lever")
    tried = last_attempts(service.journal)["lever"]
    assert (tried.kind, tried.status) == ("first", "busy")
    assert tried.reason == "lever is being collected by another process; wait for it to end."
    assert timedelta(0) < waits(service) <= AGAIN
    again = run(service, monkeypatch, result(complete=3))
    assert (again.kind, again.status) == ("first", "finished") and waits(service) <= AGAIN


def test_a_killed_crawl_is_tried_again_once(service, monkeypatch):
    killed = result("failed", run_id=None, code=-signal.SIGKILL)
    assert run(service, monkeypatch, killed).status == "killed" and waits(service) <= AGAIN
    service.scheduler.get_job("lever").modify(next_run_time=datetime.now(UTC) + timedelta(days=9))
    again = run(service, monkeypatch, killed)
    assert (again.kind, again.status) == ("retry", "killed") and waits(service) > timedelta(days=8)


@pytest.mark.parametrize("fault", [PromptjobsError("no such setting"), RuntimeError("a bug")])
def test_a_source_that_cannot_begin_fails_alone(service, monkeypatch, fault):
    if isinstance(fault, PromptjobsError):
        assert run(service, monkeypatch, fault).reason == "no such setting"
    else:
        with pytest.raises(RuntimeError):
            run(service, monkeypatch, fault)
    assert last_attempts(service.journal)["lever"].status == "failed"
    assert waits(service) > timedelta(days=8) and not service.under_way


@pytest.mark.parametrize(
    ("came", "is_stopping", "status", "has_news"),
    [
        (result(complete=1, failed=2), False, "finished", True),
        (result(unchanged=1), False, "finished", True),
        (result("failed", failed=2, blocked=1), False, "failed", False),
        (result("interrupted", complete=1, failed=2), False, "interrupted", True),
        (result("interrupted", complete=1), True, "stopped", True),
        (result("failed", run_id=None, code=-9), True, "stopped", True),
        (result("failed", run_id=None, code=-9), False, "killed", True),
        (result("failed", run_id=None, code=1), False, "failed", False),
        (result("off", run_id=None), False, "off", False),
    ],
)
def test_what_came_of_a_crawl(came, is_stopping, status, has_news):
    found = what_came(came, is_stopping=is_stopping)
    assert (found.status, found.has_news) == (status, has_news)


def test_a_release_follows_the_news_and_never_runs_twice_at_once(service, monkeypatch):
    said, inside = [], threading.Event()

    def command(word):
        said.append(word)
        inside.set()
        time.sleep(0.1)
        return 0, f"{word} done"

    monkeypatch.setattr(schedule_service.child, "run_command", command)
    service.publish()
    assert said == []
    run(service, monkeypatch, result(complete=1))
    first = threading.Thread(target=service.publish)
    first.start()
    inside.wait(5)
    service.publish()
    first.join()
    service.publish()
    assert said == ["enrich", "publish"]
    with service.journal.connect() as db:
        made = db.execute(select(attempts).where(attempts.c.source == RELEASE)).one()
    assert (made.status, made.reason) == ("finished", "enrich done; publish done")


# --- processes ------------------------------------------------------------------------------------

SCRIPT = """
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from scraper import child, schedule, schedule_rules
schedule_rules.STAGGER = timedelta(0)
child.run_command = lambda word: (0, word)
schedule.run_scheduler(Path(sys.argv[1]), [SimpleNamespace(id="greenhouse", schedule="0 6 * * *")], poll=0.1)
print("ended", flush=True)
"""
BOARDS = [f"board-{n}" for n in range(8)]


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def start():
    """Starts a scheduler on a home; whatever becomes of the test, none is left behind."""
    begun = []

    def begin_one(home):
        command = [sys.executable, "-c", SCRIPT, str(home)]
        begun.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return begun[-1]

    yield begin_one
    for process in begun:
        process.kill()
        process.communicate()


def test_killed_in_the_middle_of_a_crawl_the_next_scheduler_runs_it_once_more(start, tmp_path, monkeypatch):
    """The crawl ends with its scheduler, its boards stay; one catch-up, one release; SIGTERM ends all."""
    root, home, mine = tmp_path / "answers", tmp_path / "home", tmp_path / "boards.csv"
    for n, board in enumerate(BOARDS):
        put(root, GREENHOUSE.format(board), page(job(n)), delay=0.02 if n < 3 else 0.8)
    with mine.open("w", newline="") as file:
        writer = csv.DictWriter(file, BOARD_COLUMNS)
        writer.writeheader()
        writer.writerows({"source": "greenhouse", "board": board, "evidence": "test"} for board in BOARDS)
    with Replay(root) as server:
        for name, value in {**environ(server, home), "PROMPTJOBS_BOARDS": str(mine)}.items():
            monkeypatch.setenv(name, value)
        process = start(home)
        wait_for(lambda: len(server.counts) > 4 and len(Record(home).postings()) >= 2)
        process.kill()
        process.wait()
        take_lock(home, "greenhouse", wait=30).release()  # no crawl is left behind
        process = start(home)
        wait_for(lambda: status(home) == "finished" and released(home))
        process.send_signal(signal.SIGTERM)
        assert (process.communicate(timeout=60)[0], process.returncode) == ("ended\n", 0)
    record = Record(home)
    assert [run.status for run in record.runs()] == ["interrupted", "finished"]
    assert [attempt.status for attempt in history(home, "greenhouse")] == ["stopped", "finished"]
    assert [attempt.kind for attempt in history(home, "greenhouse")] == ["first", "catch-up"]
    assert '"origin/catch-up": 1' in record.runs()[-1].stats
    assert record.postings() == {board: {str(n)} for n, board in enumerate(BOARDS)}
    assert schedule.next_runs(home)["greenhouse"].hour == 6


def history(home, source):
    with open_journal(home).connect() as db:
        return db.execute(select(attempts).where(attempts.c.source == source).order_by("attempt_id")).all()


def status(home):
    return history(home, "greenhouse")[-1].status


def released(home):
    return [row.status for row in history(home, RELEASE)] == ["finished"]
