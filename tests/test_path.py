"""The whole path over real HTTP: scrape → enrich → publish, twice, and killed at random moments."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.release import open_release
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, job, page

HN = "https://hn.algolia.com/api/v1"
N_THREADS, N_ADVERTS, N_BOARDS, N_JOBS = 6, 40, 12, 15
N_KILLS = 5


def advert(thread: int, number: int) -> dict[str, object]:
    low = 90 + number
    words = " ".join(f"w{(thread * 7 + number * 13 + k * k) % 997}" for k in range(60))
    return {
        "id": thread * 1000 + number,
        "type": "comment",
        "author": "someone",
        "created_at": "2024-03-01T16:00:00.000Z",
        "text": f"Lantern {number} | Prompt Engineer | Lyon, France | REMOTE | ${low}k-${low + 30}k"
        f"<p>We need Python and LangChain. {words}</p>",
        "children": [
            {
                "id": -number - 1,
                "type": "comment",
                "text": "a reply",
                "author": "x",
                "created_at": None,
                "children": [],
            }
        ],
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> Path:
    """Six settled threads and twelve boards, all of our own invention."""
    root = tmp_path_factory.mktemp("answers")
    hits = [
        {
            "objectID": str(n),
            "title": f"Ask HN: Who is hiring? ({month} 2024)",
            "created_at": f"2024-0{n}-01T15:00:00Z",
        }
        for n, month in enumerate(("January", "February", "March", "April", "May", "June"), 1)
    ]
    index = {"hits": hits, "nbPages": 1, "page": 0, "nbHits": len(hits)}
    put(root, f"{HN}/search_by_date", index)
    for hit in hits:
        children = [advert(int(hit["objectID"]), n) for n in range(N_ADVERTS)]
        put(
            root,
            f"{HN}/items/{hit['objectID']}",
            {"id": int(hit["objectID"]), **hit, "children": children},
            delay=0.05,
        )
    for n in range(N_BOARDS):
        jobs = [
            job(100 * n + k, content=f"&lt;p&gt;Board {n} job {k}. Python required.&lt;/p&gt;")
            for k in range(N_JOBS)
        ]
        put(root, GREENHOUSE.format(f"board-{n}"), page(*jobs), delay=0.05)
    lines = ["source,board,company,status,region,evidence,last_seen"]
    lines += [f"greenhouse,board-{n},Lantern {n},on,,written for a test,2026-01-01" for n in range(N_BOARDS)]
    (root / "boards.csv").write_text("\n".join(lines) + "\n")
    return root


def start(server: Replay, answers: Path, home: Path) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "PROMPTJOBS_UPSTREAM": server.url,
        "PROMPTJOBS_HOME": str(home),
        "PROMPTJOBS_BOARDS": str(answers / "boards.csv"),
        "PROMPTJOBS_ARCHIVE": "0",
        "PROMPTJOBS_WORKERS": "1",
    }
    command = [sys.executable, "-m", "promptjobs", "update", "hackernews", "greenhouse"]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(child: subprocess.Popen[bytes]) -> None:
    error = child.communicate(timeout=120)[1].decode()
    assert child.returncode == 0, error


def data_files(home: Path) -> dict[str, str]:
    """Digest by file of the current release, without the journal."""
    return open_release(home / "releases").manifest["files"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twice_and_killed_gives_the_same_record_and_the_same_bytes(answers, tmp_path):
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    with Replay(answers) as server:
        started = time.monotonic()
        finish(start(server, answers, calm))
        whole = time.monotonic() - started
        first = data_files(calm)
        server.forget()
        finish(start(server, answers, calm))
        assert server.statuses[304] == N_BOARDS
        assert sum("/items/" in asked for asked in server.counts) == 0
        assert data_files(calm) == first
        moments = random.Random(7)
        for _ in range(N_KILLS):
            child = start(server, answers, killed)
            time.sleep(moments.uniform(0.2, 0.9) * whole)
            child.send_signal(signal.SIGKILL)
            child.communicate()
        finish(start(server, answers, killed))
    assert len(Record(calm).posting_keys()) == N_THREADS * N_ADVERTS + N_BOARDS * N_JOBS
    assert Record(killed).substance() == Record(calm).substance()
    assert data_files(killed) == first
    assert not [path for path in (killed / "releases").iterdir() if path.name.startswith((".", "tmp"))]


def test_a_source_that_cannot_be_reached_fails_alone(answers, tmp_path):
    """Nothing listens upstream: the run says so, the archive-less release is still written, status 1."""
    env = {**os.environ, "PROMPTJOBS_UPSTREAM": "http://127.0.0.1:9", "PROMPTJOBS_HOME": str(tmp_path)}
    env |= {"PROMPTJOBS_ARCHIVE": "0", "PROMPTJOBS_BOARDS": str(answers / "boards.csv")}
    command = [sys.executable, "-m", "promptjobs", "update", "greenhouse"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    status = subprocess.run(
        [*command[:3], "status", "--json"], env=env, capture_output=True, text=True, timeout=60
    )
    (row,) = json.loads(status.stdout)["sources"]
    assert row["source"] == "greenhouse" and row["status"] == "failed" and row["reason"]
