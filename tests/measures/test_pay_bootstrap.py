"""The bootstrap by employer against numpy's medians of the drawn samples, its laws, and how often it is right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.intervals import median_interval
from data.measures.pay_bootstrap import (
    MOST_GROUPS,
    draws_of,
    expanded,
    group_codes,
    median_by_employer,
    median_draws,
)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.integers(1, 40), min_size=1, max_size=120),
    n_groups=st.integers(2, 9),
    seed=st.integers(0, 99),
)
def test_each_draw_is_the_median_of_the_drawn_sample(values, n_groups, seed):
    ascending = np.sort(np.array(values, dtype=float))
    groups = np.random.default_rng(seed).integers(0, n_groups, len(values))
    weights = draws_of(n_groups, draws=40, seed=seed)
    found = median_draws(ascending, groups, weights)
    for draw, row in zip(found, weights.T, strict=True):
        sample = np.repeat(ascending, row[groups].astype(int))
        assert np.isnan(draw) if len(sample) == 0 else draw == np.median(sample)


def test_a_lopsided_draw_is_looked_for_beyond_the_middle():
    """One employer holds the lower half: drawn often or never, the median lies far from the middle ranks."""
    ascending = np.arange(2000.0)
    groups = np.where(ascending < 1000, 0, 1 + (ascending.astype(int) % 3))
    weights = draws_of(4, draws=200)
    found = median_draws(ascending, groups, weights)
    expected = [np.median(np.repeat(ascending, row[groups].astype(int))) for row in weights.T]
    assert found.tolist() == expected and found.min() < 600 and found.max() > 1400


def test_draws_are_of_as_many_employers_and_always_the_same():
    first = draws_of(7, draws=50).copy()
    draws_of.cache_clear()
    assert (draws_of(7, draws=50) == first).all()
    assert (first.sum(axis=0) == 7).all() and first.shape == (7, 50)
    assert not (draws_of(7, draws=50, seed=2) == first).all()


def test_many_employers_are_drawn_in_groups():
    codes, n_groups = group_codes(np.array([f"e{i:06}" for i in range(2 * MOST_GROUPS)]))
    assert n_groups == MOST_GROUPS and (np.bincount(codes) == 2).all()


def test_the_interval_is_never_inside_that_of_the_ranks_and_holds_the_median():
    rng = np.random.default_rng(3)
    for n in (10, 25, 80):
        ascending = np.sort(rng.lognormal(11, 0.4, n))
        low, high = median_by_employer(ascending, rng.integers(0, 8, n))
        ranks = median_interval(ascending.tolist())
        assert low <= ranks[0] <= np.median(ascending) <= ranks[1] <= high


@pytest.mark.parametrize(("values", "keys"), [([], []), ([1.0] * 9, ["a"] * 9), ([1.0, 2.0], ["a", "b"])])
def test_none_where_nothing_can_be_said(values, keys):
    assert median_by_employer(np.array(values), keys) is None


def test_few_employers_widen_the_percentiles():
    draws = np.linspace(0, 1, 10_001)
    few, many = expanded(draws, 0.5, 5), expanded(draws, 0.5, 5_000)
    assert few[0] < many[0] and few[1] > many[1]
    # For many employers they are the plain 2.5 % and 97.5 % percentiles.
    assert many == pytest.approx((0.025, 0.975), abs=2e-4)
    assert expanded(np.full(9, np.nan), 0.5, 9) is None


def test_it_covers_where_openings_of_one_employer_are_alike():
    """METHOD: at least 93 % of 95 % intervals; ranks alone fall far short. 400 markets, 12 employers, fixed seed."""
    rng = np.random.default_rng(17)
    right = {"employer": 0, "ranks": 0}
    for _ in range(400):
        sizes = 1 + rng.geometric(0.5, 12)
        keys = np.repeat(np.arange(12), sizes)
        values = rng.normal(0, 0.6**0.5, 12)[keys] + rng.normal(0, 0.4**0.5, len(keys))
        order = np.argsort(values)
        low, high = median_by_employer(values[order], keys[order])
        ranks = median_interval(values[order].tolist())
        right["employer"] += low <= 0 <= high
        right["ranks"] += ranks[0] <= 0 <= ranks[1]
    assert right["employer"] >= 0.93 * 400 > 0.9 * 400 >= right["ranks"]
