"""Places: reads location strings of any source into city, region and country, offline."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nlp.parse.gazetteer import (
    City,
    Place,
    aliases,
    codes,
    countries,
    fold,
    names,
    not_alone,
    regions,
    state_codes,
    towns,
)

_REMOTE = re.compile(
    r"\b(?:fully[- ]?|100 ?% ?|mostly |full[- ])?(?:remote(?:ly)?(?:[- ](?:first|only|ok|friendly|eligible|possible|optional))?|on-?site|onsite|in[- ]office|in[- ]person"
    r"|hybrid|télétravail|teletravail|distanciel|wfh|work from home|home office|anywhere in the world|anywhere|worldwide|global(?:ly)?|monde|hq|headquarters"
    r"|based|only|preferred|office|area|metro(?:politan)?|greater|region|within|required|timezones?|time zones?|hours|or|in|from)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|•·\n/&+]|\bor\b|\band\b|\bou\b|\bet\b|\boder\b|\bund\b| - | – | — |\s\bto\b\s)\s*",
    re.IGNORECASE,
)
_PARENS = re.compile(r"[()\[\]{}]")
_FRENCH = re.compile(r"^\s*(\d{2,3}|2[AB])\s*-\s*(.+?)\s*$")
_ARRONDISSEMENT = re.compile(
    r"\s+(?:\d{1,2}(?:er?|e|ème)?(?: arrondissement)?|cedex(?: \d+)?)$|\s*\(dept\.?\)$", re.IGNORECASE
)
_POSTCODE = re.compile(
    r"^(?:\d{4,6}|[A-Z]-?\d{4,5})\s+|\s+(?:\d{4,6}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$"
)
_SCOPES = {
    "worldwide": r"(?i:\b(?:worldwide|anywhere|global(?:ly)?|international|any (?:country|location|timezone)|partout)\b)",
    "EU": r"\b(?:EU|European Union|UE)\b",
    "Europe": r"\b(?:Europe|CET|European?)\b",
    "EMEA": r"\bEMEA\b",
    "APAC": r"\b(?:APAC|Asia(?:[- ]Pacific)?)\b",
    "LATAM": r"\b(?:LATAM|Latin America|South America)\b",
    "North America": r"\b(?:North America|NA only|NORAM|[EPCM]ST)\b",
    "Americas": r"\bAmericas\b",
    "Africa": r"\bAfrica\b",
}
_SCOPE = {name: re.compile(pattern) for name, pattern in _SCOPES.items()}
# Country codes that stand alone in adverts; IT, AI, QA, ME, PM and the like are mostly other words.
_CODES_ALONE = frozenset(
    [
        "US",
        "GB",
        "DE",
        "NL",
        "FR",
        "ES",
        "PT",
        "PL",
        "SE",
        "DK",
        "NO",
        "FI",
        "CH",
        "AT",
        "BE",
        "CZ",
        "IE",
        "JP",
        "AU",
        "NZ",
        "BR",
        "MX",
        "UA",
        "RO",
        "HU",
        "SG",
        "HK",
        "KR",
        "CN",
    ]
)
_BLANKS = re.compile(r"\s+")
_MAX_RAW, _MAX_PARTS = 2000, 60


@lru_cache(maxsize=20_000)
def _read_all(raw: str) -> tuple[Place, ...]:
    french = _FRENCH.match(raw)
    if french:
        return (_french(french.group(2), raw),)
    found: list[Place] = []
    for chunk in _SPLIT.split(_PARENS.sub(" ; ", raw)):
        cleaned = _REMOTE.sub(" ", chunk) if chunk and not _lookup_exact(chunk) else chunk
        parts = [p.strip(" .:-–—*") for p in cleaned.split(",")]
        found += _chunk([p for p in parts if p][:_MAX_PARTS])
    return tuple(_distinct(found))


def find_places(raw: str) -> list[Place]:
    """Return the places named in a location string, in order, each once; words that are no place are left out.

    "San Francisco, CA; New York, NY" gives two cities with their states; "Remote, Italy" gives the country.
    A bare city name is the largest city of that name. Never raises.
    """
    found = list(_read_all(_BLANKS.sub(lambda m: "\n" if "\n" in m.group() else " ", raw[:_MAX_RAW])))
    towns = {(place.country, place.region) for place in found if place.city}
    return [p for p in found if p.city or p.region is None or (p.country, p.region) not in towns]


def may_name_places(words: str) -> bool:
    """Say at a glance whether a few words without brackets or bars can name a place: a no is final."""
    parts = fold(words).split()
    runs = (" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))
    return any(run in names() for run in runs) or any(
        word.strip(".,'’-").replace(".", "").isupper() for word in words.split()
    )


def country_of(raw: str) -> str | None:
    """Return the country (ISO 3166 alpha-2) of a location string, None when unknown or more than one."""
    if raw in codes():
        return raw
    countries = {p.country for p in find_places(raw)}
    return countries.pop() if len(countries) == 1 else None


def remote_scope(raw: str) -> tuple[str, ...]:
    """Return where remote work is allowed: world regions ("worldwide", "EU", "EMEA" …) and country codes."""
    regions = [name for name, pattern in _SCOPE.items() if pattern.search(raw[:_MAX_RAW])]
    countries = [p.country for p in find_places(raw) if p.country]
    return tuple(dict.fromkeys(regions + countries))


def _french(name: str, raw: str) -> Place:
    """A place as France Travail writes it: department number, dash, town in capitals, district number."""
    town = _ARRONDISSEMENT.sub("", name).strip()
    known = [c for c in towns(fold(town)) if c.country == "FR"]
    if known:
        return Place(known[0].name, None, "FR", raw)
    region = next((n for c, n in regions().get(fold(town), ()) if c == "FR"), None)
    return Place(None if region else town.title(), region, "FR", raw)


def _chunk(parts: list[str]) -> list[Place]:
    """Read comma-separated parts from the left: a city takes the state and country that follow it."""
    places: list[Place] = []
    at = 0
    while at < len(parts):
        place, used = _at(parts, at)
        if place is not None:
            places.append(place)
        at += used
    return places


def _at(parts: Sequence[str], at: int) -> tuple[Place | None, int]:
    name, rest = parts[at], parts[at + 1 : at + 3]
    if not name.isalpha():
        name = _POSTCODE.sub("", name)
    for used in range(len(rest), 0, -1):
        place = _city_within(name, rest[:used], ", ".join(parts[at : at + used + 1]))
        if place is not None:
            return place, used + 1
    return _one(name, parts[at]) or _spaced(name, parts[at]), 1


def _city_within(name: str, outer: Sequence[str], raw: str) -> Place | None:
    """A city whose state or country is named behind it; the state decides among cities of the same name."""
    regions, country = _region_entries(outer[0]), _country(outer[-1])
    if len(outer) == 2 and (country is None or not regions):
        return None
    if len(outer) == 1 and not regions and country is None:
        return None
    if _region_entries(name) and len(name) == 2 and not (len(outer) == 1 and country):
        return None
    alias = aliases().get(fold(name))
    options = towns(fold(alias.city if alias and alias.city else name))
    for city in options:
        region = _region_of(city, regions)
        if region is not None or (len(outer) == 1 and country == city.country):
            return Place(
                city.name, region or _state_name(city) or _alias_region(alias, city), city.country, raw
            )
    if alias is not None and (country == alias.country or any(c == alias.country for c, _ in regions)):
        return replace(alias, raw=raw)
    return _unlisted(name, outer, regions, country, raw)


def _alias_region(alias: Place | None, city: City) -> str | None:
    return (
        alias.region
        if alias is not None and (alias.city, alias.country) == (city.name, city.country)
        else None
    )


def _unlisted(
    name: str, outer: Sequence[str], regions: list[tuple[str, str]], country: str | None, raw: str
) -> Place | None:
    """A town too small for the gazetteer, or a region, that its state or country vouches for."""
    inner = [(c, n) for c, n in _region_entries(name) if country is None or c == country]
    if inner and len(outer) == 1 and country:
        return Place(None, inner[0][1], country, raw)
    if _country(name) or not name[:1].isupper() or len(name.split()) > 4 or towns(fold(name)):
        return None
    if regions and (
        country is None or len(outer) == 2 or outer[0] in state_codes().values() or outer[0].isupper()
    ):
        return Place(name, regions[0][1], regions[0][0], raw)
    return Place(name, None, country, raw) if country else None


def _region_of(city: City, regions: list[tuple[str, str]]) -> str | None:
    for country, name in regions:
        if country == city.country and (country != "US" or state_codes().get(name) == city.admin):
            return name
    return None


def _state_name(city: City) -> str | None:
    if city.country != "US":
        return None
    return next((n for c, n in regions().get(city.admin, ()) if c == "US"), None)


def _region_entries(name: str) -> list[tuple[str, str]]:
    key = name.replace(".", "")
    if len(key) in (2, 3) and key.isupper() and key in regions():
        return regions()[key]
    if len(key) <= 3:
        return []
    alias = aliases().get(fold(name))
    if alias is not None and alias.city is None and alias.region is not None:
        return [(alias.country or "", alias.region)]
    return regions().get(fold(name), [])


def _country(name: str) -> str | None:
    key = name.replace(".", "")
    if len(key) == 2:
        alias = aliases().get(key.lower()) if key.isupper() else None
        if alias is not None and alias.city is None and alias.region is None:
            return alias.country
        return key if key.isupper() and key in codes() else None
    if fold(name) == "georgia":
        return "GE"
    alias = aliases().get(fold(name))
    if alias is not None and alias.city is None and alias.region is None:
        return alias.country
    return countries().get(fold(name))


def _lookup_exact(chunk: str) -> Place | None:
    return _one(chunk.strip(), chunk) if "," not in chunk else None


def _is_known(name: str) -> bool:
    """Say at a glance whether a name can be in the gazetteer, by name or by code."""
    return fold(name) in names() or name.replace(".", "").isupper()


def _one(name: str, raw: str) -> Place | None:
    """A name that stands alone: alias, country, state, then the largest city of that name."""
    key = fold(name)
    if (
        not _is_known(name)
        or not key
        or (len(key) <= 3 and not (name.replace(".", "").isupper() or key in ("usa", "nyc")))
    ):
        return None
    alias = aliases().get(key)
    if alias is not None:
        return replace(alias, raw=raw)
    country = countries().get(key)
    if country is not None:
        return Place(None, None, country, raw)
    regions = _region_entries(name)
    if (
        regions
        and not (len(name) == 2 and regions[0][0] == "AU")
        and not _is_rather_a_city(key, regions[0][0])
    ):
        return Place(None, regions[0][1], regions[0][0], raw)
    if name in _CODES_ALONE:
        return Place(None, None, name, raw)
    return _largest(name, key, raw)


def _is_rather_a_city(key: str, country: str) -> bool:
    """Berlin, Madrid, Hamburg: the city's name is also its state's."""
    return country not in ("US", "CA") and any(
        c.population >= 250_000 and c.country == country for c in towns(key)
    )


def _largest(name: str, key: str, raw: str) -> Place | None:
    options = towns(key)
    if not options or key in not_alone() or not (name[:1].isupper() or options[0].population >= 500_000):
        return None
    return Place(options[0].name, _state_name(options[0]), options[0].country, raw)


def _spaced(name: str, raw: str) -> Place | None:
    """A city and its country or state without a comma: "London UK", "Berlin Germany", "Austin TX"."""
    words = name.split()
    if not 2 <= len(words) <= 6:
        return None
    for cut in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if _is_known(tail) and (_region_entries(tail) or _country(tail)):
            place = _city_within(head, [tail], raw)
            if place is not None and (
                place.city is None or towns(fold(place.city)) or aliases().get(fold(head))
            ):
                return place
    for cut in range(1, len(words)):
        if (
            len(words) - cut == 1
            and len(words[-1]) <= 3
            and words[-1].replace(".", "") not in ("US", "USA", "UK", "UAE")
        ):
            continue  # "Technical PM" is not on Saint Pierre and Miquelon
        if (place := _one(" ".join(words[cut:]), raw)) is not None and place.city is None:
            return place
    return None


def _distinct(places: Sequence[Place]) -> list[Place]:
    """Each place once; a country alone goes when one of its cities is named beside it."""
    seen: dict[tuple[str | None, ...], Place] = {}
    for place in places:
        seen.setdefault((place.city, place.region, place.country), place)
    kept = list(seen.values())
    inner = {p.country for p in kept if p.city or p.region}
    return [p for p in kept if p.city or p.region or p.country not in inner]
