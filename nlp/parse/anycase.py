"""Patterns of words in any case, searched for in small letters: `re.IGNORECASE` is several times slower."""

import re
from collections.abc import Iterator


class AnyCase:
    """A pattern, written in small letters, that is found in any case; `re.Pattern` in small."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> bool:
        """Is the pattern anywhere in the text?"""
        return self._pattern.search(text.lower()) is not None

    def match(self, text: str) -> bool:
        """Does the text begin with the pattern?"""
        return self._pattern.match(text.lower()) is not None

    def sub(self, by: str, text: str) -> str:
        """Return the text with every match replaced by the string `by`."""
        kept, at = [], 0
        for start, end in self.spans(text):
            kept += [text[at:start], by]
            at = end
        return "".join([*kept, text[at:]]) if kept else text

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every match."""
        return (match.span() for match in self._pattern.finditer(_small(text)))


def _small(text: str) -> str:
    """Return the text in small letters and as long as it is: "İ" stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
