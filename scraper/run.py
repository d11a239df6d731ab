"""Runs one crawl in a process of its own (a reactor cannot start twice) and reports what came of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from data.errors import SelectionError
from data.reference import Card, card
from data.settings import Settings, load_settings

Progress = Callable[[int, int], None]
STOP_WAIT = 20
_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What one crawl did. `stats` are the run's counters (checks/…, postings/…, rejects/…, unknown/…)."""

    source: str
    run_id: str | None
    status: str  # finished, failed, interrupted
    reason: str | None
    exit_code: int
    seconds: float
    stats: dict[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return self.status == "finished" and self.exit_code == 0

    @property
    def checks(self) -> dict[str, int]:
        """Boards by outcome."""
        return {k.removeprefix("checks/"): n for k, n in self.stats.items() if k.startswith("checks/")}

    @property
    def n_rejected(self) -> int:
        return sum(n for name, n in self.stats.items() if name.startswith("rejects/"))

    @property
    def sentence(self) -> str:
        """The result in one line for the terminal."""
        outcomes = ", ".join(f"{n} {name}" for name, n in sorted(self.checks.items())) or "none asked"
        seen, new = self.stats.get("postings/seen", 0), self.stats.get("postings/new", 0)
        set_aside = f", {self.n_rejected} records set aside" if self.n_rejected else ""
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.status}{why}; boards: {outcomes}; {seen} postings, {new} new{set_aside}; {self.seconds:.0f} s"


def planned_sources(cards: Mapping[str, Card], names: Sequence[str] | None) -> list[str]:
    """The sources to crawl: those named, else all that are enabled. Raises SelectionError."""
    scraped = {source: c for source, c in cards.items() if c.is_scraped}
    if not names:
        return [source for source, c in scraped.items() if c.enabled]
    unknown = [name for name in names if name not in scraped]
    if unknown:
        raise SelectionError(f"{unknown[0]!r} is no source to collect; there are {', '.join(scraped)}.")
    return list(dict.fromkeys(names))


def crawl(
    source: str,
    *,
    boards: Sequence[str] | None = None,
    environ: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
    progress: Progress | None = None,
) -> CrawlResult:
    """Collect one source under its lock; blocks until the crawl has ended.

    `boards` narrows to these tokens; `environ` overrides PROMPTJOBS_* variables; `settings` overrides
    Scrapy's. `progress(done, total)` counts boards. Raises BusyError where another process holds the
    source's lock. SIGINT and SIGTERM end the crawl after its current answers and are then raised
    (KeyboardInterrupt, SystemExit); what was collected stays.
    """
    from scraper.ledger import take_lock

    card(source)
    env = {**os.environ, **(environ or {})}
    ours = load_settings(env)
    take_lock(ours.home, source).release()  # says "busy" here, before a process is started
    started = time.monotonic()
    with _started(_command(source, boards, settings or {}, ours), ours, env) as child:
        final = _follow(child, progress)
    seconds = time.monotonic() - started
    return _result(source, final, child.returncode, seconds, ours)


def _command(
    source: str, boards: Sequence[str] | None, settings: Mapping[str, object], ours: Settings
) -> list[str]:
    extra = {
        "LOG_FILE": log_file(ours, source),
        "LOG_FILE_APPEND": False,
        "PROMPTJOBS_TELL": True,
        **settings,
    }
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", source]
    if boards is not None:
        command += ["-a", f"boards={','.join(boards)}"]
    for name, value in extra.items():
        command += ["-s", f"{name}={value}"]
    return command


def log_file(settings: Settings, source: str) -> Path:
    """Where the last crawl of `source` wrote its log."""
    return settings.logs / f"crawl-{source}.log"


@contextmanager
def _started(command: list[str], ours: Settings, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    ours.logs.mkdir(parents=True, exist_ok=True)
    paths = [str(_ROOT), *filter(None, [env.get("PYTHONPATH")])]
    env |= {"SCRAPY_SETTINGS_MODULE": "scraper.settings", "PYTHONPATH": os.pathsep.join(paths)}
    env |= {"PROMPTJOBS_HOME": str(ours.home)}
    # A session of its own: Ctrl-C reaches the crawl once, through us, and a second signal would cut it short.
    child = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        with _signals_forwarded(child):
            yield child
            child.wait()
    finally:
        _end(child)


@contextmanager
def _signals_forwarded(child: subprocess.Popen[str]) -> Iterator[None]:
    """While a crawl runs, SIGINT and SIGTERM stop it first; then they do here what they say."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        if not asked:
            child.terminate()
        asked.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt if asked[0] == signal.SIGINT else SystemExit(128 + asked[0])


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_WAIT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    for stream in (child.stdin, child.stdout):
        if stream:
            stream.close()


def _follow(child: subprocess.Popen[str], progress: Progress | None) -> dict[str, Any]:
    """Read the crawl's lines to the end; the result event, or {} where it died before one."""
    final: dict[str, Any] = {}
    assert child.stdout is not None
    for line in child.stdout:
        event = _event(line)
        if event.get("event") == "progress" and progress:
            progress(event["done"], event["total"])
        if event.get("event") == "result":
            final = event
    return final


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _result(
    source: str, final: dict[str, Any], exit_code: int, seconds: float, ours: Settings
) -> CrawlResult:
    if not final:
        reason = f"the crawl died with status {exit_code}; see {log_file(ours, source)}"
        return CrawlResult(source, None, "failed", reason, exit_code, seconds)
    return CrawlResult(
        source, final["run_id"], final["status"], final["reason"], exit_code, seconds, final["stats"]
    )
