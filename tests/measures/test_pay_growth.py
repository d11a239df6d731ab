"""Pay by year, three ways: cases by hand, a market whose mix moves, statsmodels, and what is withheld."""

from datetime import date

import numpy as np
import pytest

from data.measures import pay
from data.measures.pay_cells import weighted_median
from data.measures.pay_regression import employer_effects
from data.measures.pay_series import Sample
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.markets import paid, release_of


def adverts(year, factor=1.0, *, employers=12, first=0, base=100_000.0, **given):
    """One opening a year by each of some employers, who pay 1,000 more each, times `factor`."""
    return [
        paid(
            1000 * year + first + i,
            date(year, 3, 1),
            factor * (base + 1000 * i),
            factor * (base + 50_000 + 1000 * i),
            **({"employer_key": f"e{first + i}", "country": "US"} | given),
        )
        for i in range(employers)
    ]


def series(measure, name, bound="lower"):
    frame = measure.frame
    return frame[(frame["series"] == name) & (frame["bound"] == bound)].set_index("year")


def test_equal_growth_shows_in_all_three(tmp_path):
    release = release_of(tmp_path, [*adverts(2022), *adverts(2023, 1.1), *adverts(2024, 1.21)])
    measure = pay.pay_growth(release, Selection())
    for name in ("naive", "within_cell", "employer_effects"):
        for bound in ("lower", "upper"):
            found = series(measure, name, bound)
            assert found["growth"].tolist()[1:] == pytest.approx([0.1, 0.1])
            assert found["index"].tolist() == pytest.approx([100, 110, 121])
            assert found["withheld"].isna().all() and np.isnan(found["growth"].iloc[0])
    assert series(measure, "employer_effects")["n_links"].tolist() == [0, 12, 12]
    assert measure.coverage.figure.value == pytest.approx(0.1) and measure.coverage.note


def test_a_change_of_mix_moves_only_the_naive_median(tmp_path):
    """Nobody pays more in 2024; a dear country merely advertises more of it."""
    dear = {"country": "CH", "base": 300_000.0, "first": 50}
    before = [*adverts(2023, employers=20), *adverts(2023, employers=8, **dear)]
    after = [*adverts(2024, employers=8), *adverts(2024, employers=20, **dear)]
    measure = pay.pay_growth(release_of(tmp_path, before + after), Selection())
    assert series(measure, "naive").loc[2024, "growth"] > 1.5
    assert abs(series(measure, "within_cell").loc[2024, "growth"]) < 0.06
    assert series(measure, "employer_effects").loc[2024, "growth"] == pytest.approx(0, abs=1e-9)


def test_exchange_rates_move_only_the_naive_median(tmp_path):
    """Pay in euros stands still while its dollars grow by a fifth."""
    rows = []
    for year, rate in ((2023, 1.0), (2024, 1.2)):
        for row in adverts(year, country="DE"):
            euros = {name.replace("usd", "annual"): row[name] for name in ("pay_usd_min", "pay_usd_max")}
            dollars = {name: row[name] * rate for name in ("pay_usd_min", "pay_usd_max")}
            rows.append(row | {"pay_currency": "EUR"} | euros | dollars)
    measure = pay.pay_growth(release_of(tmp_path, rows), Selection())
    growths = {
        name: series(measure, name).loc[2024, "growth"]
        for name in ("naive", "within_cell", "employer_effects")
    }
    assert growths == pytest.approx({"naive": 0.2, "within_cell": 0.0, "employer_effects": 0.0}, abs=1e-9)


def test_a_year_without_a_link_ends_the_chain_but_not_the_growth(tmp_path):
    rows = [*adverts(2020), *adverts(2021, 1.1), *adverts(2023, 2.0), *adverts(2024, 2.2)]
    found = series(pay.pay_growth(release_of(tmp_path, rows), Selection()), "within_cell")
    assert found["withheld"].tolist() == [None, None, "no_link", None]
    assert found.loc[2021, "index"] == pytest.approx(110) and found.loc[[2023, 2024], "index"].isna().all()
    assert found.loc[2024, "growth"] == pytest.approx(0.1)


def test_employers_seen_once_say_nothing(tmp_path):
    strangers = adverts(2024, 9.0, first=500, employers=30)
    rows = [*adverts(2023), *adverts(2024, 1.1), *strangers]
    found = series(pay.pay_growth(release_of(tmp_path, rows), Selection()), "employer_effects")
    assert found["n_figures"].tolist() == [12, 12] and found.loc[2024, "growth"] == pytest.approx(0.1)


WITHHELD = [
    ([*adverts(2023, employers=9), *adverts(2024, employers=9)], "few_openings"),
    (
        [*adverts(2023, employers=9), *adverts(2024, employers=9), *adverts(2025, employers=9)],
        "few_employers",
    ),
    ([*adverts(2023), *adverts(2024, first=100)], "few_openings"),
]


@pytest.mark.parametrize(("rows", "reason"), WITHHELD)
def test_the_regression_is_withheld_where_few_employers_come_back(tmp_path, rows, reason):
    measure = pay.pay_growth(release_of(tmp_path, rows), Selection())
    found = series(measure, "employer_effects")
    assert set(found["withheld"]) == {reason} and found["index"].isna().all()
    assert measure.coverage.withheld == Withheld(reason) and measure.coverage.figure.value is None


def test_unknown_countries_are_no_cell_and_unknown_employers_no_effect(tmp_path):
    rows = [*adverts(2023, country=None, employer_key=None), *adverts(2024, country=None, employer_key=None)]
    measure = pay.pay_growth(release_of(tmp_path, rows), Selection())
    assert series(measure, "within_cell").empty and series(measure, "employer_effects").empty
    assert len(series(measure, "naive")) == 2


def test_no_figure_no_row(tmp_path):
    measure = pay.pay_growth(release_of(tmp_path, adverts(2023)), Selection(source=("lever",)))
    assert measure.frame.empty and measure.coverage.figure.value is None


def test_the_open_year_is_provisional(tmp_path):
    found = series(
        pay.pay_growth(release_of(tmp_path, [*adverts(2025), *adverts(2026)]), Selection()), "naive"
    )
    assert found["is_provisional"].tolist() == [False, True]


def test_weighted_median_by_hand():
    values, weights = np.array([3.0, 1.0, 2.0, np.nan]), np.array([1.0, 1.0, 5.0, 99.0])
    assert weighted_median(values, weights) == 2.0
    assert weighted_median(np.array([1.0, 2.0]), np.array([1.0, 1.0])) == 1.5
    assert weighted_median(np.array([1.0, 2.0]), np.array([1.0, 1.1])) == 2.0
    assert np.isnan(weighted_median(np.array([np.nan]), np.array([1.0])))


@pytest.fixture(scope="module")
def sample():
    """Forty employers of one to three openings a year over four years, some absent in some years."""
    rng = np.random.default_rng(8)
    rows = [
        (2020 + year, np.exp(11 + effect + 0.04 * year + rng.normal(0, 0.2)), employer)
        for employer, effect in enumerate(rng.normal(0, 0.4, 40))
        for year in range(4)
        if rng.random() < 0.7
        for _ in range(rng.integers(1, 4))
    ]
    years, values, employers = (
        np.array(column) for column in zip(*sorted(rows, key=lambda r: r[1]), strict=True)
    )
    zeros = np.zeros(len(rows), dtype=int)
    return Sample(years, values, values, employers, employers, zeros, employers, 40)


def test_the_regression_equals_dummies_for_every_employer_by_statsmodels(sample):
    from statsmodels.regression.linear_model import OLS

    points = {point.year: point for point in employer_effects(sample)}
    years = np.array([2021, 2022, 2023])
    pairs = {(e, y) for e, y in zip(sample.employer, sample.year, strict=True)}
    twice = [e for e in set(sample.employer) if sum(one == e for one, _ in pairs) > 1]
    kept = np.isin(sample.employer, twice)
    dummies = np.column_stack(
        [sample.year[kept, None] == years, sample.employer[kept, None] == np.array(twice)]
    ).astype(float)
    fitted = OLS(np.log(sample.value[kept]), dummies).fit()
    for year, effect in zip(years, fitted.params, strict=False):
        assert points[year].index[0] == pytest.approx(100 * np.exp(effect))
    assert points[2020].index == (100.0, None, None)


def test_the_intervals_are_a_little_wider_than_the_sandwichs_of_statsmodels(sample):
    """Cluster-robust within employers: too small for few of them, which is why the jackknife is used."""
    from statsmodels.regression.linear_model import OLS

    years, columns = np.array([2021, 2022, 2023]), []
    for column in [np.log(sample.value), *(sample.year[:, None] == years).T.astype(float)]:
        means = np.bincount(sample.employer, column) / np.bincount(sample.employer)
        columns.append(column - means[sample.employer])
    fitted = OLS(columns[0], np.column_stack(columns[1:])).fit(
        cov_type="cluster", cov_kwds={"groups": sample.employer}, use_t=True
    )
    points = {point.year: point for point in employer_effects(sample)}
    for year, (low, high) in zip(years, fitted.conf_int(), strict=True):
        _, index_low, index_high = points[year].index
        assert 1.0 <= np.log(index_high / index_low) / (high - low) < 1.25


def test_the_jackknife_is_that_of_leaving_each_employer_out(sample):
    def last(one):
        return np.log(next(p for p in employer_effects(one) if p.year == 2023).index[0])

    whole = {point.year: point for point in employer_effects(sample)}[2023]
    repeated = [e for e in set(sample.employer) if len(set(sample.year[sample.employer == e])) > 1]
    changes = np.array([last(sample.keep(sample.employer != e)) for e in repeated]) - np.log(whole.index[0])
    n = len(repeated)
    from scipy.stats import t

    reach = t.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * (changes**2).sum())
    assert np.log(whole.index[2] / whole.index[0]) == pytest.approx(reach)
