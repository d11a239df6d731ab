"""Reads where the work is done: the most remote of the ways on offer."""

from nlp.parse.facts import Fact, rule_literals, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Reading

TABLE = "remote"
UNSPECIFIED = "unspecified"
NEGATIONS = ("no ", "not ", "non ", "pas de ", "sans ", "isn't ", "cannot ", "don't ", "n't offer ", "not a ", "aucun ")


def literals() -> list[Literal]:
    """Return the words of `rules/remote.csv`, each standing for a way of working."""
    return rule_literals(TABLE, lambda row: row["value"])


def find_remote(reading: Reading, *, location: str | None) -> Fact[str]:
    """Return remote, hybrid, onsite or unspecified; `location` is the posting's own field."""
    hits = [hit for hit in longest(reading.found(TABLE)) if hit.key != "none" and not _negated(reading.folded, hit)]
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.key, hit)
    if "remote" in (location or "").lower() and "hybrid" not in first:
        return stated("remote", first["remote"], "remote.words") if "remote" in first else Fact("remote")
    for value in ("remote", "hybrid", "onsite"):
        if value in first:
            return stated(value, first[value], f"remote.{value}")
    return Fact(UNSPECIFIED)


def _negated(folded: str, hit: Hit) -> bool:
    return hit.key != "onsite" and folded[max(0, hit.start - 14) : hit.start].endswith(NEGATIONS)
