"""Explaining: each lost candidate with its reason, words that read as quoted, and sentences in both languages."""

import json
from io import StringIO
from typing import Any

import pytest

from data.reasons import rival_reasons, why_lost
from nlp.explain import rivals
from nlp.explain_page import blocks
from nlp.explained import adverts, explain
from nlp.extract import BadLine, load_extractor
from nlp.parse.pay.context import Refusal
from nlp.parse.skills import STRENGTH
from nlp.parse.tables import rule_rows

ADVERT = """Acme is backed by $135M in funding. Our intern and our engineers love React Native. Jobs: https://acme.dev/kotlin

Responsibilities
- Write and test prompts for our LLM products

Requirements
- 5+ years of experience, of which 2 years of experience with Python
- Bachelor's degree; a Master's degree is a plus
- Docker is not required
- You can go fast and make C happen

Salary: $120k - $150k per year, plus a $10,000 signing bonus. 401(k) match. Referral bonus of $5,000.
Hybrid in New York; some teams work remotely.
"""
LINE = {"id": "a", "title": "Senior Prompt Engineer", "text": ADVERT}


def lost(line: dict[str, Any] = LINE) -> set[tuple[str, str, str]]:
    advert, reading, facts = load_extractor().read(line)
    return {(r.fact, r.reason, r.quote) for r in rivals(reading, facts, country=advert.country)}


@pytest.mark.parametrize(
    "expected",
    [
        ("pay", "millions", "$135M"),
        ("pay", "referral", "$5,000"),
        ("main_salary", "other_kind", "$10,000"),
        ("years_min", "larger", "5+ years"),
        ("degree", "preferred", "Master's degree"),
        ("skill", "not_required", "Docker"),
        ("skill", "ambiguous", "C"),
        ("seniority", "title_decides", "intern"),
    ],
)
def test_a_lost_candidate_has_its_reason(expected):
    assert expected in lost()


def test_quotes_read_as_the_text_and_facts_do_not_lose():
    advert, reading, facts = load_extractor().read(LINE)
    found = rivals(reading, facts, country=advert.country)
    assert all(r.start is None or ADVERT[r.start : r.end] == r.quote for r in found)
    won = {(pay["start"], pay["end"]) for pay in facts["salaries"]} | {
        (skill["start"], skill["end"]) for skill in facts["skills"]
    }
    assert not [r for r in found if r.fact in ("pay", "skill") and (r.start, r.end) in won]


def test_structured_pay_comes_before_the_text():
    fields = {"pay": [{"min": 100000, "max": 120000, "currency": "USD", "period": "year"}]}
    assert ("pay", "field", "$120k - $150k per year") in lost(LINE | {"fields": fields})


def test_every_reason_has_a_sentence_in_both_languages():
    said = rival_reasons()
    assert {("pay", reason.value) for reason in Refusal} <= said.keys()
    categories = {row["category"] for row in rule_rows("modifiers")} - STRENGTH.keys() - {"stop"}
    assert {("skill", category) for category in categories} <= said.keys()
    assert {(fact, reason) for fact, reason, _ in lost()} <= said.keys()
    for (fact, reason), sentence in said.items():
        assert all(sentence.values()), (fact, reason)
        assert why_lost("fr", fact, reason, "mots") == f"{sentence['fr']} (« mots »)"


def test_the_explanation_puts_rivals_under_their_facts():
    shown = explain(LINE, lang="fr")
    facts = {item["fact"]: item for item in shown["facts"]}
    main = facts["main_salary"]
    assert (main["quote"], main["before"]) == ("$120k - $150k per year", "Salary: ")
    assert [item["reason"] for item in facts["years_min"]["lost"]] == ["larger"]
    assert facts["years_min"]["lost"][0]["why"] == "un nombre d'années plus petit est accepté"
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_page_of_it_reads_as_text(lang):
    from rich.console import Console

    console = Console(width=100, record=True, file=StringIO(), highlight=False)
    for block in blocks(
        explain(LINE | {"text": ADVERT + "\n[bold]C is [/nothing]"}, lang=lang)["facts"], lang
    ):
        console.print(block)
    text = console.export_text()
    assert "[$120k - $150k per year]" in text
    assert ("lost: " if lang == "en" else "écarté: ") in text


def test_input_may_be_an_object_lines_or_plain_text():
    assert list(adverts(b"We write prompts.")) == [(1, {"id": "text", "text": "We write prompts."})]
    assert list(adverts(json.dumps(LINE).encode())) == [(1, LINE)]
    two = "\n\n".join(json.dumps(LINE | {"id": name}) for name in "ab").encode()
    assert [(number, row["id"]) for number, row in adverts(two)] == [(1, "a"), (3, "b")]
    with pytest.raises(BadLine, match="line 2 is not JSON"):
        list(adverts(json.dumps(LINE).encode() + b"\n{"))
