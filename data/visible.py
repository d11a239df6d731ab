"""Words of strangers made safe to show: no control or direction characters, a bounded length."""

from __future__ import annotations

import re

# C0/C1 controls, zero-width and direction overrides: they can hide or reorder what is read.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def visible(text: str | None, length: int) -> str:
    """`text` on one line without hidden characters, cut at `length` with an ellipsis; "" for None."""
    if not isinstance(text, str):
        return ""
    clean = " ".join(HIDDEN.sub("", text[: length * 4]).split())
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"
