"""Skills on rows written out: one opening counts once at its strongest level; small cells are withheld."""

from datetime import date

import pytest

from data.errors import SelectionError
from data.measures import skills
from data.measures.selection import Selection
from data.schema import SkillLevel
from tests.measures.markets import posting, release_of

NAMES = [
    {"skill_id": "python", "label_en": "Python", "label_fr": "Python", "kind": "language", "parent": None},
    {
        "skill_id": "rag",
        "label_en": "RAG",
        "label_fr": "Génération augmentée",
        "kind": "technique",
        "parent": None,
    },
]


def names(skill, level, *numbers):
    return [
        {"posting_key": f"hackernews:{n}", "skill_id": skill, "level": level, "surface": None}
        for n in numbers
    ]


@pytest.fixture
def release(tmp_path):
    adverts = [posting(i, date(2024, 1, 2)) for i in range(10)] + [
        posting(i, date(2025, 1, 2)) for i in range(10, 20)
    ]
    twin = posting(20, date(2024, 2, 2), opening_key="hackernews:0", employer_key="employer 0")
    other = posting(30, date(2024, 1, 2), prompt_relation="none")
    named = (
        names("python", "required", 0, 1, 2, 3)
        + names("python", "preferred", 4, 20)
        + names("rag", "mentioned", 10, 11)
    )
    named += names("unlisted", "mentioned", *range(5)) + names("python", "required", 30)
    soft = [{"posting_key": f"hackernews:{i}", "soft": "communication"} for i in range(6)]
    return release_of(tmp_path, [*adverts, twin, other], skills=named, skill_names=NAMES, soft=soft)


def row(measure, **wanted):
    frame = measure.frame
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    (found,) = frame.to_dict("records")
    return found


def test_an_opening_counts_once_at_its_strongest_level(release):
    python = row(skills.top_skills(release, Selection()), skill_id="python")
    assert [python[f"n_{x}"] for x in ("openings", "required", "preferred", "mentioned")] == [5, 4, 1, 0]
    assert (python["n_all"], python["share"], python["withheld"]) == (20, 0.25, None)
    assert python["share_low"] < 0.25 < python["share_high"]


def test_small_cells_are_withheld_and_unknown_skills_keep_their_id(release):
    measure = skills.top_skills(release, Selection())
    rag, unlisted = row(measure, skill_id="rag"), row(measure, skill_id="unlisted")
    assert (rag["n_openings"], rag["withheld"], rag["label_fr"]) == (
        2,
        "few_openings",
        "Génération augmentée",
    )
    assert rag["share"] != rag["share"]
    assert (unlisted["label_en"], unlisted["share"]) == ("unlisted", 0.25)


def test_a_level_ranks_and_shares_by_itself(release):
    measure = skills.top_skills(release, Selection(), level="required", n=1)
    (python,) = measure.frame.to_dict("records")
    assert (python["n_openings"], python["n_required"], python["withheld"]) == (5, 4, "few_openings")
    with pytest.raises(SelectionError, match="allowed"):
        skills.top_skills(release, Selection(), level="vital")
    with pytest.raises(SelectionError, match="at least 1"):
        skills.top_skills(release, Selection(), n=0)


def test_by_year_has_a_row_for_every_year_and_skill(release):
    measure = skills.skills_by_year(release, Selection(), skill_ids=["python", "rag"])
    assert len(measure.frame) == 4
    none = row(measure, year=2025, skill_id="python")
    assert (none["n_openings"], none["n_all"], none["withheld"]) == (0, 10, "few_openings")
    assert none["share"] != none["share"]
    assert row(measure, year=2024, skill_id="python")["share"] == 0.5
    assert set(skills.skills_by_year(release, Selection()).frame["skill_id"]) == {"python", "rag", "unlisted"}
    assert skills.skills_by_year(release, Selection(), skill_ids=[]).frame.empty


@pytest.mark.parametrize(("k", "n", "share"), [(0, 49, None), (0, 50, 0.0), (4, 1000, None), (5, 10, 0.5)])
def test_a_zero_is_shown_only_among_many(k, n, share):
    found = skills.share_of(k, 9, n)
    assert found["share"] == share
    assert (found["withheld"] is None) == (share is not None)


def test_soft_skills_have_names_in_both_languages(release):
    found = row(skills.soft_skills(release, Selection()), soft="communication")
    assert (found["n_openings"], found["share"], found["label_fr"]) == (6, 0.3, "Communication")


def test_levels_are_those_of_the_schema():
    from typing import get_args

    assert {level for level in skills.LEVELS if level} == set(get_args(SkillLevel))
