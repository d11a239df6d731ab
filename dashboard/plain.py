"""Words of strangers made safe to show: no control or direction characters, a bounded length, no plot markup."""

from __future__ import annotations

from urllib.parse import urlsplit

from data.visible import HIDDEN, visible

TITLE_LENGTH = 160
QUOTE_LENGTH = 600


def plain(text: str | None, length: int = TITLE_LENGTH) -> str:
    """`text` without hidden characters, cut at `length` with an ellipsis; "" for None."""
    return visible(text, length)


def plot_text(text: str | None, length: int = 48) -> str:
    """`text` for a plotly label: its pseudo-HTML is escaped."""
    return plain(text, length).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def web_address(url: str | None) -> str | None:
    """`url` if it is a plain http(s) address with a host, else None."""
    if not isinstance(url, str) or HIDDEN.search(url) or any(c in url for c in " \t\n\r<>\"'\\"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
