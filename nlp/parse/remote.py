"""Reads where the work is done: the most remote of the ways on offer."""

import re

from nlp.parse.facts import Fact, rule_literals, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Evidence, Reading
from nlp.parse.tables import rule_rows

TABLE = "remote"
WEAK = "remote_weak"
UNSPECIFIED = "unspecified"
NEGATIONS = (
    "no ",
    "not ",
    "non ",
    "pas de ",
    "sans ",
    "isn't ",
    "cannot ",
    "don't ",
    "n't offer ",
    "not a ",
    "aucun ",
)
IN_PLACES = (
    ("remote", "remote"),
    ("hybrid", "hybrid"),
    ("hybrid", "híbrid"),
    ("hybrid", "partiel"),
    ("remote", "télétravail"),
    ("remote", "à distance"),
    ("remote", "teletrabajo"),
    ("remote", "homeoffice"),
    ("remote", "remoto"),
)
# Firm words beat passing ones ("ONSITE (WFH during Covid)"), and a hybrid scheme beats a passing "remotely".
ORDER = ("remote", "hybrid", "onsite", WEAK)


REACH = 150
# " our " comes first, since a plain string is searched fast; what stands before it is asked there.
_OFFICE = re.compile(
    r" our (?:(?<=\s(in|at) our )|(?<=\s(from|join) our )|(?<=\s(out of) our ))"
    r"(?:[\w&.'-]+ ){0,3}(?:offices?|hq|headquarters|studio|lab)\b(?! (?:manag|hour|admin|suite))"
)
_SOUGHT = re.compile(
    r"\b(?:hiring|looking for|seeking|searching for|join us|to join|based|positions?|roles?|work|works|working|located)\b"
)


def literals() -> list[Literal]:
    """Return the words of `rules/remote.csv`, each standing for a way of working."""
    return rule_literals(TABLE, lambda row: row["value"])


def find_remote(reading: Reading, *, location: str | None, source: str | None) -> Fact[str]:
    """Return remote, hybrid, onsite or unspecified; `location` is what the posting's own fields say of the place."""
    first: dict[str, Hit] = {}
    for hit in longest(reading.found(TABLE)):
        if hit.key != "none" and not is_negated(reading.folded, hit):
            first.setdefault(hit.key, hit)
    field = _from_fields(location or "") or _from_title(reading)
    if field and field not in first:
        return Fact(field)
    for value in ORDER:
        if value in first:
            return stated(value.removesuffix("_weak"), first[value], f"remote.{value}")
    return _at_office(reading) or Fact("remote" if source in _remote_only() else UNSPECIFIED)


def _at_office(reading: Reading) -> Fact[str] | None:
    """Read "hiring for the following roles in our Ghent office": people sought for an office work there."""
    if " our " not in reading.folded:
        return None
    for office in _OFFICE.finditer(reading.folded):
        start = office.start(office.lastindex or 0)
        left = max(reading.sentence(start)[0], start - REACH)
        if office.end() <= reading.head_end or _SOUGHT.search(reading.folded, left, start):
            return Fact("onsite", Evidence(start, office.end(), "remote.office"))
    return None


def _from_title(reading: Reading) -> str | None:
    """Read a title such as "Rédacteur (100 % télétravail)"."""
    said = {hit.key for hit in longest(reading.title_hits.get(TABLE, []))} if reading.is_titled else set()
    return next((value.removesuffix("_weak") for value in ORDER if value in said), None)


def _from_fields(location: str) -> str | None:
    """Read a place such as "Lyon (télétravail)"; where it is both hybrid and remote, the plain word decides."""
    words = location.lower()
    return next((value for value, word in IN_PLACES if word in words), None)


def _remote_only() -> frozenset[str]:
    """Sources that list remote jobs only."""
    return frozenset(row["source"] for row in rule_rows("remote_sources"))


def is_negated(folded: str, hit: Hit) -> bool:
    return hit.key != "onsite" and folded[max(0, hit.start - 14) : hit.start].endswith(NEGATIONS)
