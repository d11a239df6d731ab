"""Curves of survival: worked by hand, equal to lifelines where it applies, to the maximum of the likelihood elsewhere."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.survival_clusters import clustered_variance
from data.measures.survival_curve import band, estimate, incidence_band, quantile
from data.measures.survival_days import CUT, Lives, count_days


def lives(*rows, n_causes=1):
    """Lives from (entry, early, late, cause)."""
    columns = np.array(rows, dtype="int64").reshape(-1, 4).T
    return Lives(*columns, n_causes=n_causes)


def exact(*rows):
    """Lives from (entry, day, has it ended)."""
    return lives(*((entry, day, day, 0 if ended else CUT) for entry, day, ended in rows))


def test_a_curve_worked_by_hand():
    """Five lives, two of them cut, one that enters late: it is not at risk on the day it enters."""
    found = estimate(exact((0, 2, True), (0, 3, False), (2, 4, True), (0, 5, True), (0, 6, False)))
    assert found.at_risk.tolist() == [4, 4, 4, 4, 3, 2, 1]
    assert found.exits[0].tolist() == [0, 0, 1, 0, 1, 1, 0]
    s2, s4 = 3 / 4, 3 / 4 * 2 / 3
    assert found.survival == pytest.approx([1, 1, s2, s2, s4, s4 / 2, s4 / 2])
    greenwood = [1 / 12, 1 / 12 + 1 / 6, 1 / 12 + 1 / 6 + 1 / 2]
    assert found.variance[[2, 4, 5]] == pytest.approx(greenwood)
    middle = quantile(found)
    assert middle is not None and (middle.day, middle.low, middle.high) == (4, 2, None)


def test_the_band_worked_by_hand():
    found = estimate(exact(*[(0, 1, True)] * 5, *[(0, 2, False)] * 5))
    low, high = band(found)
    # S = 1/2, Greenwood 5 / (10 * 5) = 0.1; log-log: 0.5 ** exp(+-1.959964 * sqrt(0.1) / log 2)
    factor = np.exp(1.959964 * np.sqrt(0.1) / np.log(2))
    assert (low[1], high[1]) == pytest.approx((0.5**factor, 0.5 ** (1 / factor)), abs=1e-6)
    assert (low[0], high[0]) == (1, 1)


def test_a_curve_ends_where_nobody_is_observed():
    """At age 4 none is at risk: what those first seen at age 5 did says nothing of the share that got there."""
    found = estimate(exact((0, 2, True), (0, 3, False), (5, 8, True), (5, 9, False)))
    assert (found.horizon, found.last_day) == (3, 9)
    assert found.survival.tolist() == [1, 1, 0.5, 0.5]


def test_a_curve_ends_before_all_in_sight_end_while_others_come_later():
    found = estimate(exact((0, 2, True), (0, 2, True), (2, 8, True), (3, 9, False)))
    assert (found.horizon, found.last_day) == (1, 9)
    assert quantile(found) is None
    assert estimate(exact((0, 2, True), (0, 2, True))).survival.tolist() == [1, 1, 0]


def test_nobody_at_risk_is_no_curve():
    assert estimate(exact()).survival.tolist() == [1]
    assert estimate(exact((3, 3, False), (0, 0, False))).horizon == 0


def test_a_span_is_shared_out_to_the_ends_that_were_seen():
    """Two ends on days 2 and 4, and one between 2 and 4: half of it falls to each. None is left over for day 3."""
    at_risk, exits = count_days(lives((0, 2, 2, 0), (0, 4, 4, 0), (0, 2, 4, 0)))
    assert exits[0] == pytest.approx([0, 0, 1.5, 0, 1.5], abs=1e-4)
    assert at_risk == pytest.approx([0, 3, 3, 1.5, 1.5], abs=1e-4)


def test_spans_of_different_exits_are_shared_out_by_their_own():
    rows = [(0, 2, 2, 0), (0, 4, 4, 1), (0, 2, 4, 0), (0, 2, 4, 1)]
    found = estimate(lives(*rows, n_causes=2))
    assert found.incidence[:, -1] == pytest.approx([0.5, 0.5], abs=1e-4)
    assert found.exits[:, 2] == pytest.approx([2, 0], abs=1e-3)


# --- against others -------------------------------------------------------------------------------


def drawn(seed, n=400, late=True):
    rng = np.random.default_rng(seed)
    end, cut = np.ceil(rng.weibull(0.9, n) * 25).astype(int), rng.integers(1, 70, n)
    entry = np.maximum(rng.integers(-25, 25, n), 0) if late else np.zeros(n, dtype=int)
    day = np.minimum(end, cut)
    kept = day > entry
    return entry[kept], day[kept], (end <= cut)[kept]


@pytest.mark.parametrize("seed", range(8))
def test_equal_to_lifelines_with_late_entry_and_cuts(seed):
    from lifelines import KaplanMeierFitter

    entry, day, ended = drawn(seed)
    found = estimate(Lives(entry, day, day, np.where(ended, 0, CUT)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = KaplanMeierFitter().fit(day, ended, entry=entry)
    days = np.arange(found.horizon + 1)
    survival = theirs.survival_function_at_times(days).to_numpy()
    assert found.survival == pytest.approx(survival, abs=1e-12)
    limits = theirs.confidence_interval_.reindex(days, method="ffill").to_numpy()
    low, high = band(found)
    known = np.isfinite(low) & (days > 0)
    assert np.stack([low, high], axis=1)[known] == pytest.approx(limits[known], abs=1e-12)
    assert quantile(found).day == theirs.median_survival_time_


@pytest.mark.parametrize("seed", range(2))
def test_incidences_equal_lifelines_without_ties(seed):
    """lifelines has no late entry here, and moves tied days at random: hence days of their own."""
    from lifelines import AalenJohansenFitter

    rng = np.random.default_rng(seed)
    day = rng.permutation(np.arange(1, 401))[:150]
    cause = rng.choice([CUT, 0, 1, 2], 150, p=[0.4, 0.3, 0.2, 0.1])
    found = estimate(Lives(np.zeros(150, dtype=int), day, day, cause, 3))
    for one in range(3):
        theirs = AalenJohansenFitter(calculate_variance=True).fit(day, cause + 1, event_of_interest=one + 1)
        at = theirs.cumulative_density_.index.to_numpy().astype(int)
        known = at[at <= found.horizon]
        share = theirs.cumulative_density_.to_numpy().ravel()[: len(known)]
        assert found.incidence[one][known] == pytest.approx(share, abs=1e-12)
        low, high = incidence_band(found, one)
        spread = np.sqrt(theirs.variance_.to_numpy().ravel()[: len(known)])
        inside = (share > 0) & (share < 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.exp(1.959963985 * spread / np.abs(share * np.log(share)))
        limits = np.stack([share**factor, share ** (1 / factor)])[:, inside]
        assert np.stack([low, high])[:, known[inside]] == pytest.approx(limits, abs=1e-7)


def likelihood(rows, masses):
    """The log-likelihood of lives with exact or spanned ends: P(early <= T <= late) / P(T > entry)."""
    value = 0.0
    for entry, early, late, cause in rows:
        inside = masses[early:].sum() - masses[early] if cause == CUT else masses[early : late + 1].sum()
        value += np.log(inside / masses[entry + 1 :].sum())
    return value


@pytest.mark.parametrize("seed", range(3))
def test_spans_with_late_entry_reach_the_highest_likelihood(seed):
    """No other distribution over the days makes the observations likelier: scipy looks for one."""
    from scipy.optimize import minimize

    rng = np.random.default_rng(seed)
    rows = [(0, 10, 10, CUT)] * 2
    while len(rows) < 25:
        end, entry, width = int(rng.integers(1, 9)), int(rng.integers(0, 3)), int(rng.integers(1, 4))
        early = (end - 1) // width * width + 1
        if early > entry:
            is_cut = rng.random() < 0.2
            rows.append((entry, early, early if is_cut else early + width - 1, CUT if is_cut else 0))
    found = estimate(lives(*rows))
    size = 12
    masses = np.zeros(size)
    masses[: found.horizon + 1] = -np.diff(np.append(1.0, found.survival))
    masses[-1] += found.survival[-1]
    assert found.horizon == found.last_day

    def cost(logits):
        shares = np.exp(logits - logits.max())
        return -likelihood(rows, np.append(0.0, shares / shares.sum()))

    starts = rng.normal(size=(2, size - 1))
    best = min(minimize(cost, start, method="L-BFGS-B").fun for start in starts)
    assert likelihood(rows, masses) >= -best - 1e-3


@pytest.mark.parametrize("seed", range(4))
def test_spans_without_late_entry_have_the_masses_of_lifelines(seed):
    """lifelines' Turnbull estimate, at its core: its curves fill between the spans it finds."""
    from lifelines.fitters.npmle import npmle

    rng = np.random.default_rng(seed)
    early = rng.integers(1, 20, 80)
    late, is_cut = early + rng.integers(0, 6, 80), rng.random(80) < 0.25
    late[is_cut] = early[is_cut]
    found = estimate(Lives(np.zeros(80, dtype=int), early, late, np.where(is_cut, CUT, 0)))
    masses = -np.diff(np.append(1.0, found.survival))
    theirs, spans = npmle(np.where(is_cut, early + 1, early), np.where(is_cut, 99, late), tol=1e-10)
    for mass, span in zip(theirs, spans, strict=True):
        if span.right < 99:
            assert masses[span.left : span.right + 1].sum() == pytest.approx(mass, abs=2e-3)
    assert len(spans) >= 5


# --- laws -----------------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 15), st.integers(0, 4), st.sampled_from([CUT, 0, 1, 2])),
    min_size=1,
    max_size=40,
)


def of_rows(rows):
    return lives(
        *(
            (entry, entry + days, entry + days + (0 if cause == CUT else width), cause)
            for entry, days, width, cause in rows
        ),
        n_causes=3,
    )


@settings(max_examples=150, deadline=None)
@given(rows=ROWS)
def test_laws_of_every_curve(rows):
    found = estimate(of_rows(rows))
    assert (np.diff(found.survival) <= 1e-12).all() and found.survival.min() >= 0
    assert (np.diff(found.incidence, axis=1) >= -1e-12).all()
    assert found.survival + found.incidence.sum(axis=0) == pytest.approx(
        np.ones(found.horizon + 1), abs=1e-12
    )
    for share, (low, high) in (
        (found.survival, band(found)),
        *((found.incidence[one], incidence_band(found, one)) for one in range(3)),
    ):
        known = np.isfinite(low)
        assert (low[known] <= share[known] + 1e-12).all() and (share[known] <= high[known] + 1e-12).all()
        assert (low[known] >= 0).all() and (high[known] <= 1).all()
    middle = quantile(found)
    if middle is not None:
        assert middle.low <= middle.day and (middle.high is None or middle.day <= middle.high)
        assert found.survival[middle.day] <= 0.5 + 1e-9 < found.survival[middle.day - 1] + 1e-9


@settings(max_examples=50, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_lives_does_not_matter(rows, seed):
    turned = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    first, second = estimate(of_rows(rows)), estimate(of_rows(turned))
    assert first.survival == pytest.approx(second.survival, abs=1e-12)
    assert first.incidence == pytest.approx(second.incidence, abs=1e-12)


# --- openings of one employer ---------------------------------------------------------------------


def test_groups_of_one_give_greenwood_and_equal_ends_in_a_group_widen_it():
    rng = np.random.default_rng(3)
    day = np.ceil(rng.exponential(20, 600)).astype(int)
    zeros = np.zeros(600, dtype=int)
    alone = Lives(zeros, day, day, zeros)
    found = estimate(alone)
    at = 15
    by_one = clustered_variance(alone, np.arange(600), found.horizon)
    assert by_one[at] == pytest.approx(found.variance[at], rel=0.05)
    tenfold = Lives(*(np.repeat(one[:60], 10) for one in (zeros, day, day, zeros)))
    curve = estimate(tenfold)
    grouped = clustered_variance(tenfold, np.repeat(np.arange(60), 10), curve.horizon)
    assert grouped[at] == pytest.approx(10 * curve.variance[at], rel=0.15)
    assert np.isnan(clustered_variance(alone, zeros, found.horizon)).all()


def test_large_numbers_of_groups_are_taken_in_parts(monkeypatch):
    from data.measures import survival_clusters

    rng = np.random.default_rng(4)
    day, groups = rng.integers(1, 30, 500), rng.integers(0, 90, 500)
    some = Lives(np.zeros(500, dtype=int), day, day, np.where(rng.random(500) < 0.3, CUT, 0))
    whole = clustered_variance(some, groups, 25)
    monkeypatch.setattr(survival_clusters, "_CELLS", 200)
    assert clustered_variance(some, groups, 25) == pytest.approx(whole)


def coverage_of_median(robust, seeds):
    """How often the interval holds the true median where each of 40 employers takes its openings down in lots."""
    true, hits = np.log(2) * 20, 0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        lots = np.repeat(np.ceil(rng.exponential(20, 40 * 3)).astype(int), 6)
        groups, zeros = np.repeat(np.arange(40), 18), np.zeros(40 * 18, dtype=int)
        some = Lives(zeros, lots, lots, zeros)
        curve = estimate(some)
        if robust:
            curve = replace(curve, variance=clustered_variance(some, groups, curve.horizon))
        middle = quantile(curve)
        hits += middle.low - 1 <= true <= (middle.high or 1e9)
    return hits / len(seeds)


def test_the_interval_by_employer_covers_where_greenwood_does_not():
    seeds = range(200)
    assert coverage_of_median(False, seeds) < 0.8
    assert coverage_of_median(True, seeds) >= 0.93


def test_two_hundred_thousand_lives_take_no_time():
    import time

    rng = np.random.default_rng(1)
    n = 200_000
    day, entry = np.ceil(rng.exponential(40, n)).astype(int), np.maximum(rng.integers(-60, 30, n), 0)
    some = Lives(entry, day, day + (rng.random(n) < 0.1) * 3, np.where(rng.random(n) < 0.3, CUT, 0))
    some = replace(some, late=np.where(some.cause == CUT, some.early, some.late))
    took = []
    for _ in range(3):
        started = time.perf_counter()
        estimate(some)
        took.append(time.perf_counter() - started)
    assert min(took) < 0.15
