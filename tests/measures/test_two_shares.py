"""Two shares compared: against statsmodels where openings are independent, and by simulation where they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    test_proportions_2indep,
)

from data.measures.two_shares import Sample, clustered_wilson, design_effect, difference, equal_shares

test_proportions_2indep.__test__ = False


def alone(k, n):
    """Each opening by an employer of its own."""
    hits = np.array([float(k)])
    return Sample(hits, n, n, hits, hits, float(n))


def spread(hits, sizes):
    hits, sizes = np.asarray(hits, dtype=float), np.asarray(sizes, dtype=float)
    k, squares, products = (np.array([float(each.sum())]) for each in (hits, hits * hits, hits * sizes))
    return Sample(k, int(sizes.sum()), len(sizes), squares, products, float((sizes * sizes).sum()))


@pytest.mark.parametrize(
    ("one", "other"), [((56, 700), (48, 800)), ((3, 400), (14, 500)), ((30, 300), (30, 300))]
)
def test_of_independent_openings_it_is_newcombes_interval_and_the_score_test(one, other):
    before, after = alone(*one), alone(*other)
    assert design_effect(before, after) == pytest.approx(1.0, abs=0.01)
    gap, low, high = (float(each[0]) for each in difference(before, after))
    theirs = confint_proportions_2indep(other[0], other[1], one[0], one[1], compare="diff", method="newcomb")
    assert (low, high) == pytest.approx(
        theirs, abs=2e-4
    )  # t with hundreds of degrees of freedom for the normal
    assert low <= gap <= high
    test = test_proportions_2indep(
        other[0], other[1], one[0], one[1], compare="diff", method="score", correction=False
    )
    assert equal_shares(before, after) == pytest.approx(test.pvalue, abs=3e-3)


def test_wilson_of_independent_openings_is_wilsons():
    low, high = clustered_wilson(alone(120, 1000))
    assert (low[0], high[0]) == pytest.approx(proportion_confint(120, 1000, method="wilson"), abs=1e-4)


def test_the_design_effect_of_employers_all_alike_is_their_size():
    # 50 employers of 4 openings, each all or none: 4 openings tell no more than one.
    sample = spread([4] * 20 + [0] * 30, [4] * 50)
    assert design_effect(sample, sample) == pytest.approx(4 * 50 / 49)
    assert sample.employers == 50


def test_a_skill_nobody_names_in_either_period_has_not_changed():
    assert equal_shares(alone(0, 60), alone(0, 80)) == 1.0
    assert clustered_wilson(alone(0, 60))[0] == 0.0


@given(
    st.lists(st.tuples(st.integers(1, 9), st.floats(0, 1)), min_size=2, max_size=30),
    st.lists(st.tuples(st.integers(1, 9), st.floats(0, 1)), min_size=2, max_size=30),
)
def test_the_interval_holds_its_point(one, other):
    before, after = (
        spread([round(n * part) for n, part in each], [n for n, _ in each]) for each in (one, other)
    )
    gap, low, high = (float(each[0]) for each in difference(before, after))
    assert -1 <= low <= gap + 1e-12
    assert gap - 1e-12 <= high <= 1
    assert 0 <= equal_shares(before, after) <= 1
    low, high = clustered_wilson(before)
    assert 0 <= low <= before.share <= high <= 1


def test_employers_with_many_alike_openings_do_not_look_like_change():
    rng = np.random.default_rng(11)
    wrong = naive = 0
    for _ in range(400):
        sizes = rng.geometric(0.3, (2, 120))
        hits = rng.binomial(sizes, rng.beta(0.3 * 1.5, 0.7 * 1.5, (2, 120)))
        before, after = spread(hits[0], sizes[0]), spread(hits[1], sizes[1])
        wrong += equal_shares(before, after) < 0.05
        naive += equal_shares(alone(before.k[0], before.n), alone(after.k[0], after.n)) < 0.05
    assert wrong <= 0.08 * 400
    assert naive > 0.15 * 400  # what would be claimed if openings were taken as independent
