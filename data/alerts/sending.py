"""Alerts after an update: told once to each channel, again where it could not be told, never a reason to fail.

What was told stands in `alerts.json` and is written after the channel took the message: a kill between the two tells
it twice (the mail then has the same id), none tells it never.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.alerts.channels import Channel, Message, channels
from data.alerts.words import digest_message, health_message, test_message
from data.errors import AlertError, PromptjobsError
from data.feed_openings import Opening, newest_openings
from data.health.verdict import Health, Level, Verdict
from data.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from data.reference import Card
    from data.release import Release

STATE = "alerts.json"
LOG = "alerts.log"
# A crawl may end after another's release was published: openings of the days before may still be new.
_SLACK = timedelta(days=3)
_log = logging.getLogger(__name__)
Judged = Mapping[str, tuple[Health, Verdict]]


@dataclass(frozen=True, slots=True)
class News:
    """What there may be to tell: every source's verdict, and the openings of the release on show."""

    judged: Judged
    cards: Mapping[str, Card]
    release: str | None
    openings: tuple[Opening, ...]


def alert(settings: Settings, engine: Engine, next_runs: Mapping[str, datetime], now: datetime) -> list[str]:
    """Tell every channel what it does not know yet; returns what went wrong, also written to logs/alerts.log.

    `next_runs` and `now` are UTC, naive. Does nothing where no channel is set up; raises nothing.
    """
    if not (settings.alerts.smtp_url or settings.alerts.webhook_url):
        return []
    try:
        failures = _alert(settings, engine, next_runs, now)
    except PromptjobsError as error:
        failures = [str(error)]
    except Exception as error:  # noqa: BLE001 - the edge: an alert that fails must not fail the update
        _log.exception("Alerts failed")
        failures = [f"Alerts failed: {type(error).__name__}."]
    _note(settings.logs, failures, now)
    return failures


def _alert(settings: Settings, engine: Engine, next_runs: Mapping[str, datetime], now: datetime) -> list[str]:
    from filelock import FileLock

    ways = channels(settings.alerts)
    with FileLock(settings.home / "alerts.lock", timeout=120):
        news = _news(settings, engine, next_runs, now)
        return tell(ways, news, settings.home / STATE, settings.alerts.lang)


def _news(settings: Settings, engine: Engine, next_runs: Mapping[str, datetime], now: datetime) -> News:
    from data.health.record import verdicts
    from data.reference import load_cards

    cards = load_cards()
    judged = verdicts(engine, cards, now=now, next_runs=next_runs)
    with _current(settings.releases) as release:
        if release is None:
            return News(judged, cards, None, ())
        return News(judged, cards, release.name, tuple(newest_openings(release)))


@contextmanager
def _current(releases: Path) -> Iterator[Release | None]:
    from data.release import current_name, open_release

    release = open_release(releases) if current_name(releases) else None
    try:
        yield release
    finally:
        if release is not None:
            release.close()


def tell(ways: list[Channel], news: News, path: Path, lang: str) -> list[str]:
    """Send each channel what `path` does not say it was told; returns the failures in words."""
    state, failures = read_state(path), []
    for way in ways:
        known = state.setdefault(way.name, {})
        for message, told in _messages(known, news, lang):
            try:
                if message is not None:
                    way.send(message)
            except AlertError as error:
                failures.append(str(error))
                break  # a channel that is down is not tried again with the next message
            known |= told
            _write_state(path, state)
    return failures


def _messages(
    known: Mapping[str, Any], news: News, lang: str
) -> Iterator[tuple[Message | None, dict[str, Any]]]:
    """Messages for one channel, each with what is known once it was sent; None: known without a message."""
    before: dict[str, str] = known.get("ill", {})
    ill = {name: found for name, found in news.judged.items() if found[1].level is Level.ILL}
    fell = {name: found for name, found in ill.items() if name not in before}
    well = [name for name in before if _is_well(news.judged, name)]
    told = {"ill": {name: before.get(name, found[1].trouble) for name, found in ill.items()}}
    if told["ill"] != before:
        yield (health_message(fell, well, news.cards, lang) if fell or well else None), told
    digest = known.get("openings")
    if news.release is not None and (digest is None or digest["release"] != news.release):
        new = _new_openings(digest, news.openings)
        yield (digest_message(new, lang) if new else None), {"openings": _told(digest, news)}


def _is_well(judged: Judged, name: str) -> bool:
    return name in judged and judged[name][1].level is Level.WELL


def _new_openings(digest: Mapping[str, Any] | None, openings: tuple[Opening, ...]) -> list[Opening]:
    """Openings no digest told of; none at the first, which only takes note of what is there."""
    if digest is None:
        return []
    since = date.fromisoformat(digest["since"]) - _SLACK
    return [o for o in openings if o.key not in digest["keys"] and o.first_seen >= since]


def _told(digest: Mapping[str, Any] | None, news: News) -> dict[str, Any]:
    newest = [o.first_seen.isoformat() for o in news.openings] + ([digest["since"]] if digest else [])
    since = max(newest, default=date.min.replace(year=1970).isoformat())
    return {"release": news.release, "since": since, "keys": [o.key for o in news.openings]}


def read_state(path: Path) -> dict[str, Any]:
    """What each channel was told; nothing where the file is missing or damaged (it is then told anew)."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        _log.warning("%s is damaged and begun anew", path.name)
        return {}
    return state if isinstance(state, dict) else {}


def _write_state(path: Path, state: Mapping[str, Any]) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(state, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(path)


def _note(logs: Path, failures: list[str], now: datetime) -> None:
    if not failures:
        return
    try:
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / LOG).open("a", encoding="utf-8") as file:
            file.writelines(f"{now:%Y-%m-%d %H:%M:%S} {failure}\n" for failure in failures)
    except OSError as error:
        _log.warning("%s cannot be written: %s", LOG, error.strerror)


def send_test(settings: Settings, now: datetime) -> list[tuple[str, str | None]]:
    """A test message over each channel: (name, what went wrong or None). Raises SettingError."""
    message = test_message(settings.alerts.lang, now)
    results: list[tuple[str, str | None]] = []
    for way in channels(settings.alerts):
        try:
            way.send(message)
            results.append((way.name, None))
        except AlertError as error:
            results.append((way.name, str(error)))
    return results
