"""The commonest words settle the language of short texts too; the model of letters is asked only in doubt."""

import pytest

from nlp.parse import language


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def by_letters(head: str) -> str:
        asked.append(head)
        return "fy"

    monkeypatch.setattr(language, "_by_letters", by_letters)
    return asked


@pytest.mark.parametrize(
    ("text", "lang"),
    [("we are hiring.", "en"), ("nous cherchons un rédacteur pour notre équipe à lyon", "fr")],
)
def test_few_words_of_one_language_are_enough(letters: list[str], text: str, lang: str) -> None:
    assert language.detect(text) == lang
    assert not letters


@pytest.mark.parametrize("text", ["kotlin android berlin", "acme"])
def test_names_alone_are_left_to_their_letters(letters: list[str], text: str) -> None:
    assert language.detect(text) == "fy"
    assert letters == [text]


def test_a_text_without_words_has_no_language(letters: list[str]) -> None:
    assert language.detect("12 + 34 …") is None
    assert not letters
