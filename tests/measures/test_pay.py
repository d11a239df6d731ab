"""Pay on rows written out: one figure per opening, small numbers, markets apart, claims and reports."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import SelectionError
from data.measures import pay
from data.measures.claims import load_claims
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.markets import paid, posting, release_of

DAY = date(2024, 5, 2)


def ten(low=100_000.0, start=0, **given):
    """Ten openings of ten employers: lower bounds low, low + 1,000, …; upper bounds 50,000 above."""
    return [paid(start + i, DAY, low + 1000 * i, low + 50_000 + 1000 * i, **given) for i in range(10)]


def only(measure):
    (row,) = measure.frame.to_dict("records")
    return row


def test_medians_with_order_statistic_intervals_and_disclosure(tmp_path):
    silent = [posting(100 + i, DAY) for i in range(10)]
    row = only(pay.pay_by_year(release_of(tmp_path, ten() + silent), Selection()))
    assert (row["year"], row["n_openings"], row["n_paid"], row["n_employers"]) == (2024, 20, 10, 10)
    assert row["disclosure"] == 0.5
    assert (row["lower_median"], row["lower_low"], row["lower_high"]) == (104_500, 101_000, 108_000)
    assert (row["upper_median"], row["upper_low"], row["upper_high"]) == (154_500, 151_000, 158_000)
    assert (row["withheld"], row["currency"], row["period"]) == (None, "USD", "year")


SMALL = [
    (ten()[:9], "few_openings"),
    ([row | {"employer_key": f"e{i % 4}"} for i, row in enumerate(ten())], "few_employers"),
    ([row | ({"employer_key": "big"} if i < 6 else {}) for i, row in enumerate(ten())], "one_employer"),
    ([row | ({"employer_key": "big"} if i < 5 else {}) for i, row in enumerate(ten())], None),
    ([row | ({"employer_key": None} if i < 6 else {}) for i, row in enumerate(ten())], "few_employers"),
]


@pytest.mark.parametrize(("adverts", "reason"), SMALL)
def test_small_numbers_are_withheld_with_their_reason(tmp_path, adverts, reason):
    row = only(pay.pay_overall(release_of(tmp_path, adverts), Selection()))
    assert row["withheld"] == reason
    assert (row["lower_median"] != row["lower_median"]) == (reason is not None)
    assert row["n_lower"] == len(adverts)


def test_an_opening_gives_one_figure_the_latest_one_stated(tmp_path):
    old = paid(500, date(2024, 1, 2), 1.0, 2.0, opening_key="hackernews:0")
    later_silent = posting(501, date(2024, 9, 2), opening_key="hackernews:0")
    row = only(pay.pay_overall(release_of(tmp_path, [*ten(), old, later_silent]), Selection()))
    assert (row["n_openings"], row["n_paid"], row["lower_median"]) == (10, 10, 104_500)


def test_floors_and_ceilings_count_for_the_bound_they_state(tmp_path):
    floors = [paid(100 + i, DAY, 90_000.0, None) for i in range(5)]
    row = only(pay.pay_overall(release_of(tmp_path, ten() + floors), Selection()))
    assert (row["n_paid"], row["n_lower"], row["n_upper"]) == (15, 15, 10)
    assert row["upper_median"] == 154_500


def test_flagged_pay_is_not_disclosed_pay(tmp_path):
    flagged = [row | {"has_pay": False} for row in ten(start=50)]
    row = only(pay.pay_overall(release_of(tmp_path, ten() + flagged), Selection()))
    assert (row["n_openings"], row["n_paid"], row["n_lower"]) == (20, 10, 10)


def test_gigs_and_contracts_never_join_the_payroll(tmp_path):
    hourly = {"pay_min": 20.0, "pay_max": 40.0, "pay_period": "hour", "work_kind": "gig_ai_training"}
    gigs = ten(start=100, **hourly)
    weekly = ten(start=200, **(hourly | {"pay_period": "week"}))
    contracts = ten(low=200_000, start=300, work_kind="contract")
    unclear = ten(low=900_000, start=400, work_kind="unclear")
    release = release_of(tmp_path, ten() + gigs + weekly + contracts + unclear)
    payroll, gig, contract = (
        only(pay.pay_overall(release, Selection(), market=m)) for m in ("payroll", "gig", "contract")
    )
    assert (payroll["n_openings"], payroll["lower_median"]) == (10, 104_500)
    assert (gig["n_openings"], gig["n_lower"], gig["lower_median"], gig["period"]) == (20, 10, 20, "hour")
    assert contract["lower_median"] == 204_500


def test_another_currency_takes_only_figures_stated_in_it(tmp_path):
    euros = ten(low=50_000, start=100, pay_currency="EUR", pay_annual_min=50_000.0, pay_annual_max=60_000.0)
    row = only(pay.pay_overall(release_of(tmp_path, ten() + euros), Selection(), currency="EUR"))
    assert (row["n_paid"], row["n_lower"], row["lower_median"], row["upper_median"]) == (
        20,
        10,
        50_000,
        60_000,
    )


@pytest.mark.parametrize("bad", [{"market": "casino"}, {"currency": "usd"}, {"currency": "' OR 1"}])
def test_unknown_markets_and_currencies_are_refused(tmp_path, bad):
    with pytest.raises(SelectionError):
        pay.pay_overall(release_of(tmp_path, ten()), Selection(), **bad)


def test_the_year_of_the_release_is_provisional(tmp_path):
    release = release_of(tmp_path, [*ten(), paid(99, date(2026, 2, 2), 1.0, 2.0)])
    assert list(pay.pay_by_year(release, Selection()).frame["is_provisional"]) == [False, True]


def test_no_opening_no_row(tmp_path):
    measure = pay.pay_overall(release_of(tmp_path, ten()), Selection(source=("lever",)))
    assert measure.frame.empty and measure.coverage.n_openings == 0


def test_distribution_lists_what_each_opening_states(tmp_path):
    measure = pay.pay_distribution(release_of(tmp_path, [*ten(), posting(50, DAY)]), Selection())
    assert list(measure.frame["lower"]) == [100_000.0 + 1000 * i for i in range(10)]
    assert measure.frame["title"].notna().all() and measure.coverage.withheld is None
    few = pay.pay_distribution(release_of(tmp_path / "b", ten()[:2]), Selection())
    assert few.coverage.withheld is Withheld.FEW_OPENINGS
    assert few.coverage.sentence("en") == "not enough data (n = 2)"
    assert few.coverage.sentence("fr") == "pas assez de données (n = 2)"


def test_claim_shares_and_their_worst_case(tmp_path):
    high = ten(low=200_000.0, start=100)
    silent = [posting(300 + i, DAY) for i in range(20)]
    frame = pay.claim_share(release_of(tmp_path, ten() + high + silent), Selection()).frame.set_index(
        "criterion"
    )
    row = frame.loc["upper_reaches_low"]
    assert (row["n_reach"], row["n_figures"], row["n_openings"]) == (10, 20, 40)
    assert (row["share"], row["worst_low"], row["worst_high"]) == (0.5, 0.25, 0.75)
    assert row["share_low"] < 0.5 < row["share_high"]
    assert frame.loc["range_inside", "n_reach"] == 10
    assert frame.loc["upper_reaches_high", "n_reach"] == 0


def test_claims_on_too_few_openings_are_withheld(tmp_path):
    frame = pay.claim_share(release_of(tmp_path, ten()[:4]), Selection()).frame
    assert set(frame["withheld"]) == {"few_openings"} and frame["share"].isna().all()


def test_the_default_claim_is_the_one_of_the_reference_file(tmp_path):
    (claim,) = [claim for claim in load_claims() if claim.id == "press_2023"]
    frame = pay.claim_share(release_of(tmp_path, ten()), Selection()).frame
    assert set(frame["low"]) == {claim.low} and set(frame["high"]) == {claim.high}
    assert claim.currency == "USD" and all(claim.source) and all(claim.label)
    with pytest.raises(SelectionError, match="cannot exceed"):
        pay.claim_share(release_of(tmp_path / "b", ten()), Selection(), low=2, high=1)


def test_reported_pay_is_by_year_and_withheld_when_rare(tmp_path):
    base = dict.fromkeys(("experience", "employment", "country", "currency", "salary"))
    reports = [
        base | {"year": 2024, "title": "Prompt Engineer", "salary_usd": 1000.0 * i} for i in range(1, 12)
    ]
    reports += [base | {"year": 2023, "title": "prompt engineer", "salary_usd": 5.0}]
    reports += [base | {"year": 2023, "title": "Data Scientist", "salary_usd": 5.0}]
    measure = pay.reported_pay(release_of(tmp_path, ten(), reported_pay=reports))
    assert list(measure.frame["year"]) == [2023, 2024] and list(measure.frame["n"]) == [1, 11]
    assert list(measure.frame["withheld"]) == ["few_openings", None]
    assert measure.frame.loc[1, "median"] == 6000.0


BOUNDS = st.tuples(st.floats(20_000, 400_000), st.floats(0, 100_000))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bounds=st.lists(BOUNDS, min_size=10, max_size=30), seed=st.randoms())
def test_order_does_not_matter_and_intervals_hold_their_median(tmp_path_factory, bounds, seed):
    adverts = [paid(i, DAY, low, low + more) for i, (low, more) in enumerate(bounds)]
    first = only(pay.pay_overall(release_of(tmp_path_factory.mktemp("a"), adverts), Selection()))
    seed.shuffle(adverts)
    second = only(pay.pay_overall(release_of(tmp_path_factory.mktemp("b"), adverts), Selection()))
    drop = lambda row: {k: v for k, v in row.items() if v == v and v is not None}  # noqa: E731
    assert drop(first) == drop(second)
    for bound in ("lower", "upper"):
        assert first[f"{bound}_low"] <= first[f"{bound}_median"] <= first[f"{bound}_high"]
    assert 0 <= first["disclosure"] <= 1
