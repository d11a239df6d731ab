"""Walking the past of a board: what is wished for, which captures are asked for, and what an archived answer says. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.errors import SelectionError, SettingError
from data.reference import Board, load_cards
from data.schema import Outcome
from data.snapshots import Walk
from scraper.answers import Answer
from scraper.markup import inflated
from scraper.platforms.base import READ_ERRORS, PageShapeError, Platform
from scraper.platforms.board_pages import page_payload
from scraper.platforms.wayback import Capture, same_address

SINCE = datetime(2021, 1, 1)
MOST, LEAST = 400, 10
EVERY = 7
PAGE = "the archive holds the board's page, which closes nothing"
FIRST = "only the first page of the listing was archived"
_DAY = timedelta(days=1)
_CAPTURED = re.compile(r'<([^>]+)>;[^<,]*rel="?original"?')


@dataclass(frozen=True, slots=True)
class Wish:
    """What one walk is asked for: boards by name (source, token), their platform, days, and how much at most.

    `most` requests in this run; two answers read of one board lie at least `every` apart.
    """

    named: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    since: datetime = SINCE
    until: datetime | None = None
    most: int = MOST
    every: timedelta = timedelta(days=EVERY)


def read_wish(words: Mapping[str, str]) -> Wish:
    """The arguments of the command line as a wish. Raises SettingError or SelectionError naming the word."""
    strange = sorted(set(words) - {"boards", "source", "since", "until", "most", "every"})
    if strange:
        raise SettingError(
            f"wayback knows no argument {strange[0]}; there are boards, source, since, until, most and every."
        )
    named = tuple(_named(word) for word in words.get("boards", "").split(",") if word)
    until = _day(words, "until")
    wish = Wish(
        named=named,
        source=_platform(words["source"]) if words.get("source") else None,
        since=_day(words, "since") or SINCE,
        until=until + _DAY - timedelta(seconds=1) if until else None,
        most=_number(words, "most", LEAST, MOST),
        every=timedelta(days=_number(words, "every", 1, EVERY)),
    )
    if wish.until and wish.until < wish.since:
        raise SettingError(f"since ({wish.since:%Y-%m-%d}) lies after until ({wish.until:%Y-%m-%d}).")
    return wish


def _named(word: str) -> tuple[str, str]:
    source, colon, board = word.partition(":")
    if not colon or not board:
        raise SettingError(f"{word!r} names no board; write platform:token, such as greenhouse:acme.")
    return _platform(source), board


def _platform(source: str) -> str:
    platforms = [name for name, card in load_cards().items() if card.kind == "platform"]
    if source not in platforms:
        raise SelectionError("unknown_platform", name=source, allowed=", ".join(platforms))
    return source


def _day(words: Mapping[str, str], name: str) -> datetime | None:
    if not words.get(name):
        return None
    try:
        return datetime.combine(date.fromisoformat(words[name]), datetime.min.time())
    except ValueError:
        raise SettingError(f"{name} is {words[name]!r}; give a day such as 2023-01-31.") from None


def _number(words: Mapping[str, str], name: str, least: int, default: int) -> int:
    word = words.get(name, str(default))
    if not word.isdecimal() or int(word) < least:
        raise SettingError(f"{name} is {word!r}; give a whole number of at least {least}.")
    return int(word)


@dataclass(frozen=True, slots=True)
class Task:
    """A board whose past is walked from `start` on; what lies between `since` and `start` is known."""

    board: Board
    since: datetime
    start: datetime


def planned(boards: Iterable[Board], walks: Mapping[tuple[str, str], Walk], wish: Wish) -> list[Task]:
    """The boards to walk: what was begun goes on first. One whose walk is done is walked again only if named."""
    begun: list[Task] = []
    fresh: list[Task] = []
    for board in boards:
        walk = walks.get((board.source, board.board))
        holds = walk is not None and walk.since <= wish.since <= walk.until
        if walk is None or not holds or (walk.is_done and wish.named):
            fresh.append(Task(board, wish.since, wish.since))
        elif not walk.is_done:
            begun.append(Task(board, walk.since, walk.until + timedelta(seconds=1)))
    return [task for task in begun + fresh if not wish.until or task.start <= wish.until]


def rank(capture: Capture, addresses: Sequence[str]) -> int:
    """How full the capture's address is: its place among the board's addresses, the fullest 0."""
    return next(
        (n for n, known in enumerate(addresses) if same_address(known, capture.address)), len(addresses)
    )


def by_day(captures: Iterable[Capture], addresses: Sequence[str]) -> list[Capture]:
    """At most one capture a day, in time: of the fullest address, then the earliest."""
    days: dict[date, Capture] = {}
    for capture in sorted(captures, key=lambda c: (c.at.date(), rank(c, addresses), c.at)):
        days.setdefault(capture.at.date(), capture)
    return list(days.values())


def read_snapshot(platform: Platform, board: Board, at: datetime, body: bytes) -> Answer:
    """An archived answer as the platform's own, dated `at`; one that is no listing is FAILED with its reason."""
    try:
        body = inflated(body)  # the archive keeps some bodies as they were packed
        page = page_payload(body, board)
        payload = platform.decode(body)[0] if page is None else page
        raws = platform.archived(list(platform.listing(payload)), board)
        n_listed = platform.declared(payload) if page is None else None
        is_cut = page is None and is_first_of_several(platform, payload, board, raws)
    except (PageShapeError, *READ_ERRORS) as error:
        return unreadable(board, at, f"unreadable answer: {error}")
    # A page is another view of the board than its API: who is missing there need not be gone.
    reason = PAGE if page is not None else FIRST if is_cut else None
    outcome = Outcome.PARTIAL if reason else Outcome.COMPLETE
    return Answer(board, at, outcome, 200, reason, n_listed, raws=tuple(raws))


def is_first_of_several(platform: Platform, payload: Any, board: Board, raws: list[Any]) -> bool:
    """Whether more of the listing was to be asked for than one archived answer."""
    if platform.ceiling and len(raws) >= platform.ceiling:
        return True
    return not platform.follows_for_text and platform.following(payload, board, raws) is not None


def unreadable(board: Board, at: datetime, reason: str) -> Answer:
    """A snapshot that shows no listing. It is counted and never written: it says nothing about the board."""
    return Answer(board, at, Outcome.FAILED, None, reason[:400])


def captured_address(link: bytes | None) -> str | None:
    """The address that was archived, as the answer's Link header names it."""
    found = _CAPTURED.search((link or b"").decode("latin-1"))
    return found[1] if found else None


def present() -> datetime:
    """Now (UTC, naive, whole seconds): how far a walk without an end goes."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def sentence(counts: Mapping[str, int], first: str | None) -> str | None:
    """What did not come out well, in one line; None where all did."""
    unread, silent, waiting = (counts.get(name, 0) for name in ("unreadable", "unanswered", "waiting"))
    parts = [
        f"Snapshots that could not be read: {unread}; the first, {first}." if unread else "",
        f"Snapshots not played back this time: {silent}." if silent else "",
        f"Requests sent: {counts['asked']}; boards left for the next walk: {waiting}." if waiting else "",
    ]
    return " ".join(filter(None, parts)) or None
