"""Lower-cases and levels a text without ever moving a character, so that offsets stay true."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

_LEVEL = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\t": " ", "\u2007": " ", "\u3000": " ", "：": ":", "，": ",", "（": "(", "）": ")",
}  # fmt: skip
_ASCII = bytes(range(128))
_FEW = 128


def _styled() -> dict[str, str]:
    """Map the mathematical letters that adverts use as bold type to plain ones."""
    styled = {}
    for code in (*range(0x1D400, 0x1D800), *range(0xFF21, 0xFF5B)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain.isascii() and plain.isalnum():
            styled[chr(code)] = plain.lower()
    return styled


_STYLED = _styled()
_LEVEL_ASCII = tuple((mark, plain) for mark, plain in _LEVEL.items() if mark.isascii())


def fold(text: str) -> str:
    """Return `text` in lower case with typographic quotes, dashes and spaces levelled, same length."""
    folded = text.lower() if text.isascii() else _exchange(_lower_ascii(text), _plain, _foreign(text))
    for mark, plain in _LEVEL_ASCII:
        folded = folded.replace(mark, plain)
    return folded


def word_bytes(folded: str) -> bytes:
    """Return one byte for each character: 0 for what is neither letter nor digit, else its Latin-1 code.

    Letters beyond Latin-1 all become that of "ª", digits that of "¹". Bytes can be classed and searched many times faster than strings.
    """
    return _latin(folded, _as_word).translate(_WORD)


def case_bytes(text: str) -> bytes:
    """Return one byte for each character: 1 for a small letter, 2 for a capital, 0 for anything else."""
    return _latin(text, _as_case).translate(_CASE)


def digit_runs(text: str) -> Iterator[int]:
    """Yield where the runs of decimal digits of a text begin ("¹" counts as one).

    A string of bytes is searched at memory's speed.
    """
    digits = _latin(text, _as_word).translate(_DIGIT)
    at = digits.find(1)
    while at >= 0:
        yield at
        end = digits.find(0, at)
        at = digits.find(1, end) if end >= 0 else -1


def _lower_ascii(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


@lru_cache(maxsize=2)
def _foreign(text: str) -> frozenset[str]:
    """Return the characters of a text that are not ASCII. One text is asked about several times."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return frozenset(rest.decode("utf-8", "surrogatepass"))


def _exchange(text: str, other: Callable[[str], str], letters: frozenset[str]) -> str:
    """Replace each of these letters of a text by another one. Most texts hold few different ones."""
    if len(letters) > _FEW:
        return text.translate({ord(letter): other(letter) for letter in letters})
    for letter in letters:
        if (plain := other(letter)) != letter:
            text = text.replace(letter, plain)
    return text


@lru_cache(maxsize=1024)
def _plain(letter: str) -> str:
    small = letter.lower()
    small = _LEVEL.get(small, small) if len(small) == 1 else letter
    return _STYLED.get(small, small)


def _latin(text: str, other: Callable[[str], str]) -> bytes:
    """Return the Latin-1 bytes of a text, letters beyond it exchanged."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        if any(letter > "ÿ" and letter.isalnum() for letter in _foreign(text)):
            return _exchange(text, other, _foreign(text)).encode("latin-1")
        return text.encode("latin-1", "replace")


def _as_word(letter: str) -> str:
    if letter < "\u0100":
        return letter
    return "¹" if letter.isdecimal() else "ª" if letter.isalnum() else " "


def _as_case(letter: str) -> str:
    if letter < "\u0100":
        return letter
    return "A" if letter.isupper() else "a" if letter.islower() else " "


_WORD = bytes(code if chr(code).isalnum() else 0 for code in range(256))
_DIGIT = bytes(48 <= code < 58 or code == ord("¹") for code in range(256))
_CASE = bytes(1 if chr(code).islower() else 2 if chr(code).isupper() else 0 for code in range(256))
