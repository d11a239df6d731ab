"""The gazetteer: countries, states, towns and our own aliases by folded name, read from tables when first asked.

`nlp/gather_places.py` writes the tables.
"""

import gzip
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.parse.tables import REFERENCE, reference_rows, rule_rows

TOWNS = "towns.tsv.gz"


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `country` is ISO 3166 alpha-2, `raw` the words it was read from; None is unknown."""

    city: str | None
    region: str | None
    country: str | None
    raw: str


class City(NamedTuple):
    population: int
    country: str
    admin: str
    name: str


_PLAIN = str.maketrans({".": None, "’": "'", "-": " ", ",": " "})


@lru_cache(maxsize=5_000)
def fold(name: str) -> str:
    """Return a name in small letters without accents, dots or doubled spaces: the key of the index."""
    if name.isascii() and name.isalpha():
        return name.lower()
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.translate(_PLAIN).split())


@cache
def not_alone() -> frozenset[str]:
    """Words of adverts that are also names of towns; only a state or country behind them makes them one."""
    return frozenset(row["word"] for row in rule_rows("town_words"))


@cache
def aliases() -> dict[str, Place]:
    """Our own names, which win over the gazetteer's."""
    return {
        fold(r["alias"]): Place(r["city"] or None, r["region"] or None, r["country"], r["alias"])
        for r in reference_rows("places")
    }


@cache
def countries() -> dict[str, str]:
    """Names and three-letter codes of countries, to ISO 3166 alpha-2."""
    return {row["name"]: row["country"] for row in reference_rows("countries")}


@cache
def codes() -> frozenset[str]:
    return frozenset(countries().values())


@cache
def regions() -> dict[str, list[tuple[str, str]]]:
    """Names and capital codes of states and provinces: key to (country, name); codes only where adverts use them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in reference_rows("states"):
        found.setdefault(row["name"], []).append((row["country"], row["state"]))
    return found


@cache
def names() -> frozenset[str]:
    """Every key of the gazetteer: what is not among them is no place, unless it is a code."""
    return frozenset().union(aliases(), countries(), regions(), _towns())


@lru_cache(maxsize=20_000)
def towns(key: str) -> tuple[City, ...]:
    """Towns of 15,000 people and more by folded name, the largest first; large ones under their other Latin names too."""
    line = _towns().get(key)
    return tuple(map(_town, line.split("|"))) if line else ()


def _town(entry: str) -> City:
    population, country, admin, name = entry.split(";", 3)
    return City(int(population), country, admin, name)


@cache
def _towns() -> dict[str, str]:
    """Each name's line of the table: fifty thousand, of which an advert needs a few."""
    cells = gzip.decompress((REFERENCE / TOWNS).read_bytes()).decode().replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


@cache
def state_codes() -> dict[str, str]:
    return {
        name: code
        for code, entries in regions().items()
        if len(code) == 2 and code.isupper()
        for c, name in entries
        if c == "US"
    }
