"""Filters: strict reading, round trip, and conditions that never hold a value."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import SelectionError
from data.measures.selection import ROLES, Selection
from data.schema import REMOTES, WORK_KINDS

READ = [
    ({}, Selection()),
    ({"lang": "fr", "theme": "dark"}, Selection()),
    ({"source": "lever,greenhouse"}, Selection(source=("lever", "greenhouse"))),
    ({"source": ["lever", "lever"]}, Selection(source=("lever",))),
    ({"role": "asks"}, Selection(role="asks")),
    ({"since": "2024-03", "until": "2024-05"}, Selection(since=date(2024, 3, 1), until=date(2024, 5, 1))),
    ({"since": "2024", "until": "2024"}, Selection(since=date(2024, 1, 1), until=date(2024, 12, 1))),
    ({"since": "2024-03-17"}, Selection(since=date(2024, 3, 1))),
    ({"country": "us, FR"}, Selection(country=("US", "FR"))),
    (
        {"remote": "remote,hybrid", "work": "payroll"},
        Selection(remote=("remote", "hybrid"), work=("payroll",)),
    ),
    ({"role": "", "since": ""}, Selection()),
]
REFUSED = [
    ({"colour": "red"}, "'colour' is no filter"),
    ({"role": "boss"}, "role is 'boss'; allowed: role, title"),
    ({"role": "title,core"}, "role takes one value"),
    ({"since": "yesterday"}, "since is 'yesterday'; give a month"),
    ({"since": "2024-13"}, "since is '2024-13'"),
    ({"since": "2024-01,2024-02"}, "give a month"),
    ({"since": "2025-01", "until": "2024-01"}, "lies after until"),
    ({"country": "France"}, "country is 'FRANCE'"),
    ({"remote": "moon"}, "remote is 'moon'; allowed: remote, hybrid"),
    ({"work": "x' OR 1=1 --"}, "allowed: payroll"),
    ({"source": "x'; DROP VIEW postings"}, "give an id"),
    ({"source": "A" * 500}, "…"),
]


@pytest.mark.parametrize(("params", "expected"), READ)
def test_reads(params, expected):
    assert Selection.from_params(params) == expected


@pytest.mark.parametrize(("params", "message"), REFUSED)
def test_refuses_with_the_name_and_what_is_allowed(params, message):
    with pytest.raises(SelectionError) as caught:
        Selection.from_params(params)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_source_must_exist_where_the_sources_are_known():
    with pytest.raises(SelectionError, match="source is 'lever'; allowed: hackernews"):
        Selection.from_params({"source": "lever"}, sources=["hackernews"])


MONTHS = st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(lambda day: day.replace(day=1))
SOME = st.lists(st.sampled_from(["US", "FR", "DE"]), unique=True).map(tuple)
SELECTIONS = st.builds(
    Selection,
    source=st.lists(st.sampled_from(["hackernews", "lever"]), unique=True).map(tuple),
    role=st.sampled_from(sorted(ROLES)),
    since=MONTHS,
    country=SOME,
    remote=st.lists(st.sampled_from(REMOTES), unique=True).map(tuple),
    work=st.lists(st.sampled_from(WORK_KINDS), unique=True).map(tuple),
)


@settings(deadline=None)
@given(SELECTIONS)
def test_parameters_round_trip(selection):
    assert Selection.from_params(selection.to_params()) == selection


@settings(deadline=None)
@given(SELECTIONS)
def test_conditions_hold_placeholders_only(selection):
    sql, values = selection.where("p")
    assert sql.count("?") == len(values)
    assert "'" not in sql


def test_the_panel_drops_the_role_and_keeps_the_rest():
    chosen = Selection(source=("lever",), role="title", country=("US",))
    assert chosen.panel() == Selection(source=("lever",), role="all", country=("US",))


def test_an_unknown_role_given_in_code_is_refused():
    with pytest.raises(SelectionError, match="allowed"):
        Selection(role="boss").where()
