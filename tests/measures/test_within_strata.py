"""Pay within strata: equal to least squares with stratum effects, and covered by its interval."""

import numpy as np
import pytest
from scipy.special import stdtrit
from statsmodels.regression.linear_model import OLS

from data.measures.within_strata import contrast


def market(rng, employers, effect=0.0, alike=0.0):
    cluster = np.repeat(np.arange(employers), rng.geometric(0.4, employers))
    n = len(cluster)
    stratum = rng.integers(0, 6, n)
    named = (rng.random((n, 1)) < rng.beta(1, 2, employers)[cluster, None]).astype(float)
    noise = rng.normal(0, alike, employers)[cluster] + rng.normal(0, 0.3, n)
    return 11 + 0.2 * stratum + effect * named[:, 0] + noise, named, stratum, cluster


def test_by_hand():
    # One stratum: with 1, 3; without 0, 2 -> 2 - 1. A second without contrast changes nothing.
    pay = np.array([1.0, 3.0, 0.0, 2.0, 50.0])
    named = np.array([[1], [1], [0], [0], [1]], dtype=float)
    found = contrast(pay, named, np.array([0, 0, 0, 0, 1]), np.arange(5))
    assert found.effect[0] == pytest.approx(1.0)
    assert (found.n_with[0], found.n_without[0], found.strata[0]) == (2, 2, 1)
    assert found.inside[:, 0].tolist() == [True, True, True, True, False]


def test_it_is_least_squares_with_stratum_effects():
    pay, named, stratum, cluster = market(np.random.default_rng(1), 80, effect=0.2, alike=0.2)
    design = np.column_stack([named, *(stratum == s for s in range(6))]).astype(float)
    fit = OLS(pay, design).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    found = contrast(pay, named, stratum, cluster)
    assert found.effect[0] == pytest.approx(fit.params[0])
    assert found.error[0] == pytest.approx(fit.bse[0], rel=0.08)
    assert found.error[0] > fit.bse[0] * 0.99  # wider: employers with much weight count for more


def test_a_skill_that_all_or_none_of_a_stratum_name_has_no_contrast():
    pay, stratum = np.arange(6.0), np.array([0, 0, 0, 1, 1, 1])
    named = np.array([[1, 0]] * 3 + [[0, 0]] * 3, dtype=float)
    found = contrast(pay, named, stratum, np.arange(6))
    assert found.n_with.tolist() == [0, 0]
    assert found.strata.tolist() == [0, 0]
    assert np.isfinite(found.effect).all()


@pytest.mark.parametrize(("employers", "alike"), [(60, 0.0), (60, 0.3), (200, 0.3)])
def test_its_interval_covers_the_truth(employers, alike):
    rng = np.random.default_rng(employers)
    hits = 0
    for _ in range(300):
        found = contrast(*market(rng, employers, effect=0.1, alike=alike))
        hits += abs(found.effect[0] - 0.1) <= stdtrit(found.freedom[0], 0.975) * found.error[0]
    assert hits >= 0.925 * 300


def test_order_changes_nothing():
    rng = np.random.default_rng(3)
    pay, named, stratum, cluster = market(rng, 40, effect=0.1)
    order = rng.permutation(len(pay))
    one = contrast(pay, named, stratum, cluster)
    other = contrast(pay[order], named[order], stratum[order], cluster[order])
    assert one.effect == pytest.approx(other.effect)
    assert one.error == pytest.approx(other.error)


def test_its_error_is_that_of_a_bootstrap_over_employers():
    rng = np.random.default_rng(5)
    pay, named, stratum, cluster = market(rng, 150, effect=0.1, alike=0.2)
    members = [np.flatnonzero(cluster == at) for at in range(150)]
    drawn = []
    for _ in range(300):
        chosen = [members[at] for at in rng.integers(0, 150, 150)]
        rows, again = np.concatenate(chosen), np.repeat(np.arange(150), [len(each) for each in chosen])
        drawn.append(contrast(pay[rows], named[rows], stratum[rows], again).effect[0])
    assert contrast(pay, named, stratum, cluster).error[0] == pytest.approx(np.std(drawn), rel=0.15)
