"""Laws of the parsers: they never raise, bounds are ordered, spans read as quoted, work grows with the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.parse.header import parse_header
from nlp.parse.pay import find_pay
from nlp.parse.places import country_of, find_places, remote_scope

PIECES = st.sampled_from(
    [
        *"0123456789$€£₹ .,-–/|()+%kKM\n",
        "Salary: ",
        " per hour",
        " to ",
        "USD",
        "EUR ",
        "between ",
        " and ",
        "120,000",
        "90k",
        " a year",
        "bonus ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_pay_laws(text: str):
    for pay in find_pay(text):
        assert text[pay.start : pay.end] == pay.quote
        assert pay.min is not None or pay.max is not None
        assert pay.min is None or pay.max is None or pay.min <= pay.max
        assert (pay.bound == "floor") == (pay.max is None) and (pay.bound == "ceiling") == (pay.min is None)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_places_and_headers_never_raise(text: str):
    assert all(len(p.country or "XX") == 2 for p in find_places(text))
    country_of(text)
    remote_scope(text)
    parse_header(text)


def seconds(text: str) -> float:
    start = time.process_time()
    find_pay(text)
    parse_header(text)
    find_places(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit", ["1", "1 ", "(", "$1", "$100k - ", " ", "1,", "€", "salary ", "/", "100 000"]
)
def test_hostile_text_stays_linear(unit: str):
    find_pay("Salary in Paris: 100k")
    small, large = (unit * (n // len(unit)) for n in (40_000, 160_000))
    assert seconds(large) < 12 * max(seconds(small), 0.05)


def test_five_megabytes_of_digits():
    assert seconds("1" * 5_000_000) < 5
    assert seconds("(" * 5_000_000) < 5
