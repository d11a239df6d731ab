"""Crawling 1,000 boards of 200,000 postings beside a bare client that only downloads and json-decodes the same answers.

    python -m benchmarks.load FOLDER [--boards 1000 --postings 200000 --rounds 3 --plain]

A local server sends invented Greenhouse boards from memory (gzip, as the real API; --plain without). Each round takes
a fresh record and alternates: the bare client, a first crawl (all new), the bare client, a second crawl (all seen
before, sent again in full), a third (304). Exit status 1 where a crawl misses a posting or the bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select

from data import tables as t
from data.store import open_record

TIMES, MEGABYTES = 3.0, 600.0
"""The bar: the first crawl's time against the bare client's, and the memory of its process."""
CRAWLS = ("first crawl, all new", "second crawl, all seen before", "third crawl, all 304")


@dataclass(frozen=True)
class Spent:
    """What a process and its own processes took: seconds on the clock and of processor, peak of memory in MB."""

    seconds: float
    processor: float
    peak: float


def measured(command: list[str], env: dict[str, str]) -> Spent:
    """Run a process to its end. Raises RuntimeError where it fails."""
    begun, peak = perf_counter(), 0.0
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        peak = max(peak, resident(child.pid))
        time.sleep(0.05)
    seconds = perf_counter() - begun
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return Spent(seconds, used.ru_utime + used.ru_stime, peak)


def resident(pid: int) -> float:
    """MB in memory of a process and of those it has started (what they share is counted for each)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        own = float(status.partition("VmRSS:")[2].split()[0]) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):  # it has just ended
        return 0.0
    return own + sum(resident(int(child)) for child in children)


@contextmanager
def server(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    """The address of a server of its own process, ready."""
    command = [sys.executable, "-m", "benchmarks.load_server", str(folder)]
    command += ["--boards", str(options.boards), "--postings", str(options.postings)]
    command += ["--plain"] * options.plain
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        yield child.stdout.readline().strip()
        child.stdin.close()


def bare(url: str, folder: Path) -> Spent:
    command = [sys.executable, "-m", "benchmarks.load_client", url, str(folder), "--at-once", "8"]
    return measured(command, dict(os.environ))


def crawl(url: str, folder: Path, home: Path) -> Spent:
    """A crawl as it is run every day; only its address and its boards are the benchmark's."""
    env = {
        **os.environ,
        "PROMPTJOBS_UPSTREAM": url,
        "PROMPTJOBS_HOME": str(home),
        "PROMPTJOBS_BOARDS": str(folder / "boards.csv"),
        "SCRAPY_SETTINGS_MODULE": "scraper.settings",
    }
    log = home.parent / "crawl.log"
    return measured(
        [sys.executable, "-m", "scrapy", "crawl", "greenhouse", "-s", f"LOG_FILE={log}"],
        env,
    )


def one_round(url: str, folder: Path) -> dict[str, Spent]:
    """Each side's figures; the bare client runs before the first and the second crawl."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    spent = {}
    for n, name in enumerate(CRAWLS):
        urllib.request.urlopen(f"{url}/-/304/{'on' if n == 2 else 'off'}").close()
        if n < 2:
            spent[f"bare client before the {name.split(',')[0]}"] = bare(url, folder)
        spent[name] = crawl(url, folder, home)
    return spent


def n_missed(home: Path, n_postings: int) -> int:
    """Sightings that the three crawls owe and have not written (or wrote too often)."""
    with open_record(f"sqlite:///{home / 'record.sqlite'}").connect() as db:
        counts = [db.scalar(select(func.count()).select_from(table)) for table in (t.postings, t.documents)]
        seen = db.scalar(select(func.count()).select_from(t.sightings))
    print(f"record: {counts[0]} postings, {counts[1]} texts, {seen} sightings")
    return abs(n_postings - (counts[0] or 0)) + abs(3 * n_postings - (seen or 0))


def table(rounds: list[dict[str, Spent]], n_postings: int) -> float:
    """Print best and median of each side; returns the first crawl's median over the bare client's."""
    print(f"{'':36}{'best s':>8}{'median s':>10}{'cpu s':>8}{'postings/s':>12}{'ratio':>7}{'peak MB':>9}")
    names = list(rounds[0])
    base = {
        kind: statistics.median(one[kind].seconds for one in rounds)
        for kind in names
        if kind.startswith("bare")
    }
    beside = 0.0
    ratios = {}
    for name in names:
        runs = [one[name] for one in rounds]
        beside = base.get(name, beside)
        middle = statistics.median(run.seconds for run in runs)
        ratios[name] = middle / beside
        print(
            f"{name:36}{min(run.seconds for run in runs):8.1f}{middle:10.1f}"
            f"{statistics.median(run.processor for run in runs):8.1f}{n_postings / middle:12.0f}"
            f"{ratios[name]:7.2f}{max(run.peak for run in runs):9.0f}"
        )
    return ratios[CRAWLS[0]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boards", type=int, default=1000)
    parser.add_argument("--postings", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plain", action="store_true", help="send the answers without gzip")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with server(options.folder, options) as url:
        sizes = json.loads((options.folder / "answers.json").read_text())
        print(
            f"{options.boards} boards, {options.postings} postings, {len(sizes['paths'])} answers of "
            f"{sizes['mb_plain']:.0f} MB, {sizes['mb_sent']:.0f} MB sent; load average {os.getloadavg()[0]:.1f}"
        )
        rounds = [one_round(url, options.folder) for _ in range(options.rounds)]
    missed = n_missed(options.folder / "home", options.postings)
    ratio = table(rounds, options.postings)
    peak = max(one[CRAWLS[0]].peak for one in rounds)
    print(f"load average {os.getloadavg()[0]:.1f}; sightings missed or invented: {missed}; "
          f"first crawl {ratio:.2f} times the bare client (bar {TIMES:.0f}), {peak:.0f} MB (bar {MEGABYTES:.0f})")  # fmt: skip
    return int(missed > 0 or ratio > TIMES or peak > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
