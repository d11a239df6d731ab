"""The index of demand on boards written out: base, smoothing, holes, provisional points, small numbers."""

from datetime import date

import numpy as np
import pytest

from data.measures import demand
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from tests.measures.boards import Boards, day

FOUR = ("acme", "bolt", "core", "dune")


@pytest.fixture
def market():
    """Four boards read for 40 days with two openings each all the time; more on demand."""
    boards = Boards()
    for board in FOUR:
        boards.read(board, range(40))
        boards.up(board, 0)
        boards.up(board, 0)
    return boards


def frame_of(boards, folder, **options):
    return demand.index(boards.release(folder), Selection(), **options).frame


def test_more_boards_are_no_growth(market, tmp_path):
    market.read("late", range(20, 40))
    for _ in range(8):
        market.up("late", 20)
    frame = frame_of(market, tmp_path)
    assert frame["n_open"].iloc[[0, -1]].tolist() == [8, 16]
    base = (20 * 8 + 8 * 16) / 28
    assert frame["raw_index"].iloc[-1] == pytest.approx(100 * 16 / base)
    assert frame["index"].tolist() == pytest.approx([100] * 40)
    assert frame["boards_covered"].iloc[[0, -1]].tolist() == [4, 5]
    assert frame["boards_matched"].iloc[[0, 20, 21]].tolist() == [0, 4, 5]


def test_growth_of_the_market_shows_and_a_board_that_ends_does_not(market, tmp_path):
    market.coverage = [row for row in market.coverage if row["board"] != "dune" or row["day"] < day(35)]
    for board in ("acme", "bolt", "core"):
        market.up(board, 30)
    frame = frame_of(market, tmp_path).set_index("day")
    assert frame["is_base"].sum() == 28
    assert frame.loc[str(day(29)), "index"] == pytest.approx(100)
    assert frame.loc[str(day(30)), "index"] == pytest.approx(100 * 11 / 8)
    assert frame.loc[str(day(39)), "index"] == pytest.approx(100 * 11 / 8)
    assert frame.loc[str(day(36)), "index_7d"] == pytest.approx(100 * 11 / 8)
    assert frame.loc[str(day(33)), "index_7d"] == pytest.approx(100 * (3 + 4 * 11 / 8) / 7)
    assert frame.loc[str(day(34)), "reason"] is None and frame.loc[str(day(35)), "reason"] == "boards_out"


def test_the_stock_is_that_of_stock_by_day_and_holes_have_no_index(market, tmp_path):
    market.coverage = [row for row in market.coverage if row["day"] != day(10)]
    market.read("acme", [10], "failed")
    market.up("acme", 5, 11)
    release = market.release(tmp_path)
    frame, stock = (
        measure.frame
        for measure in (demand.index(release, Selection()), demand.stock_by_day(release, Selection()))
    )
    assert frame["n_open"].equals(stock["n_open"])
    hole = frame.iloc[10]
    assert hole["reason"] == "boards_failed" and not hole["is_covered"]
    assert hole[["raw_index", "index", "index_7d", "index_7d_low"]].isna().all()
    assert frame["index"].iloc[11] == frame["index"].iloc[4]


def test_the_base_may_be_chosen_and_is_said(market, tmp_path):
    for board in FOUR:
        market.up(board, 20)
    release = market.release(tmp_path)
    measure = demand.index(release, Selection(), base=day(25))
    assert measure.frame["index"].iloc[[0, 30]].tolist() == pytest.approx([100 * 2 / 3, 100])
    assert measure.frame["is_base"].sum() == 15
    assert "2026-06-26 to 2026-07-10 (15 days, all there are so far)" in measure.coverage.note[0]
    nowhere = demand.index(release, Selection(), base=date(2020, 1, 1))
    assert nowhere.coverage.withheld is Withheld.NO_BASE and nowhere.coverage.figure.value is None
    assert set(nowhere.frame["withheld"]) == {"no_base"} and nowhere.frame["index"].isna().all()


def test_the_figure_is_the_last_smoothed_point_with_its_interval(market, tmp_path):
    market.up("acme", 30)
    market.up("bolt", 32)
    measure = demand.index(market.release(tmp_path), Selection())
    figure, last = measure.coverage.figure, measure.frame.iloc[-1]
    assert figure.value == last["index_7d"] and figure.interval is Interval.JACKKNIFE_BOARDS
    assert figure.low == last["index_7d_low"] < figure.value < last["index_7d_high"] == figure.high
    assert last["is_provisional"] and not measure.frame["is_provisional"].iloc[:-1].any()


def test_few_openings_are_withheld_but_counted(tmp_path):
    boards = Boards()
    for board in ("acme", "bolt", "core"):
        boards.read(board, range(10))
    boards.up("acme", 0)
    boards.up("bolt", 0)
    frame = frame_of(boards, tmp_path)
    assert set(frame["withheld"]) == {"few_openings"}
    assert frame["n_open"].tolist() == [2] * 10
    assert frame[["raw_index", "index", "index_7d"]].isna().all(axis=None)


def test_five_openings_of_two_boards_are_withheld(tmp_path):
    boards = Boards()
    for board in ("acme", "bolt"):
        boards.read(board, range(10))
        for _ in range(3):
            boards.up(board, 0)
    assert set(frame_of(boards, tmp_path)["withheld"]) == {"few_employers"}


def test_when_all_are_gone_the_index_is_a_true_zero_with_an_upper_end(market, tmp_path):
    for row, life in zip(market.postings, market.spells, strict=True):
        assert row["posting_key"] == life["posting_key"]
        life |= {"gone_by": day(30), "last_seen": day(29)}
    last = frame_of(market, tmp_path).iloc[-1]
    assert last["index"] == last["index_7d"] == last["index_7d_low"] == 0
    assert last["index_7d_high"] == pytest.approx(100 * 3.689 / 8, abs=0.01)


def test_days_before_the_first_such_opening_have_nothing_to_index(market, tmp_path):
    for life in market.spells:
        life["first_seen"] = day(3)
    frame = frame_of(market, tmp_path)
    assert frame["reason"].iloc[:4].tolist() == ["not_started"] * 3 + [None]
    assert frame["index"].isna().tolist() == [True] * 3 + [False] * 37
    assert frame["n_open"].iloc[:4].tolist() == [0, 0, 0, 8]


def test_the_selection_cuts_the_days_shown_not_the_base(market, tmp_path):
    release = market.release(tmp_path)
    july = demand.index(release, Selection(since=date(2026, 7, 1))).frame
    whole = demand.index(release, Selection()).frame
    assert july["day"].min().date() == date(2026, 7, 1)
    assert july["index"].tolist() == whole["index"].tolist()[-len(july) :]


def test_an_unrelated_source_leaves_a_filtered_index_unchanged(market, tmp_path):
    other = Boards("greenhouse")
    other.read("elsewhere", range(50))
    other.up("elsewhere", 0)
    alone = demand.index(market.release(tmp_path / "a"), Selection(source=("lever",))).frame
    market.postings += other.postings
    market.spells += other.spells
    market.coverage += other.coverage
    both = demand.index(market.release(tmp_path / "b"), Selection(source=("lever",))).frame
    assert alone.equals(both)


def test_an_empty_release_gives_no_days(tmp_path):
    measure = demand.index(Boards().release(tmp_path), Selection())
    assert measure.frame.empty and measure.coverage.withheld is Withheld.FEW_OPENINGS


def test_indeed_stands_on_the_same_base(market, tmp_path):
    fridays = [day(i) for i in range(-10, 40) if day(i).weekday() == 4]
    series = [
        {"series": "indeed_postings_index", "country": country, "day": friday, "value": level + i}
        for country, level in (("US", 80.0), ("FR", 120.0))
        for i, friday in enumerate(fridays)
    ]
    release = market.release(tmp_path, benchmarks=series)
    frame = demand.rebased_benchmarks(release, Selection(), countries=("US",)).frame
    inside = frame[(frame["day"] >= str(day(0))) & (frame["day"] <= str(day(27)))]
    assert len(inside) == 4 == frame["n_base"].iloc[0]
    assert inside["rebased"].mean() == pytest.approx(100)
    assert np.allclose(frame["rebased"] / frame["value"], 100 / inside["value"].mean())
    none = demand.rebased_benchmarks(release, Selection(), base=date(2030, 1, 1)).frame
    assert none["rebased"].isna().all() and set(none["withheld"]) == {"no_base"}
