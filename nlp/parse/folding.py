"""Lower-cases and levels a text without ever moving a character, so that offsets stay true."""

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


_TABLE = {ord(a): b for a, b in _LEVEL.items()} | _styled()


def fold(text: str) -> str:
    """Return `text` in lower case with typographic quotes, dashes and spaces levelled, same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return (
        lowered
        if lowered.isascii() and "\t" not in lowered and "`" not in lowered
        else lowered.translate(_TABLE)
    )
