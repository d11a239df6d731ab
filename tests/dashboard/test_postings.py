"""The grid's rows and the drawer, with kind and with hostile adverts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dash import Dash, dcc, no_update

from dashboard import drawer, grid
from dashboard.app import create_app
from dashboard.words import Words
from data.errors import SelectionError
from data.release import Release, open_release
from tests.dashboard.hostile import QUOTE
from tests.dashboard.tree import kinds_of, links_of, text_of, walk

REQUEST: dict[str, Any] = {"startRow": 0, "endRow": 50, "sortModel": [], "filterModel": {}}
INERT = {
    "A",
    "Div",
    "Dl",
    "Dt",
    "Dd",
    "Del",
    "Details",
    "Em",
    "H2",
    "H3",
    "H4",
    "Li",
    "Link",
    "Mark",
    "Summary",
    "Ol",
    "P",
    "Span",
    "Strong",
    "Ul",
}


@pytest.mark.usefixtures("in_app")
def test_rows_come_in_blocks_with_their_total() -> None:
    first = grid.rows(REQUEST, "?role=all")
    second = grid.rows(REQUEST | {"startRow": 50, "endRow": 100}, "?role=all")
    assert first["rowCount"] == second["rowCount"] == 900
    keys = [row["posting_key"] for row in first["rowData"] + second["rowData"]]
    assert len(set(keys)) == 100


@pytest.mark.usefixtures("in_app")
def test_rows_obey_filter_sort_search_and_address() -> None:
    model = {"filterType": "text", "type": "contains", "filter": "northwind"}
    request = REQUEST | {
        "filterModel": {"company": model},
        "sortModel": [{"colId": "dated_on", "sort": "asc"}],
    }
    found = grid.rows(request, "?role=any&search=engineer&lang=fr")
    assert 0 < found["rowCount"] < 200
    assert {row["company"] for row in found["rowData"]} == {"Northwind Labs"}
    assert all("Engineer" in row["title"] for row in found["rowData"])


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    "request_", [REQUEST | {"sortModel": [{"colId": "evil; --", "sort": "asc"}]}, REQUEST | {"endRow": 10**9}]
)
def test_a_senseless_request_gives_no_rows(request_: dict[str, Any]) -> None:
    assert grid.answer(request_, "") == {"rowData": [], "rowCount": 0}
    with pytest.raises(SelectionError):
        grid.rows(request_, "")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((100_000, 150_000, "USD", "year"), "$100,000 – $150,000 a year"),
        ((50, 50, "EUR", "hour"), "€50 an hour"),
        ((None, 90_000, None, None), "90,000"),
        ((None, None, "USD", "year"), ""),
    ],
)
def test_pay_is_written_as_stated(row: tuple[Any, ...], expected: str) -> None:
    names = ("pay_min", "pay_max", "pay_currency", "pay_period")
    assert grid.pay_text(dict(zip(names, row, strict=True)), Words("en")) == expected


def key_of(release: Release, origin: str) -> str:
    sql = """SELECT p.posting_key FROM postings p JOIN salaries USING (posting_key)
        WHERE origin = ? AND prompt_relation <> 'none' ORDER BY 1 LIMIT 1"""
    return str(release.query(sql, [origin])["posting_key"].iloc[0])


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_drawer_shows_facts_and_marked_quotes(release: Release, lang: str) -> None:
    content = drawer.open_posting(release, key_of(release, "live"), Words(lang))
    assert {"Mark", "H2", "Dl"} <= kinds_of(content)
    text = text_of(content)
    assert Words(lang)("posting.evidence") in text and "You will work with" in text


@pytest.mark.usefixtures("in_app")
def test_the_archive_says_that_it_keeps_no_quotes(release: Release) -> None:
    content = drawer.open_posting(release, key_of(release, "archive"), Words("en"))
    text = text_of(content)
    assert "keeps facts, not quotes" in text and "Hacker News" in text
    assert "Mark" not in kinds_of(content)
    assert any(link.startswith("https://example.org/hackernews/") for link in links_of(content))


@pytest.mark.usefixtures("in_app")
def test_an_unknown_posting_is_a_message(release: Release) -> None:
    text = text_of(drawer.open_posting(release, "no:such", Words("fr")))
    assert "n'est pas dans la version publiée" in text


def test_the_drawer_opens_for_a_row(app: Dash, release: Release) -> None:
    with app.server.test_request_context("/postings"):
        opened, content = drawer.show([{"posting_key": key_of(release, "live")}], "en")
    assert opened is True and content
    assert drawer.show([], "en") == (no_update, no_update)


def test_hostile_adverts_stay_text(hostile_releases: Path) -> None:
    release = open_release(hostile_releases)
    app = create_app(hostile_releases)
    with app.server.test_request_context("/postings"):
        block = grid.rows(REQUEST | {"endRow": 200}, "?role=all")["rowData"]
        contents = [drawer.open_posting(release, row["posting_key"], Words("en")) for row in block]
    assert len(block) == 120
    for row in block:
        assert all(
            len(value) <= 160 and "\u202e" not in value and "\x00" not in value for value in row.values()
        )
    for content in contents:
        assert kinds_of(content) - {"str", "int"} <= INERT
        assert not any(isinstance(part, dcc.Markdown) for part in walk(content))
        assert all(link.startswith(("https://example.org/", "/postings?")) for link in links_of(content))
        for part in walk(content):
            assert not isinstance(part, str) or ("\u202e" not in part and len(part) <= 900)
    quotes = [part for content in contents for part in walk(content) if type(part).__name__ == "Mark"]
    assert quotes and all(quote.children == QUOTE.replace("\u202e", "") for quote in quotes)


def test_outgoing_links_give_nothing_away(release: Release, app: Dash) -> None:
    with app.server.test_request_context("/postings"):
        content = drawer.open_posting(release, key_of(release, "live"), Words("en"))
    out = [part for part in walk(content) if type(part).__name__ == "A"]
    assert out and all("noopener" in part.rel and part.target == "_blank" for part in out)
