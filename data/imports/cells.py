"""Cells of somebody else's file as the values of our fields: numbers, days, words of closed lists. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Protocol, get_args

from data.errors import IntakeError
from data.job_posting import UNITS, alpha2
from data.schema import PERIODS, PayKind, Workplace

MISSING = frozenset({"", "nan", "none", "null", "nat", "n/a"})
_ESCAPED = re.compile(r"\\+([-+.&#*_!()\[\]{}`>~|$\\])")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_NUMBER = {
    ".": (re.compile(r"\d+(?:\.\d+)?"), re.compile(r"\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+(?:\.\d+)?")),
    ",": (re.compile(r"\d+(?:,\d+)?"), re.compile(r"\d{1,3}(?:[ .'’\u00a0\u202f]\d{3})+(?:,\d+)?")),
}
# "1,200" and "1.200": thousands to one reader, cents to another.
_EITHER = re.compile(r"\d,\d|^\d{1,3}\.\d{3}$")
_THOUSANDS = re.compile(r"[ '’\u00a0\u202f]")


class Rules(Protocol):
    """What is read of a mapping's entry (data.imports.mapping.Spec)."""

    @property
    def split(self) -> str | None: ...
    @property
    def template(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def decimal(self) -> Any: ...
    @property
    def values(self) -> dict[str, str] | None: ...
    @property
    def unescape(self) -> bool: ...


def says_nothing(value: Any) -> bool:
    """Whether a cell is empty, or one of the words programs write into empty cells."""
    return value is None or value != value or (isinstance(value, str) and value.strip().lower() in MISSING)


def cell(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> Any:
    """The value of `field`; None where the cell says nothing. Raises IntakeError where it cannot be read."""
    if says_nothing(value):
        return None
    if rules.values is not None:
        table = {word.casefold(): found for word, found in rules.values.items()}
        value = table.get(_words(value).casefold(), value)
        if says_nothing(value):
            return None
    if rules.template is not None:
        value = rules.template.replace("{}", _words(value))
    return FIELDS[field](field, value, rules, unknown)


def _unknown(field: str, word: str, unknown: Counter[str]) -> Any:
    """Count a word that is not known; the value is None."""
    unknown[f"{field}={word[:60]}"] += 1
    return None


def _words(value: Any) -> str:
    """A cell as words: 7.0, as a table with gaps has its whole numbers, is "7"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


# --- the kinds of field ---------------------------------------------------------------------------


def _text(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str:
    if isinstance(value, (list, dict)):
        raise IntakeError(field, "holds several values: point at one of them, such as name.0")
    words = _words(value)
    return _ESCAPED.sub(r"\1", words) if rules.unescape else words


def _texts(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> tuple[str, ...] | None:
    parts = [value]
    if not isinstance(value, dict):
        parts = value if isinstance(value, list) else _words(value).split(rules.split or "\n")
    words = [_text(field, part, rules, unknown) for part in parts if not says_nothing(part)]
    return tuple(dict.fromkeys(filter(None, words))) or None


def _country(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str | None:
    return alpha2(_words(value)) or _unknown(field, _words(value), unknown)


def _language(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str | None:
    found = _LANGUAGE.fullmatch(_words(value))
    return found[1].lower() if found else _unknown(field, _words(value), unknown)


def _currency(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str | None:
    word = _words(value).upper()
    return word if _CURRENCY.fullmatch(word) else _unknown(field, word, unknown)


def _period(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str | None:
    word = _words(value)
    if word.lower() in PERIODS:
        return word.lower()
    return UNITS.get(word.upper()) or _unknown(field, word, unknown)


def _one_of(names: tuple[str, ...]) -> Callable[..., str | None]:
    def read(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> str | None:
        word = _words(value).lower()
        return word if word in names else _unknown(field, word, unknown)

    return read


def _number(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> float | None:
    """An amount; 0 is how tables say that they do not know. A comma or point that may be either is refused."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) or None
    return float(_plain_number(field, _words(value), rules.decimal)) or None


def _plain_number(field: str, words: str, decimal: str | None) -> str:
    plain, grouped = _NUMBER[decimal or "."]
    if decimal is None and _EITHER.search(words):
        marks = 'decimal: "." or decimal: ","'
        raise IntakeError(field, f"{words[:60]!r} can be read in two ways: say {marks} in the mapping")
    if plain.fullmatch(words) or grouped.fullmatch(words):
        words = _THOUSANDS.sub("", words)
        return words.replace(".", "").replace(",", ".") if decimal == "," else words.replace(",", "")
    raise IntakeError(field, f"{words[:60]!r} is not a number")


def _day(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return _moment(_words(value), rules.date).date()
    except ValueError as error:
        known = f"the form {rules.date}" if rules.date else "a day such as 2026-08-01"
        hint = "" if rules.date else '; say its form in the mapping, such as date: "%d/%m/%Y"'
        raise IntakeError(field, f"{_words(value)[:60]!r} is not {known}{hint}") from error


def _time(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    day = _day(field, value, rules, unknown) if isinstance(value, date) or rules.date else None
    try:
        found = datetime(day.year, day.month, day.day) if day else _moment(_words(value), None)
    except ValueError as error:
        raise IntakeError(
            field, f"{_words(value)[:60]!r} is not a time such as 2026-08-01T09:30:00Z"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _moment(words: str, form: str | None) -> datetime:
    return datetime.strptime(words, form) if form else datetime.fromisoformat(words)


def _flag(field: str, value: Any, rules: Rules, unknown: Counter[str]) -> bool | None:
    found = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    word = _words(value).lower()
    return found[word] if word in found else _unknown(field, word, unknown)


# Our fields, and how a cell becomes one. `description` is text, or html where it holds tags.
FIELDS: dict[str, Callable[[str, Any, Rules, Counter[str]], Any]] = {
    **dict.fromkeys(("external_id", "url", "title", "company", "board"), _text),
    **dict.fromkeys(("description", "text", "html"), _text),
    **dict.fromkeys(("requisition_id", "department", "employment_type"), _text),
    "places": _texts,
    "country": _country,
    "lang": _language,
    "posted_on": _day,
    "changed_at": _time,
    "workplace": _one_of(get_args(Workplace)),
    "pay_min": _number,
    "pay_max": _number,
    "pay_currency": _currency,
    "pay_period": _period,
    "pay_kind": _one_of(get_args(PayKind)),
    "is_truncated": _flag,
}


def pay_of(raw: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The pay_ fields of `raw`, taken out of it, as entries of `pay`; none without an amount."""
    parts = {name: raw.pop(f"pay_{name}", None) for name in ("min", "max", "currency", "period", "kind")}
    if parts["min"] is None and parts["max"] is None:
        return ()
    return ({name: value for name, value in parts.items() if value is not None},)
