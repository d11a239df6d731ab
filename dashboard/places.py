"""Names of countries in the reader's language, from ISO 3166."""

from __future__ import annotations

from data.measures.countries import find_country


def country_name(code: str, lang: str) -> str:
    """The country's usual name; the code itself where ISO 3166 has no such country."""
    country = find_country(code)
    return country.name_fr if lang == "fr" else country.name_en
