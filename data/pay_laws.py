"""Laws that demand pay in job adverts (reference/pay_laws.csv): where, since when, and whether a place is under one.

The table holds laws that speak of the advert itself; those that grant pay on request or before an offer are left
out, and so is Directive (EU) 2023/970, which binds states and no employer before it is transposed.
"""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from data.errors import ReferenceDataError

REFERENCE = Path(__file__).parent / "reference"
LAWS = REFERENCE / "pay_laws.csv"
_SEGMENT = re.compile(r"[;/|]|\bor\b")
_TRAILING_CODE = re.compile(r"^(?P<city>.+?)[\s(]+(?P<code>[A-Z]{2})\)?$")
# Alone, the name of a state or of another state's or country's city.
_AMBIGUOUS = frozenset({"washington", "georgia"})
LARGE, FAR = 100_000, 10


@dataclass(frozen=True, slots=True)
class Law:
    """One law: in `country`, where given only in `state` or its `city`; for employers of so many employees or more."""

    id: str
    country: str
    state: str | None
    city: str | None
    in_force: date
    employees: int
    name: str
    source: str


@cache
def load_laws(path: Path = LAWS) -> tuple[Law, ...]:
    """Every law, in the file's order. Raises ReferenceDataError where a row is incomplete."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return tuple(_law(row) for row in rows)
    except (KeyError, ValueError) as error:
        raise ReferenceDataError(f"{path.name}: {error!r}; correct the row.") from error


def _law(row: dict[str, str]) -> Law:
    if not (row["id"] and row["country"] and row["source"]):
        raise ValueError(f"{row}: id, country and source are needed")
    return Law(
        id=row["id"],
        country=row["country"],
        state=row["state"] or None,
        city=row["city"] or None,
        in_force=date.fromisoformat(row["in_force"]),
        employees=int(row["employees"]),
        name=row["law"],
        source=row["source"],
    )


@dataclass(frozen=True, slots=True)
class State:
    """A place as far as laws ask: country, and where the words say so the state and the city that has its own law."""

    country: str
    state: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What laws say of a place: the ids and days of those that ever applied (ascending by day), and its group else.

    `otherwise`: same_country (a known state of a country with such laws), elsewhere (another country), unknown.
    """

    laws: tuple[tuple[date, str], ...]
    otherwise: str

    def in_force(self, day: date) -> tuple[str, ...]:
        """Ids of the laws in force on `day`."""
        return tuple(law for since, law in self.laws if since <= day)


@lru_cache(maxsize=50_000)
def standing(place: str | None, country: str | None) -> Standing:
    """The laws where the advert's words (`place`, several joined by ';') put the job.

    `country` (ISO 3166 alpha-2) is that of the first place. The size of the employer is not known and not asked;
    where a job can be done in one of several places, the law of any of them counts.
    """
    places = states_of(place, country)
    laws = sorted((law.in_force, law.id) for law in load_laws() if _is_under(law, places))
    with_states = {law.country for law in load_laws() if law.state}
    if any(one.state for one in places if one.country in with_states):
        return Standing(tuple(laws), "same_country")
    is_open = not places or any(one.country in with_states for one in places)
    return Standing(tuple(laws), "unknown" if is_open else "elsewhere")


def _is_under(law: Law, places: frozenset[State]) -> bool:
    return any(
        law.country == one.country
        and (law.state is None or law.state == one.state)
        and (law.city is None or law.city == one.city)
        for one in places
    )


def states_of(place: str | None, country: str | None) -> frozenset[State]:
    """The states and countries named by an advert's words about places; cautious: what is open names no state.

    A state counts by its name, by its code in capitals behind a city ("Austin, TX"), by one of our own names of a
    city or region (reference/places.csv), and in the United States by a city that is by far the largest of its name.
    A bare code counts where `country` is its country.
    """
    segments = [segment.strip() for segment in _SEGMENT.split(place or "")]
    found = {one for segment in segments if (one := _state_of(segment, country)) is not None}
    if country and not any(one.country == country for one in found):
        found.add(State(country))
    return frozenset(found)


def _state_of(segment: str, country: str | None) -> State | None:
    parts = [part.strip() for part in segment.split(",") if part.strip()]
    if not parts:
        return None
    if len(parts) == 1 and (found := _TRAILING_CODE.match(parts[0])):
        parts = [found["city"], found["code"]]
    if len(parts) == 1:
        return _alone(parts[0], country)
    alias = _aliases().get(parts[0].lower())
    for part in reversed(parts[1:]):
        named = _states().get(part if len(part) == 2 else part.lower())
        if named is not None and (named[0] == country or part.lower() not in _AMBIGUOUS):
            is_same = alias is not None and (alias.country, alias.state) == named
            return State(*named, alias.city if alias is not None and is_same else None)
    return _alone(parts[0], country)


def _alone(word: str, country: str | None) -> State | None:
    """The state of a word without one behind it, in the country the advert is known to name."""
    if word.lower() in _AMBIGUOUS:
        return None
    alias = _aliases().get(word.lower())
    named = _states().get(word if len(word) == 2 else word.lower())
    if alias is None and named is not None:
        alias = State(*named)
    if alias is None and country == "US":
        alias = _large_towns().get(word.lower())
    return alias if alias is not None and alias.country == country else None


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Names and codes of states of the countries with laws by state, to (country, state)."""
    countries = {law.country for law in load_laws() if law.state}
    with (REFERENCE / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] in countries]
    return {row["name"]: (row["country"], row["state"]) for row in rows}


@cache
def _aliases() -> dict[str, State]:
    """Our own names of cities and regions in a state."""
    with (REFERENCE / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region"]]
    return {r["alias"].lower(): State(r["country"], r["region"], r["city"] or None) for r in rows}


@cache
def _large_towns() -> dict[str, State]:
    """Towns of the United States with LARGE people or more and FAR times as many as the next of their name there."""
    found = {}
    with gzip.open(REFERENCE / "towns.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            name, _, towns = line.rstrip("\n").partition("\t")
            if ";US;" not in towns:
                continue
            own = [town.split(";") for town in towns.split("|")]
            sizes = sorted(((int(t[0]), t[2]) for t in own if t[1] == "US"), reverse=True)
            is_clear = len(sizes) == 1 or sizes[0][0] >= FAR * sizes[1][0]
            if sizes[0][0] >= LARGE and is_clear and sizes[0][1] in _states():
                found[name] = State(*_states()[sizes[0][1]])
    return found
