"""Runs one crawl in a process of its own (a reactor cannot start twice) and reports what came of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from data.errors import SelectionError, SettingError
from data.reference import Card, card
from data.settings import Settings, load_settings
from scraper.addresses import public_address
from scraper.child import Progress, follow, started
from scraper.lock import take_lock
from scraper.wayback import read_wish

_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What one crawl did. `stats` are the run's counters (checks/…, postings/…, rejects/…, unknown/…)."""

    source: str
    run_id: str | None
    status: Literal["finished", "failed", "interrupted", "off"]  # off: a key is missing
    reason: str | None
    exit_code: int
    seconds: float
    stats: dict[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return self.status in ("finished", "off") and self.exit_code == 0

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
        if self.status == "off":
            return f"off: {self.reason}"
        suspended = {"suspended": n} if (n := self.stats.get("boards/suspended")) else {}
        boards = sorted(self.checks.items()) + list(suspended.items())
        outcomes = ", ".join(f"{n} {name}" for name, n in boards) or "none asked"
        seen, new = self.stats.get("postings/seen", 0), self.stats.get("postings/new", 0)
        set_aside = f", {self.n_rejected} records set aside" if self.n_rejected else ""
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.status}{why}; boards: {outcomes}; {seen} postings, {new} new{set_aside}; {self.seconds:.0f} s"


def planned_sources(
    cards: Mapping[str, Card], names: Sequence[str] | None, environ: Mapping[str, str] | None = None
) -> list[str]:
    """The sources to crawl: those named, else all that are enabled and lack no key. Raises SelectionError."""
    env = os.environ if environ is None else environ
    scraped = {source: c for source, c in cards.items() if c.is_scraped}
    if not names:
        return [source for source, c in scraped.items() if c.enabled and not c.lacks(env)]
    unknown = [name for name in names if name not in scraped]
    if unknown:
        raise SelectionError("not_collected", name=unknown[0], allowed=", ".join(scraped))
    return list(dict.fromkeys(names))


def waiting_sources(cards: Mapping[str, Card], environ: Mapping[str, str] | None = None) -> list[str]:
    """The sources that are enabled and lack a key: a crawl of all says so of each, and asks none of them."""
    env = os.environ if environ is None else environ
    return [source for source, c in cards.items() if c.is_scraped and c.enabled and c.lacks(env)]


def spider_arguments(words: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE words of the command line as a crawl's `arguments`. Raises SettingError naming the word."""
    pairs = [word.partition("=") for word in words]
    for name, equals, _ in pairs:
        if not equals or not name.isidentifier():
            raise SettingError(
                f"{name!r} is no argument of a source; write NAME=VALUE, such as url=https://…."
            )
    return {name: value for name, _, value in pairs}


def crawl(
    source: str,
    *,
    boards: Sequence[str] | None = None,
    arguments: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
    progress: Progress | None = None,
) -> CrawlResult:
    """Collect one source under its lock; blocks until the crawl has ended.

    A source whose key is missing is not asked: its result is `off` and says what to set, it is no failure.
    `boards` narrows to these tokens; `arguments` are the spider's own (the source page wants `url`);
    `environ` overrides PROMPTJOBS_* variables; `settings` overrides Scrapy's. `progress(done, total)` counts boards. Raises BusyError where another process holds the
    source's lock. SIGINT and SIGTERM end the crawl after its current answers and are then raised
    (KeyboardInterrupt, SystemExit); what was collected stays. Raises SettingError where the source page is
    asked for an address that is not public, or wayback for what it does not know.
    """
    env = {**os.environ, **(environ or {})}
    lacking = card(source).lacks(env)
    if lacking:
        reason = f"{card(source).label} waits for {' and '.join(lacking)} in the environment."
        return CrawlResult(source, None, "off", reason, 0, 0.0)
    if card(source).kind == "page":
        public_address((arguments or {}).get("url"))  # refused here, in words, before a process is started
    own = dict(arguments or {}) | ({"boards": ",".join(boards)} if boards is not None else {})
    if card(source).kind == "snapshots":
        read_wish(own)
    ours = load_settings(env)
    take_lock(ours.home, source).release()  # says "busy" here, before a process is started
    ours.logs.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    command = _command(source, own, settings or {}, ours)
    with started(command, _environ(env, ours)) as child:
        final = follow(child, progress)
    seconds = time.monotonic() - begun
    if not final:
        note_death(source, ours)
    return _result(source, final, child.returncode, seconds, ours)


def note_death(source: str, ours: Settings) -> None:
    """Close the run of a crawl that died; where that is not possible now, the next crawl does it.

    Raises BusyError: it could not start because another process was quicker.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from data.store import mark_interrupted, open_record, utc_now

    with take_lock(ours.home, source), suppress(OSError, SQLAlchemyError):
        mark_interrupted(open_record(ours.database_url), at=utc_now(), source=source)


def _command(
    source: str, arguments: Mapping[str, str], settings: Mapping[str, object], ours: Settings
) -> list[str]:
    extra = {
        "LOG_FILE": log_file(ours, source),
        "LOG_FILE_APPEND": False,
        "PROMPTJOBS_TELL": True,
        **settings,
    }
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", source]
    for name, word in arguments.items():
        command += ["-a", f"{name}={word}"]
    for name, value in extra.items():
        command += ["-s", f"{name}={value}"]
    return command


def _environ(env: dict[str, str], ours: Settings) -> dict[str, str]:
    """The crawl finds our settings and packages from any folder, installed or not."""
    paths = [str(_ROOT), *filter(None, [env.get("PYTHONPATH")])]
    return env | {
        "SCRAPY_SETTINGS_MODULE": "scraper.settings",
        "PYTHONPATH": os.pathsep.join(paths),
        "PROMPTJOBS_HOME": str(ours.home),
    }


def log_file(settings: Settings, source: str) -> Path:
    """Where the last crawl of `source` wrote its log."""
    return settings.logs / f"crawl-{source}.log"


def _result(
    source: str, final: dict[str, Any], exit_code: int, seconds: float, ours: Settings
) -> CrawlResult:
    if not final:
        reason = f"the crawl died with status {exit_code}; see {log_file(ours, source)}"
        return CrawlResult(source, None, "failed", reason, exit_code, seconds)
    return CrawlResult(
        source, final["run_id"], final["status"], final["reason"], exit_code, seconds, final["stats"]
    )
