"""Pairs of skills: lift by hand, none where skills are independent, kin never paired, employers taken as one draw."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import hypergeom

from data.errors import SelectionError
from data.measures import skills
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.skill_pairs import by_chance, false_discoveries, lift_variance
from tests.measures.markets import posting, release_of

NAMES = [
    {"skill_id": skill, "label_en": skill.upper(), "label_fr": skill, "kind": "t", "parent": parent}
    for skill, parent in (("few-shot", "prompting"), ("prompting", "llm"), ("gpt", "llm"), ("sql", "data"))
]


def named(**numbers):
    return [
        {
            "posting_key": f"hackernews:{n}",
            "skill_id": skill.replace("_", "-"),
            "level": "required",
            "surface": None,
        }
        for skill, those in numbers.items()
        for n in those
    ]


def adverts(n, **given):
    return [posting(i, date(2024, 1, 2), **given) for i in range(n)]


def test_what_chance_explains_is_no_pair(tmp_path):
    # 6 name both where 4 would if independent.
    rows = named(sql=range(20), gpt=range(14, 34))
    assert skills.pairs(release_of(tmp_path, adverts(100), skills=rows), Selection()).frame.empty


def test_a_real_pair(tmp_path):
    release = release_of(
        tmp_path, adverts(100), skills=named(sql=range(20), gpt=range(4, 24)), skill_names=NAMES
    )
    (found,) = skills.pairs(release, Selection()).frame.to_dict("records")
    assert (found["skill_a"], found["skill_b"], found["label_a_en"]) == ("gpt", "sql", "GPT")
    assert (found["n_both"], found["n_a"], found["n_b"], found["n_employers"]) == (16, 20, 20, 16)
    assert (found["lift"], found["support"]) == (pytest.approx(4.0), 0.16)
    # One pair looked at and found: the plain 95 % interval. Variance (1/.16 - 1/.2 - 1/.2 + 2*4 - 1) / 100.
    error = np.sqrt((1 / 0.16 - 10 + 8 - 1) / 100)
    assert found["lift_low"] == pytest.approx(4 * np.exp(-1.96 * error), rel=0.02)
    assert found["lift_high"] == pytest.approx(4 * np.exp(1.96 * error), rel=0.02)
    assert found["q_value"] == pytest.approx(hypergeom.sf(15, 100, 20, 20), abs=1e-4)


def test_kin_are_not_paired(tmp_path):
    release = release_of(
        tmp_path,
        adverts(100),
        skills=named(few_shot=range(20), prompting=range(20), gpt=range(20)),
        skill_names=NAMES,
    )
    found = skills.pairs(release, Selection()).frame
    assert set(zip(found["skill_a"], found["skill_b"], strict=True)) == {
        ("few-shot", "gpt"),
        ("gpt", "prompting"),
    }


def test_one_employers_openings_are_one_draw(tmp_path):
    both = range(12)
    alike = [posting(i, date(2024, 1, 2), employer_key="one") for i in both]
    others = [posting(i, date(2024, 1, 2)) for i in range(12, 100)]
    rows = named(sql=[*both, 20, 21, 22], gpt=[*both, 20, 21, 30])
    (one,) = skills.pairs(
        release_of(tmp_path / "one", alike + others, skills=rows), Selection()
    ).frame.to_dict("records")
    (many,) = skills.pairs(
        release_of(tmp_path / "many", adverts(100), skills=rows), Selection()
    ).frame.to_dict("records")
    assert one["lift"] == many["lift"]
    assert one["lift_low"] < many["lift_low"] / 2
    assert one["q_value"] > 1000 * many["q_value"]


def test_few_employers_are_not_listed(tmp_path):
    alike = [posting(i, date(2024, 1, 2), employer_key=f"employer {i % 2}") for i in range(20)]
    rest = [posting(i, date(2024, 1, 2)) for i in range(20, 300)]
    release = release_of(tmp_path, alike + rest, skills=named(sql=range(20), gpt=range(20)))
    assert skills.pairs(release, Selection()).frame.empty


def test_support_and_number_are_limits(tmp_path):
    rows = named(sql=range(20), gpt=range(20), rust=range(15))
    release = release_of(tmp_path, adverts(200), skills=rows)
    assert len(skills.pairs(release, Selection()).frame) == 3
    assert len(skills.pairs(release, Selection(), n=1).frame) == 1
    assert len(skills.pairs(release, Selection(), min_support=16).frame) == 1
    with pytest.raises(SelectionError, match="at least 1"):
        skills.pairs(release, Selection(), n=0)
    every = skills.pairs(release, Selection(role="all"))
    assert every.frame.empty
    assert every.coverage.withheld is Withheld.NAMED_ONLY


def test_independent_skills_make_no_pairs(tmp_path):
    rng = np.random.default_rng(1)
    rows = named(**{f"s{i}": np.flatnonzero(rng.random(400) < 0.05 + i / 100).tolist() for i in range(40)})
    found = skills.pairs(release_of(tmp_path, adverts(400), skills=rows), Selection())
    assert len(found.frame) <= 2  # of 780 pairs; each alone at 5 % would make about 40


def test_the_variance_of_log_lift_is_that_of_many_samples():
    rng = np.random.default_rng(2)
    p = np.array([0.08, 0.12, 0.07, 0.73])
    cells = rng.multinomial(1000, p, 4000)
    lift = cells[:, 0] * 1000 / ((cells[:, 0] + cells[:, 1]) * (cells[:, 0] + cells[:, 2]))
    expected = lift_variance(np.array([80.0]), np.array([200.0]), np.array([150.0]), 1000)[0]
    assert np.log(lift).var() == pytest.approx(expected, rel=0.08)
    assert lift_variance(np.array([9.0]), np.array([9.0]), np.array([9.0]), 9)[0] == 0.0


def test_a_small_chance_is_never_below_fishers():
    rng = np.random.default_rng(3)
    small = 0
    for _ in range(2000):
        n = int(rng.integers(20, 500))
        a, b = (int(each) for each in rng.integers(1, n // 2, 2))
        both = int(rng.integers(1, min(a, b) + 1))
        fisher = hypergeom.sf(both - 1, n, a, b)
        if 1e-200 < fisher < 0.05:
            small += 1
            assert by_chance(*(np.array([float(x)]) for x in (both, a, b)), n)[0] >= fisher * (1 - 1e-9)
    assert small > 500


def test_false_discoveries_count_the_whole_family():
    from scipy.stats import false_discovery_control

    chance = np.array([0.03, 0.001, 0.2])
    assert false_discoveries(chance, 3) == pytest.approx(false_discovery_control(chance))
    padded = false_discovery_control(np.append(chance, np.ones(7)))[:3]
    assert false_discoveries(chance, 10) == pytest.approx(padded)
    assert false_discoveries(np.array([]), 10).size == 0
