"""Shares corrected for measured errors: worked cases, the formula written out anew, coverage by simulation."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.measures.correction import (
    LEAST_LABELS,
    Errors,
    corrected_share,
    correction,
    correction_note,
    measured_errors,
)
from data.measures.reasons import Withheld
from tests.measures.markets import posting, release_of

COUNT = st.integers(0, 300)


def accuracy(subset, field, value, tp, fp, fn, tn, n=200):
    row = {"subset": subset, "field": field, "value": value, "measure": "f1", "n": n, "score": 0.9}
    return row | {"tp": tp, "fp": fp, "fn": fn, "tn": tn, "gold": "labels", "measured_on": date(2026, 1, 1)}


def test_a_case_by_hand():
    # 30 of 100 said; sensitivity 0.9, specificity 0.9: (0.3 + 0.9 - 1) / 0.8 = 0.25.
    value, low, high = corrected_share(30, 100, 90, 10, 10, 90)
    assert value == pytest.approx(0.25)
    assert low < 0.25 < high


@pytest.mark.parametrize(
    "case", [(27, 650, 50, 1, 50, 199), (23, 150, 96, 11, 4, 89), (140, 200, 95, 5, 5, 60)]
)
def test_the_ends_are_those_of_the_formula_written_out_anew(case):
    k, n, tp, fp, fn, tn = case
    z = 1.959963984540054
    p, n_ = (k + z**2 / 2) / (n + z**2), n + z**2
    se, m = (tp + 1) / (tp + fn + 2), tp + fn + 2
    sp, w = (tn + 1) / (tn + fp + 2), tn + fp + 2
    gain = se + sp - 1
    true = (p + sp - 1) / gain
    a, b = se * (1 - se) / m, sp * (1 - sp) / w
    error = np.sqrt(p * (1 - p) / n_ + a * true**2 + b * (1 - true) ** 2) / gain
    shift = 2 * z**2 * (true * a - (1 - true) * b)
    _, low, high = corrected_share(*case)
    assert low == pytest.approx(max(0.0, true + shift - z * error))
    assert high == pytest.approx(true + shift + z * error)


def test_without_errors_it_is_the_apparent_share():
    value, low, high = corrected_share(30, 100, 10_000, 0, 0, 10_000)
    assert value == pytest.approx(0.3)
    assert low == pytest.approx(0.219, abs=0.003)  # Wilson: 0.2189 to 0.3958
    assert high == pytest.approx(0.396, abs=0.003)


@pytest.mark.parametrize(
    "case",
    [(1, 0, 9, 1, 1, 9), (3, 10, 0, 0, 0, 9), (3, 10, 9, 0, 1, 0), (3, 10, 5, 5, 5, 5), (3, 10, 1, 9, 9, 1)],
)
def test_nothing_is_corrected_without_labels_or_by_rules_no_better_than_chance(case):
    k, n, *errors = case
    if k > n:
        with pytest.raises(ValueError, match="k <= n"):
            corrected_share(k, n, *errors)
    else:
        assert corrected_share(k, n, *errors) is None


@given(n=st.integers(1, 500), part=st.floats(0, 1), tp=COUNT, fp=COUNT, fn=COUNT, tn=COUNT)
def test_the_interval_holds_its_point_and_stays_in_bounds(n, part, tp, fp, fn, tn):
    found = corrected_share(round(part * n), n, tp, fp, fn, tn)
    if found is not None:
        value, low, high = found
        assert 0 <= low <= value <= high <= 1


@pytest.mark.parametrize(
    ("share", "sensitivity", "specificity"), [(0.05, 0.9, 0.95), (0.3, 0.8, 0.98), (0.8, 0.95, 0.9)]
)
def test_it_covers_the_truth(share, sensitivity, specificity):
    rng = np.random.default_rng(7)
    said = share * sensitivity + (1 - share) * (1 - specificity)
    hits = 0
    for _ in range(400):
        with_it = rng.binomial(217, 0.4)
        tp, tn = rng.binomial(with_it, sensitivity), rng.binomial(217 - with_it, specificity)
        errors = (tp, 217 - with_it - tn, with_it - tp, tn)
        _, low, high = corrected_share(rng.binomial(200, said), 200, *map(int, errors))
        hits += low <= share <= high
    assert hits >= 0.93 * 400


def test_errors_are_of_the_unread_half_where_it_is_large_enough(tmp_path):
    rows = [
        accuracy("all", "coding", "required", 100, 10, 10, 90),
        accuracy("unread", "coding", "required", 50, 5, 5, 40, n=100),
        accuracy("all", "coding", "preferred", 40, 10, 10, 140),
        accuracy("unread", "coding", "preferred", 5, 1, 1, 93, n=100),
        accuracy("all", "coding", None, 1, 1, 1, 1),
        accuracy("fr", "coding", "required", 1, 1, 1, 1),
        accuracy("all", "skills", None, 9, 9, 9, None),
    ]
    release = release_of(tmp_path, [posting(1, date(2024, 1, 2))], accuracy=rows)
    found = measured_errors(release, "coding")
    assert found == {"required": Errors(50, 5, 5, 40, "unread"), "preferred": Errors(40, 10, 10, 140, "all")}
    assert measured_errors(release, "skills") == {}


def test_a_correction_says_why_there_is_none():
    few = Errors(LEAST_LABELS - 1, 0, 0, 100, "all")
    enough = Errors(LEAST_LABELS, 0, 0, LEAST_LABELS, "all")
    assert correction(5, 10, None, None)["uncorrected"] is Withheld.NOT_MEASURED
    assert correction(5, 10, few, None)["uncorrected"] is Withheld.NOT_MEASURED
    assert correction(1, 10, enough, Withheld.FEW_OPENINGS)["uncorrected"] is Withheld.FEW_OPENINGS
    shown = correction(5, 10, enough, None)
    assert (shown["share_corrected"], shown["uncorrected"], shown["measured_on"]) == (0.5, None, "all")


def test_a_note_says_when_the_rules_have_changed_since(tmp_path):
    row = accuracy("all", "coding", "required", 100, 10, 10, 90)
    advert = posting(1, date(2024, 1, 2))
    same = release_of(tmp_path / "same", [advert], accuracy=[row | {"rules_version": "r1"}])
    other = release_of(tmp_path / "other", [advert], accuracy=[row | {"rules_version": "r0"}])
    for at, words in ((0, "other rules"), (1, "d'autres règles")):
        assert words not in correction_note(same)[at]
        assert words in correction_note(other)[at]
