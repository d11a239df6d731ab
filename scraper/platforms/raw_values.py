"""Values as feeds send them: amounts where 0 is no amount, epochs, text escaped or decoded once too often. Pure."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime

from data.field_values import amount as amount
from data.field_values import currency_code as currency_code
from data.field_values import distinct as distinct
from data.field_values import plain as plain
from data.field_values import unescaped as unescaped
from data.field_values import without as without

# A later number of seconds would be in the year 5138: the value is in milliseconds.
_SECONDS = 1e11
# The bytes of UTF-8 sequences, each shown as one character: as Latin-1 or as Windows-1252 shows it.
_HIGH = "\x80-\xbf" + "".join(
    bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
)
_MOJIBAKE = re.compile(rf"[\xc2\xc3][{_HIGH}]|[\xe0-\xef][{_HIGH}]{{2}}|[\xf0-\xf4][{_HIGH}]{{3}}")


def epoch_day(value: int | float) -> date:
    """The UTC day of a Unix time in seconds or milliseconds. Raises TypeError, ValueError, OverflowError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no Unix time")
    return datetime.fromtimestamp(value / 1000 if abs(value) > _SECONDS else value, UTC).date()


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
