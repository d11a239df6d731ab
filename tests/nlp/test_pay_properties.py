"""Laws of the parsers: they never raise, bounds are ordered, spans read as quoted, work grows with the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.parse.header import parse_header
from nlp.parse.pay import find_pay, main_pay, main_reasons, pay_candidates, read_label
from nlp.parse.places import country_of, find_places, remote_scope
from nlp.text import html_to_text

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
def test_candidates_are_what_find_pay_reads(text: str):
    found = pay_candidates(text)
    assert all(text[c.start : c.end] == c.quote for c in found)
    assert all(c.cue is None or text[slice(*c.cue)] == c.cue_quote for c in found)
    assert all((c.pay is None) == (c.kind is None) and (c.pay or c.reason) for c in found)
    read = find_pay(text)
    assert [pay for pay in read if pay not in [c.pay for c in found]] == []
    chosen = main_pay(read, title=text[:40], text=text)
    reasons = main_reasons(read, chosen)
    assert [i for i, reason in enumerate(reasons) if reason is None] == ([] if chosen is None else [chosen])


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_reading_its_own_plain_text_again_changes_nothing(text: str):
    plain = html_to_text(text)
    again = html_to_text(plain)
    if again == plain:
        assert find_pay(again) == find_pay(plain)
    assert find_pay(plain) == find_pay(plain)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        TEXTS, st.from_regex(r"(Annuel|Mensuel) de \d{0,9}\.\d Euros( à \d{1,9}\.0 Euros)?", fullmatch=True)
    )
)
def test_labels_never_raise(label: str):
    for pay in read_label(label, country="FR", lang="fr"):
        assert pay.min is None or pay.max is None or pay.min <= pay.max
        assert (pay.start, pay.end, pay.quote) == (0, 0, "")


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
    "unit",
    [
        "1",
        "1 ",
        "(",
        "$1",
        "$100k - ",
        " ",
        "1,",
        "€",
        "salary ",
        "/",
        "100 000",
        "minimum 1 ",
        "₹1 lakh ",
        "in Paris ",
    ],
)
def test_hostile_text_stays_linear(unit: str):
    find_pay("Salary in Paris: 100k")
    small, large = (unit * (n // len(unit)) for n in (40_000, 160_000))
    assert seconds(large) < 12 * max(seconds(small), 0.05)


@pytest.mark.parametrize("sign", ["1", "(", "$", "€", "1("])
def test_five_megabytes_of_digits_brackets_and_signs(sign: str):
    assert seconds(sign * (5_000_000 // len(sign))) < 10
