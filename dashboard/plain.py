"""Words of strangers made safe to show: no control or direction characters, a bounded length, no plot markup."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# C0/C1 controls, zero-width and direction overrides: they can hide or reorder what is read.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
TITLE_LENGTH = 160
QUOTE_LENGTH = 600


def plain(text: str | None, length: int = TITLE_LENGTH) -> str:
    """`text` without hidden characters, cut at `length` with an ellipsis; "" for None."""
    if not isinstance(text, str):
        return ""
    clean = " ".join(_HIDDEN.sub("", text[: length * 4]).split())
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def plot_text(text: str | None, length: int = 48) -> str:
    """`text` for a plotly label: its pseudo-HTML is escaped."""
    return plain(text, length).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def web_address(url: str | None) -> str | None:
    """`url` if it is a plain http(s) address with a host, else None."""
    if not isinstance(url, str) or _HIDDEN.search(url) or any(c in url for c in " \t\n\r<>\"'\\"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
