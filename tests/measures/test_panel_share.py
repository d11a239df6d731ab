"""The share on the same boards: windows, matched changes, what is withheld, and panels that grow."""

from datetime import date

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from data.errors import SelectionError
from data.measures import demand
from data.measures.cohorts import MONDAY, WINDOWS
from data.measures.exact import newcombe
from data.measures.intervals import wilson
from data.measures.selection import Selection
from tests.measures.boards import Boards, day
from tests.measures.markets import posting, release_of

FOUR = WINDOWS["four_weeks"]
START = FOUR.start((day(0) - MONDAY).days // 28 + 1)
OFFSET = (START - day(0)).days


@pytest.mark.parametrize(("k1", "n1", "k2", "n2"), [(56, 70, 48, 80), (9, 10, 3, 10), (5, 9000, 11, 8000)])
def test_newcombe_as_statsmodels_has_it(k1, n1, k2, n2):
    theirs = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb")
    assert newcombe(k1, n1, k2, n2) == pytest.approx(theirs, abs=1e-9)


def test_the_difference_of_newcombes_own_table():
    """Newcombe (1998), Table II, method 10: 56/70 against 48/80."""
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert newcombe(0, 0, 1, 2) is None


def test_windows_hold_every_day_once():
    for windows in WINDOWS.values():
        for number in range(600, 620):
            assert (windows.start(number + 1) - windows.end(number)).days == 1
    assert MONDAY.weekday() == 0 and (FOUR.end(3) - FOUR.start(3)).days == 27
    assert WINDOWS["quarter"].start(4 * 2024 + 1) == date(2024, 4, 1)


def board(boards, name, windows, others=50, first=0):
    """A board read through whole windows; in each so many openings of five employers among other adverts."""
    boards.read(name, range(OFFSET + 28 * first, OFFSET + 28 * (first + len(windows)) + 1))
    for number, n in enumerate(windows, first):
        for i in range(n + others):
            relation = "title" if i < n else "none"
            start = OFFSET + 28 * number + i % 28
            boards.up(name, start, employer_key=f"{name} {i % 5}", prompt_relation=relation)


def frame_of(boards, folder, **options):
    return demand.panel_share(boards.release(folder), Selection(), **options).frame


def test_share_and_change_on_one_board(tmp_path):
    boards = Boards()
    board(boards, "acme", [6, 10])
    frame = frame_of(boards, tmp_path)
    assert [stamp.date() for stamp in frame["since"]] == [START, FOUR.start(FOUR_NUMBER + 1)]
    assert frame[["n_openings", "n_all", "n_boards", "n_employers"]].values.tolist() == [
        [6, 56, 1, 5],
        [10, 60, 1, 5],
    ]
    assert frame["share_per_10k"].tolist() == pytest.approx([10_000 * 6 / 56, 10_000 * 10 / 60])
    ends = [10_000 * end for end in wilson(6, 56)]
    assert frame.loc[0, ["share_low", "share_high"]].tolist() == pytest.approx(ends)
    assert frame.loc[1, "change"] == pytest.approx(100 * (10 / 60 - 6 / 56))
    ends = [100 * end for end in newcombe(10, 60, 6, 56)]
    assert frame.loc[1, ["change_low", "change_high"]].tolist() == pytest.approx(ends)
    assert frame["change_withheld"].tolist() == ["no_comparison", None]


FOUR_NUMBER = (START - MONDAY).days // 28


def test_a_board_that_joins_changes_the_share_but_not_the_change(tmp_path):
    boards = Boards()
    board(boards, "acme", [6, 6, 6])
    board(boards, "late", [40, 40], others=10, first=1)
    frame = frame_of(boards, tmp_path)
    assert frame["n_boards"].tolist() == [1, 2, 2]
    assert frame["n_openings"].tolist() == [6, 46, 46]
    assert frame["change"].iloc[1:].tolist() == pytest.approx([0, 0])
    assert frame["change_boards"].iloc[1:].tolist() == [1, 2]
    assert frame["base_change"].iloc[2] == pytest.approx(0) and frame["base_change_boards"].iloc[2] == 1


def test_a_window_half_read_is_none_and_one_unread_a_hole(tmp_path):
    boards = Boards()
    board(boards, "acme", [6])
    board(boards, "late", [6, 6], first=2)
    boards.read("half", range(OFFSET + 30, OFFSET + 50))
    frame = frame_of(boards, tmp_path)
    assert frame["is_covered"].tolist() == [True, False, True, True]
    assert frame["reason"].tolist() == [None, "no_check", None, None]
    assert frame.loc[1, ["n_openings", "n_all", "share_per_10k"]].isna().all()
    assert frame["change_withheld"].tolist() == ["no_comparison"] * 3 + [None]


def test_small_numbers_are_withheld_on_either_side(tmp_path):
    boards = Boards()
    board(boards, "acme", [3, 6, 0, 0])
    frame = frame_of(boards, tmp_path)
    assert frame["withheld"].tolist() == ["few_openings", None, None, None]
    assert frame["change_withheld"].tolist() == ["no_comparison", "few_openings", None, None]
    assert frame["share_per_10k"].isna().tolist() == [True, False, False, False]
    assert frame.loc[2, "share_per_10k"] == 0 and frame.loc[2, "share_high"] > 0
    assert frame.loc[3, "change"] == 0


def test_the_last_window_waits_for_a_board_that_is_out(tmp_path):
    boards = Boards()
    board(boards, "acme", [6, 6])
    board(boards, "out", [6])
    frame = frame_of(boards, tmp_path)
    assert frame["reason"].tolist() == [None, "boards_out"]
    assert frame["is_provisional"].tolist() == [False, True]
    assert frame["change_withheld"].tolist() == ["no_comparison"] * 2


def test_an_opening_counts_once_a_window(tmp_path):
    boards = Boards()
    board(boards, "acme", [6, 6])
    again = boards.up("acme", OFFSET + 3)
    boards.postings[-1]["opening_key"] = boards.postings[0]["opening_key"]
    frame = frame_of(boards, tmp_path)
    assert again and frame["n_openings"].tolist() == [6, 6] and frame["n_all"].tolist() == [57, 56]


def test_threads_by_quarter_leave_out_what_was_missed(tmp_path):
    rows = []
    for month in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12):
        relations = ["title"] * 3 + ["none"] * 40
        rows += [
            posting(100 * month + i, date(2024, month, 2), prompt_relation=r) for i, r in enumerate(relations)
        ]
    release = release_of(tmp_path, rows)
    frame = demand.panel_share(release, Selection(), grain="quarter").frame
    assert frame["n_openings"].tolist() == [9, 9, 6, 9]
    assert frame["is_provisional"].tolist() == [False, False, True, False]
    assert frame["change_withheld"].tolist() == ["no_comparison", None, "no_comparison", "no_comparison"]
    assert frame["base_change_withheld"].tolist() == ["no_comparison", None, "no_comparison", None]
    assert demand.panel_share(release, Selection()).frame.empty, "threads cannot be cut into weeks"


def test_an_unknown_grain_is_refused(tmp_path):
    with pytest.raises(SelectionError, match="four_weeks, quarter"):
        demand.panel_share(Boards().release(tmp_path), Selection(), grain="week")
