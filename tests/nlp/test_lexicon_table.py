"""The lexicon as a table: one id a skill, names in both languages, a place in the tree, no name claimed twice."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from nlp.parse.folding import fold
from nlp.parse.lexicon import forms
from nlp.parse.tables import reference_rows, rule_rows

DOCS = Path(__file__).parents[2] / "docs"
SKILLS = reference_rows("skills")
GROUPS = reference_rows("skill_groups")
KINDS = {
    "automation", "business", "cloud", "content", "data", "design", "domain", "framework", "language", "ml",
    "model", "platform", "practice", "technique",
}  # fmt: skip


def test_ids_are_unique_and_speak_for_themselves():
    ids = [row["id"] for row in (*SKILLS, *GROUPS)]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if not name.replace("-", "").isalnum() or name != name.lower()] == []


def test_labels_stand_in_both_languages_and_are_unique():
    assert [row["id"] for row in (*SKILLS, *GROUPS) if not (row["label_en"] and row["label_fr"])] == []
    for language in ("label_en", "label_fr"):
        by_label = defaultdict(list)
        for row in SKILLS:
            by_label[fold(row[language])].append(row["id"])
        assert {label: ids for label, ids in by_label.items() if len(ids) > 1} == {}


def test_parents_exist_and_lead_to_a_group():
    parents = {row["id"]: row["parent"] for row in SKILLS}
    groups = {row["id"] for row in GROUPS}
    for name in parents:
        path = [name]
        while path[-1] in parents:
            path.append(parents[path[-1]])
            assert len(path) < 9, path
        assert path[-1] in groups, path


def test_kinds_needs_and_sources_are_known():
    assert {row["kind"] for row in SKILLS} == KINDS
    assert {row["need"] for row in SKILLS} == {"", "asked", "cue"}
    assert {source for row in SKILLS for source in row["source"].split("; ")} == {"own", "ESCO v1.1", "O*NET"}
    assert all(bool(row["source_id"]) == (row["source"] != "own") for row in SKILLS)


def test_no_name_is_claimed_twice_without_a_mark():
    """Two skills may share a name only where a mark (`ambiguous`, `cased`) tells them apart."""
    claims = defaultdict(set)
    for row in SKILLS:
        marked = {*row["ambiguous"].split("|"), *row["cased"].split("|")}
        for form in forms(row):
            claims[form if form in marked else fold(form)].add(row["id"])
    assert {form: ids for form, ids in claims.items() if len(ids) > 1} == {}


def test_marks_are_names_of_their_row():
    for row in SKILLS:
        names = set(forms(row))
        marks = {mark for column in ("ambiguous", "cased") for mark in row[column].split("|") if mark}
        assert marks <= names, (row["id"], marks - names)


def test_demands_name_known_skills():
    assert {row["skill"] for row in rule_rows("demands")} <= {row["id"] for row in SKILLS}


@pytest.mark.parametrize("page", ["skills.md", "skills.fr.md"])
def test_the_pages_about_it_give_its_true_counts(page):
    text = (DOCS / page).read_text(encoding="utf-8").replace("\u00a0", " ")
    n, same = len(SKILLS), sum(row["label_en"] == row["label_fr"] for row in SKILLS)
    groups = {row["id"]: row["parent"] for row in SKILLS}
    mark = "," if page == "skills.md" else " "
    assert f"{n:,}".replace(",", mark) in text and f"{same:,}".replace(",", mark) in text
    for kind, count in Counter(row["kind"] for row in SKILLS).items():
        assert re.search(rf"\| {kind}\b[^|]*\| {count} \|", text), (kind, count)
    assert sum(_root(name, groups) in {"llm", "rag", "ai"} for name in groups) == int(
        re.search(r"`ai`\)[^\d]*(\d+)", text)[1]
    )
    for source in ("ESCO", "O*NET"):
        count = sum(source in row["source"] for row in SKILLS)
        assert re.search(rf"\b{count}\b", text), (source, count)


def _root(name, parents):
    while name in parents:
        name = parents[name]
    return name
