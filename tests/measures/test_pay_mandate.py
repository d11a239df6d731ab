"""Laws that demand pay in adverts: places in their own words, days, groups and the difference in disclosure."""

from datetime import date

import numpy as np
import pytest

from data.errors import ReferenceDataError
from data.measures import pay
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.pay_laws import load_laws, standing
from tests.measures.markets import paid, posting, release_of

NOW = date(2026, 5, 1)

# Words of the advert, country of its first place, laws in force in May 2026, group where there are none.
PLACES = [
    ("New York City, New York, United States", "US", ("us-nyc", "us-ny"), ""),
    ("Brooklyn, NY", "US", ("us-nyc", "us-ny"), ""),
    ("Buffalo, NY", "US", ("us-ny",), ""),
    ("NY", "US", ("us-ny",), ""),
    ("Denver, CO", "US", ("us-co",), ""),
    ("Boulder, Colorado, United States", "US", ("us-co",), ""),
    ("Sunnyvale CA", "US", ("us-ca",), ""),
    ("CA", "US", ("us-ca",), ""),
    ("Bay Area", "US", ("us-ca",), ""),
    ("San Francisco", "US", ("us-ca",), ""),
    ("Ontario, California", "US", ("us-ca",), ""),
    ("Seattle, Washington", "US", ("us-wa",), ""),
    ("Washington, DC", "US", ("us-dc",), ""),
    ("Toronto, ON, Canada", "CA", ("ca-on",), ""),
    ("Vancouver, British Columbia", "CA", ("ca-bc",), ""),
    ("Vienna, Austria", "AT", ("at",), ""),
    ("Austin, TX; NYC", "US", ("us-nyc", "us-ny"), ""),
    ("Austin, TX", "US", (), "same_country"),
    ("Montreal, QC", "CA", (), "same_country"),
    ("Portland", "US", (), "unknown"),
    ("Washington", "US", (), "unknown"),
    ("United States", "US", (), "unknown"),
    ("Remote (US)", "US", (), "unknown"),
    ("CA", "CA", (), "unknown"),
    (None, None, (), "unknown"),
    ("Berlin", "DE", (), "elsewhere"),
    ("Tbilisi, Georgia", "GE", (), "elsewhere"),
    ("Georgia", "GE", (), "elsewhere"),
]


@pytest.mark.parametrize(("words", "country", "laws", "group"), PLACES)
def test_places_in_their_own_words(words, country, laws, group):
    stand = standing(words, country)
    assert stand.in_force(NOW) == laws
    assert laws or stand.otherwise == group


DAYS = [
    ("NYC", "US", date(2022, 10, 31), ()),
    ("NYC", "US", date(2022, 11, 1), ("us-nyc",)),
    ("NYC", "US", date(2023, 9, 17), ("us-nyc", "us-ny")),
    ("Buffalo, NY", "US", date(2023, 9, 16), ()),
    ("Boston, MA", "US", date(2025, 10, 28), ()),
    ("Boston, MA", "US", date(2025, 10, 29), ("us-ma",)),
    ("Toronto, ON", "CA", date(2025, 12, 31), ()),
]


@pytest.mark.parametrize(("words", "country", "day", "laws"), DAYS)
def test_a_law_binds_from_its_day(words, country, day, laws):
    assert standing(words, country).in_force(day) == laws


def test_every_law_has_a_source_and_a_known_state(tmp_path):
    laws = load_laws()
    assert len({law.id for law in laws}) == len(laws) and all(law.source and law.name for law in laws)
    for law in laws:
        if law.state and not law.city:
            assert law.id in standing(f"X, {law.state}", law.country).in_force(NOW)
    spoiled = tmp_path / "laws.csv"
    spoiled.write_text("id,country,state,city,in_force,employees,law,source\nx,US,,,soon,1,a,b\n")
    with pytest.raises(ReferenceDataError, match="correct the row"):
        load_laws(spoiled)


def places(state, number, year, n, n_paid, **given):
    """`n` openings of so many employers in a city of `state`, of which `n_paid` state pay."""
    where = {"place": f"Somewhere, {state}", "country": "US"} | given
    day = date(year, 3, 1)
    stating = [paid(number + i, day, 1e5 + i, 2e5 + i, **where) for i in range(n_paid)]
    return stating + [posting(number + n_paid + i, day, **where) for i in range(n - n_paid)]


def group(measure, name, year=None):
    frame = measure.frame[measure.frame["place_group"] == name]
    (row,) = frame[frame["year"].isna() if year is None else frame["year"] == year].to_dict("records")
    return row


def test_disclosure_and_medians_by_place_and_year(tmp_path):
    rows = [*places("CA", 0, 2024, 20, 15), *places("TX", 100, 2024, 20, 5), *places("CA", 200, 2022, 10, 1)]
    rows += [posting(300, date(2024, 3, 1), place="Berlin", country="DE"), posting(301, date(2024, 3, 1))]
    measure = pay.pay_under_mandate(release_of(tmp_path, rows), Selection())
    under = group(measure, "mandate", 2024)
    assert (under["n_openings"], under["n_paid"], under["share"], under["laws"]) == (20, 15, 0.75, ["us-ca"])
    assert under["share_low"] < 0.75 < under["share_high"]
    assert under["lower_median"] == 100_007 and under["lower_low"] <= 100_007 <= under["lower_high"]
    beside = group(measure, "same_country", 2024)
    assert (beside["share"], beside["withheld"]) == (0.25, "few_openings") and np.isnan(
        beside["lower_median"]
    )
    # Before the law, California is a place like any other.
    assert group(measure, "same_country", 2022)["n_openings"] == 10
    assert group(measure, "same_country")["n_openings"] == 30
    assert group(measure, "elsewhere")["share_withheld"] == "few_openings"
    assert group(measure, "unknown")["n_openings"] == 1
    assert measure.frame.groupby(measure.frame["year"].isna())["n_openings"].sum().tolist() == [52, 52]


def test_the_difference_is_within_years(tmp_path):
    """In each year the law adds 40 points; pooled, years with more silence would hide half of it."""
    rows = [*places("CA", 0, 2023, 40, 20), *places("TX", 100, 2023, 10, 1)]
    rows += [*places("CA", 200, 2024, 10, 9), *places("TX", 300, 2024, 40, 20)]
    figure = pay.pay_under_mandate(release_of(tmp_path, rows), Selection()).coverage.figure
    assert figure.value == pytest.approx(0.4) and figure.n == 100
    assert figure.low < 0.4 < figure.high


def test_nationwide_laws_have_nothing_beside_them(tmp_path):
    rows = [posting(i, date(2024, 3, 1), place="Wien", country="AT") for i in range(9)]
    measure = pay.pay_under_mandate(release_of(tmp_path, rows), Selection())
    assert group(measure, "mandate")["n_openings"] == 9
    assert measure.coverage.withheld is Withheld.FEW_OPENINGS and measure.coverage.figure.value is None


def test_sides_that_never_meet_in_a_year_have_no_difference(tmp_path):
    rows = [*places("CA", 0, 2024, 20, 15), *places("TX", 100, 2023, 20, 5)]
    coverage = pay.pay_under_mandate(release_of(tmp_path, rows), Selection()).coverage
    assert coverage.figure.value is None and coverage.withheld is Withheld.NO_LINK


def test_nothing_selected(tmp_path):
    measure = pay.pay_under_mandate(
        release_of(tmp_path, places("CA", 0, 2024, 5, 5)), Selection(source=("lever",))
    )
    assert measure.frame.empty
