"""Home currency: which currency an advert means when it writes a bare dollar sign or none at all."""

import re
from dataclasses import dataclass
from functools import cached_property

from nlp.parse.pay.currency import DOLLARS, PESOS, currency_of_country
from nlp.parse.places import country_of, find_places, may_name_places

# What only the United States have; the first letter alone decides at most positions of a text.
_US = re.compile(
    r"[(4HNPUW](?:(?<=\b4)01\s?\(?[kK]|(?<=\bU)\.?S\.?(?:A\b|-based| only| [Cc]itizen| [Tt]ime| [Gg]overnment| residents?|[-/]Canada\b)|(?<=\bN)YC\b|(?<=\bW)-?2\b"
    r"|(?<=\bH)-?1B\b|(?<=\()US\)|(?<=\bP)TO\b)"
)
_CELLS = re.compile(r"[|\n]| [-–—/] ")
# Where the sum begins in a cell of a head line: what stands before it may be a place, what follows is perks.
_SUM = re.compile(r"[$€£¥₹]|\d{2}")
_WORKPLACE = re.compile(r"\b(?:on-?site|part(?:ial|ially|ly)?(?= remote)|hybrid)\b\+?", re.IGNORECASE)
_LABELLED = re.compile(r"(?:^|[|*•·;])\s*(?:[-–—] )?([^\d$€£|*•·;:]{2,60}?)\s?(?:[:(]|[-–—] )[\s(~]*\Z")
_LABEL, _WORDS = 90, 200
# Places in prose: "weekly meetings in San Francisco".
_IN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Aa]t) (?:downtown |central |the |greater )?([A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+){0,2})"
)
_OPENING, _CLAIMS = 700, 8
_NORTH_AMERICA = frozenset(["USD", "CAD"])


@dataclass
class Home:
    """Where an advert is at home: the country given with it, else the places of its first lines, read once."""

    text: str
    title: str | None
    country: str | None
    lang: str | None
    location: str | None = None

    @cached_property
    def stated(self) -> frozenset[str]:
        """Currencies of the places given with the advert; empty where they name none ("Remote", "Anywhere")."""
        return _at(self.country) or _at(self.location)

    @property
    def given(self) -> str | None:
        """Currency of the place given with the advert; None without one or with several."""
        return next(iter(self.stated)) if len(self.stated) == 1 else None

    @cached_property
    def header(self) -> frozenset[str]:
        """Currencies of the places named in the first line, cell by cell, and of what only one country has."""
        company, *cells = _CELLS.split(self.text[:400].split("\n", 1)[0])
        found = [_of_cell(cell) for cell in [*_CELLS.split(self.title or "")[:4], *cells[:12]]]
        if _US.search(self.text[:20_000]):
            found.append(frozenset(["USD"]))
        return frozenset().union(*found) or _of_cell(company)

    @cached_property
    def prose(self) -> frozenset[str]:
        """Currencies of the places that the opening lines say the job or the company to be in."""
        claims = [match.group(1) for match in _IN.finditer(self.text[:_OPENING])][:_CLAIMS]
        return frozenset().union(*(_of_places(claim) for claim in claims if may_name_places(claim)))

    def of_label(self, line_left: str, *, is_dollar: bool) -> str | None:
        """Return the currency of the place that labels a figure on its own line: "- Toronto: $90,000"."""
        label = _LABELLED.search(line_left, max(0, len(line_left) - _LABEL))
        found = _of_places(label.group(1)) if label else frozenset()
        code = next(iter(found)) if len(found) == 1 else None
        return code if not is_dollar or code in DOLLARS else None

    def of_dollar(self, *, is_behind: bool) -> tuple[str, str]:
        """Return the currency of a bare dollar sign and how it was decided; "70 000 $" in French is Canadian."""
        if self.given in DOLLARS:
            return str(self.given), "place"
        if self.given in PESOS and self.lang == "es":
            return str(self.given), "place"
        named = self.header or self.prose
        if self.given is None and len(named) == 1 and named <= DOLLARS:
            return next(iter(named)), "place"
        if is_behind and self.lang == "fr" and self.given is None and not self.header - {"CAD"}:
            return "CAD", "language"
        return "USD", "symbol"

    def of_none(self) -> tuple[str | None, str | None]:
        """Return the currency of a figure without any mark, from the place alone; None where that is unclear."""
        named = self.stated or self.header or self.prose
        if len(named) == 1:
            return next(iter(named)), "place"
        return ("USD", "place") if named == _NORTH_AMERICA else (None, None)


def _at(words: str | None) -> frozenset[str]:
    """Currencies of a country's code or name, or of whatever places the words name."""
    if not words:
        return frozenset()
    iso = words if len(words) == 2 else country_of(words)
    code = currency_of_country().get(iso.upper()) if iso else None
    return frozenset([code]) if code else _of_places(words[:_WORDS])


def _of_cell(cell: str) -> frozenset[str]:
    place = _WORKPLACE.sub(" ", _SUM.split(cell, maxsplit=1)[0]).strip()
    return _of_places(place) if 1 < len(place) <= 70 else frozenset()


def _of_places(words: str) -> frozenset[str]:
    codes = (currency_of_country().get(place.country or "") for place in find_places(words))
    return frozenset(code for code in codes if code)
