"""Currencies: how they are written beside a number, and which one a place uses."""

from dataclasses import dataclass
from functools import cache

from nlp.parse.tables import reference_rows

DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"])
PESOS = frozenset(["MXN", "ARS", "CLP", "COP"])
# Words of other languages or of job adverts when written small: only their capitals are codes.
_CAPITALS_ONLY = frozenset(["TRY", "PEN", "COP", "SAR", "RON", "MAD"])


@dataclass(frozen=True, slots=True)
class Mark:
    """A currency mark beside a number: ISO code, the form it took, and whether it is a bare dollar sign."""

    code: str
    form: str
    is_bare_dollar: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Rough size of a currency, for plausibility only: units per US dollar, and from what amount pay is yearly."""

    per_usd: float
    year_from: float


@cache
def marks() -> dict[str, Mark]:
    """Return every written form (codes in capitals and small, symbols, words in small letters)."""
    found: dict[str, Mark] = {}
    for row in reference_rows("currencies"):
        code = row["code"]
        found[code] = Mark(code, "code")
        if code not in _CAPITALS_ONLY:
            found[code.lower()] = Mark(code, "code")
        for symbol in row["symbols"].split():
            found[symbol] = Mark(code, "symbol", symbol == "$")
        for word in filter(None, row["words"].split(";")):
            for form in (word, word.capitalize(), word.upper()):
                found.setdefault(form, Mark(code, "word"))
    for code in DOLLARS:
        for blank in (" ", "\u00a0", "\u202f"):  # "95 000 $ CA" in Quebec
            for form in (f"{code}{blank}$", f"${blank}{code}", f"${blank}{code[:2]}"):
                found[form] = Mark(code, "code")
    return found


@cache
def scales() -> dict[str, Scale]:
    """Return the rough size of each currency."""
    return {
        r["code"]: Scale(float(r["per_usd"]), float(r["year_from"])) for r in reference_rows("currencies")
    }


@cache
def currency_of_country() -> dict[str, str]:
    """Return the currency of each country (ISO 3166 alpha-2 to ISO 4217)."""
    return {c: r["code"] for r in reference_rows("currencies") for c in r["countries"].split()}


def scale_of(code: str | None) -> Scale:
    """Return the scale of a currency; an unknown one is taken as of the dollar's order of magnitude."""
    return scales().get(code or "USD", scales()["USD"])
