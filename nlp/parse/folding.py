"""Lower-cases and levels a text without ever moving a character, so that offsets stay true."""

import re
import unicodedata

_LEVEL = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\t": " ", "\u2007": " ", "\u3000": " ", "：": ":", "，": ",", "（": "(", "）": ")",
}  # fmt: skip


def _styled() -> dict[int, str]:
    """Map the mathematical letters that adverts use as bold type to plain ones."""
    styled = {}
    for code in (*range(0x1D400, 0x1D800), *range(0xFF21, 0xFF5B)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain.isascii() and plain.isalnum():
            styled[code] = plain.lower()
    return styled


_STYLED = _styled()
_ANY_STYLED = re.compile(f"[{chr(min(_STYLED))}-\U0010ffff]")
_LEVEL_ASCII = tuple((mark, plain) for mark, plain in _LEVEL.items() if mark.isascii())


def fold(text: str) -> str:
    """Return `text` in lower case with typographic quotes, dashes and spaces levelled, same length."""
    lowered = text.lower()
    if lowered.isascii():
        for mark, plain in _LEVEL_ASCII:
            lowered = lowered.replace(mark, plain)
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for mark, plain in _LEVEL.items():
        lowered = lowered.replace(mark, plain)
    if _ANY_STYLED.search(lowered):
        lowered = lowered.translate(_STYLED)
    return lowered
