"""Reads the lowest degree an advert accepts, and whether it is required or preferred."""

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.parse.facts import rule_literals
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.modifiers import Levels
from nlp.parse.reading import Evidence, Reading

TABLE = "degrees"
RANK = {"other": 0, "bachelor": 1, "master": 2, "phd": 3, "unnamed": 4}


@dataclass(frozen=True, slots=True)
class Degree:
    """`degree` is none_stated, bachelor, master, phd or other; `level` required, preferred or None."""

    degree: str
    level: str | None
    evidence: Evidence | None = None


def literals() -> list[Literal]:
    """Return the degree names of `rules/degrees.csv`."""
    return rule_literals(TABLE, lambda row: (row["degree"], row["doubtful"] == "1"))


def candidates(reading: Reading) -> Iterator[tuple[Hit, str]]:
    """Yield every degree named: required, preferred, not_required, or elsewhere (where none is asked for)."""
    levels = Levels(reading)
    for hit in longest(reading.found(TABLE)):
        _, doubtful = hit.key
        section = reading.section(hit.start)
        if section == "legal" or (doubtful and section not in (None, "requirements", "preferred")):
            yield hit, "elsewhere"
            continue
        level = levels.level(hit.start, hit.end, study=False).level
        yield hit, level if level in ("preferred", "not_required") else "required"


def find_degree(reading: Reading) -> Degree:
    """Return the lowest degree demanded as a must, else the lowest preferred one; an unnamed one only if alone."""
    found: dict[str, list[tuple[int, Hit]]] = {"required": [], "preferred": []}
    for hit, level in candidates(reading):
        if level in found:
            found[level].append((RANK[hit.key[0]], hit))
    for level in ("required", "preferred"):
        if found[level]:
            hit = min(found[level], key=lambda pair: (pair[0], pair[1].start))[1]
            name = "other" if hit.key[0] == "unnamed" else hit.key[0]
            return Degree(name, level, Evidence(hit.start, hit.end, f"degree.{hit.key[0]}"))
    return Degree("none_stated", None)
