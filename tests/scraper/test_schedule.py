"""The schedule: kept over restarts, one scheduler at a time, missed runs caught up once, a clean stop."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.base import BaseScheduler
from filelock import FileLock

from data.errors import BusyError
from scraper import schedule

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def cards(**cron: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(id=name, schedule=line) for name, line in cron.items()]


@pytest.fixture
def scheduler(tmp_path: Path):
    made = schedule.make_scheduler(tmp_path)
    # Started paused and without its main loop: jobs reach the store but nothing runs.
    BaseScheduler.start(made, paused=True)
    yield made
    BaseScheduler.shutdown(made, wait=False)


def test_new_sources_run_at_once_one_after_another(scheduler, tmp_path):
    schedule.sync_jobs(scheduler, cards(a="0 6 * * *", b="0 7 * * *"), now=NOW)
    coming = schedule.next_runs(tmp_path)
    assert coming == {"a": NOW + timedelta(seconds=3), "b": NOW + timedelta(seconds=6)}


def test_a_missed_run_survives_a_restart(scheduler, tmp_path):
    schedule.sync_jobs(scheduler, cards(a="0 6 * * *"), now=NOW)
    before = schedule.next_runs(tmp_path)
    schedule.sync_jobs(scheduler, cards(a="0 6 * * *"), now=NOW + timedelta(days=3))
    assert schedule.next_runs(tmp_path) == before


def test_a_changed_cron_line_and_a_dropped_source_take_effect(scheduler, tmp_path):
    schedule.sync_jobs(scheduler, cards(a="0 6 * * *", b="0 7 * * *"), now=NOW)
    schedule.sync_jobs(scheduler, cards(a="30 9 * * 1"), now=NOW)
    (job,) = scheduler.get_jobs()
    assert (job.id, job.name) == ("a", "30 9 * * 1")
    assert job.coalesce and job.max_instances == 1 and job.misfire_grace_time == 7 * 24 * 3600


def test_sources_without_a_cron_line_are_not_scheduled(scheduler, tmp_path):
    schedule.sync_jobs(scheduler, [SimpleNamespace(id="a", schedule=None)], now=NOW)
    assert schedule.next_runs(tmp_path) == {}


def test_one_scheduler_at_a_time(tmp_path):
    with FileLock(tmp_path / "scheduler.lock"), pytest.raises(BusyError, match="Another scheduler"):
        schedule.run_scheduler(tmp_path, [])


SCRIPT = """
import sys
from pathlib import Path
from types import SimpleNamespace
from scraper import schedule

def long_job(source):
    import subprocess
    child = subprocess.Popen([sys.executable, "-c", "import time; print('crawling', flush=True); time.sleep(60)"])
    schedule._children.add(child)
    child.wait()

schedule.update_source = long_job
long_job.__module__, long_job.__qualname__ = "scraper.schedule", "update_source"
schedule.run_scheduler(Path(sys.argv[1]), [SimpleNamespace(id="a", schedule="0 6 * * *")])
print("ended", flush=True)
"""


def test_sigterm_ends_scheduler_and_crawl(tmp_path):
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "crawling\n"
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=30)[0]
    assert (rest, process.returncode) == ("ended\n", 0)
    assert time.monotonic() - started < 20
    assert "a" in schedule.next_runs(tmp_path)
