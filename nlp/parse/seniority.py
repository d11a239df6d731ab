"""Reads the seniority of an advert's first role, from its title, else from its text."""

from nlp.parse.facts import Fact, rule_literals, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Reading
from nlp.parse.role import TITLES

TABLE = "seniority"
ORDER = ("intern", "executive", "manager", "lead", "senior", "mid", "junior")
UNSPECIFIED = "unspecified"
BESIDE = 24
SKIPPED = frozenset({"about", "benefits", "legal"})
BREAKS = ".|,;:!?\n"


def literals() -> list[Literal]:
    """Return the words of `rules/seniority.csv`, each standing for (value, also in the text)."""
    return rule_literals(TABLE, lambda row: (row["value"], row["in_text"] == "1"))


def find_seniority(reading: Reading) -> Fact[str]:
    """Return intern, junior, mid, senior, lead, manager, executive or unspecified."""
    in_title = _ranks(reading.title_hits.get(TABLE, []))
    if in_title:
        return Fact(_highest(in_title) if reading.is_titled else in_title[0].key[0])
    ranks = _ranks(reading.found(TABLE))
    beside = _beside_title(reading, ranks)
    if beside is not None:
        return stated(beside.key[0], beside, f"seniority.title-in-text:{beside.key[0]}")
    for hit in ranks:
        if hit.key[1] and reading.section(hit.start) not in SKIPPED:
            return stated(hit.key[0], hit, f"seniority.{hit.key[0]}")
    return Fact(UNSPECIFIED)


def _ranks(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in longest(hits) if hit.key[0] != "none"]


def _beside_title(reading: Reading, ranks: list[Hit]) -> Hit | None:
    """Return the rank before the first role that the text names with capitals ("Senior Prompt Engineer")."""
    wanted = {hit.key[0] for hit in reading.title_hits.get(TITLES, [])} if reading.is_titled else set()
    for title in longest(reading.found(TITLES)):
        if not reading.text[title.start].isupper() or (wanted and title.key[0] not in wanted):
            continue
        if reading.section(title.start) in SKIPPED:
            continue
        rank = next((hit for hit in ranks if _is_before(reading, hit, title)), None)
        if rank is not None or not wanted:
            return rank
    return None


def _is_before(reading: Reading, rank: Hit, title: Hit) -> bool:
    if not reading.text[rank.start].isupper() or title.start - rank.end > BESIDE:
        return False
    if rank.end > title.start:
        return title.start <= rank.start < title.end
    return not any(mark in reading.text[rank.end : title.start] for mark in BREAKS)


def _highest(hits: list[Hit]) -> str:
    values = {hit.key[0] for hit in hits}
    return next(value for value in ORDER if value in values)
