"""The address is the state: it is read strictly and written back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dash import no_update

from dashboard import filters
from dashboard.grid import searched
from dashboard.view import View, open_view
from data.errors import SelectionError
from data.release import Release

MakeView = Callable[..., View]


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"lang": "xx"}, "lang"),
        ({"grain": "<script>"}, "grain"),
        ({"level": "some"}, "level"),
        ({"role": "boss"}, "role"),
        ({"source": "nowhere"}, "source"),
        ({"country": "'; DROP TABLE postings"}, "country"),
        ({"since": "2024-13"}, "since"),
        ({"evil": "1"}, "evil"),
        ({"search": "a" * 201}, "search"),
        ({"lang": ["en", "fr"]}, "lang"),
    ],
)
def test_a_value_that_does_not_exist_is_named(release: Release, params: dict[str, Any], named: str) -> None:
    with pytest.raises(SelectionError, match=named):
        open_view("/", params, "light", release)


def test_the_address_survives_reading_and_writing(view: MakeView) -> None:
    seen = view("/skills", source="lever,greenhouse", since="2024-01", lang="fr", level="required")
    assert seen.query() == "?source=lever,greenhouse&since=2024-01&lang=fr&level=required"
    assert seen.link("/pay") == "/pay?source=lever,greenhouse&since=2024-01&lang=fr"
    assert seen.query(level=None, lang=None) == "?source=lever,greenhouse&since=2024-01"


def test_a_choice_in_the_bar_changes_only_its_filter() -> None:
    after = filters.chosen_search(
        {"role": "asks", "country": ["FR", "DE"]}, "?lang=fr&source=lever&posting=x"
    )
    assert after == "?role=asks&country=FR,DE&lang=fr"


@pytest.mark.parametrize("search", ["?role=role", "?source=lever", "", "?since=2024&source=lever"])
def test_what_the_address_says_already_adds_no_step_to_the_history(search: str) -> None:
    values = {
        "source": ["lever"] if "lever" in search else [],
        "role": "role",
        "since": "2024-01" if "since" in search else None,
    }
    ids = [{"type": "filter", "name": name} for name in values]
    assert filters.choose(list(values.values()), ids, search) is no_update


def test_a_choice_is_written_to_the_address() -> None:
    ids = [{"type": "filter", "name": "role"}, {"type": "filter", "name": "country"}]
    assert filters.choose(["title", ["US"]], ids, "?lang=fr") == "?role=title&country=US&lang=fr"


def test_the_summary_says_the_selection_in_words(view: MakeView) -> None:
    text = filters.summary(view("/", country="FR", since="2024-02", remote="remote", lang="fr"))
    assert text == "Postes de prompt engineer · France · À distance · depuis févr. 2024"


def test_countries_and_months_are_those_of_the_release(view: MakeView) -> None:
    seen = view("/", lang="fr")
    assert {"value": "DE", "label": "Allemagne"} in filters.country_options(seen)
    months = filters.month_options(seen)
    assert months[0]["value"] > months[-1]["value"] >= "2019-01"


@pytest.mark.parametrize(
    ("text", "search", "expected"),
    [
        ("", "", None),
        ("paris", "?search=paris", None),
        ("paris", "?lang=fr&posting=x", "?lang=fr&search=paris"),
        ("", "?search=x", ""),
    ],
)
def test_a_search_stands_in_the_address(text: str, search: str, expected: str | None) -> None:
    assert searched(text, search) == expected
