"""Sentences made of numbers that know where they come from: each can be linked to the report that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from data import wording
from data.wording import LANGUAGES, Sentence


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number or name in a sentence: its text in each language and the report (`promptjobs export`) that holds it.

    `n` decides plurals and is the number itself, where it is one.
    """

    text: Mapping[str, str]
    report: str
    n: float | None = None


Part = str | Quoted
Paragraph = dict[str, tuple[Part, ...]]
"""Language -> the paragraph's parts in order: words, and numbers with their reports."""


def whole(n: int, report: str) -> Quoted:
    """A count."""
    return Quoted({lang: wording.number(n, lang) for lang in LANGUAGES}, report, n)


def decimal(value: float, report: str, digits: int = 1) -> Quoted:
    """A number with `digits` decimals."""
    return Quoted({lang: wording.number(value, lang, digits) for lang in LANGUAGES}, report, value)


def share(value: float, report: str) -> Quoted:
    """A share (0 to 1) in percent."""
    return Quoted({lang: wording.percent(value, lang) for lang in LANGUAGES}, report, value)


def pay(value: float, report: str, currency: str = "USD") -> Quoted:
    """An amount of pay, to the full hundred from ten thousand on."""
    rounded = round(value, -2) if value >= 10_000 else value
    return Quoted({lang: wording.money(rounded, lang, currency) for lang in LANGUAGES}, report, value)


def named(text: Mapping[str, str], report: str) -> Quoted:
    """A name or other words, in each language."""
    return Quoted(text, report)


def plain(text: str, report: str) -> Quoted:
    """Words that are the same in every language."""
    return Quoted(dict.fromkeys(LANGUAGES, text), report)


def paragraph(sentences: list[tuple[Sentence, Mapping[str, Quoted]]]) -> Paragraph:
    """Templates ({lang: text with {places}}) and their numbers as one paragraph. Raises KeyError for an unfilled place."""
    return {
        lang: tuple(
            part
            for i, (template, values) in enumerate(sentences)
            for part in _parts((" " if i else "") + template[lang], lang, values)
        )
        for lang in LANGUAGES
    }


def text_of(paragraph: Paragraph, lang: str) -> str:
    """The paragraph as plain text."""
    return "".join(part if isinstance(part, str) else part.text[lang] for part in paragraph[lang])


def reports_of(paragraph: Paragraph) -> list[str]:
    """The reports its numbers are from, in order of appearance."""
    return list(dict.fromkeys(part.report for part in paragraph["en"] if isinstance(part, Quoted)))


def _parts(template: str, lang: str, values: Mapping[str, Quoted]) -> list[Part]:
    counts = {name: value.n for name, value in values.items()}
    found: list[Part] = []
    for words, place, _, _ in Formatter().parse(wording.prepared(template, lang, counts)):
        if words:
            found.append(words)
        if place is not None:
            found.append(values[place])
    return found
