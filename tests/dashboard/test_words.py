"""Both languages say the same things, and numbers are written as each language writes them."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from dashboard.catalogue import CHARTS
from dashboard.cells import cell
from dashboard.drawer import FACTS
from dashboard.grid import COLUMNS
from dashboard.titles import OTHERS, PAGES
from dashboard.words import NOTHING, Words, load_locale
from data.frames import RUNS

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("reason", "no_adverts:hackernews", "aucune annonce collectée sur la période (hackernews)"),
        ("reason", "The site answered HTTP 503.", "Le site a répondu HTTP 503."),
        ("period", "hour", "Heure"),
        ("kind", "practice", "Pratique"),
        ("domain", "public sector", "Secteur public"),
        ("lang", "de", "Allemand"),
    ],
)
def test_codes_are_said_in_french(name: str, value: str, expected: str) -> None:
    assert cell(name, value, Words("fr")) == (expected, False)


def test_every_code_of_the_reference_data_has_its_words() -> None:
    phrases = load_locale("fr")
    kinds = {f"value.kind.{row['kind']}" for row in _rows("data/reference/skills.csv")}
    domains = {f"value.domain.{row['domain']}" for row in _rows("nlp/rules/domains.csv")}
    assert kinds | domains <= set(phrases)
    cards = yaml.safe_load((ROOT / "data/reference/sources.yml").read_text(encoding="utf-8"))["sources"]
    said = {card["licence"] for card in cards.values() if not card["licence"].startswith("CC")}
    assert {f"value.licence.{licence}" for licence in said} <= set(phrases)


def _rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
