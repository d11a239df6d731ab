"""How a source is doing: what its last days of collection gave, and the verdict in one plain sentence.

Pure: the record (data.health.record) and the journal of a release give the same `Health`, so the command
line, the Sources page and the alerts cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from data.health.words import fault, say, why
from data.intake import NOT_A_JOB
from data.wording import Sentence

if TYPE_CHECKING:
    from data.reference import Card

DAYS = 14
"""Days of collection that make a trend."""
TROUBLED = 0.1
"""Share of boards without a whole answer above which a day of collection was no good one."""
LOW = 0.7
"""Share of its usual postings below which a source is not believed at once (METHOD: volume guard)."""
LEAST_USUAL = 20
UNREAD = 0.05
"""Share of records set aside above which a source may have changed its shape."""
LATE = timedelta(minutes=30)
"""A run that the scheduler planned longer ago than this, and has not begun, is overdue."""
LATE_BY_CARD = timedelta(hours=12)
"""The same where only the card's cron line is known: the scheduler may be busy with other sources."""
OPEN_LONG = timedelta(days=1)


class Level(StrEnum):
    """What a reader has to do about a source: nothing, look at it, or nothing because it is not collected."""

    WELL = "well"
    ILL = "ill"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Detail:
    """One counted fact. `kind`: volume (name: day, n: postings), trouble (name: outcome, n: boards), reject
    (name: field, n: records of the last day), unknown (name: word, n: times).
    """

    kind: str
    name: str
    reason: str | None
    n: int


@dataclass(frozen=True, slots=True)
class Health:
    """A source's last days of collection. Times are UTC, naive; counts are of `day`, its last day with checks.

    `n_same` are the postings of boards that answered and were known before, `n_usual` the sum of what is
    usual for each of these boards; `low_days` says on how many last days running they were below LOW.
    `n_held`: boards whose closings the volume guard holds back (as published; 0 before). `n_listed`: what boards that
    are read in part say they hold.
    """

    source: str
    last_run_at: datetime | None = None
    last_run_status: str | None = None
    last_run_reason: str | None = None
    last_run_boards: int = 0
    last_good_at: datetime | None = None
    imported_at: datetime | None = None
    day: date | None = None
    n_boards: int = 0
    n_answered: int = 0
    n_suspended: int = 0
    n_seen: int = 0
    n_listed: int | None = None
    n_same: int = 0
    n_usual: int = 0
    low_days: int = 0
    n_held: int = 0
    n_rejected: int = 0
    unread_since: date | None = None
    details: tuple[Detail, ...] = ()

    def of_kind(self, kind: str) -> list[Detail]:
        return [detail for detail in self.details if detail.kind == kind]

    @property
    def unread(self) -> list[Detail]:
        """Records set aside that were meant to be adverts, by field and reason."""
        return [detail for detail in self.of_kind("reject") if detail.name != NOT_A_JOB]

    @property
    def unread_share(self) -> float:
        n = sum(detail.n for detail in self.unread)
        return n / (n + self.n_seen) if n else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`trouble` names the finding, `sentence` says it (en, fr)."""

    level: Level
    trouble: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a source beside its runs. `next_run` as planned (UTC, naive); `lacking`: what the user
    must set; `expected`: postings of a usual day; `has_postings`: an archive or an import gave some.
    """

    now: datetime
    next_run: datetime | None = None
    grace: timedelta = LATE
    lacking: Sequence[str] = ()
    expected: int | None = None
    has_postings: bool = False

    @property
    def is_late(self) -> bool:
        return self.next_run is not None and self.next_run + self.grace < self.now


def judge(health: Health, card: Card | None, around: Around) -> Verdict:
    """The gravest thing to say of a source; one sentence."""
    name = _names(health, card)
    found = next((f for f in _findings(health, card, around, name) if f is not None), None)
    return found or _well(health, card, name)


def _names(health: Health, card: Card | None) -> Sentence:
    if card is None:
        return {"en": health.source, "fr": health.source}
    return {"en": card.label, "fr": card.label_fr or card.label}


def _findings(health: Health, card: Card | None, around: Around, name: Sentence) -> Iterator[Verdict | None]:
    """Every thing that may be wrong, gravest first."""
    yield _idle(health, card, around)
    yield _unreached(health, name)
    yield _silent(health, around, name)
    yield _low(health, card, name)
    yield _few(health, around, name)
    yield _unread(health, name)
    yield _some_boards(health)
    yield _broken_off(health, around)
    yield _late(around)


def _ill(trouble: str, **values: object) -> Verdict:
    return Verdict(Level.ILL, trouble, say(trouble, **values))


def _idle(health: Health, card: Card | None, around: Around) -> Verdict | None:
    if health.last_run_at is not None:
        return None
    if health.imported_at is not None:
        trouble, values = "imported", {"day": health.imported_at.date()}
    else:
        trouble, values = _never_asked(card, around)
    level = Level.ILL if trouble == "never_late" else Level.IDLE
    return Verdict(level, trouble, say(trouble, **values))


_UNASKED = {
    "reference": "reference",
    "archive": "archived_only",
    "import": "archived_only",
    "snapshots": "snapshots",
}


def _never_asked(card: Card | None, around: Around) -> tuple[str, dict[str, Any]]:
    if card is None:
        return ("archived" if around.has_postings else "never"), {}
    if card.kind in _UNASKED:
        return _UNASKED[card.kind] if around.has_postings or card.kind != "import" else "no_files", {}
    if around.lacking:
        return "lacks_key", {"keys": ", ".join(around.lacking)}
    if around.has_postings:
        return "archived", {}
    if card.keys:
        return "wants_key", {"keys": ", ".join(card.keys)}
    if card.kind == "page":
        return "page", {}
    if not card.enabled:
        return "off", {}
    if around.is_late:
        return "never_late", {"at": around.next_run}
    return ("first_run", {"at": around.next_run}) if around.next_run else ("never", {})


def _unreached(health: Health, name: Sentence) -> Verdict | None:
    if health.last_run_status != "failed" or health.last_run_boards:
        return None
    assert health.last_run_at is not None
    return _ill("unreached", name=name, day=health.last_run_at.date(), reason=why(health.last_run_reason))


def _silent(health: Health, around: Around, name: Sentence) -> Verdict | None:
    """More than half of the boards gave no whole answer."""
    if not health.n_boards or health.n_answered * 2 >= health.n_boards:
        return None
    worst = max(health.of_kind("trouble"), key=lambda detail: detail.n)
    values: dict[str, Any] = {"name": name, "reason": why(worst.reason or worst.name)}
    values |= {"n": worst.n, "boards": health.n_boards}
    if health.last_good_at is None:
        return _ill("silent_always", **values)
    return _ill("silent", days=max(1, (around.now.date() - health.last_good_at.date()).days), **values)


def _low(health: Health, card: Card | None, name: Sentence) -> Verdict | None:
    if not health.low_days:
        return _held(health)
    values = {"name": name, "share": health.n_same / health.n_usual, "usual": health.n_usual}
    if card is None or card.lifecycle != "listing":
        return _ill("low", **values)
    return _ill("low_held" if health.n_held or health.low_days == 1 else "low_agreed", **values)


def _held(health: Health) -> Verdict | None:
    """Many boards list far fewer postings than before, while the source as a whole does not."""
    if not health.n_boards or health.n_held / health.n_boards <= TROUBLED:
        return None
    return _ill("held", n=health.n_held, boards=health.n_boards, day=health.day)


def _few(health: Health, around: Around, name: Sentence) -> Verdict | None:
    if around.expected is None or not health.n_boards or health.n_seen >= around.expected:
        return None
    return _ill("few", name=name, seen=health.n_seen, expected=around.expected, day=health.day)


def _unread(health: Health, name: Sentence) -> Verdict | None:
    if health.unread_share <= UNREAD:
        return None
    worst = max(health.unread, key=lambda detail: detail.n)
    values = {"name": name, "share": health.unread_share, "since": health.unread_since or health.day}
    return _ill("unread", **values, fault=fault(worst.name, worst.reason))


def _some_boards(health: Health) -> Verdict | None:
    n = health.n_boards - health.n_answered
    if not health.n_boards or n / health.n_boards <= TROUBLED:
        return None
    return _ill("some_boards", n=n, boards=health.n_boards, day=health.day, reason=_worst(health))


def _worst(health: Health) -> Sentence:
    worst = max(health.of_kind("trouble"), key=lambda detail: detail.n)
    return why(worst.reason or worst.name)


def _broken_off(health: Health, around: Around) -> Verdict | None:
    at = health.last_run_at
    if health.last_run_status == "running" and at is not None and at + OPEN_LONG < around.now:
        return _ill("still_open", at=at)
    if health.last_run_status not in ("failed", "interrupted") or at is None:
        return None
    said = "failed_run" if health.last_run_status == "failed" else "broken_off"
    return _ill(said, day=at.date(), reason=why(health.last_run_reason))


def _late(around: Around) -> Verdict | None:
    return _ill("late", at=around.next_run) if around.is_late else None


def _well(health: Health, card: Card | None, name: Sentence) -> Verdict:
    """What a source that is well says: in part by design, with a few boards missing, or in full."""
    values: dict[str, Any] = {"day": health.day, "boards": health.n_boards}
    if not health.n_boards:
        walked = card is not None and card.kind == "snapshots"
        trouble, values = "walked" if walked else "nothing_asked", {"at": health.last_run_at}
    elif health.n_listed is not None:
        trouble = "by_design"
        values |= {"name": name, "seen": health.n_seen, "listed": health.n_listed}
    elif health.n_answered < health.n_boards:
        trouble = "nearly_all"
        values |= {"n": health.n_answered, "reason": _worst(health)}
    else:
        trouble = "one_board" if health.n_boards == 1 else "all_boards"
    return Verdict(Level.WELL, trouble, say(trouble, **values))
