"""Values as feeds send them: amounts where 0 is no amount, epochs, text escaped or decoded once too often. Pure."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

# A later number of seconds would be in the year 5138: the value is in milliseconds.
_SECONDS = 1e11
# The bytes of UTF-8 sequences, each shown as one character: as Latin-1 or as Windows-1252 shows it.
_HIGH = "\x80-\xbf" + "".join(
    bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
)
_MOJIBAKE = re.compile(rf"[\xc2\xc3][{_HIGH}]|[\xe0-\xef][{_HIGH}]{{2}}|[\xf0-\xf4][{_HIGH}]{{3}}")
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_DECIMAL_COMMA = re.compile(r"^\d+,\d{1,2}$")
_DEPTH = 60


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


def epoch_day(value: int | float) -> date:
    """The UTC day of a Unix time in seconds or milliseconds. Raises TypeError, ValueError, OverflowError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no Unix time")
    return datetime.fromtimestamp(value / 1000 if abs(value) > _SECONDS else value, UTC).date()


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


def mended(text: str) -> str:
    """`text` with UTF-8 that was decoded as Latin-1 or Windows-1252 ("donâ€™t") read as UTF-8. Idempotent on sound text."""
    return _MOJIBAKE.sub(_decoded, text)


def _decoded(found: re.Match[str]) -> str:
    data = b"".join(c.encode("latin-1") if ord(c) < 0x100 else c.encode("cp1252") for c in found[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def paragraph(label: str, words: str | None) -> str:
    """One HTML paragraph "label: words" for what a source says beside the text; nothing where it says nothing."""
    return f"<p>{html.escape(label)}: {html.escape(words.strip())}</p>\n" if words and words.strip() else ""


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
