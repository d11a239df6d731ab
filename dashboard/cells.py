"""How a column's value is written in a table: shares as percent, pay as money, months as months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.plain import plain
from dashboard.words import NOTHING, Words, is_missing
from data.measures.reasons import Gap, gap_sentence
from data.reasons import reason_in

Writer = Callable[[Words, Any], str]


def _money(words: Words, value: Any) -> str:
    return words.money(float(value), None)


def _whole(words: Words, value: Any) -> str:
    return words.number(float(value), 0 if float(value).is_integer() else 1)


def _two(words: Words, value: Any) -> str:
    return words.number(float(value), 2)


def _percent(words: Words, value: Any) -> str:
    return words.percent(float(value), 1)


def _year(_words: Words, value: Any) -> str:
    return str(int(value))


def _flag(words: Words, value: Any) -> str:
    return words("word.yes" if value else "word.no")


# Column name -> how it is written. A column that is not here is text, or a plain number.
NUMBERS: dict[str, Writer] = {
    "share_per_10k": _two,
    "share": _percent,
    "disclosure": _percent,
    "year": _year,
    "value": _two,
} | dict.fromkeys(
    (
        "lower",
        "upper",
        "lower_median",
        "lower_low",
        "lower_high",
        "upper_median",
        "upper_low",
        "upper_high",
        "median",
        "pay_min",
        "pay_max",
    ),
    _money,
)
# share_low and share_high have the unit of the share they belong to, which differs by chart.
_OF_10K = frozenset({"share_low", "share_high"})


def reason(value: str, words: Words) -> str:
    """Why there is a hole, or why a run failed, in words."""
    if value.partition(":")[0] in set(Gap):
        return gap_sentence(value, words.lang)
    return plain(reason_in(words.lang, value), 400)


def _moment(name: str, value: Any, words: Words) -> str:
    if name.endswith("month"):
        return words.month(value)
    return f"{words.day(value)}, {value:%H:%M}" if name.endswith("_at") else words.day(value)


def cell(name: str, value: Any, words: Words) -> tuple[str, bool]:
    """(text, is a number) of one value."""
    value = value.tolist() if hasattr(value, "tolist") else value  # numpy's own types
    if isinstance(value, list):
        return plain(", ".join(str(item) for item in value)), False
    if is_missing(value):
        return NOTHING, name in NUMBERS
    if isinstance(value, bool):
        return _flag(words, value), False
    if hasattr(value, "year"):
        return _moment(name, value, words), False
    if name in NUMBERS:
        return NUMBERS[name](words, value), True
    if name in _OF_10K:
        return _two(words, value * 100 if value <= 1 else value), True
    if isinstance(value, (int, float)):
        return _whole(words, value), True
    if name == "reason":
        return reason(str(value), words), False
    key = f"value.{name}.{value}"
    return (words(key) if words.has(key) else plain(str(value))), False
