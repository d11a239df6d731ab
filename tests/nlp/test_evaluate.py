"""Evaluating: each definition on invented labels, and the same scores as the scorer that belongs to the labels."""

import importlib.util
import json
from datetime import date
from typing import Any

import pytest

from data.accuracy import load_accuracy, save_accuracy
from data.accuracy_card import CARDS, with_table
from data.errors import PromptjobsError
from nlp.evaluate import SUBSETS, Score, accuracy_rows, is_unread, load_gold, predict, score
from nlp.scoring import Counts, count_pays, is_same_pay, name_words, pair_skills, skill_counts, soft_counts
from tests.shared import SHARED

GOLD = SHARED / "gold" / "dev.jsonl"
SCORER = SHARED / "tools" / "score_extraction.py"
PAY = {"min": 100, "max": 120, "currency": "USD", "period": "hour", "kind": "base"}


def pay(**changes: Any) -> dict[str, Any]:
    return PAY | changes


def skill(name: str, level: str = "required", label: str = "") -> dict[str, Any]:
    return {"s": name, "level": level, "label": label, "start": 0, "end": len(name)}


@pytest.mark.parametrize(
    ("said", "there", "same"),
    [
        (pay(), pay(), True),
        (pay(min=100.4), pay(), True),
        (pay(min=101), pay(), False),
        (pay(min=None), pay(), False),
        (pay(currency="usd"), pay(), True),
        (pay(currency=None), pay(), False),
        (pay(min=208_000, max=249_600, period="year"), pay(), True),
        (pay(period=None), pay(), False),
        (pay(period="unit"), pay(period="unit"), True),
        (pay(kind="bonus"), pay(), True),
        (None, pay(), False),
    ],
)
def test_same_pay(said, there, same):
    assert is_same_pay(said, there) is same


def test_figures_count_once_and_with_their_kind():
    assert count_pays([pay(), pay(), pay(kind="bonus")], [pay()]) == Counts(1, 2, 0)
    assert count_pays([pay(kind="bonus")], [pay()]) == Counts(0, 1, 1)


def test_names_are_compared_without_case_brackets_and_plural():
    assert name_words("Large Language Models (LLMs)") == ("large", "language", "model")
    assert name_words("C++ / C#") == ("c++", "c#")
    assert name_words("business") == ("business",)


def test_equal_names_are_taken_before_near_ones():
    said = [skill("SQL Server"), skill("databases", label="SQL"), skill("Go")]
    pairs = pair_skills(said, [skill("SQL"), skill("sql servers"), skill("Rust")])
    assert [(ours["s"], label["s"]) for ours, label in pairs] == [
        ("databases", "SQL"),
        ("SQL Server", "sql servers"),
    ]


def test_counts():
    counts = Counts(6, 2, 4, 8)
    assert (counts.precision, counts.recall, round(counts.f1 or 0, 4)) == (0.75, 0.6, 0.6667)
    assert (Counts(0, 0, 0).precision, Counts(0, 0, 0).recall, Counts(0, 0, 0).f1) == (None, None, None)
    assert Counts(0, 1, 1).f1 == 0


LABELS = {"coding": "required", "work_kind": "payroll", "salaries": [], "main_salary": None}
FACTS = {"coding": "required", "work_kind": "payroll", "salaries": [], "main_salary": None, "skills": []}


def scores(*pairs: tuple[dict[str, Any], dict[str, Any]]) -> dict[tuple[str, str | None], Score]:
    return {(found.field, found.value): found for found in score(pairs)}


def test_values_are_counted_against_all_others():
    wrong = FACTS | {"coding": "preferred", "salaries": [pay()], "main_salary": 0}
    found = scores((FACTS, LABELS), (wrong, LABELS))
    assert found["coding", None].score == 0.5
    assert found["coding", "required"].counts == Counts(1, 0, 1, 0)
    assert found["no_false_pay", None].score == 0.5
    assert found["main_salary", "stated"].counts == Counts(0, 1, 0, 1)
    assert found["main_salary", None].score is None
    assert ("skills", None) not in found, "the labels hold no skills"


def test_rows_are_kept_and_come_back(tmp_path):
    gold = tmp_path / "labels.jsonl"
    gold.write_text(json.dumps({"id": "1", **LABELS}))
    file = tmp_path / "accuracy.csv"
    rows = accuracy_rows(
        score([(FACTS, LABELS)]), subset="all", gold=gold, version="v1", day=date(2026, 7, 1)
    )
    save_accuracy(rows, gold=gold.name, path=file)
    save_accuracy(rows, gold=gold.name, path=file)
    kept = load_accuracy(file)
    assert len(kept) == len(rows)
    coding = next(row for row in kept if row["field"] == "coding" and row["value"] is None)
    assert (coding["score"], coding["bar"], coding["measured_on"]) == (1.0, 0.92, date(2026, 7, 1))
    text = with_table("a\n<!-- accuracy -->\nold\n<!-- /accuracy -->\nb\n", "fr", kept)
    assert "| programmation demandée | 1,000 |" in text
    assert "old" not in text
    assert text.endswith("<!-- /accuracy -->\nb\n")
    assert with_table(text, "fr", kept) == text


@pytest.mark.parametrize("lang", CARDS)
def test_the_cards_say_what_was_saved(lang):
    text = CARDS[lang].read_text("utf-8")
    assert with_table(text, lang, load_accuracy()) == text, "run promptjobs evaluate GOLD --save"


def test_broken_labels_are_a_sentence(tmp_path):
    file = tmp_path / "labels.jsonl"
    file.write_text('{"id": 1}\n{"title": "x"}')
    with pytest.raises(PromptjobsError, match="line 2"):
        load_gold(file)
    file.write_text("\n")
    with pytest.raises(PromptjobsError, match="no labelled adverts"):
        load_gold(file)


def test_one_advert_of_a_group_counts(tmp_path):
    file = tmp_path / "labels.jsonl"
    rows = [{"id": "1", "dup_group": "g"}, {"id": "2", "dup_group": "g"}, {"id": "3", "dup_group": None}]
    file.write_text("\n".join(map(json.dumps, rows)))
    assert [row["id"] for row in load_gold(file)] == ["1", "3"]


def test_halves_are_two():
    assert {is_unread({"id": str(number)}) for number in range(20)} == {True, False}
    assert SUBSETS["read"]({"id": "x"}) != SUBSETS["unread"]({"id": "x"})


def test_the_scores_are_those_of_the_labels_own_scorer():
    if not GOLD.exists():
        pytest.skip("the hand-labelled adverts are not on this machine")
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    pairs = predict(load_gold(GOLD), lambda done, total: None)
    theirs, _, _ = scorer.score(
        {row["id"]: row for _, row in pairs}, {facts["id"]: facts for facts, _ in pairs}
    )
    ours = {found.field: found.score for found in score(pairs) if found.value is None}
    assert {name: round(value, 9) for name, (value, _) in theirs.items()} == {
        name: round(ours[name], 9) for name in theirs
    }


def test_single_skills_are_counted_advert_by_advert(monkeypatch):
    monkeypatch.setattr("nlp.scoring.LEAST_NAMED", 2)
    python, sql = skill("Python") | {"id": "python"}, skill("SQL") | {"id": "sql"}
    pairs = [
        ({"skills": [python], "soft": ["creativity"]}, {"skills": [skill("Python")], "soft": []}),
        (
            {"skills": [python, sql], "soft": []},
            {"skills": [skill("python3 scripting")], "soft": ["creativity"]},
        ),
        ({"skills": [], "soft": []}, {"skills": [skill("Pythons"), skill("no such skill")], "soft": []}),
        ({"skills": [], "soft": []}, {"skills": [], "soft": []}),
    ]
    # The second is named otherwise and no pair; the third is missed, under the lexicon's own name.
    assert dict(skill_counts(pairs)) == {"python": Counts(1, 1, 1, 1)}
    assert dict(soft_counts(pairs)) == {"creativity": Counts(0, 1, 1, 2)}
