"""The list of postings: paging, sorting, searching, grid filters, hostile input, one posting's detail."""

from datetime import date

import pytest

from data.errors import SelectionError
from data.measures import employers, listing, sources
from data.measures.selection import Selection
from tests.measures.markets import checked, paid, posting, release_of, spell

TITLES = ["Prompt Engineer", "Ingénieur Prompt", None, "100% remote prompt_writer", "Lead; DROP TABLE"]


@pytest.fixture
def release(tmp_path):
    adverts = [
        posting(i, date(2024, 1 + i, 2), title=title, countries=["FR", "US"] if i % 2 else ["DE"])
        for i, title in enumerate(TITLES)
    ]
    adverts += [paid(7, date(2023, 1, 2), 100_000.0, 150_000.0, source="lever", lifecycle="listing")]
    quote = {"fact": "pay", "item": "0", "start": 3, "quote": "q", "before": "b", "after": "a", "rule": "r"}
    return release_of(
        tmp_path,
        adverts,
        evidence=[{"posting_key": "lever:7", **quote}],
        spells=[spell("lever:7", date(2023, 1, 2), date(2023, 1, 3), None)],
        skills=[{"posting_key": "lever:7", "skill_id": "x", "level": "required", "surface": None}],
        coverage=[
            checked("lever", "acme", date(2023, 1, 2)),
            checked("lever", "b", date(2023, 1, 2), "failed"),
        ],
    )


def keys(page):
    return [key.split(":")[1] for key in page[0]["posting_key"]]


def test_pages_are_latest_first_and_know_the_total(release):
    assert keys(listing.posting_page(release, Selection(), start=0, end=2)) == ["4", "3"]
    page = listing.posting_page(release, Selection(), start=4, end=99)
    assert (keys(page), page[1]) == (["0", "7"], 6)


def test_sorting_puts_missing_values_last(release):
    for way in ("asc", "desc"):
        assert keys(listing.posting_page(release, Selection(), sort=[("pay_usd_max", way)]))[0] == "7"


SEARCHES = [
    ("ingenieur", ["1"]),
    ("PROMPT engineer", ["0", "7"]),
    ("100%", ["3"]),
    ("prompt_writer", ["3"]),
    ("_", ["3"]),
    ("employer 3", ["3"]),
    ("'; DROP", []),
    ("\ud800", []),
    ("\x00", []),
    ("", ["4", "3", "2", "1", "0", "7"]),
]


@pytest.mark.parametrize(("search", "expected"), SEARCHES)
def test_search_takes_words_as_they_are(release, search, expected):
    assert keys(listing.posting_page(release, Selection(), search=search)) == expected


FILTERS = [
    ({"title": {"type": "contains", "filter": "PROMPT"}}, ["3", "1", "0", "7"]),
    ({"title": {"type": "blank"}}, ["2"]),
    ({"title": {"type": "notBlank"}}, ["4", "3", "1", "0", "7"]),
    ({"countries": {"type": "contains", "filter": "fr"}}, ["3", "1"]),
    (
        {"dated_on": {"type": "inRange", "dateFrom": "2024-02-01 00:00:00", "dateTo": "2024-03-31"}},
        ["2", "1"],
    ),
    ({"pay_usd_max": {"type": "greaterThan", "filter": 120000}}, ["7"]),
    ({"has_pay": {"type": "true"}}, ["7"]),
    (
        {
            "title": {
                "operator": "OR",
                "conditions": [
                    {"type": "startsWith", "filter": "lead"},
                    {"type": "endsWith", "filter": "engineer"},
                ],
            }
        },
        ["4", "0", "7"],
    ),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_grid_filters(release, filters, expected):
    page = listing.posting_page(release, Selection(), filters=filters)
    assert keys(page) == expected and page[1] == len(expected)


REFUSED = [
    {"sort": [("1; DROP VIEW postings", "asc")]},
    {"sort": [("title", "sideways")]},
    {"filters": {"nothing": {"type": "blank"}}},
    {"filters": {"title": {"type": "regex", "filter": "x"}}},
    {"filters": {"title": {"type": "contains", "filter": {"a": 1}}}},
    {"filters": {"pay_min": {"type": "equals", "filter": "x OR 1=1"}}},
    {"filters": {"dated_on": {"type": "equals", "dateFrom": "someday"}}},
    {"filters": {"title": {"operator": "XOR", "conditions": []}}},
    {"start": 5, "end": 4},
    {"start": 0, "end": 100_000},
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_not_allowed_is_refused(release, asked):
    with pytest.raises(SelectionError):
        listing.posting_page(release, Selection(), **asked)


def test_detail_holds_everything_in_plain_types(release):
    detail = listing.posting_detail(release, "lever:7")
    assert detail["posting"]["dated_on"] == date(2023, 1, 2) and detail["posting"]["gone_by"] is None
    assert type(detail["posting"]["pay_min"]) is float and detail["posting"]["has_pay"] is True
    assert detail["posting"]["countries"] == []
    assert detail["evidence"][0]["quote"] == "q" and type(detail["evidence"][0]["start"]) is int
    assert detail["spells"][0]["gone_by"] is None and detail["skills"][0]["label_en"] == "x"
    assert detail["duplicates"] == []
    with pytest.raises(SelectionError, match="no such posting"):
        listing.posting_detail(release, "lever:8")


def test_detail_names_the_other_adverts_of_the_opening(tmp_path):
    twins = [posting(1, date(2024, 1, 2)), posting(2, date(2024, 2, 2), opening_key="hackernews:1")]
    detail = listing.posting_detail(release_of(tmp_path, twins), "hackernews:1")
    assert [twin["posting_key"] for twin in detail["duplicates"]] == ["hackernews:2"]


def test_employers_by_openings(tmp_path):
    adverts = [
        posting(i, date(2024, 1 + i, 2), employer_key="a", company="A", countries=["FR"]) for i in range(3)
    ]
    adverts += [
        paid(5, date(2024, 1, 2), 1.0, 2.0, employer_key="b"),
        posting(6, date(2024, 1, 2), employer_key=None),
    ]
    measure = employers.top_employers(release_of(tmp_path, adverts), Selection())
    found = measure.frame.to_dict("records")
    assert [(row["employer_key"], row["n_openings"], row["n_paid"]) for row in found] == [
        ("a", 3, 0),
        ("b", 1, 1),
    ]
    assert list(found[0]["countries"]) == ["FR"] and found[0]["last_month"].month == 3
    assert measure.coverage.n_openings == 5


def test_source_health_and_the_coverage_strip(release):
    health = sources.source_health(release).frame.set_index("source")
    assert (health.loc["lever", "boards_covered"], health.loc["lever", "boards_failed"]) == (1, 1)
    assert health.loc["hackernews", "boards_covered"] is not None
    assert health.loc["hackernews", "sentence_fr"] == "Annonces de hackernews."
    strip = sources.coverage_strip(release, Selection(source=("lever",))).frame
    assert strip[["boards_covered", "boards_failed"]].values.tolist() == [[1, 1]]
    assert sources.run_history(release, Selection()).frame.empty
