"""The chained index as arithmetic: a fixed panel keeps its truth through outages; joining and ending move nothing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit

from data.measures.chain import chained, n_carrying, relative

DAYS, BOARDS = 12, 5


def naive(counts, covered):
    """What is often done: the growth of boards read on both of two days in a row."""
    level = 1.0
    for i in range(1, len(counts)):
        matched = covered[i] & covered[i - 1]
        level *= counts[i][matched].sum() / counts[i - 1][matched].sum()
    return level


def test_growth_during_an_outage_is_not_lost_and_is_not_counted_twice():
    counts = np.array([[10, 10], [12, 20], [14, 30], [16, 40]])
    covered = np.array([[True, True], [True, False], [True, False], [True, True]])
    level = chained(counts, covered).level
    assert level.tolist() == pytest.approx([1, 1.2, 1.4, 56 / 20])
    assert naive(counts, covered) == pytest.approx(16 / 10), (
        "a day-to-day match drops the second board's growth"
    )


def test_outages_by_turns_drift_nowhere():
    counts = np.array([[10, 10, 10], [12, 10, 10], [12, 10, 10], [12, 10, 10]])
    covered = np.array([[1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=bool)
    level = chained(counts, covered).level
    assert level[1] == pytest.approx(22 / 20) and level[3] == pytest.approx(32 / 30)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(
        st.lists(st.integers(0, 9), min_size=BOARDS, max_size=BOARDS), min_size=DAYS, max_size=DAYS
    ),
    outages=st.lists(
        st.lists(st.booleans(), min_size=BOARDS, max_size=BOARDS), min_size=DAYS - 2, max_size=DAYS - 2
    ),
)
def test_a_fixed_panel_wholly_read_has_its_true_level_whatever_went_before(counts, outages):
    numbers = np.array(counts)
    numbers[0, 0] += 1
    covered = np.vstack([[[True] * BOARDS], np.array(outages), [[True] * BOARDS]])
    level = chained(numbers, covered).level
    for i in np.flatnonzero(covered.all(axis=1)):
        assert level[i] == pytest.approx(numbers[i].sum() / numbers[0].sum())


@settings(max_examples=40, deadline=None)
@given(
    newcomer=st.lists(st.integers(0, 50), min_size=DAYS, max_size=DAYS),
    joins=st.integers(1, DAYS - 1),
    seed=st.integers(0, 1000),
)
def test_a_board_moves_nothing_on_the_day_it_joins_and_none_after_it_ends(newcomer, joins, seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 9, (DAYS, 3))
    alone = chained(counts, np.ones((DAYS, 3), dtype=bool)).level
    with_it = np.column_stack([counts, newcomer])
    covered = np.ones((DAYS, 4), dtype=bool)
    covered[:joins, 3] = False
    assert chained(with_it, covered).level[: joins + 1] == pytest.approx(alone[: joins + 1])
    covered[:, 3] = np.arange(DAYS) < joins
    level = chained(with_it, covered).level
    growth = level[joins:] / level[joins - 1] if level[joins - 1] else level[joins:]
    assert growth == pytest.approx(alone[joins:] / alone[joins - 1])


def test_no_opening_is_a_true_zero_from_which_the_index_comes_back():
    counts = np.array([[0, 0], [2, 2], [0, 0], [1, 5]])
    level = chained(counts, np.ones((4, 2), dtype=bool)).level
    assert math.isnan(level[0])
    assert level[1:].tolist() == pytest.approx([1, 0, 1.5])


def test_a_newcomer_on_a_day_of_zero_does_not_make_the_index_jump():
    counts = np.array([[4, 0], [0, 6], [4, 6], [4, 9]])
    covered = np.array([[True, False], [True, True], [True, True], [True, True]])
    assert chained(counts, covered).level.tolist() == pytest.approx([1, 0, 1, 13 / 10])


def test_a_day_without_a_board_of_the_series_is_undefined_and_the_next_is_not():
    counts = np.array([[4, 9], [4, 9], [6, 9]])
    covered = np.array([[True, False], [False, True], [True, False]])
    level = chained(counts, covered).level
    assert math.isnan(level[1]) and level[2] == pytest.approx(1.5)


def messy(seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 30, (20, 6))
    covered = rng.random((20, 6)) < 0.8
    covered[:8, 4], covered[12:, 5], covered[0, :4] = False, False, True
    return counts, covered


@pytest.mark.parametrize("seed", range(3))
def test_influence_is_the_derivative_by_the_weight_of_a_board(seed):
    counts, covered = messy(seed)
    chain = chained(counts, covered)
    for board in range(counts.shape[1]):
        weights = np.ones(6)
        weights[board] += 1e-6
        moved = chained(counts * weights, covered).level
        numeric = (np.log(moved) - np.log(chain.level)) / 1e-6
        assert chain.influence[:, board] == pytest.approx(numeric, abs=1e-4)


def test_the_variance_of_a_fixed_panel_is_that_of_a_ratio():
    """Cochran (1977), Sampling Techniques, 2.11, for simple random samples of boards."""
    counts, _ = messy(9)
    chain = chained(counts, np.ones(counts.shape, dtype=bool))
    value, spread = relative(chain, np.arange(20) == 0)
    ratio = counts[19].sum() / counts[0].sum()
    rest = counts[19] - ratio * counts[0]
    variance = (rest**2).sum() / (6 - 1) * 6 / counts[19].sum() ** 2
    assert value[-1] == pytest.approx(ratio)
    assert spread[-1] ** 2 == pytest.approx(variance)
    assert n_carrying(chain) == 6


def test_a_trailing_mean_leaves_undefined_days_out():
    level = chained(np.array([[0], [2], [4], [6]]), np.ones((4, 1), dtype=bool))
    means, _ = relative(level, np.arange(4) == 1, 2)
    assert math.isnan(means[0]) and means[1:].tolist() == pytest.approx([1, 1.5, 2.5])


def test_intervals_hold_the_growth_of_the_market_that_the_boards_are_drawn_from():
    """Boards of very different size, a market that grows by half, outages: about 95 of 100 intervals hold it."""
    rng, held, trials = np.random.default_rng(11), 0, 200
    base = np.arange(10) < 3
    for _ in range(trials):
        size = rng.gamma(1.0, 3.0, 40)
        counts = rng.poisson(size * np.exp(np.linspace(0, math.log(1.5), 10))[:, None])
        chain = chained(counts, rng.random((10, 40)) < 0.9)
        truth = 1.5 / np.exp(np.linspace(0, math.log(1.5), 10))[:3].mean()
        value, spread = relative(chain, base)
        reach = stdtrit(n_carrying(chain) - 1, 0.975) * spread[-1]
        held += value[-1] * math.exp(-reach) <= truth <= value[-1] * math.exp(reach)
    assert held / trials >= 0.92
