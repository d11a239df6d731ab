"""Reads the seniority of an advert's first role, from its title, else from its text."""

from nlp.parse.facts import Fact, rule_literals, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Reading

TABLE = "seniority"
ORDER = ("intern", "executive", "manager", "lead", "senior", "mid", "junior")
UNSPECIFIED = "unspecified"


def literals() -> list[Literal]:
    """Return the words of `rules/seniority.csv`, each standing for (value, also in the text)."""
    return rule_literals(TABLE, lambda row: (row["value"], row["in_text"] == "1"))


def find_seniority(reading: Reading) -> Fact[str]:
    """Return intern, junior, mid, senior, lead, manager, executive or unspecified."""
    named = [hit for hit in longest(list(reading.title_hits.get(TABLE, []))) if hit.key[0] != "none"]
    if named:
        return Fact(_highest(named))
    for hit in longest(reading.found(TABLE)):
        if hit.key[0] != "none" and hit.key[1] and reading.section(hit.start) not in ("about", "benefits", "legal"):
            return stated(hit.key[0], hit, f"seniority.{hit.key[0]}")
    return Fact(UNSPECIFIED)


def _highest(hits: list[Hit]) -> str:
    values = {hit.key[0] for hit in hits}
    return next(value for value in ORDER if value in values)
