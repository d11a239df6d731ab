"""Scores on the hand-labelled adverts, with the judge's own scorer: floors that must not be lost again."""

import importlib.util
import json

import pytest

from nlp.extract import extract_line
from tests.shared import SHARED

GOLD = SHARED / "gold" / "dev.jsonl"
SCORER = SHARED / "tools" / "score_extraction.py"
LABELS = {
    "lang", "prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree", "degree_level",
    "seniority", "salaries", "main_salary", "skills", "soft", "domain", "note",
}  # fmt: skip
FLOORS = {
    "lang": 0.98, "prompt_relation": 0.90, "is_prompt_role": 0.92, "work_kind": 0.95, "coding": 0.87, "ml": 0.87,
    "remote": 0.87, "years_min": 0.93, "degree": 0.93, "seniority": 0.86, "main_salary": 0.90, "skills": 0.72,
    "skill_level": 0.82, "skills_required": 0.66, "soft": 0.76, "evidence": 1.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def scores():
    if not GOLD.exists():
        pytest.skip("the hand-labelled adverts are not on this machine")
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = scorer.load(GOLD)
    lines = [{name: value for name, value in row.items() if name not in LABELS} for row in gold.values()]
    predicted = {line["id"]: json.loads(json.dumps(extract_line(line))) for line in lines}
    rows, _, missing = scorer.score(gold, predicted)
    assert not missing
    return {name: row[0] for name, row in rows.items()}


@pytest.mark.parametrize("field", FLOORS)
def test_score_stays_above_its_floor(scores, field):
    assert scores[field] >= FLOORS[field]
