"""Patterns of small letters find words in any case, where `re.IGNORECASE` would."""

import re

import pytest

from nlp.parse.anycase import AnyCase

PATTERN = r"\b(?:remote(?:ly)?|full[- ]?time|télétravail)\b"
TEXTS = (
    "REMOTE",
    "Berlin, Full-Time or remotely",
    "TÉLÉTRAVAIL complet",
    "İzmir Remote İİ remote",
    "on site",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_it_finds_what_a_slow_pattern_does(text: str) -> None:
    words, slow = AnyCase(PATTERN), re.compile(PATTERN, re.IGNORECASE)
    assert words.search(text) == bool(slow.search(text))
    assert words.match(text) == bool(slow.match(text))
    assert words.sub(" ", text) == slow.sub(" ", text)
    assert list(words.spans(text)) == [match.span() for match in slow.finditer(text)]
