"""The whole path on the shared corpora over HTTP: collect, collect again, kill ten times; counts, times, memory.

    .venv/bin/python -m benchmarks.whole_path FOLDER [--threads N] [--kills 10] [--seed 7]

Builds the replay folder from ../shared under FOLDER, runs `promptjobs update` in fresh homes there, and
prints what a reader should check. Exit status 1 where the killed record or release differs.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from data.release import open_release
from tests.corpora import BOARDS, build
from tests.replay import Replay
from tests.scraper.crawling import Record

COLUMNS = "source,board,company,status,region,evidence,last_seen"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, help="only the newest N threads; all when left out")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty: the times of a first update need a fresh folder")
    root = options.folder / "answers"
    built = build(root, threads=options.threads)
    expected = built.n_adverts + sum(len(ids) for ids in built.postings.values())
    print(f"replay: {built.n_adverts} adverts in {len(built.adverts)} threads, {built.n_replies} replies, "
          f"{built.n_deleted} deleted; recorded postings { {k: len(v) for k, v in built.postings.items()} }")  # fmt: skip
    write_boards(options.folder / "boards.csv")
    with Replay(root) as server:
        calm, killed = options.folder / "calm", options.folder / "killed"
        whole = timed_update(server, calm, options.folder, "first update")
        first = files(calm)
        server.forget()
        timed_update(server, calm, options.folder, "second update")
        items = sum("/items/" in asked for asked in server.counts)
        print(
            f"second update asked {dict(server.statuses)}, {items} threads fetched; release unchanged: {files(calm) == first}"
        )
        if options.kills:
            moments = random.Random(options.seed)
            for _ in range(options.kills):
                kill_at(server, killed, options.folder, moments.uniform(0.02, 0.95) * whole)
            timed_update(server, killed, options.folder, f"update after {options.kills} kills")
    return verdict(calm, killed if options.kills else calm, first, expected)


def verdict(calm: Path, killed: Path, first: dict[str, str], expected: int) -> int:
    found = len(Record(calm).posting_keys())
    same_record = Record(killed).substance() == Record(calm).substance()
    same_release = files(killed) == first
    print(
        f"postings in the record: {found} of {expected}; killed record equal: {same_record}; release bytes equal: {same_release}"
    )
    return 0 if found == expected and same_record and same_release else 1


def write_boards(path: Path) -> None:
    rows = [f"{source},{board},,on,,recorded,2026-08-01" for source, board in BOARDS.values()]
    path.write_text("\n".join([COLUMNS, *rows]) + "\n")


def start(server: Replay, home: Path, folder: Path) -> subprocess.Popen[bytes]:
    ours = {"UPSTREAM": server.url, "HOME": str(home), "BOARDS": str(folder / "boards.csv"), "ARCHIVE": "0"}
    env = {**os.environ, **{f"PROMPTJOBS_{name}": value for name, value in ours.items()}}
    return subprocess.Popen([sys.executable, "-m", "promptjobs", "update"], env=env, stderr=subprocess.PIPE)


def timed_update(server: Replay, home: Path, folder: Path, label: str) -> float:
    started = time.monotonic()
    child = start(server, home, folder)
    said = child.communicate()[1].decode()
    seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{label}: {seconds:.0f} s, status {child.returncode}, largest process so far {peak:.0f} MB\n{said}"
    )
    return seconds


def kill_at(server: Replay, home: Path, folder: Path, seconds: float) -> None:
    child = start(server, home, folder)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    print(f"killed after {seconds:.0f} s")


def files(home: Path) -> dict[str, str]:
    digests: dict[str, str] = open_release(home / "releases").manifest["files"]
    return digests


if __name__ == "__main__":
    sys.exit(main())
