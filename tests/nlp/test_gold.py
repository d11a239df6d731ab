"""Scores on the hand-labelled adverts, with the judge's own scorer: floors that must not be lost again."""

import importlib.util
import json

import pytest

from nlp.extract import extract_line
from tests.shared import SHARED

GOLD = SHARED / "gold" / "dev.jsonl"
KINDS = SHARED / "gold" / "work_kind_dev.jsonl"
SCORER = SHARED / "tools" / "score_extraction.py"
LABELS = {
    "lang", "prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree", "degree_level",
    "seniority", "salaries", "main_salary", "skills", "soft", "domain", "note",
}  # fmt: skip
FLOORS = {
    "lang": 0.99, "prompt_relation": 0.94, "is_prompt_role": 0.955, "is_gig": 0.85, "work_kind": 0.97, "coding": 0.915,
    "ml": 0.92, "remote": 0.95, "years_min": 0.95, "degree": 0.95, "seniority": 0.93, "main_salary": 0.93,
    "skills": 0.81, "skill_level": 0.9, "skills_required": 0.775, "soft": 0.85, "evidence": 1.0,
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


def test_gigs_are_told_from_other_work():
    """One advert per group of near-copies, as many of them are."""
    if not KINDS.exists():
        pytest.skip("the hand-labelled adverts are not on this machine")
    groups: dict[str, dict[str, str]] = {}
    for row in map(json.loads, KINDS.read_text("utf-8").splitlines()):
        groups.setdefault(row["dup_group"] or row["id"], row)
    pairs = [(row["work_kind"][:3] == "gig", _kind(row)[:3] == "gig") for row in groups.values()]
    right = sum(want and got for want, got in pairs)
    assert 2 * right / sum(want + got for want, got in pairs) >= 0.92


def _kind(row):
    return extract_line({name: value for name, value in row.items() if name != "work_kind"})["work_kind"]


@pytest.mark.parametrize("field", FLOORS)
def test_score_stays_above_its_floor(scores, field):
    assert scores[field] >= FLOORS[field]
