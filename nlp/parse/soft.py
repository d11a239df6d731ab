"""Reads soft skills: which of ten an advert asks for."""

from nlp.parse.matcher import Literal
from nlp.parse.reading import Reading
from nlp.parse.tables import reference_rows

TABLE = "soft_skills"
ASKED = frozenset({"requirements", "preferred"})


def literals() -> list[Literal]:
    """Return the phrases of `soft_skills.csv`, each standing for (id, strong)."""
    return [
        Literal(row["literal"], TABLE, (row["id"], row["strong"] == "1")) for row in reference_rows(TABLE)
    ]


def find_soft(reading: Reading) -> list[str]:
    """Return the soft skills asked for, in order of appearance, each once."""
    found: dict[str, None] = {}
    for hit in reading.found(TABLE):
        section = reading.section(hit.start)
        name, strong = hit.key
        if section in ASKED or (strong and section not in ("about", "benefits", "legal")):
            found.setdefault(name)
    return list(found)
