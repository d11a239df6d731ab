"""The skill premium: within strata only, withheld where one side is small, an association and said to be one."""

from datetime import date
from itertools import count

import numpy as np
import pytest

from data.errors import SelectionError
from data.measures import skills
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.markets import paid, release_of


def names(skill, numbers):
    return [
        {"posting_key": f"hackernews:{n}", "skill_id": skill, "level": "required", "surface": None}
        for n in numbers
    ]


def market(*strata, employers=None):
    """Adverts of strata (year, country, n_with, n_without, pay without, pay with) and who names the skill."""
    number, adverts, naming = count(), [], []
    for year, country, n_with, n_without, low, high in strata:
        for i in range(n_with + n_without):
            key = next(number)
            pay = high if i < n_with else low
            employer = f"employer {key % employers}" if employers else f"employer {key}"
            # Pay scatters a little, evenly around its level in logs.
            factor = np.exp(0.1 * (1 if i % 2 else -1))
            adverts.append(
                paid(
                    key,
                    date(year, 3, 2),
                    pay * factor,
                    pay * factor * 1.2,
                    country=country,
                    employer_key=employer,
                )
            )
            if i < n_with:
                naming.append(key)
    return adverts, names("python", naming)


def only(measure):
    (found,) = measure.frame.to_dict("records")
    return found


def test_a_premium_within_strata_is_not_the_difference_between_them(tmp_path):
    # In both groups 10 % more; most with it stand in the group that pays half: the plain difference is negative.
    adverts, naming = market((2024, "US", 10, 40, 200_000, 220_000), (2024, "IN", 40, 10, 100_000, 110_000))
    found = only(skills.premium(release_of(tmp_path, adverts, skills=naming), Selection()))
    assert found["lower_premium"] == pytest.approx(0.10)
    assert found["upper_premium"] == pytest.approx(0.10)
    assert found["lower_low"] < 0.10 < found["lower_high"]
    assert (found["n_lower_with"], found["n_lower_without"], found["n_strata"]) == (50, 50, 2)
    assert (found["n_employers"], found["withheld"], found["currency"]) == (50, None, "USD")
    assert found["q_value"] < 0.01
    with_it = np.log([a["pay_usd_min"] for a in adverts[:10] + adverts[50:90]]).mean()
    without = np.log([a["pay_usd_min"] for a in adverts[10:50] + adverts[90:]]).mean()
    assert with_it < without


def test_openings_without_a_counterpart_do_not_count(tmp_path):
    adverts, naming = market(
        (2024, "US", 20, 19, 1e5, 1e5), (2023, "US", 30, 0, 1e5, 1e5), (2022, "US", 0, 30, 1e5, 1e5)
    )
    found = only(skills.premium(release_of(tmp_path, adverts, skills=naming), Selection()))
    assert (found["n_lower_with"], found["n_lower_without"]) == (20, 19)
    assert (found["withheld"], found["lower_premium"]) == (
        "one_sided",
        pytest.approx(float("nan"), nan_ok=True),
    )
    adverts, naming = market((2024, "US", 19, 40, 1e5, 1e5))
    few = only(skills.premium(release_of(tmp_path / "few", adverts, skills=naming), Selection()))
    assert few["withheld"] == "few_openings"


def test_few_or_dominant_employers_withhold_it(tmp_path):
    adverts, naming = market((2024, "US", 30, 30, 1e5, 1.1e5), employers=4)
    few = only(skills.premium(release_of(tmp_path / "few", adverts, skills=naming), Selection()))
    assert few["withheld"] == "few_employers"
    adverts, naming = market((2024, "US", 30, 30, 1e5, 1.1e5))
    for advert in adverts[:16]:
        advert["employer_key"] = "one"
    one = only(skills.premium(release_of(tmp_path / "one", adverts, skills=naming), Selection()))
    assert one["withheld"] == "one_employer"


def test_employers_with_many_alike_openings_widen_it(tmp_path):
    adverts, naming = market((2024, "US", 60, 60, 1e5, 1.1e5))
    alone = only(skills.premium(release_of(tmp_path / "alone", adverts, skills=naming), Selection()))
    for number, advert in enumerate(adverts):  # ten openings an employer, all of them high or all low
        advert["employer_key"] = f"employer {number % 2}-{number // 20}"
    alike = only(skills.premium(release_of(tmp_path / "alike", adverts, skills=naming), Selection()))
    assert alike["lower_premium"] == pytest.approx(alone["lower_premium"])
    assert alike["lower_high"] - alike["lower_low"] > 2 * (alone["lower_high"] - alone["lower_low"])


def test_it_says_that_it_is_an_association(tmp_path):
    release = release_of(tmp_path, [paid(1, date(2024, 1, 2), 1e5, 2e5)], skills=names("python", [1]))
    measure = skills.premium(release, Selection())
    assert measure.frame.empty  # below the cell rule no skill is compared at all
    assert "association" in measure.coverage.note[0]
    assert "association" in measure.coverage.note[1]
    assert skills.premium(release, Selection(source=("nowhere",))).frame.empty


def test_strata_markets_and_roles(tmp_path):
    adverts, naming = market((2024, "US", 30, 30, 1e5, 1.1e5))
    for number, advert in enumerate(adverts):
        advert["seniority"] = "senior" if number < 30 else "junior"
    release = release_of(tmp_path, adverts, skills=naming)
    assert only(skills.premium(release, Selection(), strata=("seniority",)))["n_lower_with"] == 0
    assert only(skills.premium(release, Selection(), strata=("year",)))["n_lower_with"] == 30
    assert skills.premium(release, Selection(), market="contract").frame.empty
    assert skills.premium(release, Selection(role="all")).coverage.withheld is Withheld.NAMED_ONLY
    with pytest.raises(SelectionError, match="strata"):
        skills.premium(release, Selection(), strata=("weather",))
    with pytest.raises(SelectionError, match="market"):
        skills.premium(release, Selection(), market="black")
