"""Names of countries in the reader's language, from ISO 3166."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations, translation


@cache
def _translations(lang: str) -> NullTranslations:
    import pycountry

    return translation("iso3166-1", pycountry.LOCALES_DIR, languages=[lang], fallback=True)


@cache
def country_name(code: str, lang: str) -> str:
    """The country's usual name; the code itself where ISO 3166 has no such country."""
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    name: str = getattr(country, "common_name", country.name)
    return _translations(lang).gettext(name)
