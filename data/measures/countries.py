"""Countries by their ISO 3166 codes: the code of maps and the names in English and French."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166: `alpha3` is None and both names are the code where it has no such country."""

    alpha2: str
    alpha3: str | None
    name_en: str
    name_fr: str


@cache
def find_country(alpha2: str) -> Country:
    """The country of an alpha-2 code, by its usual names."""
    import pycountry

    found = pycountry.countries.get(alpha_2=alpha2)
    if found is None:
        return Country(alpha2, None, alpha2, alpha2)
    name: str = getattr(found, "common_name", found.name)
    return Country(alpha2, found.alpha_3, name, _french().gettext(name))


@cache
def _french() -> NullTranslations:
    import pycountry

    return translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"], fallback=True)
