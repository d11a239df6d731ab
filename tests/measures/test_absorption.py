"""Absorption: one ratio of jobs to other openings that ask, with exact limits; small numbers and holes."""

from datetime import date

import pytest
from scipy.stats import binom, binomtest

from data.errors import SelectionError
from data.measures import demand
from data.measures.exact import clopper_pearson
from data.measures.reasons import Interval
from data.measures.selection import Selection
from tests.measures.markets import posting, release_of


def adverts(relation, n, year=2024, start=0, **given):
    return [posting(start + i, date(year, 3, 2), prompt_relation=relation, **given) for i in range(n)]


@pytest.mark.parametrize(("k", "n"), [(0, 5), (1, 7), (12, 40), (40, 40), (300, 10_000)])
def test_clopper_pearson_as_scipy_has_it(k, n):
    theirs = binomtest(k, n).proportion_ci(method="exact")
    assert clopper_pearson(k, n) == pytest.approx((theirs.low, theirs.high))


def test_clopper_pearson_needs_something_to_go_by():
    assert clopper_pearson(0, 0) is None
    with pytest.raises(ValueError, match="0 <= k <= n"):
        clopper_pearson(3, 2)


def test_clopper_pearson_never_covers_less_than_it_says():
    for n in (5, 12, 30):
        ends = [clopper_pearson(k, n) for k in range(n + 1)]
        for share in (0.03, 0.2, 0.5, 0.81):
            held = sum(binom.pmf(k, n, share) for k, (low, high) in enumerate(ends) if low <= share <= high)
            assert held >= 0.95


def test_the_ratio_is_that_of_titles_to_other_titles_that_ask(tmp_path):
    rows = adverts("title", 4) + adverts("core", 2, start=10) + adverts("required", 5, start=20)
    rows += adverts("preferred", 3, start=30) + adverts("mention", 9, start=40) + adverts("none", 9, start=60)
    measure = demand.absorption(release_of(tmp_path, rows), Selection(role="title"))
    (row,) = measure.frame.to_dict("records")
    assert (row["n_job"], row["n_other"]) == (4, 10)
    assert row["ratio"] == 0.4 and row["share"] == pytest.approx(4 / 14)
    low, high = binomtest(4, 14).proportion_ci(method="exact")
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((low / (1 - low), high / (1 - high)))
    figure = measure.coverage.figure
    assert figure.value == 0.4 and figure.interval is Interval.CLOPPER_PEARSON
    (wide,) = demand.absorption(release_of(tmp_path, rows), Selection(), job="role").frame.to_dict("records")
    assert (wide["n_job"], wide["n_other"]) == (6, 8)


def test_an_opening_with_both_kinds_of_adverts_is_a_job_and_counts_once(tmp_path):
    rows = adverts("title", 3) + adverts("required", 4, start=10)
    rows[3]["opening_key"] = rows[0]["opening_key"]
    frame = demand.absorption(release_of(tmp_path, rows), Selection()).frame
    assert frame[["n_job", "n_other"]].values.tolist() == [[3, 3]]


def test_small_numbers_are_withheld_with_their_reason(tmp_path):
    rows = adverts("title", 2, 2021) + adverts("required", 2, 2021, start=10)
    rows += adverts("title", 3, 2022, start=20, employer_key="one")
    rows += adverts("required", 3, 2022, start=30, employer_key="two")
    rows += adverts("title", 6, 2023, start=40)
    frame = demand.absorption(release_of(tmp_path, rows), Selection()).frame
    assert list(frame["withheld"]) == ["few_openings", "few_employers", "no_comparison"]
    assert list(frame["n_job"]) == [2, 3, 6]
    assert frame["ratio"].isna().all()
    assert frame["share"].isna().tolist() == [True, True, False]
    assert frame.loc[2, "ratio_low"] > 1 and frame.isna().loc[2, "ratio_high"]


def test_holes_have_no_counts_and_observed_years_a_true_zero(tmp_path):
    rows = adverts("none", 1, 2019) + adverts("title", 1, 2021, start=10)
    frame = demand.absorption(release_of(tmp_path, rows), Selection()).frame
    assert list(frame["is_covered"]) == [True, False, True]
    assert frame["n_job"].isna().tolist() == [False, True, False]
    assert frame.loc[0, "n_job"] == frame.loc[0, "n_other"] == 0


def test_by_kind_every_opening_is_in_one_group_and_groups_add_up(tmp_path):
    rows = adverts("title", 5, domain="law") + adverts("required", 6, start=10, domain="law")
    rows += adverts("title", 3, start=20, domain="retail") + adverts("required", 4, start=30)
    rows[0] |= {"dated_on": date(2024, 3, 1)}
    rows.append(
        posting(90, date(2024, 3, 9), prompt_relation="title", domain="retail")
        | {"opening_key": rows[0]["opening_key"]}
    )
    release = release_of(tmp_path, rows)
    frame = demand.absorption(release, Selection(), by="kind").frame
    groups = {row["group"]: (row["n_job"], row["n_other"]) for row in frame.to_dict("records")}
    assert groups == {"law": (4, 6), "retail": (4, 0), None: (0, 4)}
    whole = demand.absorption(release, Selection()).frame
    assert frame[["n_job", "n_other"]].sum().tolist() == whole[["n_job", "n_other"]].iloc[0].tolist()
    by_work = demand.absorption(release, Selection(), by="work").frame
    assert list(by_work["group"]) == ["payroll"]


def test_picked_samples_are_left_out(tmp_path):
    rows = adverts("title", 6, source="sample") + adverts("required", 6, start=20)
    frame = demand.absorption(release_of(tmp_path, rows), Selection()).frame
    assert frame[["n_job", "n_other", "ratio"]].values.tolist() == [[0, 6, 0]]


def test_unknown_options_are_refused(tmp_path):
    release = release_of(tmp_path, adverts("title", 1))
    for options in ({"by": "size"}, {"job": "any"}):
        with pytest.raises(SelectionError):
            demand.absorption(release, Selection(), **options)
    with pytest.raises(KeyError):
        demand.absorption(release, Selection(), grain="decade")
