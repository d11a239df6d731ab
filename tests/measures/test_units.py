"""Units: what is counted may be switched; roles never split openings; releases without roles stay readable."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.frames import TABLES, arrow_schema
from data.measures import demand
from data.measures.intervals import poisson
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.publishing.roles import role_key, with_roles
from data.release import open_release
from tests.measures.boards import Boards, day
from tests.measures.markets import posting, release_of


def table(rows):
    return pa.Table.from_pylist(rows, schema=arrow_schema(TABLES["postings"]))


def roles(rows):
    return with_roles(table(rows))["role_key"].to_pylist()


def test_a_role_is_one_employer_title_and_seniority_wherever_the_places_are():
    monday = date(2026, 6, 1)
    same = {"employer_key": "acme", "seniority": "senior"}
    rows = [
        posting(1, monday, title="Prompt Engineer (m/f) - Lyon", place="Lyon", **same),
        posting(2, monday, title="Prompt Engineer, Paris JR-10423", place="Paris", **same),
        posting(3, monday, title="Prompt Engineer", **(same | {"seniority": "junior"})),
        posting(4, monday, title="Prompt Engineer", employer_key="bolt", seniority="senior"),
        posting(5, monday, title="Prompt Designer", **same),
        posting(6, monday, title="Prompt Engineer", employer_key=None, seniority="senior"),
        posting(7, monday, title=None, **same),
    ]
    found = roles(rows)
    assert found[0] == found[1] == "acme | prompt engineer | senior"
    assert len(set(found)) == 6
    assert found[5:] == ["hackernews:6", "hackernews:7"], (
        "unknown employers and titles are roles of their own"
    )


def test_adverts_of_one_opening_have_the_role_of_its_first():
    rows = [
        posting(1, date(2026, 6, 2), title="LLM Prompt Engineer", employer_key="acme"),
        posting(2, date(2026, 6, 1), title="Prompt Engineer", employer_key="acme"),
    ]
    rows[1]["opening_key"] = rows[0]["opening_key"]
    assert roles(rows) == ["acme | prompt engineer | unspecified"] * 2


OPENINGS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(["acme", "bolt", None]),
        st.sampled_from(["Prompt Engineer", "Prompt Engineer - Lyon", "AI Writer", None]),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(adverts=OPENINGS, seed=st.randoms(use_true_random=False))
def test_roles_never_split_an_opening_whatever_the_order(adverts, seed):
    rows = [
        posting(i, date(2026, 6, d), opening_key=f"o{o}", employer_key=e, title=t, place="Lyon")
        for i, (o, e, t, d) in enumerate(adverts)
    ]
    of = dict(zip((row["posting_key"] for row in rows), roles(rows), strict=True))
    for opening in {row["opening_key"] for row in rows}:
        assert len({of[row["posting_key"]] for row in rows if row["opening_key"] == opening}) == 1
    seed.shuffle(rows)
    assert dict(zip((row["posting_key"] for row in rows), roles(rows), strict=True)) == of


def test_a_title_of_nothing_but_signs_makes_no_role():
    assert role_key("x:1", "acme", "***", None, None) == "x:1"


def market():
    """Four adverts of three openings of two roles of one employer, and one advert without a known employer."""
    boards = Boards()
    boards.read("acme", range(15))
    first = boards.up("acme", 0, role_key="r1")
    boards.up("acme", 0, opening_key=first, role_key="r1")
    boards.up("acme", 2, role_key="r1")
    boards.up("acme", 2, 5, role_key="r2")
    boards.up("acme", 2, employer_key=None, role_key="r3")
    return boards


COUNTS = {"posting": 5, "opening": 4, "role": 3, "employer": 1}


@pytest.mark.parametrize(("unit", "n"), COUNTS.items())
def test_flow_and_stock_in_every_unit(unit, n, tmp_path):
    release = market().release(tmp_path)
    flow = demand.flow(release, Selection(), unit=unit)
    (row,) = flow.frame.to_dict("records")
    assert row["n"] == n and (row["n_low"], row["n_high"]) == poisson(n) and flow.coverage.unit == unit
    assert row["n_openings"] == 4, "the other counts stay"
    stock = demand.stock_by_day(release, Selection(), unit=unit)
    assert stock.frame["n_open"].iloc[2] == n and stock.coverage.unit == unit
    closes = unit != "employer"
    assert stock.frame["n_open"].iloc[-1] == n - closes and stock.frame["n_closed"].sum() == closes


def test_weeks_begin_on_monday_and_the_running_one_is_provisional(tmp_path):
    boards = market()
    boards.coverage = [row for row in boards.coverage if not day(8) <= row["day"] < day(14)]
    boards.coverage[-2:] = []
    boards.read("acme", range(7, 24))
    frame = demand.flow(boards.release(tmp_path), Selection(), grain="week").frame
    assert [stamp.date() for stamp in frame["month"]] == [day(0), day(7), day(14), day(21)]
    assert frame["n_openings"].tolist() == [4, 0, 0, 0]
    assert frame["reason"].tolist() == [None, None, None, "part_observed"]
    assert frame["is_provisional"].tolist() == [False, False, False, True]


def test_weeks_without_a_check_are_holes_and_failed_boards_make_them_provisional(tmp_path):
    boards = Boards()
    boards.up("acme", 2)
    boards.read("acme", range(2, 7))
    boards.read("acme", range(14, 29))
    boards.read("bolt", range(14, 21), "failed")
    frame = demand.flow(boards.release(tmp_path), Selection(), grain="week").frame
    assert frame["reason"].tolist() == [
        "part_observed",
        "no_check:lever",
        "boards_failed:lever",
        None,
        "part_observed",
    ]
    assert frame["is_covered"].tolist() == [True, False, True, True, True]
    assert frame["n_openings"].isna().tolist() == [False, True, False, False, False]
    assert frame["n_openings"].fillna(0).tolist() == [1, 0, 0, 0, 0]


def test_roles_by_week_and_threads_have_none(tmp_path):
    boards = market()
    boards.postings.append(posting(900, day(2)))
    release = boards.release(tmp_path)
    measure = demand.flow(release, Selection(), grain="week", unit="role")
    assert measure.frame["n"].tolist() == [3, 0, 0]
    assert measure.coverage.n_openings == 4 and "threads" in measure.coverage.note[0]
    only = demand.flow(release, Selection(source=("hackernews",)), grain="week")
    assert only.frame.empty and only.coverage.n_openings == 0


LIVES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 5), st.booleans()), min_size=1, max_size=10
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lives=LIVES, reads=st.sets(st.integers(1, 10)))
def test_the_stock_in_units_is_that_of_openings_where_each_unit_is_one_opening(
    tmp_path_factory, lives, reads
):
    """Two ways to count, in SQL and by day, agree on stock and its identity."""
    boards = Boards()
    covered = sorted(reads | {0, 11})
    boards.read("acme", covered)
    for opening, first, length, closes in lives:
        seen = next(i for i in covered if i >= first)
        gone = next((i for i in covered if i >= seen + length), None) if closes else None
        boards.up("acme", seen, gone, opening_key=f"o{opening}", role_key=f"o{opening}")
    release = boards.release(tmp_path_factory.mktemp("r"))
    openings, units = (
        demand.stock_by_day(release, Selection(), unit=unit).frame for unit in ("opening", "role")
    )
    assert openings.equals(units)
    release.close()


def test_a_release_without_roles_is_read_and_says_what_it_lacks(tmp_path):
    path = market().release(tmp_path).path
    postings = pq.read_table(path / "postings.parquet").drop_columns(["role_key"])
    pq.write_table(postings, path / "postings.parquet")
    release = open_release(tmp_path)
    assert release.query("SELECT role_key FROM postings")["role_key"].isna().all()
    assert demand.flow(release, Selection()).frame["n_openings"].tolist() == [4]
    old = demand.flow(release, Selection(), unit="role")
    assert old.coverage.withheld is Withheld.OLD_RELEASE and old.frame.empty
    assert "publish again" in old.coverage.sentence("en")


def test_flow_and_openings_of_imports_are_counted_in_no_unit(tmp_path):
    rows = [posting(1, day(0)), posting(2, day(0), origin="import")]
    for unit in COUNTS:
        assert demand.flow(release_of(tmp_path, rows), Selection(), unit=unit).frame["n"].tolist() == [1]
