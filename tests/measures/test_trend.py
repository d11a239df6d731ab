"""The trend: the slope beside statsmodels', intervals that hold, verdicts with their power, panels that change."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from data.measures import demand
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.slope import Stratum, fit_slope
from data.measures.trend import WEEKS_A_MONTH, Verdict, verdict
from tests.measures.boards import Boards, day
from tests.measures.markets import posting, release_of


def strata(seed, growth=0.05, periods=12):
    """Two strata of different level and exposure, the second observed from the fifth period on."""
    rng = np.random.default_rng(seed)
    found = []
    for first, level in ((0, 0.1), (4, 0.4)):
        times = np.arange(first, periods, dtype=float)
        exposures = rng.integers(20, 60, len(times)).astype(float)
        found.append(
            Stratum(times, rng.poisson(level * exposures * np.exp(growth * times)).astype(float), exposures)
        )
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_slope_is_that_of_poisson_regression_with_an_effect_per_stratum(seed):
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    given = strata(seed)
    times = np.concatenate([s.times for s in given])
    design = np.column_stack([times, *(np.repeat([i == 0, i == 1], [12, 8]) for i in range(2))])
    fitted = GLM(
        np.concatenate([s.events for s in given]),
        design.astype(float),
        family=Poisson(),
        offset=np.log(np.concatenate([s.exposures for s in given])),
    ).fit()
    ours = fit_slope(given)
    assert ours.value == pytest.approx(fitted.params[0], abs=1e-6)
    # With many events the score interval is that of Wald.
    half = 2.2281 * math.sqrt(ours.dispersion) * fitted.bse[0]  # Student's t, 10 degrees of freedom
    assert (ours.low, ours.high) == pytest.approx((ours.value - half, ours.value + half), abs=0.01)


def test_intervals_of_the_slope_hold_the_truth_and_detectable_is_found_four_times_in_five():
    rng, held, found, trials = np.random.default_rng(3), 0, 0, 300
    times, exposures = np.arange(26, dtype=float), np.full(26, 50.0)
    flat = fit_slope([Stratum(times, np.full(26, 4.0), exposures)])
    for _ in range(trials):
        mean = np.exp(flat.detectable * (times - times.mean())) * 4
        slope = fit_slope([Stratum(times, rng.poisson(mean).astype(float), exposures)])
        held += slope.low <= flat.detectable <= slope.high
        found += slope.low > 0
    assert held / trials >= 0.93
    assert 0.7 <= found / trials <= 0.95


def test_events_that_leave_an_end_open_have_no_finite_end():
    slope = fit_slope([Stratum(np.arange(6.0), np.array([0, 0, 0, 0, 0, 12.0]), np.full(6, 10.0))])
    assert slope.value == math.inf and slope.high == math.inf and 0 < slope.low < math.inf


def test_clumped_events_widen_the_interval():
    times, exposures = np.arange(10.0), np.full(10, 100.0)
    even = fit_slope([Stratum(times, np.full(10, 6.0), exposures)])
    clumped = fit_slope([Stratum(times, np.array([0, 20, 0, 0, 10, 20, 0, 0, 10, 0.0]), exposures)])
    assert even.dispersion == 1 and clumped.dispersion > 5
    assert clumped.high - clumped.low > 2 * (even.high - even.low)


def test_nothing_to_go_by_gives_no_slope():
    times = np.arange(6.0)
    assert fit_slope([Stratum(times, np.zeros(6), np.full(6, 9.0))]) is None
    assert fit_slope([Stratum(times[:2], np.ones(2), np.full(2, 9.0))]) is None
    assert fit_slope([]) is None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.01, 0.2, Verdict.UP),
        (-0.2, -0.01, Verdict.DOWN),
        (-0.04, 0.03, Verdict.LEVEL),
        (-0.04, 0.2, Verdict.NOT_ENOUGH_DATA),
        (-0.3, 0.04, Verdict.NOT_ENOUGH_DATA),
        (0.01, math.inf, Verdict.UP),
    ],
)
def test_level_is_said_only_where_growth_is_excluded(low, high, said):
    assert verdict(low, high) is said


# --- on adverts -----------------------------------------------------------------------------------


def listed(weekly, others=20, board="acme", first_week=0, weeks=None):
    """A board read from Monday of `first_week` on, with so many new openings each week among `others` adverts."""
    boards = Boards()
    last = 7 * (weeks or len(weekly))
    boards.read(board, range(7 * first_week, last + 1))
    for week, n in enumerate(weekly):
        for i in range(n + others):
            relation = "title" if i < n else "none"
            start = 7 * week + i % 7
            boards.up(board, max(start, 7 * first_week), posted=start, prompt_relation=relation)
    return boards


def merged(*several):
    both = Boards()
    for one in several:
        for row, life in zip(one.postings, one.spells, strict=True):
            key = f"lever:{len(both.postings)}"
            both.postings.append(row | {"posting_key": key, "opening_key": key, "role_key": key})
            both.spells.append(life | {"posting_key": key})
        both.coverage += one.coverage
    return both


def row_of(boards, folder, **options):
    measure = demand.trend(boards.release(folder), Selection(), **options)
    return measure, measure.frame.iloc[0]


def test_a_rise_among_all_adverts_is_up(tmp_path):
    weekly = [1, 1, 2, 3, 4, 6, 8, 11]
    measure, row = row_of(listed(weekly, others=30), tmp_path)
    assert row["verdict"] == "up" and row["grain"] == "week"
    assert (row["n_periods"], row["n_openings"]) == (8, 36)
    assert (row["since"].date(), row["until"].date()) == (day(0), day(55))
    shares = [Stratum(np.arange(8.0), np.array(weekly, float), np.array(weekly, float) + 30)]
    slope = fit_slope(shares)
    assert row["growth"] == pytest.approx(math.expm1(slope.value * WEEKS_A_MONTH))
    assert row["growth_low"] > 0 and row["detectable"] > 0
    assert measure.coverage.figure.interval is Interval.SCORE
    said = demand.trend_sentence(measure, "en")
    assert "rise" in said and "36 new openings in 8 complete weeks" in said and "4 times in 5" in said
    assert "augmentent" in demand.trend_sentence(measure, "fr")


def test_a_new_board_with_many_such_openings_is_no_rise(tmp_path):
    """The second board has the role ten times as often; within each board nothing changes."""
    old = listed([2] * 10, others=40)
    new = listed([0] * 6 + [20] * 4, others=20, board="late", first_week=6, weeks=10)
    _, row = row_of(merged(old, new), tmp_path)
    assert row["growth"] == pytest.approx(0, abs=1e-6)
    assert row["n_openings"] == 2 * 10 + 20 * 4
    assert row["growth_low"] < 0 < row["growth_high"]


def test_more_adverts_of_every_kind_are_no_rise_of_the_role(tmp_path):
    first, later = listed([2, 2, 2, 4, 4, 4]), listed([0, 0, 0, 0, 0, 0], others=0)
    for week in (3, 4, 5):
        for i in range(20):
            later.up("acme", 7 * week + i % 7, prompt_relation="none")
    later.coverage = []
    _, row = row_of(merged(first, later), tmp_path)
    assert row["growth"] == pytest.approx(0, abs=0.03)


def test_the_running_week_reposts_and_weeks_before_a_board_was_read_are_left_out(tmp_path):
    boards = listed([2] * 8)
    for _ in range(9):
        boards.up("acme", 56, prompt_relation="title")
        boards.up("acme", 30, is_repost=True, prompt_relation="title")
        boards.up("acme", 0, posted=-20, prompt_relation="title")
    _, row = row_of(boards, tmp_path)
    assert (row["n_periods"], row["n_openings"]) == (8, 16)


@pytest.mark.parametrize(
    ("weekly", "reason"), [([9] * 4, "few_periods"), ([1] * 9, "few_openings"), ([], "few_openings")]
)
def test_no_verdict_without_enough_weeks_and_openings(weekly, reason, tmp_path):
    measure, row = row_of(listed(weekly, weeks=max(len(weekly), 1)), tmp_path)
    assert row["withheld"] == reason == measure.coverage.withheld
    assert row["verdict"] == "not_enough_data" and row.isna()["growth"]
    assert measure.coverage.figure.value is None
    assert demand.trend_sentence(measure, "en").startswith("not enough data")


def test_only_the_weeks_asked_for_count(tmp_path):
    boards = listed([9] * 6 + [2] * 6)
    assert row_of(boards, tmp_path, weeks=6)[1]["n_openings"] == 12
    assert row_of(boards, tmp_path / "b")[1]["n_openings"] == 66


def threads(counts, others=60):
    rows = []
    for i, n in enumerate(counts):
        month = date(2024 + i // 12, i % 12 + 1, 2)
        relations = ["title"] * n + ["none"] * others
        rows += [posting(len(rows) + j, month, prompt_relation=r) for j, r in enumerate(relations)]
    return rows


def test_threads_are_compared_by_month(tmp_path):
    measure = demand.trend(release_of(tmp_path, threads([2] * 12)), Selection(), weeks=52)
    row = measure.frame.iloc[0]
    assert row["grain"] == "month" and row["n_periods"] == 12 and row["n_openings"] == 24
    assert row["growth"] == pytest.approx(0, abs=1e-6) and row["verdict"] == "not_enough_data"
    assert "complete months" in demand.trend_sentence(measure, "en") and measure.coverage.note
    half = demand.trend(release_of(tmp_path, threads([2] * 12)), Selection()).frame.iloc[0]
    assert half["n_periods"] == 6 and half["since"].date() == date(2024, 7, 1)


def test_a_month_that_is_missing_or_not_over_takes_no_part(tmp_path):
    rows = [row for row in threads([3] * 8) if row["month"] != date(2024, 4, 1)]
    now = [posting(9000 + i, date(2026, 8, 1) + timedelta(days=i)) for i in range(9)]
    row = demand.trend(release_of(tmp_path, rows), Selection(), weeks=52).frame.iloc[0]
    assert row["n_periods"] == 7 and row["n_openings"] == 21
    later = demand.trend(release_of(tmp_path, rows + now), Selection(), weeks=520).frame.iloc[0]
    assert later["n_openings"] == 21


def test_picked_samples_have_no_trend(tmp_path):
    rows = [row | {"source": "sample"} for row in threads([3] * 8)]
    measure = demand.trend(release_of(tmp_path, rows), Selection())
    assert measure.coverage.withheld is Withheld.SAMPLE and measure.frame.iloc[0]["n_openings"] == 0
