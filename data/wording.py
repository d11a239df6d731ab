"""Numbers, days and sentences in the reader's language (en, fr): the one place where they are written out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime

LANGUAGES = ("en", "fr")
NARROW = "\u202f"
HARD = "\u00a0"
NOTHING = "–"
Sentence = dict[str, str]
"""Language -> text."""

_GROUP = {"en": ",", "fr": NARROW}
_POINT = {"en": ".", "fr": ","}
_PERCENT = {"en": "%", "fr": f"{HARD}%"}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "fr": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
}
_HIGH = re.compile(r" ([:;?!»])")


def is_missing(value: object) -> bool:
    """True for None, NaN, NaT and NA: a value that is not known."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>")


def number(value: float | None, lang: str, digits: int = 0) -> str:
    """A number with `digits` decimals, grouped by thousands; a dash where it is not known."""
    if value is None or is_missing(value):
        return NOTHING
    text = f"{value:,.{digits}f}"
    return text.replace(",", "\0").replace(".", _POINT[lang]).replace("\0", _GROUP[lang])


def percent(share: float | None, lang: str, digits: int = 0) -> str:
    """`share` is a fraction of 1; a share below half the last digit is "< 1%", never "0%"."""
    if share is None or is_missing(share):
        return NOTHING
    least = 10.0**-digits
    if 0 < share * 100 < least / 2:
        return f"<{HARD}{number(least, lang, digits)}{_PERCENT[lang]}"
    return number(share * 100, lang, digits) + _PERCENT[lang]


def money(value: float | None, lang: str, currency: str | None = "USD") -> str:
    """An amount with its currency; without one, a bare number."""
    if value is None or is_missing(value):
        return NOTHING
    amount = number(value, lang, 0 if value >= 1000 or value == int(value) else 2)
    if not currency or is_missing(currency):
        return amount
    sign = _SIGNS.get(currency)
    if lang == "fr":
        return f"{amount}{HARD}{sign or currency}"
    return f"{sign}{amount}" if sign else f"{currency}{HARD}{amount}"


def month(day: date | None, lang: str) -> str:
    """ "Mar 2024", "mars 2024"; a dash where it is not known."""
    return NOTHING if day is None or is_missing(day) else f"{_MONTHS[lang][day.month - 1]} {day.year}"


def say(pair: tuple[str, str], **values: object) -> Sentence:
    """An (English, French) sentence with its places filled; "(s)" takes the number of the word before it.

    Whole numbers are grouped, other numbers are shares in percent, mappings hold a text for each language, texts
    stand as they are.
    """
    return {
        lang: prepared(template, lang, values).format(
            **{name: _written(value, lang) for name, value in values.items()}
        )
        for lang, template in zip(LANGUAGES, pair, strict=True)
    }


def prepared(template: str, lang: str, values: Mapping[str, object]) -> str:
    """A template with its plurals decided by the numbers among `values` and its marks kept with their words."""
    return unbroken(_plural(template, lang, values), lang)


def unbroken(sentence: str, lang: str) -> str:
    """French puts a blank before its high marks; no line may begin with one."""
    return _HIGH.sub(f"{HARD}\\1", sentence) if lang == "fr" else sentence


def _written(value: object, lang: str) -> str:
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return percent(value, lang)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _plural(sentence: str, lang: str, values: Mapping[str, object]) -> str:
    """ "{n} board(s)" with or without its s: the last number before the word decides."""
    parts = sentence.split("(s)")
    for place in range(len(parts) - 1):
        name = parts[place].rpartition("{")[2].partition("}")[0]
        count = values[name]
        if not isinstance(count, int | float):
            raise TypeError(f"{name!r} decides a plural and is no number: {count!r}")
        is_one = count < 2 if lang == "fr" else count == 1
        parts[place] += "" if is_one else "s"
    return "".join(parts)
