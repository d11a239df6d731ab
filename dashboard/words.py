"""What the viewer says, in English and French: sentences from locales/, numbers and dates in the reader's way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES: dict[str, str] = {"en": "English", "fr": "Français"}
LOCALES = Path(__file__).parent / "locales"
NARROW = "\u202f"
HARD = "\u00a0"
NOTHING = "–"
_GROUP = {"en": ",", "fr": NARROW}
_POINT = {"en": ".", "fr": ","}
_PERCENT = {"en": "%", "fr": f"{HARD}%"}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": (
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@cache
def load_locale(lang: str) -> dict[str, str]:
    """Every phrase of one language: dotted key -> phrase with {placeholders}."""
    tree = yaml.safe_load((LOCALES / f"{lang}.yml").read_text(encoding="utf-8"))
    return dict(_flatten(tree, ""))


def _flatten(tree: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            found += _flatten(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found


def is_missing(value: object) -> bool:
    """True for None, NaN, NaT and NA: a value that is not known."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>")


@dataclass(frozen=True, slots=True)
class Words:
    """The voice of one language. Calling it gives a phrase; a missing key is a KeyError, never a blank."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        phrase = load_locale(self.lang)[key]
        return phrase.format(**values) if values else phrase

    def has(self, key: str) -> bool:
        return key in load_locale(self.lang)

    def source(self, entry: Mapping[str, Any]) -> str:
        """Name of a source of the manifest, or of a row about one."""
        return str(entry["label_fr" if self.lang == "fr" else "label"])

    def count(self, unit: str, n: float) -> str:
        """`n` with its unit, e.g. "1 opening", "2,310 openings"; French has zero in the singular."""
        single = n < 2 if self.lang == "fr" else n == 1
        return self(f"unit.{unit}.{'one' if single else 'many'}", n=self.number(n))

    def number(self, value: float | None, digits: int = 0) -> str:
        if value is None or is_missing(value):
            return NOTHING
        text = f"{value:,.{digits}f}"
        return text.replace(",", "\0").replace(".", _POINT[self.lang]).replace("\0", _GROUP[self.lang])

    def percent(self, share: float | None, digits: int = 0) -> str:
        """`share` is a fraction of 1; a share below half the last digit is "< 1%", never "0%"."""
        if share is None or is_missing(share):
            return NOTHING
        least = 10.0**-digits
        if 0 < share * 100 < least / 2:
            return f"<{HARD}{self.number(least, digits)}{_PERCENT[self.lang]}"
        return self.number(share * 100, digits) + _PERCENT[self.lang]

    def money(self, value: float | None, currency: str | None = "USD") -> str:
        if value is None or is_missing(value):
            return NOTHING
        digits = 0 if value >= 1000 or value == int(value) else 2
        amount = self.number(value, digits)
        if not currency or is_missing(currency):
            return amount
        sign = _SIGNS.get(currency)
        if self.lang == "fr":
            return f"{amount}{HARD}{sign or currency}"
        return f"{sign}{amount}" if sign else f"{currency}{HARD}{amount}"

    def month(self, day: date | None) -> str:
        if day is None or is_missing(day):
            return NOTHING
        return f"{_MONTHS[self.lang][day.month - 1]} {day.year}"

    def day(self, day: date | None) -> str:
        if day is None or is_missing(day):
            return NOTHING
        return f"{day.day} {self.month(day)}"

    def span(self, since: date | None, until: date | None) -> str:
        """A period, month to month."""
        if is_missing(since) or is_missing(until):
            return NOTHING
        return self.month(since) if since == until else f"{self.month(since)}{HARD}– {self.month(until)}"

    def period(self, start: date, grain: str) -> str:
        """A period of a series by its first day: "Mar 2024", "Q1 2024" (T1 in French), "2024"."""
        if grain == "year":
            return str(start.year)
        if grain == "quarter":
            return f"{'T' if self.lang == 'fr' else 'Q'}{(start.month + 2) // 3} {start.year}"
        return self.month(start)
