"""Rates of days: known values of the European Central Bank's table, its edges, and what is not in it."""

import gzip
from datetime import date, timedelta

import pytest

from data import rates
from data.errors import ReferenceDataError
from data.gather_rates import gather
from data.rates import AFTER_END, Rate, euro_rates, pegs, rate_on

LAST = euro_rates()["EUR"].days[-1]
# Units per euro as published: 1.0811 dollars, 0.8551 pounds on 28 March 2024, the last trading day before Easter.
EASTER = [date(2024, 3, 28) + timedelta(days=n) for n in range(5)]


@pytest.mark.parametrize("day", EASTER)
def test_weekends_and_holidays_take_the_last_trading_day(day):
    euro = rate_on("EUR", day)
    assert euro is not None and euro.on == date(2024, 3, 28)
    pound = rate_on("GBP", day)
    assert pound is not None and pound.usd == pytest.approx(euro.usd / 0.8551)


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("TWD", date(2024, 5, 2)),
        ("EUR", date(2017, 12, 31)),
        ("RUB", date(2022, 3, 20)),
        ("HRK", date(2023, 2, 1)),
        ("AED", date(1990, 1, 1)),
        ("CAD", LAST + AFTER_END + timedelta(days=1)),
    ],
)
def test_a_currency_or_day_that_is_not_in_the_tables_is_not_converted(currency, day):
    assert rate_on(currency, day) is None


def test_after_the_tables_end_the_last_rate_serves_for_a_while_under_its_own_day():
    late = rate_on("CAD", LAST + AFTER_END)
    assert late is not None and late.on == LAST


def test_dollars_and_pegs():
    day = date(2024, 5, 2)
    assert rate_on("USD", day) == Rate(1.0, day)
    assert rate_on("SAR", day) == Rate(1 / 3.75, day)
    assert set(pegs()) == {"AED", "QAR", "SAR"}


def test_the_mean_of_a_year_is_near_what_the_bank_publishes_for_it():
    """The bank's averages for 2023: 1.0813 dollars, 0.86979 pounds, 1.4595 Canadian dollars per euro."""
    year = [date(2023, 1, 1) + timedelta(days=n) for n in range(365)]
    series = euro_rates()
    for currency, usd in (("EUR", 1.0813), ("GBP", 1.0813 / 0.86979), ("CAD", 1.0813 / 1.4595)):
        days = [d for d in year if d in set(series[currency].days)]
        found = [rate_on(currency, d).usd for d in days]
        assert sum(found) / len(found) == pytest.approx(usd, rel=2e-3)


def test_the_table_is_made_from_the_banks_file(tmp_path):
    source, out = tmp_path / "hist.csv", tmp_path / "rates.csv.gz"
    source.write_text(
        "Date,USD,JPY,CYP,\n2024-03-28,1.0811,163.45,N/A,\n2024-03-27,1.0816,N/A,N/A,\n2017-12-29,1.2,1,1,\n"
    )
    assert gather(source, out) == 2
    assert gzip.decompress(out.read_bytes()).decode() == (
        "day,USD,JPY\n2024-03-27,1.0816,\n2024-03-28,1.0811,163.45\n"
    )
    first = out.read_bytes()
    gather(source, out)
    assert out.read_bytes() == first
    series = rates.euro_rates(out)
    assert series["JPY"].days == (date(2024, 3, 28),) and series["JPY"].usd == (1.0811 / 163.45,)


@pytest.mark.parametrize("rows", ["day,USD\n2024-03-27,x\n", "day,USD\n2024-03-28,1\n2024-03-27,1\n"])
def test_a_spoiled_table_is_refused(tmp_path, rows):
    file = tmp_path / "rates.csv.gz"
    file.write_bytes(gzip.compress(rows.encode()))
    with pytest.raises(ReferenceDataError):
        euro_rates(file)
