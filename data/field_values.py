"""Single values as sources write them: words through tables, amounts where 0 is no amount, names, markup. Pure."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from data.schema import PayKind, Period, StructuredPay

V = TypeVar("V")

_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_DECIMAL_COMMA = re.compile(r"^\d+,\d{1,2}$")
_DEPTH = 60


def look_up(table: Mapping[str, V], value: str | None, field: str, unknown: Counter[str]) -> V | None:
    """`value` through `table`; a word that is not in it is counted and becomes None."""
    if value is None:
        return None
    if value not in table:
        unknown[f"{field}={value[:60]}"] += 1
        return None
    return table[value]


def structured_pay(
    low: float | None,
    high: float | None,
    currency: str | None,
    period: Period | None,
    unknown: Counter[str],
    *,
    kind: PayKind = "base",
) -> tuple[StructuredPay, ...]:
    """The pay as one entry, or none: amounts the schema refuses are counted, they never cost the posting."""
    if low is None and high is None:
        return ()
    try:
        return (StructuredPay(min=low, max=high, currency=currency, period=period, kind=kind),)
    except ValidationError as error:
        unknown[f"pay={error.errors()[0]['msg'][:60]}"] += 1
        return ()


def amount(value: Any, field: str, unknown: Counter[str]) -> float | None:
    """An amount of money; None, "" and 0 are how feeds say that they do not know."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        number = float(_with_point(value.strip()) if isinstance(value, str) else value)
    except (TypeError, ValueError):
        unknown[f"{field}={str(value)[:60]}"] += 1
        return None
    return number or None


def _with_point(number: str) -> str:
    """ "1,200.50" as 1200.50 and "45,5" as 45.5; any other comma stays, so that the number is refused."""
    if _THOUSANDS.match(number):
        return number.replace(",", "")
    return number.replace(",", ".") if _DECIMAL_COMMA.match(number) else number


def currency_code(value: str | None, unknown: Counter[str]) -> str | None:
    """A three-letter currency code in capitals; anything else is counted and becomes None."""
    if not value:
        return None
    code = value.strip().upper()
    if re.fullmatch("[A-Z]{3}", code):
        return code
    unknown[f"currency={value[:60]}"] += 1
    return None


def unescaped(markup: str) -> str:
    """HTML that came escaped once ("&lt;p&gt;") as HTML, also where a feed has put a line of its own beneath it."""
    is_escaped = markup.lstrip().startswith("&lt;") or ("&lt;" in markup and not _TAG.search(markup))
    return html.unescape(markup) if is_escaped else markup


def plain(words: str) -> str:
    """A name or title without tags and entities ("R&amp;D <b>Lead</b>" is "R&D Lead")."""
    return " ".join(html.unescape(_TAG.sub("", words)).split())


def distinct(words: Sequence[str | None]) -> tuple[str, ...]:
    """The words that say something, stripped, once each, in order."""
    return tuple(dict.fromkeys(word.strip() for word in words if word and word.strip()))


def without(value: Any, names: frozenset[str], depth: int = 0) -> Any:
    """`value` without the fields of these names: what concerns people is dropped before it is kept.

    What lies deeper than any advert does is dropped too.
    """
    if depth > _DEPTH:
        return None
    if isinstance(value, list):
        return [without(part, names, depth + 1) for part in value]
    if isinstance(value, dict):
        return {name: without(part, names, depth + 1) for name, part in value.items() if name not in names}
    return value
