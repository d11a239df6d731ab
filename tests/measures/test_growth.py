"""Growth taken apart: the components add up exactly, in every unit, also between releases."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import SelectionError
from data.measures import demand
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.boards import Boards, day
from tests.measures.markets import posting, release_of

UNITS = ("posting", "opening", "role", "employer")


def parts(measure, basis="stock"):
    frame = measure.frame[measure.frame["basis"] == basis]
    return dict(zip(frame["component"], frame["n"], strict=True))


def gains(measure, component):
    row = measure.frame[measure.frame["component"] == component].iloc[0]
    return int(row["n_gained"]), int(row["n_lost"])


def two_boards():
    """acme is read from day 0 to 9, late from day 4, gone until day 5 (and never again)."""
    boards = Boards()
    boards.read("acme", range(10))
    boards.read("late", range(4, 10))
    boards.read("gone", range(5))
    return boards


def test_the_change_is_that_of_market_new_boards_and_lost_ones(tmp_path):
    boards = two_boards()
    boards.up("acme", 0)
    boards.up("acme", 0, 6)
    for start in (3, 4, 7):
        boards.up("acme", start)
    for _ in range(4):
        boards.up("late", 4)
    boards.up("gone", 0, 8, exit="board_gone")
    boards.up("gone", 0)
    measure = demand.growth(boards.release(tmp_path), Selection())
    assert parts(measure) == {"start": 4, "market": 2, "boards_added": 4, "boards_lost": -1, "end": 9}
    assert gains(measure, "market") == (3, 1)
    assert measure.coverage.figure.value == 2
    stock = demand.stock_by_day(boards.release(tmp_path), Selection()).frame["n_open"]
    assert (stock.iloc[0], stock.iloc[-1]) == (4, 9)


def test_the_end_of_a_board_that_was_read_in_between_is_no_end_of_the_market(tmp_path):
    boards = two_boards()
    boards.up("gone", 0, 8, exit="board_gone")
    boards.up("acme", 0, 8)
    measure = demand.growth(boards.release(tmp_path), Selection(), since=day(0), until=day(9))
    assert parts(measure)["market"] == parts(measure)["boards_lost"] == -1


def test_an_opening_on_an_old_and_a_new_board_belongs_to_the_market_or_has_not_changed(tmp_path):
    boards = two_boards()
    old = boards.up("acme", 2)
    boards.up("late", 4, opening_key=old)
    stays = boards.up("acme", 0, 5)
    boards.up("late", 4, opening_key=stays)
    measure = demand.growth(boards.release(tmp_path), Selection())
    assert parts(measure) == {"start": 1, "market": 1, "boards_added": 0, "boards_lost": 0, "end": 2}


def test_days_asked_for_stand_for_the_last_covered_one(tmp_path):
    boards = Boards()
    boards.read("acme", (0, 2, 5))
    boards.up("acme", 2)
    frame = demand.growth(boards.release(tmp_path), Selection(), since=day(1), until=day(4)).frame
    assert frame["since"].iloc[0].date() == day(0) and frame["until"].iloc[0].date() == day(2)
    early = demand.growth(boards.release(tmp_path), Selection(), since=date(2020, 1, 1))
    assert early.frame.empty and early.coverage.figure is None


LIVES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 3),
        st.integers(0, 8),
        st.integers(1, 6),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)
NAMES = ("acme", "late", "gone")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lives=LIVES, ends=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_start_and_components_add_up_to_the_end_in_every_unit(tmp_path_factory, lives, ends):
    boards = two_boards()
    for board, opening, first, length, closes, is_gone in lives:
        ending = "board_gone" if is_gone else "vanished"
        gone = first + length if closes else None
        key = f"opening {opening}"
        more = {"opening_key": key, "role_key": f"role {opening // 2}"}
        boards.up(NAMES[board], first, gone, **more | ({"exit": ending} if closes else {}))
    release = boards.release(tmp_path_factory.mktemp("r"))
    since, until = (day(i) for i in sorted(ends))
    for unit in UNITS:
        found = parts(demand.growth(release, Selection(), since=since, until=until, unit=unit))
        assert found["start"] + found["market"] + found["boards_added"] + found["boards_lost"] == found["end"]
        stock = demand.stock_by_day(release, Selection(), unit=unit).frame.set_index("day")["n_open"]
        assert (found["start"], found["end"]) == (stock[str(since)], stock[str(until)])
    release.close()


def flow_months():
    january, march = date(2024, 1, 5), date(2024, 3, 5)
    rows = [posting(i, january) for i in range(3)] + [posting(10 + i, march) for i in range(5)]
    rows[3] |= {"opening_key": rows[0]["opening_key"]}
    rows += [posting(20, january, source="old"), posting(21, january, source="old")]
    return [*rows, posting(30, march, source="new")]


def test_the_flow_of_two_months_is_taken_apart_by_source(tmp_path):
    measure = demand.growth(release_of(tmp_path, flow_months()), Selection())
    assert parts(measure, "flow") == {
        "start": 5,
        "market": 2,
        "boards_added": 1,
        "boards_lost": -2,
        "end": 6,
    }
    assert gains(measure, "market") == (4, 2), "the opening of both months neither came nor went"


def test_the_month_of_the_release_is_not_compared(tmp_path):
    rows = [*flow_months(), posting(50, date(2026, 8, 3))]
    frame = demand.growth(release_of(tmp_path, rows), Selection()).frame
    assert frame["until"].iloc[0].date() == date(2024, 3, 1)


# --- between releases -----------------------------------------------------------------------------


def revised(folder, change):
    """An old release of five openings on one board, and a new one after `change`."""
    releases = []
    for name in ("before", "after"):
        boards = Boards()
        boards.read("acme", range(10))
        for _ in range(5):
            boards.up("acme", 0)
        if name == "after":
            change(boards)
        releases.append(boards.release(folder / name))
    return releases


def taken_apart(folder, change):
    before, after = revised(folder, change)
    measure = demand.growth(after, Selection(), since=day(3), until=day(9), before=before)
    found = parts(measure)
    assert (
        sum(n for name, n in found.items() if name not in ("start", "end")) == found["end"] - found["start"]
    )
    assert found["start"] == 5
    return {name: found[name] for name in ("data", "presence", "rules", "matching", "market")}


def test_an_advert_found_later_is_data(tmp_path):
    found = taken_apart(tmp_path, lambda boards: boards.up("acme", 1))
    assert found == {"data": 1, "presence": 0, "rules": 0, "matching": 0, "market": 0}


def test_a_look_judged_otherwise_is_presence(tmp_path):
    def change(boards):
        boards.spells[0] |= {"gone_by": day(2), "exit": "vanished"}

    assert taken_apart(tmp_path, change)["presence"] == -1


def test_an_advert_read_otherwise_is_rules(tmp_path):
    def change(boards):
        boards.postings[0]["prompt_relation"] = "none"
        boards.postings[1]["prompt_relation"] = "mention"

    assert taken_apart(tmp_path, change)["rules"] == -2


def test_openings_that_became_one_are_matching(tmp_path):
    def change(boards):
        boards.postings[1]["opening_key"] = boards.postings[0]["opening_key"]

    assert taken_apart(tmp_path, change)["matching"] == -1


def test_all_at_once_still_adds_up(tmp_path):
    def change(boards):
        boards.up("acme", 0)
        boards.up("acme", 5)
        boards.postings[0]["prompt_relation"] = "none"
        boards.postings[2]["opening_key"] = boards.postings[1]["opening_key"]
        boards.spells[3] |= {"gone_by": day(2), "exit": "vanished"}
        boards.spells[4] |= {"gone_by": day(7), "exit": "vanished"}

    assert taken_apart(tmp_path, change) == {
        "data": 1,
        "presence": -1,
        "rules": -1,
        "matching": -1,
        "market": 0,
    }


def test_a_release_that_had_not_seen_the_day_says_so(tmp_path):
    before, after = revised(tmp_path, lambda boards: boards.read("acme", range(10, 14)))
    measure = demand.growth(after, Selection(), since=day(12), before=before)
    why = measure.frame[measure.frame["component"] == "rules"].iloc[0]
    assert why["withheld"] == Withheld.NO_COMPARISON and why.isna()["n"]
    assert parts(measure)["start"] == 5


def test_a_unit_that_a_release_does_not_know_is_withheld_not_zero(tmp_path):
    boards = two_boards()
    boards.up("acme", 0, role_key=None)
    release = boards.release(tmp_path)
    for measure in (
        demand.growth(release, Selection(), unit="role"),
        demand.index(release, Selection(), unit="role"),
        demand.stock_by_day(release, Selection(), unit="role"),
        demand.flow(release, Selection(), unit="role"),
    ):
        assert measure.frame.empty and measure.coverage.withheld is Withheld.OLD_RELEASE


@pytest.mark.parametrize("measure", [demand.growth, demand.index, demand.stock_by_day, demand.flow])
def test_an_unknown_unit_is_refused(measure, tmp_path):
    with pytest.raises(SelectionError, match="unit"):
        measure(two_boards().release(tmp_path), Selection(), unit="job")
