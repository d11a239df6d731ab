"""Reads soft skills: which of ten an advert asks for."""

from nlp.parse.matcher import Hit, Literal
from nlp.parse.reading import Reading
from nlp.parse.tables import reference_rows

TABLE = "soft_skills"
ASKED = frozenset({"requirements", "preferred"})
NEVER = frozenset({"about", "benefits", "legal"})
OPEN = ASKED | {None}
LISTED = "list"
BESIDE = 30  # characters between two members of a list


def literals() -> list[Literal]:
    """Return the phrases of `soft_skills.csv`, each standing for (id, strong).

    A strong phrase ("1") counts in duties too, others ("0") only among the requirements; a plain word ("list")
    only beside the name of another soft skill, and not in duties.
    """
    return [Literal(row["literal"], TABLE, (row["id"], row["strong"])) for row in reference_rows(TABLE)]


def find_soft(reading: Reading) -> list[str]:
    """Return the soft skills asked for, in order of appearance, each once."""
    found: dict[str, None] = {}
    hits = reading.found(TABLE)
    for index, hit in enumerate(hits):
        name, strong = hit.key
        if name in found:
            continue
        section = reading.section(hit.start)
        counts = section in ASKED or (strong == "1" and section not in NEVER)
        if strong == LISTED:
            counts = section in OPEN and _in_list(reading, hits, index)
        if counts:
            found[name] = None
    return list(found)


def _in_list(reading: Reading, hits: list[Hit], index: int) -> bool:
    """Does another soft skill stand beside it in its sentence?"""
    hit = hits[index]
    for other in (*hits[max(0, index - 3) : index], *hits[index + 1 : index + 4]):
        first, second = sorted((hit, other), key=_start)
        gap = reading.folded[first.end : second.start]
        if other.key[0] != hit.key[0] and 0 < len(gap) <= BESIDE and not any(mark in gap for mark in ".\n;"):
            return True
    return False


def _start(hit: Hit) -> int:
    return hit.start
