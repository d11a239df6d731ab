"""A simulated fortnight: real crawls of an invented market under a stopped clock, killed at random moments,
then every posting of the release against the truth.

python -m tests.fortnight --boards 300 --days 14 --kills 20 --seed 1
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from data import tables as t
from data.publish import publish
from data.reference import BOARD_COLUMNS, load_cards
from data.release import open_release
from data.store import open_record
from tests.fortnight.server import PATIENCE, WorldServer
from tests.fortnight.truth import Life, differences, released_lives, truth
from tests.fortnight.world import GONE, SOURCES, START, World

SETTINGS = {"DOWNLOAD_TIMEOUT": PATIENCE, "RETRY_TIMES": 1, "LOG_LEVEL": "CRITICAL"}
_DAWN = datetime.combine(START, datetime.min.time()) + timedelta(hours=1)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a fortnight; `wrong`: one line for each posting that is not as it should be."""

    n_boards: int
    n_crawls: int
    n_kills: int
    n_postings: int
    n_closed: int
    n_checks: int
    n_interrupted: int
    seconds: float
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.n_boards} boards, {self.n_crawls} crawls, {self.n_kills} kills ({self.n_interrupted} within a run), "
            f"{self.n_checks} checks; "
            f"{self.n_postings} postings, {self.n_closed} of them closed; {len(self.wrong)} not as they should be; "
            f"{self.seconds:.0f} s"
        )


@dataclass(slots=True)
class Fortnight:
    """Runs a world's crawls in `home`. `enrich(engine)` gives the facts and returns their rules version."""

    world: World
    home: Path
    seed: int
    n_kills: int
    apart: bool
    enrich: Callable[[Engine], str]

    def run(self) -> Result:
        begun = time.monotonic()
        self.home.mkdir(parents=True, exist_ok=True)
        self._write_boards()
        with WorldServer(self.world) as server:
            n_kills = self._crawl_all(server)
        return self._result(n_kills, begun)

    def _write_boards(self) -> None:
        rows = [f"{b.source},{b.token},{b.company},on,,invented,2026-09-01" for b in self.world.boards]
        (self.home / "boards.csv").write_text("\n".join([",".join(BOARD_COLUMNS), *rows]) + "\n")

    def steps(self) -> list[dict[str, Any]]:
        """Every crawl: source, day, and the times of its attempts; a later day begins later."""
        sources = [source for source in SOURCES if any(b.source == source for b in self.world.boards)]
        found = []
        for day in self.world.days:
            for n, source in enumerate(sources):
                first = _DAWN + timedelta(days=day, minutes=30 * day + 2 * n)
                times = [(first + timedelta(minutes=15 * again)).isoformat() for again in range(5)]
                found.append({"number": len(found), "day": day, "source": source, "times": times})
        return found

    def _crawl_all(self, server: WorldServer) -> int:
        """Run all steps; at each of the chosen ones the machine is killed, and begins that step anew."""
        rng = random.Random(self.seed)
        steps = self.steps()
        deadly = sorted(rng.sample(range(len(steps)), self.n_kills))
        attempts = dict.fromkeys(range(len(steps)), 0)
        first, child = 0, None
        for step in [*deadly, None]:
            left = [s | {"times": s["times"][attempts[s["number"]] :]} for s in steps[first:]]
            child = child or self._start(server, left)
            if step is None:
                assert child.wait(_LONGEST * len(left)) == 0, "the crawls ended badly"
            elif self._kill(child, server, step, rng):
                child, first = None, server.step
                attempts[first] += 1
        return len(deadly)

    def _start(self, server: WorldServer, steps: list[dict[str, Any]]) -> subprocess.Popen[bytes]:
        plan = {"server": server.url, "apart": self.apart, "settings": SETTINGS, "steps": steps}
        (self.home / "plan.json").write_text(json.dumps(plan))
        server.step = -1
        env = os.environ | {
            "PROMPTJOBS_UPSTREAM": server.url,
            "PROMPTJOBS_HOME": str(self.home),
            "PROMPTJOBS_BOARDS": str(self.home / "boards.csv"),
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "SCRAPY_SETTINGS_MODULE": "scraper.settings",
        }
        command = [sys.executable, "-m", "tests.fortnight.crawls", str(self.home / "plan.json")]
        quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.PIPE}
        return subprocess.Popen(command, env=env, start_new_session=True, **quiet)

    def _kill(
        self, child: subprocess.Popen[bytes], server: WorldServer, step: int, rng: random.Random
    ) -> bool:
        """SIGKILL after some of the requests of `step`, for the crawl and its starter; now and then for the crawl alone,
        which its starter then begins anew. Was the starter killed?"""
        source = self.steps()[step]["source"]
        after = rng.randint(0, 1 + sum(board.source == source for board in self.world.boards))
        while server.step < step or (server.step == step and server.n_asked < after):
            if child.poll() is not None:
                break  # so late that all was done
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.2))
        crawls = _children(child.pid)
        is_alone = bool(crawls) and rng.random() < 0.3
        for pid in crawls if is_alone else (child.pid, *crawls):
            _end(pid)
        if not is_alone:
            child.wait()
        return not is_alone

    @property
    def record(self) -> str:
        return f"sqlite:///{self.home / 'record.sqlite'}"

    def released(self) -> dict[str, Life]:
        """Read and publish the record, and what the release then says of every posting."""
        engine = open_record(self.record)
        version = self.enrich(engine)
        publish(
            engine, self.home / "releases", rules_version=version, archive=None, cards=load_cards(),
            now=_DAWN + timedelta(days=self.world.days[-1] + 1),
        )  # fmt: skip
        engine.dispose()
        return released_lives(open_release(self.home / "releases"))

    def _result(self, n_kills: int, begun: float) -> Result:
        found = self.released()
        engine = open_record(self.record)
        interrupted = select(func.count()).where(t.runs.c.status == "interrupted")
        with engine.connect() as db:
            n_checks = db.scalar(select(func.count()).select_from(t.checks)) or 0
            n_interrupted = db.scalar(interrupted) or 0
        forgotten = list(_forgotten(self.world, engine))
        engine.dispose()
        return Result(
            n_boards=len(self.world.boards),
            n_crawls=len(self.steps()),
            n_kills=n_kills,
            n_postings=len(found),
            n_closed=sum(life.spells[-1].gone_by is not None for life in found.values() if life.spells),
            n_checks=n_checks,
            n_interrupted=n_interrupted,
            seconds=time.monotonic() - begun,
            wrong=(*differences(truth(self.world), found), *forgotten),
        )


def _forgotten(world: World, engine: Engine) -> Iterator[str]:
    """Boards that were not asked on a day of the world, though they had not been gone for a week."""
    query = select(t.boards.c.source, t.boards.c.board, func.date(t.checks.c.at)).join(t.checks)
    with engine.connect() as db:
        asked = {tuple(row) for row in db.execute(query)}
    for board in world.boards:
        for day in world.days:
            is_week_gone = set(board.plan[max(0, day - 7) : day]) == {GONE} and day > 7
            on = (START + timedelta(days=day)).isoformat()
            if (board.source, board.token, on) not in asked and not is_week_gone:
                yield f"{board.source}:{board.token} was not asked on {on}"


def _children(pid: int) -> list[int]:
    """The processes that `pid` started (Linux)."""
    files = list(Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(word) for file in files for word in file.read_text().split()]


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
