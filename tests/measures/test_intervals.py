"""Intervals against published tables, and their laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.intervals import median, median_interval, median_rank, poisson, wilson

# Garwood's limits as tabulated in Ulm (1990), Am. J. Epidemiology 131, and standard tables of 95 % Poisson limits.
GARWOOD = [
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.2422, 7.225),
    (3, 0.6187, 8.767),
    (4, 1.0899, 10.242),
    (5, 1.6235, 11.668),
    (10, 4.7954, 18.390),
    (20, 12.2165, 30.888),
    (50, 37.1110, 65.919),
    (100, 81.3640, 121.627),
]
# Newcombe (1998), Statistics in Medicine 17, 857-872, table I: method 3, score without continuity correction.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
    (29, 29, 0.8830, 1.0),
]
# Ranks of the 95 % interval of a median, as in Conover (1999) and the sign test's critical values.
RANKS = [(5, None), (6, 1), (8, 1), (9, 2), (10, 2), (12, 3), (15, 4), (20, 6), (25, 8), (50, 18), (100, 40)]


@pytest.mark.parametrize(("k", "low", "high"), GARWOOD)
def test_poisson_against_published_limits(k, low, high):
    assert poisson(k) == pytest.approx((low, high), abs=6e-4)


def test_poisson_at_ninety_percent():
    assert poisson(10, 0.90) == pytest.approx((5.4254, 16.9622), abs=6e-4)


def test_poisson_of_a_large_count_is_near_its_normal_form():
    low, high = poisson(1_000_000)
    assert low == pytest.approx(1_000_000 - 1959.96, abs=3)
    assert high == pytest.approx(1_000_000 + 1959.96, abs=4)


@pytest.mark.parametrize(("k", "n", "low", "high"), NEWCOMBE)
def test_wilson_against_newcombe(k, n, low, high):
    assert wilson(k, n) == pytest.approx((low, high), abs=6e-5)


def test_a_share_of_nothing_has_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("n", "rank"), RANKS)
def test_rank_of_the_median_interval(n, rank):
    assert median_rank(n) == rank


def test_median_interval_takes_order_statistics():
    assert median_interval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == (2, 9)
    assert median_interval([1, 2, 3, 4, 5]) is None


@pytest.mark.parametrize("bad", [(-1, 5), (6, 5)])
def test_wilson_refuses_impossible_counts(bad):
    with pytest.raises(ValueError, match="0 <= k <= n"):
        wilson(*bad)


def test_poisson_refuses_negative_counts_and_levels_outside():
    with pytest.raises(ValueError, match="cannot be -1"):
        poisson(-1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson(1, 1.0)


@settings(deadline=None)
@given(st.integers(0, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_lies_in_the_unit_interval_and_holds_its_point(counts):
    k, n = counts
    ends = wilson(k, n)
    assert (ends is None) == (n == 0)
    assert ends is None or 0 <= ends[0] <= k / n <= ends[1] <= 1


@settings(deadline=None)
@given(st.integers(0, 20_000))
def test_poisson_holds_its_point_and_grows(k):
    low, high = poisson(k)
    assert 0 <= low <= k < high
    assert low < poisson(k + 1)[0]
    assert high < poisson(k + 1)[1]


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=6, max_size=60))
def test_median_interval_holds_the_median(values):
    ascending = sorted(values)
    low, high = median_interval(ascending)
    assert low <= median(ascending) <= high
