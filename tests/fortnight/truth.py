"""What a record of the world should say of every posting, worked out posting by posting from what is true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.fortnight.world import BROKEN, EMPTY, GONE, START, WHOLE, Advert, Board, World

if TYPE_CHECKING:
    from data.release import Release

RELISTED = 3
"""Believed looks that may lack a posting before it comes back."""


@dataclass(frozen=True, slots=True)
class Spell:
    """First and last day it was listed, and the first believed look without it with how it ended."""

    first_seen: date
    last_seen: date
    gone_by: date | None = None
    exit: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of one posting; `opening` is the key of the earliest posting of its job."""

    spells: tuple[Spell, ...]
    opening: str
    n_versions: int
    changed_on: date | None


def truth(world: World) -> dict[str, Life]:
    """The life of every posting that could be seen, by key."""
    lives: dict[str, Life] = {}
    jobs: dict[tuple[str, int], list[tuple[date, str]]] = defaultdict(list)
    members: dict[str, tuple[str, int]] = {}
    for board in world.boards:
        closing = _closing(board, world.days)
        for advert in board.adverts:
            seen = [day for day in world.days if _is_read(board, advert, day)]
            if seen:
                key = f"{board.source}:{advert.external_id}"
                lives[key] = _life(advert, seen, closing)
                members[key] = board.company, advert.job
                jobs[members[key]].append((advert.posted, key))
    return {key: replace(life, opening=min(jobs[members[key]])[1]) for key, life in lives.items()}


def _is_read(board: Board, advert: Advert, day: int) -> bool:
    listed = board.listed(day)
    return advert in listed and not (board.plan[day] == BROKEN and advert is listed[0])


def _closing(board: Board, days: tuple[int, ...]) -> dict[int, str]:
    """The looks that may be believed, with the exit of who is not in them: whole listings; a board that is
    empty to the end, if asked three times; one that is gone to the end, if asked for a week."""
    found = {day: "vanished" for day in days if board.plan[day] == WHOLE and board.up(day)}
    for word, name in ((EMPTY, "emptied"), (GONE, "board_gone")):
        tail = _tail(board, days, word)
        is_true = len(tail) >= 3 and (word == EMPTY or tail[-1] - tail[0] >= 7)
        if is_true and board.listed(days[0]):
            found |= dict.fromkeys(tail, name)
    return found


def _tail(board: Board, days: tuple[int, ...], word: str) -> list[int]:
    tail: list[int] = []
    for day in reversed(days):
        if board.plan[day] != word:
            break
        tail.insert(0, day)
    return tail


def _life(advert: Advert, seen: list[int], closing: Mapping[int, str]) -> Life:
    spells: list[list[int]] = []
    for day in seen:
        missed = [c for c in closing if spells and spells[-1][1] < c < day]
        if spells and len(missed) <= RELISTED:
            spells[-1][1] = day
        else:
            spells.append([day, day])
    wordings = [advert.text(day) for day in seen]
    changes = [day for day, new, old in zip(seen[1:], wordings[1:], wordings, strict=False) if new != old]
    ended = tuple(_spell(first, last, closing) for first, last in spells)
    return Life(ended, "", len(set(wordings)), _date(changes[-1]) if changes else None)


def _spell(first: int, last: int, closing: Mapping[int, str]) -> Spell:
    after = [day for day in closing if day > last]
    ended = (_date(min(after)), closing[min(after)]) if after else (None, None)
    return Spell(_date(first), _date(last), *ended)


def _date(day: int) -> date:
    return START + timedelta(days=day)


# --- what the release says ------------------------------------------------------------------------


def released_lives(release: Release) -> dict[str, Life]:
    """The life of every posting of a release, by key."""
    spells: dict[str, list[Spell]] = defaultdict(list)
    for row in release.query("SELECT * FROM spells ORDER BY posting_key, spell").itertuples():
        ended = (_day(row.gone_by), row.exit if isinstance(row.exit, str) else None)
        spells[row.posting_key].append(Spell(_day(row.first_seen), _day(row.last_seen), *ended))  # type: ignore[arg-type]
    return {
        row.posting_key: Life(
            tuple(spells[row.posting_key]), row.opening_key, int(row.n_versions), _day(row.changed_on)
        )
        for row in release.query("SELECT * FROM postings").itertuples()
    }


def _day(value: Any) -> date | None:
    return None if value != value or value is None else value.date()


def differences(expected: Mapping[str, Life], found: Mapping[str, Life]) -> list[str]:
    """Every posting that is lost, invented, or told otherwise, one line each."""
    return list(_differences(expected, found))


def _differences(expected: Mapping[str, Life], found: Mapping[str, Life]) -> Iterator[str]:
    for key in sorted({*expected, *found}):
        if key not in found:
            yield f"{key} is lost: {expected[key]}"
        elif key not in expected:
            yield f"{key} is invented: {found[key]}"
        elif expected[key] != found[key]:
            yield f"{key} should be {expected[key]} and is {found[key]}"
