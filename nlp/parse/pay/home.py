"""Home currency: which currency an advert means when it writes a bare dollar sign or none at all."""

import re
from dataclasses import dataclass
from functools import cached_property

from nlp.parse.pay.currency import DOLLARS, currency_of_country
from nlp.parse.places import country_of, find_places

# What only the United States have; the first letter alone decides at most positions of a text.
_US = re.compile(
    r"[(4HNPUW](?:(?<=\b4)01\s?\(?[kK]|(?<=\bU)\.?S\.?(?:A\b|-based| only| citizen)|(?<=\bN)YC\b|(?<=\bW)-?2\b"
    r"|(?<=\bH)-?1B\b|(?<=\()US\)|(?<=\bP)TO\b)"
)
_CELLS = re.compile(r"[|\n]| [-–—/] ")
_PESOS = frozenset(["MXN", "ARS", "CLP", "COP"])


@dataclass
class Home:
    """Where an advert is at home: the country given with it, else the places of its first lines, read once."""

    text: str
    title: str | None
    country: str | None
    lang: str | None

    @cached_property
    def given(self) -> str | None:
        """Currency of the country given with the advert; None without one or with several."""
        if not self.country:
            return None
        iso = self.country if len(self.country) == 2 else country_of(self.country)
        return currency_of_country().get(iso.upper()) if iso else None

    @cached_property
    def header(self) -> frozenset[str]:
        """Currencies of the places named in the first line, cell by cell, and of what only one country has."""
        head = f"{self.title or ''} | {self.text[:400]}"
        found = {"USD"} if _US.search(self.text[:20_000]) else set()
        line = head.split("\n", 1)[0]
        for cell in _CELLS.split(line)[:14]:
            if 1 < len(cell.strip()) <= 70:
                found |= {currency_of_country().get(p.country or "") or "" for p in find_places(cell)}
        return frozenset(found - {""})

    def of_dollar(self, *, is_behind: bool) -> tuple[str, str]:
        """Return the currency of a bare dollar sign and how it was decided; "70 000 $" in French is Canadian."""
        if self.given in DOLLARS:
            return str(self.given), "place"
        if self.given in _PESOS and self.lang == "es":
            return str(self.given), "place"
        if self.given is None and len(self.header) == 1 and self.header <= DOLLARS:
            return next(iter(self.header)), "place"
        if is_behind and self.lang == "fr" and self.given is None and not self.header - {"CAD"}:
            return "CAD", "language"
        return "USD", "symbol"

    def of_none(self) -> tuple[str | None, str | None]:
        """Return the currency of a figure without any mark, from the place alone; None where that is unclear."""
        if self.given:
            return self.given, "place"
        if not self.country and len(self.header) == 1:
            return next(iter(self.header)), "place"
        return None, None
