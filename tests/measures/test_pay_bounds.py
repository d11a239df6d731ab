"""Worst cases, claims in words, medians without an employer, and pay as stated: on rows written out."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import SelectionError
from data.measures import pay
from data.measures.pay_worst_case import quantile
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.markets import paid, posting, release_of

DAY = date(2024, 5, 2)


def stating(n, low=100_000.0, start=0, **given):
    return [paid(start + i, DAY, low + 1000 * i, low + 50_000 + 1000 * i, **given) for i in range(n)]


def silent(n, start=500):
    return [posting(start + i, DAY) for i in range(n)]


AMOUNTS = st.lists(st.integers(1, 99).map(float), min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(stated=AMOUNTS, hidden=AMOUNTS, share=st.sampled_from([0.25, 0.5, 0.75]))
def test_whatever_the_silent_pay_the_quantile_lies_within(stated, hidden, share):
    ascending = sorted(stated)
    assert quantile(ascending, share) == pytest.approx(np.quantile(stated, share))
    truth = np.quantile(stated + hidden, share)
    low = quantile(ascending, share, n_low=len(hidden))
    high = quantile(ascending, share, n_high=len(hidden))
    assert low - 1e-9 <= truth <= high + 1e-9


@settings(max_examples=60, deadline=None)
@given(stated=AMOUNTS, n=st.integers(0, 30), share=st.sampled_from([0.25, 0.5, 0.75]))
def test_the_bounds_are_reached(stated, n, share):
    """No bound is wider than need be: silent openings that pay next to nothing, or without end, reach it."""
    high = quantile(sorted(stated), share, n_high=n)
    reached = np.quantile([*stated, *[1e12] * n], share)
    assert reached > 1e9 if math.isinf(high) else reached == pytest.approx(high)
    low = quantile(sorted(stated), share, n_low=n)
    reached = np.quantile([*stated, *[-1e12] * n], share)
    assert reached < -1e9 if math.isinf(low) else reached == pytest.approx(low)


def test_worst_cases_by_hand(tmp_path):
    measure = pay.pay_worst_case(release_of(tmp_path, stating(15) + silent(6)), Selection())
    frame = measure.frame.set_index(["bound", "quantile"])
    row = frame.loc[("lower", 0.5)]
    # Of 21 the 11th: without the 6 below it the 5th of 15, with the 6 above it the 11th.
    assert (row["stated"], row["worst_low"], row["worst_high"]) == (107_000, 104_000, 110_000)
    assert (row["n_openings"], row["n_figures"], row["withheld"]) == (21, 15, None)
    quarter = frame.loc[("upper", 0.25)]
    assert np.isnan(quarter["worst_low"]) and quarter["low_withheld"] == "mostly_silent"
    assert quarter["worst_high"] == 155_000
    assert measure.coverage.figure.value == 107_000 and measure.coverage.note


def test_where_half_are_silent_the_median_has_no_bounds(tmp_path):
    frame = pay.pay_worst_case(release_of(tmp_path, stating(15) + silent(15)), Selection()).frame
    row = frame[(frame["bound"] == "lower") & (frame["quantile"] == 0.5)].iloc[0]
    assert row["low_withheld"] == row["high_withheld"] == "mostly_silent" and row["stated"] == 107_000
    assert np.isnan(row["worst_low"]) and np.isnan(row["worst_high"])


def test_too_few_figures_have_no_worst_case(tmp_path):
    measure = pay.pay_worst_case(release_of(tmp_path, stating(9) + silent(1)), Selection())
    assert set(measure.frame["withheld"]) == {"few_openings"} and measure.frame["stated"].isna().all()
    assert measure.coverage.sentence("en") == "not enough data (n = 9)"
    none = pay.pay_worst_case(release_of(tmp_path / "b", stating(9)), Selection(source=("lever",)))
    assert set(none.frame["withheld"]) <= {"few_openings"}


HEADLINES = [
    # openings that reach the claim, others, silent: verdict, sure
    (2, 38, 0, "few", True),
    (2, 38, 60, "few", False),
    (38, 2, 0, "most", True),
    (38, 2, 60, "most", False),
    (20, 20, 0, "open", False),
]


@pytest.mark.parametrize(("reach", "rest", "quiet", "verdict", "sure"), HEADLINES)
def test_verdicts(tmp_path, reach, rest, quiet, verdict, sure):
    rows = stating(reach, low=400_000.0) + stating(rest, low=50_000.0, start=200) + silent(quiet)
    measure = pay.headline_check(release_of(tmp_path, rows), Selection())
    row = measure.frame.set_index("criterion").loc["upper_reaches_low"]
    assert (row["verdict"], row["is_sure"], row["n_employers"]) == (verdict, sure, reach + rest)
    assert measure.coverage.figure.value == pytest.approx(reach / (reach + rest))


def test_a_claim_in_words(tmp_path):
    rows = stating(9, low=150_000.0) + stating(48, low=50_000.0, start=200) + silent(1143)
    measure = pay.headline_check(release_of(tmp_path, rows), Selection())
    assert pay.headline_sentence(measure, "en") == (
        "Of 57 openings of 57 known employers whose stated pay can tell, 9 (16%; 95% interval 8% to 28%) stated "
        "$175,000 or more at the top of the range. Of all 1,200 openings it is between 1% if no other did and 96% if "
        "every other did. Most openings that state pay do not; the silent ones could turn this."
    )
    french = pay.headline_sentence(measure, "fr")
    assert "175\u202f000\u00a0$" in french and "entre 1\u00a0% si aucun autre" in french


def test_too_little_for_a_verdict_is_said(tmp_path):
    measure = pay.headline_check(release_of(tmp_path, stating(4)), Selection())
    assert pay.headline_sentence(measure, "en") == (
        "How many openings state $175,000 or more at the top of the range cannot be said: not enough data (n = 4)."
    )
    assert "pas assez de données (n = 4)" in pay.headline_sentence(measure, "fr")
    assert measure.frame["verdict"].isna().all() and measure.coverage.withheld is Withheld.FEW_OPENINGS


def test_another_claim_and_a_range_of_ones_own(tmp_path):
    release = release_of(tmp_path, stating(20, low=300_000.0))
    top = pay.headline_check(release, Selection(), claim="press_2023_top")
    assert set(top.frame["low"]) == {335_000.0}
    own = pay.headline_check(release, Selection(), low=1.0, high=2.0)
    assert set(own.frame["high"]) == {2.0}
    one = pay.headline_check(release, Selection(), low=350_000.0)
    assert set(one.frame["low"]) == set(one.frame["high"]) == {350_000.0}
    for bad in ({"claim": "gossip"}, {"low": 2.0, "high": 1.0}):
        with pytest.raises(SelectionError):
            pay.headline_check(release, Selection(), **bad)


def test_who_carries_the_median(tmp_path):
    """One employer states 20 of 45 figures, all far above the rest."""
    rows = stating(25) + stating(20, low=400_000.0, start=100, employer_key="giant")
    measure = pay.pay_without_employer(release_of(tmp_path, rows), Selection(), n=3)
    frame = measure.frame
    assert frame["employer"].tolist()[:2] == [None, "giant"] and len(frame) == 4
    assert frame["lower_median"].tolist()[:2] == [122_000, 112_000]
    assert frame["lower_shift"].tolist()[:2] == pytest.approx([0, 112 / 122 - 1])
    assert (frame.loc[1, "n_own"], frame.loc[1, "share"], frame.loc[1, "n_lower"]) == (20, 20 / 45, 25)
    coverage = measure.coverage
    assert coverage.figure.value == pytest.approx(112 / 122 - 1) and "giant" in coverage.note[0]
    alike = pay.pay_without_employer(release_of(tmp_path / "b", stating(20)), Selection())
    assert alike.coverage.note[0].startswith("No employer gives more than one figure")


WITHOUT = [
    # all together are withheld; so is every row
    (stating(12) + stating(13, start=100, employer_key="giant"), {"one_employer"}, {"one_employer"}),
    # without the largest too few are left: its row only
    (stating(9) + stating(6, start=100, employer_key="giant"), {None}, {"few_openings"}),
]


@pytest.mark.parametrize(("rows", "first", "second"), WITHOUT)
def test_no_difference_gives_away_what_is_withheld(tmp_path, rows, first, second):
    frame = pay.pay_without_employer(release_of(tmp_path, rows), Selection(), n=1).frame
    assert ({frame.loc[0, "withheld"]}, {frame.loc[1, "withheld"]}) == (first, second)
    shown = frame["withheld"].isna()
    assert frame.loc[~shown, ["lower_median", "lower_shift", "upper_median"]].isna().all(axis=None)


def test_without_needs_an_employer(tmp_path):
    release = release_of(tmp_path, stating(12, employer_key=None))
    assert pay.pay_without_employer(release, Selection()).frame["employer"].tolist() == [None]
    with pytest.raises(SelectionError):
        pay.pay_without_employer(release, Selection(), n=0)


def test_pay_as_stated_keeps_units_currencies_and_markets_apart(tmp_path):
    hourly = {"pay_period": "hour", "pay_min": 20.0, "pay_max": 40.0}
    rows = stating(10) + stating(
        12, start=100, pay_currency="EUR", pay_min=50.0, pay_max=60.0, pay_period="month"
    )
    rows += stating(11, start=200, work_kind="gig_ai_training", **hourly) + stating(3, start=300, **hourly)
    rows += stating(10, start=400, pay_currency=None) + silent(14)
    measure = pay.pay_by_period(release_of(tmp_path, rows), Selection())
    frame = measure.frame.astype(object).where(measure.frame.notna(), None)
    units = {(r["market"], r["period"], r["currency"]): r for r in frame.to_dict("records")}
    assert units["payroll", "month", "EUR"]["lower_median"] == 50
    assert units["payroll", "year", "USD"]["upper_median"] == 154_500
    assert units["gig", "hour", "USD"]["n_paid"] == 11 and units["gig", "hour", "USD"]["lower_median"] == 20
    assert units["payroll", "hour", "USD"]["lower_withheld"] == "few_openings"
    open_currency = units["payroll", "year", None]
    assert (open_currency["lower_withheld"], open_currency["lower_median"]) == ("open_currency", None)
    assert (open_currency["n_lower"], open_currency["n_openings"], open_currency["disclosure"]) == (
        10,
        49,
        35 / 49,
    )


def test_figures_speak_for_the_measures(tmp_path):
    release = release_of(tmp_path, stating(20) + silent(20))
    overall = pay.pay_overall(release, Selection()).coverage.figure
    assert (overall.value, overall.unit, overall.n) == (109_500, "USD per year", 20)
    assert overall.low <= 109_500 <= overall.high
    assert pay.claim_share(release, Selection()).coverage.figure.value == 0.0
    few = pay.pay_overall(release_of(tmp_path / "b", stating(4) + silent(20)), Selection()).coverage
    assert few.figure.value is None and few.sentence("en") == "not enough data (n = 4)"
