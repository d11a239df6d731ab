"""An invented job market with known truth: boards, their adverts, and how each board answers on each day. Pure, seeded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

SOURCES = ("greenhouse", "lever", "ashby", "recruitee", "smartrecruiters")
START = date(2026, 9, 1)

WHOLE, HALF, BROKEN = "whole", "half", "one broken"
EMPTY, GONE = "empty", "gone"
ERROR, BUSY, SLOW, CUT, RENAMED = "error", "busy", "slow", "cut", "renamed"
LISTS = (WHOLE, HALF, BROKEN)
"""Answers that list postings; of BROKEN one record cannot be read. All others say nothing about postings."""

ROLES = (
    "Prompt Engineer", "Senior Prompt Engineer", "Data Analyst", "Account Manager", "Backend Developer",
    "Product Designer", "Support Specialist", "Recruiter", "Technical Writer", "Sales Lead", "Office Manager",
)  # fmt: skip
TEAMS = (
    "Search",
    "Growth",
    "Payments",
    "Platform",
    "Trust",
    "Mobile",
    "Insights",
    "Logistics",
    "Care",
    "Labs",
)
CITIES = ("Lyon", "Lille", "Berlin", "Porto", "Leeds", "Turin", "Ghent", "Malmö")
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka", "le")
VOCABULARY = tuple(a + b + c for a in _SYLLABLES for b in _SYLLABLES[::2] for c in ("", "n", "r"))


@dataclass(frozen=True, slots=True)
class Advert:
    """One posting: up from day `opens` until the day before `closes`, but for the days `away`.

    `texts`: (first day, wording), oldest first. Adverts with the same `job` advertise one opening.
    """

    external_id: str
    job: int
    title: str
    city: str
    opens: int
    closes: int | None
    texts: tuple[tuple[int, str], ...]
    away: range = range(0)

    def is_up(self, day: int) -> bool:
        return self.opens <= day and (self.closes is None or day < self.closes) and day not in self.away

    def text(self, day: int) -> str:
        return [words for first, words in self.texts if first <= day][-1]

    @property
    def posted(self) -> date:
        return START + timedelta(days=self.opens)


@dataclass(frozen=True, slots=True)
class Board:
    """One employer's listing; `plan`: how it answers, by day of the world."""

    source: str
    token: str
    company: str
    adverts: tuple[Advert, ...]
    plan: tuple[str, ...]

    def up(self, day: int) -> list[Advert]:
        return [advert for advert in self.adverts if advert.is_up(day)]

    def listed(self, day: int) -> list[Advert]:
        """What the answer of `day` lists (the record that cannot be read, first of all, included)."""
        up = self.up(day)
        if self.plan[day] == HALF:
            return [advert for n, advert in enumerate(up) if n % 2 == day % 2] or up[:1]
        return up if self.plan[day] in LISTS else []


@dataclass(frozen=True, slots=True)
class World:
    """Boards, and the days on which they are asked (the machine may be off on others)."""

    boards: tuple[Board, ...]
    days: tuple[int, ...]


FATES = (
    "half", "empty for good", "gone for good", "moves", "falls", "empty day", "gone day", "error", "busy",
    "slow", "cut", "renamed days", "renamed for good", "one broken", "late", "half at the end", "emptying",
    "steady", "steady", "steady",
)  # fmt: skip
_LARGE = {"half", "falls", "half at the end"}


def make_world(seed: int, *, n_boards: int, days: tuple[int, ...], halved: str = "lever") -> World:
    """A world of at least `n_boards`; on one day every board of the source `halved` lists half only."""
    rng = random.Random(seed)
    boards: list[Board] = []
    number = 0
    while len(boards) < n_boards:
        fate = FATES[number % len(FATES)]
        boards += _Maker(rng, len(boards), number, fate, days).boards()
        number += 1
    middle = days[len(days) // 2]
    return World(tuple(_halved(b, middle) if b.source == halved else b for b in boards), days)


def _halved(board: Board, day: int) -> Board:
    if board.plan[day] != WHOLE:
        return board
    return replace(board, plan=(*board.plan[:day], HALF, *board.plan[day + 1 :]))


class _Maker:
    """Makes the board of one fate, or the two boards of an employer that moves."""

    def __init__(self, rng: random.Random, first: int, number: int, fate: str, days: tuple[int, ...]) -> None:
        self.rng, self.first, self.fate, self.days = rng, first, fate, days
        self.last = days[-1]
        self.source = SOURCES[(number + number // len(SOURCES)) % len(SOURCES)]
        if fate == "busy":
            self.source = "recruitee"  # a host of its own: Retry-After is for the whole host
        if fate in ("half", "one broken"):
            self.source = "greenhouse"  # of `halved`, two halved answers in a row would be no lie
        if fate == "falls":
            self.source = "ashby"
        self.company = f"{rng.choice(VOCABULARY).title()}{number} {rng.choice(('Works', 'Labs', 'Systems'))}"
        self._n_jobs = 0

    def boards(self) -> Iterator[Board]:
        size = self.rng.randint(14, 22) if self.fate in _LARGE else self.rng.randint(3, 9)
        adverts = [self.advert(self.first, opens=self.rng.randint(-50, 0)) for _ in range(size)]
        adverts = [*self.lived(adverts), *self.fresh()]
        plan = self.plan()
        if self.fate != "moves":
            yield self.board(self.first, self.source, adverts, plan)
            return
        day = self.days[len(self.days) // 3]
        leaves = GONE if self.rng.random() < 0.5 else EMPTY
        plan = [leaves if d >= day else word for d, word in enumerate(plan)]
        yield self.board(self.first, self.source, adverts, plan)
        other = SOURCES[(SOURCES.index(self.source) + 2) % len(SOURCES)]
        moved = [self.moved(advert, n, day) for n, advert in enumerate(adverts) if advert.is_up(day)]
        before = [EMPTY if d < day else WHOLE for d in range(len(plan))]
        yield self.board(self.first + 1, other, moved, before)

    def board(self, index: int, source: str, adverts: list[Advert], plan: list[str]) -> Board:
        return Board(
            source, f"{self.fate.replace(' ', '')}{index}", self.company, tuple(adverts), tuple(plan)
        )

    def plan(self) -> list[str]:
        plan, last = [WHOLE] * (self.last + 1), self.last
        day = self.rng.choice(self.days[2:-3])
        third = self.days[len(self.days) // 3]
        once = {"half": HALF, "empty day": EMPTY, "gone day": GONE, "one broken": BROKEN, "slow": SLOW}
        twice = {"error": ERROR, "busy": BUSY, "cut": CUT, "renamed days": RENAMED}
        if self.fate in once:
            plan[day] = once[self.fate]
        if self.fate in twice:
            plan[day : day + 2] = [twice[self.fate]] * 2
        if self.fate in ("empty for good", "renamed for good"):
            word = EMPTY if self.fate == "empty for good" else RENAMED
            plan[third:] = [word] * (last + 1 - third)
        if self.fate == "gone for good":
            plan[self.days[1] :] = [GONE] * (last + 1 - self.days[1])
        if self.fate == "late":
            plan[0] = ERROR
        if self.fate == "half at the end":
            plan[last] = HALF
        if self.fate == "emptying":  # two empty answers at the end are not enough to believe
            plan[self.days[-2] :] = [EMPTY] * (last + 1 - self.days[-2])
        return plan

    def advert(self, index: int, *, opens: int, closes: int | None = None, text: str = "") -> Advert:
        job = self.first * 1000 + self._n_jobs
        self._n_jobs += 1
        title = f"{self.rng.choice(ROLES)}, {self.rng.choice(TEAMS)}"
        words = text or " ".join(self.rng.choices(VOCABULARY, k=120))
        external_id = f"{index + 1}{job % 1000:04d}"
        return Advert(external_id, job, title, self.rng.choice(CITIES), opens, closes, ((opens, words),))

    def lived(self, adverts: list[Advert]) -> Iterator[Advert]:
        """What befalls the adverts of the first day; one in five closes at most, or many at once in a fall."""
        falls = self.days[len(self.days) // 2] if self.fate == "falls" else None
        for n, advert in enumerate(adverts):
            lot = n % 10
            day = self.rng.choice(self.days[1:-1])
            if falls is not None and n % 5 < 2:
                yield replace(advert, closes=falls)
            elif lot == 1:
                yield replace(advert, closes=day)
            elif lot == 2:
                yield from self.reposted(advert)
            elif lot == 3 and self.source != "smartrecruiters":  # its listing does not show an edit
                yield self.edited(advert, day)
            elif lot == 4:
                yield replace(advert, away=range(day, day + 2))
            elif lot == 5:
                yield replace(advert, away=range(1, self.rng.choice((4, 6, self.last + 1))))
            else:
                yield advert

    def reposted(self, advert: Advert) -> Iterator[Advert]:
        """It closes and comes again under another id with the same text."""
        closes = self.rng.choice(self.days[1:-2])
        opens = min(closes + self.rng.randint(0, 3), self.last)
        yield replace(advert, closes=closes)
        again = self.advert(self.first, opens=opens, text=advert.texts[0][1])
        yield replace(again, job=advert.job, title=advert.title, city=advert.city)

    def edited(self, advert: Advert, day: int) -> Advert:
        words = advert.texts[0][1].split()
        words[60:63] = self.rng.choices(VOCABULARY, k=3)
        return replace(advert, texts=(*advert.texts, (day, " ".join(words))))

    def fresh(self) -> Iterator[Advert]:
        """New adverts; some of them are up for a day or two only."""
        for day in self.days[1:]:
            if self.rng.random() < 0.3:
                closes = day + self.rng.randint(1, 2) if self.rng.random() < 0.2 else None
                yield self.advert(self.first, opens=day, closes=closes)

    def moved(self, advert: Advert, n: int, day: int) -> Advert:
        """The same job at another platform, under an id of that one."""
        text = advert.text(day)
        return replace(
            advert, external_id=f"{self.first + 2}{9000 + n}", opens=day, texts=((day, text),), away=range(0)
        )
