"""The interval of a share by employer: its limits, its laws, and how often it is right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.intervals import wilson
from data.measures.pay_shares import share_by_employer


def test_one_opening_each_is_near_the_score_interval():
    hits = np.arange(400) % 4 == 0
    assert share_by_employer(hits, np.arange(400)) == pytest.approx(wilson(100, 400), abs=2e-3)


def test_openings_all_alike_count_as_their_employers():
    """Forty employers with ten openings each that are the same: as much evidence as forty openings."""
    hits = np.repeat(np.arange(40) % 4 == 0, 10)
    low, high = share_by_employer(hits, np.repeat(np.arange(40), 10))
    assert (low, high) == pytest.approx(wilson(10, 40), abs=1e-2)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_and_all_have_an_interval_too(share):
    low, high = share_by_employer(np.full(30, share == 1.0), np.arange(30) % 10)
    assert low <= share <= high and 0.1 < high - low < 0.5


def test_one_employer_has_none():
    assert share_by_employer(np.array([True, False]), ["a", "a"]) is None
    assert share_by_employer(np.array([], dtype=bool), []) is None


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40), seed=st.randoms())
def test_laws(rows, seed):
    found = share_by_employer(np.array([hit for hit, _ in rows]), [key for _, key in rows])
    seed.shuffle(rows)
    again = share_by_employer(np.array([hit for hit, _ in rows]), [key for _, key in rows])
    if found is None:
        assert again is None and len({key for _, key in rows}) == 1
        return
    assert found == pytest.approx(again)
    assert 0 <= found[0] <= np.mean([hit for hit, _ in rows]) <= found[1] <= 1


def test_it_covers_where_openings_of_one_employer_are_alike():
    """800 markets of 30 employers, share 0.3, correlation 0.4 within an employer; the plain interval fails there."""
    rng, right = np.random.default_rng(29), {"employer": 0, "plain": 0}
    for _ in range(800):
        keys = np.repeat(np.arange(30), rng.geometric(0.4, 30))
        hits = rng.random(len(keys)) < rng.beta(0.45, 1.05, 30)[keys]
        for name, (low, high) in (
            ("employer", share_by_employer(hits, keys)),
            ("plain", wilson(int(hits.sum()), len(hits))),
        ):
            right[name] += low <= 0.3 <= high
    assert right["employer"] >= 0.93 * 800 > 0.87 * 800 >= right["plain"]
