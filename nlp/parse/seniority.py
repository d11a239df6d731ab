"""Reads the seniority of an advert's first role, from its title, else from its text."""

import re
from bisect import bisect_left

from nlp.parse.facts import Fact, stated
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Reading
from nlp.parse.role import TITLES
from nlp.parse.tables import alternatives, rule_rows, spellings

TABLE = "seniority"
ORDER = ("intern", "executive", "manager", "lead", "senior", "mid", "junior")
UNSPECIFIED = "unspecified"
BESIDE = 24
MARGIN = 24
EARLIER = 5  # titles looked at before a rank
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_TRADE = re.compile(
    r"engineer|develop|scien|design|manage|analyst|architect|programmer|writer|speciali|entwickler|ingénieur",
    re.I,
)
_NEXT = re.compile(r"[,;&+]| and |\bplus\b", re.I)
SKIPPED = frozenset({"about", "benefits", "legal"})
BREAKS = ".|,;:!?\n"


def literals() -> list[Literal]:
    """Return the words of `rules/seniority.csv`, each standing for (value, also in the text)."""
    found: list[Literal] = []
    for row in rule_rows(TABLE):
        written = set(alternatives(row["literal"]))
        # "confirme" for "confirmé" is a rank in titles only.
        found += [
            Literal(form, TABLE, (row["value"], row["in_text"] == "1" and form in written))
            for form in spellings(row)
        ]
    return found


def find_seniority(reading: Reading) -> Fact[str]:
    """Return intern, junior, mid, senior, lead, manager, executive or unspecified."""
    in_title = named_ranks(reading.title_hits.get(TABLE, []))
    if in_title:
        if not reading.is_titled and _follows_role(reading, in_title[0]):
            return Fact(UNSPECIFIED)
        return Fact(_highest(in_title) if reading.is_titled else in_title[0].key[0])
    ranks = named_ranks(reading.found(TABLE))
    listed = None if reading.is_titled else _first_listed(reading, ranks)
    if listed is not None:
        return stated(listed.key[0], listed, f"seniority.listed:{listed.key[0]}")
    beside = _beside_title(reading, ranks)
    if beside is not None:
        return stated(beside.key[0], beside, f"seniority.title-in-text:{beside.key[0]}")
    for hit in ranks:
        if hit.key[1] and reading.section(hit.start) not in SKIPPED:
            return stated(hit.key[0], hit, f"seniority.{hit.key[0]}")
    return Fact(UNSPECIFIED)


def named_ranks(hits: list[Hit]) -> list[Hit]:
    """Return the hits that name a rank, of overlapping ones the longest."""
    return [hit for hit in longest(hits) if hit.key[0] != "none"]


def _follows_role(reading: Reading, rank: Hit) -> bool:
    """Does another role stand before the rank in the head line ("Data Scientist, Engineering Manager")?"""
    before = [
        hit
        for hit in longest(reading.title_hits.get(TITLES, []))
        if hit.end <= rank.start and _TRADE.search(reading.title[hit.start : hit.end])
    ]
    return bool(before) and bool(_NEXT.search(_BRACKETS.sub("", reading.title[before[-1].end : rank.start])))


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


def _first_listed(reading: Reading, ranks: list[Hit]) -> Hit | None:
    """Return the rank that opens the first line naming a role, below a head line that names none."""
    below = reading.lines[0].end if reading.lines else 0
    titles = [hit for hit in longest(reading.found(TITLES)) if hit.start >= below]
    starts = [hit.start for hit in titles]
    for rank in ranks:
        if rank.start < below or not reading.text[rank.start].isupper() or not _opens_line(reading, rank):
            continue
        at = bisect_left(starts, rank.start)
        if any(_opens_line(reading, title) for title in titles[max(0, at - EARLIER) : at]):
            return None
        if rank.key[0] == "executive" or (at < len(titles) and _is_before(reading, rank, titles[at])):
            return rank
    return None


def _opens_line(reading: Reading, hit: Hit) -> bool:
    """Does nothing stand before it on its line but a mark, a number or a word in brackets ("* ", "[NYC] ")?"""
    start = reading.line_at(hit.start).start
    if hit.start - start > MARGIN or not reading.text[hit.start].isupper():
        return False
    return not _BRACKETS.sub("", reading.folded[start : hit.start]).strip("*-•·–—#>+_|:. 0123456789)(")


def _is_before(reading: Reading, rank: Hit, title: Hit) -> bool:
    if not reading.text[rank.start].isupper() or title.start - rank.end > BESIDE:
        return False
    if rank.end > title.start:
        return not reading.is_titled and title.start <= rank.start < title.end
    return not any(mark in reading.text[rank.end : title.start] for mark in BREAKS)


def _highest(hits: list[Hit]) -> str:
    values = {hit.key[0] for hit in hits}
    return next(value for value in ORDER if value in values)
