"""The five questions answered: a paragraph each, made only of what measures say, with every number's report."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from data.frames import Column
from data.measures import quoted
from data.measures.coverage import Measure, cover
from data.measures.quoted import Paragraph
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.verdict_answers import QUESTIONS
from data.wording import LANGUAGES, Sentence

if TYPE_CHECKING:
    from data.release import Release

VERDICTS: tuple[Column, ...] = (
    Column("question", "text", ("real, pay, skills, who, last", "real, pay, skills, who, last")),
    Column("question_en", "text", ("The question in English", "La question en anglais")),
    Column("question_fr", "text", ("The question in French", "La question en français")),
    Column(
        "is_enough",
        "flag",
        ("False: too little data to answer it", "Faux : trop peu de données pour y répondre"),
    ),
    Column("text_en", "text", ("The answer in English", "La réponse en anglais")),
    Column("text_fr", "text", ("The answer in French", "La réponse en français")),
    Column(
        "reports", "texts", ("The reports its numbers are from", "Les rapports dont viennent ses chiffres")
    ),
)
# Phrases that say a question cannot be answered.
_OPEN = frozenset({"none", "thin", "open"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question. `is_enough`: there was enough data to give one."""

    question: str
    title: Sentence
    is_enough: bool
    paragraph: Paragraph

    def text(self, lang: str) -> str:
        """The paragraph as plain text (`lang`: en or fr)."""
        return quoted.text_of(self.paragraph, lang)


def verdicts(release: Release, selection: Selection) -> Measure:
    """The five verdicts as a table, one row a question (columns VERDICTS)."""
    rows = [
        {
            "question": verdict.question,
            **{f"question_{lang}": verdict.title[lang] for lang in LANGUAGES},
            "is_enough": verdict.is_enough,
            **{f"text_{lang}": verdict.text(lang) for lang in LANGUAGES},
            "reports": quoted.reports_of(verdict.paragraph),
        }
        for verdict in answers(release, selection)
    ]
    return Measure(
        "verdicts.verdicts", from_rows(VERDICTS, rows), cover(release, selection, method="verdicts")
    )


def answers(release: Release, selection: Selection) -> list[Verdict]:
    """The five verdicts with the report of every number in them, in the order of the questions.

    They are asked for at once: together they rest on some thirty queries that wait for each other for no reason.
    """
    with ThreadPoolExecutor(len(QUESTIONS)) as pool:
        return list(pool.map(lambda question: answer(release, selection, question), QUESTIONS))


def answer(release: Release, selection: Selection, question: str) -> Verdict:
    """The verdict on one question (a key of QUESTIONS). Raises KeyError for another."""
    phrases, said = _phrases()[question], list(QUESTIONS[question](release, selection))
    paragraph = quoted.paragraph([(phrases[key], values) for key, values in said])
    return Verdict(question, phrases["question"], not any(key in _OPEN for key, _ in said), paragraph)


@cache
def _phrases() -> dict[str, dict[str, Sentence]]:
    import yaml

    text = (resources.files("data") / "reference" / "verdicts.yml").read_text(encoding="utf-8")
    phrases: dict[str, dict[str, Sentence]] = yaml.safe_load(text)
    return phrases
