"""Both languages say the same things, and numbers are written as each language writes them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.catalogue import CHARTS
from dashboard.drawer import FACTS
from dashboard.grid import COLUMNS
from dashboard.titles import OTHERS, PAGES
from dashboard.words import NOTHING, Words, load_locale
from data.frames import RUNS

PLACE = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_keys() -> None:
    assert set(load_locale("en")) == set(load_locale("fr"))


def test_both_languages_fill_the_same_places() -> None:
    english, french = load_locale("en"), load_locale("fr")
    differing = {
        key for key in english if set(PLACE.findall(english[key])) != set(PLACE.findall(french[key]))
    }
    assert not differing


def test_no_phrase_is_left_untranslated() -> None:
    english, french = load_locale("en"), load_locale("fr")
    same = {key for key in english if english[key] == french[key] and len(english[key].split()) > 2}
    assert not same


@pytest.mark.parametrize("key", sorted(CHARTS))
def test_every_chart_has_its_words(key: str) -> None:
    phrases = load_locale("en")
    assert {f"chart.{key}.title", f"chart.{key}.subtitle"} <= set(phrases)
    assert {f"column.{column.name}" for column in CHARTS[key].columns} <= set(phrases)


def test_every_listed_column_and_page_has_a_name() -> None:
    phrases = set(load_locale("en"))
    names = [name for name, _, _ in COLUMNS] + list(FACTS) + [column.name for column in RUNS]
    assert {f"column.{name}" for name in names} <= phrases
    assert {f"page.{page}.name" for page in [*PAGES.values(), *OTHERS.values(), "missing"]} <= phrases


@pytest.mark.parametrize(
    ("lang", "method", "value", "expected"),
    [
        ("en", "number", 1234567, "1,234,567"),
        ("fr", "number", 1234567, "1\u202f234\u202f567"),
        ("en", "number", None, NOTHING),
        ("en", "percent", 0.354, "35%"),
        ("fr", "percent", 0.354, "35\u00a0%"),
        ("en", "percent", 0.0001, "<\u00a01%"),
        ("en", "percent", 0.0, "0%"),
        ("en", "percent", float("nan"), NOTHING),
        ("en", "money", 175000, "$175,000"),
        ("fr", "money", 175000, "175\u202f000\u00a0$"),
        ("en", "money", 18.5, "$18.50"),
        ("en", "month", date(2024, 3, 1), "Mar 2024"),
        ("fr", "month", date(2024, 8, 1), "août 2024"),
    ],
)
def test_values_are_written_in_the_readers_way(lang: str, method: str, value: object, expected: str) -> None:
    assert getattr(Words(lang), method)(value) == expected


@pytest.mark.parametrize(
    ("lang", "n", "expected"),
    [("en", 1, "1 opening"), ("en", 0, "0 openings"), ("fr", 0, "0 poste"), ("fr", 2, "2 postes")],
)
def test_units_follow_their_number(lang: str, n: int, expected: str) -> None:
    assert Words(lang).count("opening", n) == expected


def test_money_of_an_unknown_currency_stays_bare() -> None:
    assert Words("en").money(1000, None) == "1,000"
    assert Words("en").money(1000, "SEK") == "SEK\u00a01,000"


def test_a_missing_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("en")("no.such.phrase")
