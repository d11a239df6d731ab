"""Lifetimes on rows written out: starts, late entries, cuts, spans, exits, reposts, facts, and what is withheld."""

from datetime import date, timedelta

import pytest

from data.measures import lifetime
from data.measures.lifetime_stays import stays
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from tests.measures.markets import checked, posting, release_of, spell

START = date(2026, 6, 1)
"""Day 1 of every test: the first check of the board "acme", which is then read daily for 60 days."""
LAST = 60


def day(number):
    return START + timedelta(days=number - 1)


def number_of(value):
    return (value.date() - START).days + 1


def advert(number, *spells, stated=None, exit="vanished", **given):
    """A posting of the board "acme" and its spells (first day, last day, gone by or None)."""
    first = day(spells[0][0])
    about = {"posted_on": None, "dated_on": first, "month": first.replace(day=1), "first_seen": first}
    about |= {"source": "lever", "lifecycle": "listing", "origin": "live", "board": "acme"}
    about |= {"last_seen": day(spells[-1][1])}
    if stated is not None:
        about |= {"posted_on": day(stated), "posted_basis": "stated"}
    row = posting(number, first, **(about | given))
    rows = [
        spell(row["posting_key"], day(a), day(b), None if gone is None else day(gone), place)
        | {"exit": None if gone is None else exit}
        for place, (a, b, gone) in enumerate(spells, 1)
    ]
    return row, rows


def market(folder, *adverts, boards=None):
    """A release of adverts and daily checks: of "acme", unless `boards` gives the days each was read on."""
    read = boards or {"acme": range(1, LAST + 1)}
    return release_of(
        folder,
        [row for row, _ in adverts],
        spells=[one for _, rows in adverts for one in rows],
        coverage=[checked("lever", board, day(d)) for board, days in read.items() for d in days],
    )


def lasting(first_number, days, start=2, **given):
    """Adverts that began on day `start`, listed for so many days each."""
    return [advert(first_number + i, (start, start + n - 1, start + n), **given) for i, n in enumerate(days)]


def row_at(frame, on):
    """The values of the last row at or before that day, by column."""
    return frame[frame["day"] <= on].iloc[-1]


def only(release, **given):
    """The one stay of a release."""
    found = stays(release, Selection(), **given)
    assert len(found) == 1
    return found


# --- curves ---------------------------------------------------------------------------------------


def test_a_median_worked_by_hand(tmp_path):
    """20 openings listed 1 to 20 days: after 10 days half are left."""
    measure = lifetime.survival(market(tmp_path, *lasting(1, range(1, 21))), Selection())
    assert row_at(measure.frame, 5)["survival"] == pytest.approx(0.75)
    assert row_at(measure.frame, 5)[["at_risk", "n_exits"]].tolist() == [16, 1]
    figure = measure.coverage.figure
    assert (figure.value, figure.unit, figure.interval) == (10, "days", Interval.CLUSTER)
    assert figure.low < 10 < figure.high and measure.coverage.withheld is None
    assert "20 whose start is known; 20 of them" in measure.coverage.note[0]
    assert "20 unités au début connu, dont 20" in measure.coverage.note[1]


def test_what_is_still_listed_is_cut_at_the_last_check_and_never_left_out(tmp_path):
    """10 gone after 10 days, 10 still listed after 59: half are left, not none."""
    still = [advert(100 + i, (2, LAST, None)) for i in range(10)]
    measure = lifetime.survival(market(tmp_path, *lasting(1, [10] * 10), *still), Selection())
    assert row_at(measure.frame, 58)["survival"] == pytest.approx(0.5)
    assert measure.frame["day"].max() == 58
    assert measure.coverage.withheld is Withheld.NOT_HALVED
    assert measure.coverage.figure.value is None and measure.coverage.figure.low is None


def test_the_cut_is_the_last_complete_check_of_the_board_not_the_day_of_the_release(tmp_path):
    given_up = advert(1, (2, 9, None), board="beta")
    found = only(market(tmp_path, given_up, boards={"beta": range(1, 8), "acme": range(1, LAST)}))
    assert (found.first[0], found.cut[0]) == (found.first[0], found.first[0] + 5)


def test_what_was_up_at_the_first_check_enters_at_its_age(tmp_path):
    """Stated 30 days before the first check: at risk only from day 30 of its age on."""
    old = [advert(100 + i, (1, 10, 11), stated=-29) for i in range(10)]
    measure = lifetime.survival(market(tmp_path, *lasting(1, [35] * 12), *old), Selection())
    at = measure.frame.set_index("day")
    assert at.loc[35, "at_risk"] == 22 and at.loc[35, "n_exits"] == 12
    assert at.loc[35, "survival"] == pytest.approx(10 / 22)
    assert at.loc[40, "survival"] == 0


def test_without_a_stated_day_it_is_left_out_and_counted(tmp_path):
    unknown = [advert(100 + i, (1, 20, 21)) for i in range(7)]
    release = market(tmp_path, *lasting(1, range(1, 21)), *unknown)
    coverage = lifetime.survival(release, Selection()).coverage
    assert "7 more are left out" in coverage.note[0]
    assert (coverage.n_openings, coverage.figure.n) == (27, 20)
    row = lifetime.medians(release, Selection()).frame.iloc[0]
    assert row[["unit", "n", "n_exits", "n_undated", "median_days"]].tolist() == ["opening", 20, 20, 7, 10]


DATED = [
    # stated, first listed, days the board was read -> first and last possible start
    (None, 5, range(1, 61), (5, 5)),
    (4, 5, range(1, 61), (5, 5)),
    (5, 5, range(1, 61), (5, 5)),
    (-40, 5, range(1, 61), (5, 5)),  # a look on day 4 did not list it
    (7, 5, range(1, 61), (5, 5)),  # stated after it was seen
    (None, 1, range(1, 61), None),
    (-9, 1, range(1, 61), (-9, -9)),
    (1, 1, range(1, 61), (1, 1)),
    (None, 9, (1, 2, 9, 10), (3, 9)),
    (5, 9, (1, 2, 9, 10), (5, 5)),
    (2, 9, (1, 2, 9, 10), (3, 3)),
    (None, 30, (1, 2, 30, 31), None),  # too wide a gap
    (20, 30, (1, 2, 30, 31), (20, 20)),
]


@pytest.mark.parametrize(("stated", "first", "read", "expected"), DATED)
def test_the_start_lies_between_looks_or_where_it_is_stated(tmp_path, stated, first, read, expected):
    release = market(tmp_path, advert(1, (first, first, None), stated=stated), boards={"acme": read})
    found = only(release)
    shift = found.first[0] - first
    assert bool(found.is_dated[0]) is (expected is not None)
    if expected is not None:
        assert (found.start_early[0] - shift, found.start_late[0] - shift) == expected


def test_an_end_during_an_outage_is_shared_out_and_its_extremes_are_shown(tmp_path):
    """Failed checks on days 12 to 20: twelve of 24 ended somewhere in between, six before it and six after."""
    read = [d for d in range(1, 61) if not 12 <= d <= 20]
    before, after = lasting(1, [5] * 6), lasting(10, [25] * 6)
    hidden = [advert(100 + i, (2, 11, 21)) for i in range(12)]
    release = market(tmp_path, *before, *hidden, *after, boards={"acme": read})
    frame = lifetime.survival(release, Selection()).frame
    assert row_at(frame, 9)["survival"] == pytest.approx(0.75)
    assert row_at(frame, 19)["survival"] == pytest.approx(0.25)
    inside = frame[(frame["day"] >= 10) & (frame["day"] <= 19)]
    assert inside["n_exits"].sum() == pytest.approx(12)
    assert row_at(frame, 12)["survival_early"] == pytest.approx(0.25)
    assert row_at(frame, 12)["survival_late"] == pytest.approx(0.75)
    row = lifetime.medians(release, Selection()).frame.iloc[0]
    assert (row["median_days_early"], row["median_days_late"]) == (10, 19)
    assert 10 <= row["median_days"] <= 19


def test_partial_looks_before_the_first_complete_one_put_nothing_at_risk(tmp_path):
    """Seen on day 3, gone at the first complete look on day 5: others like it may never have been seen."""
    release = market(
        tmp_path,
        *lasting(1, [20] * 20, start=6),
        advert(90, (3, 3, 5), stated=3),
        boards={"acme": range(5, 61)},
    )
    assert lifetime.medians(release, Selection()).frame.iloc[0]["n"] == 20


def test_snapshots_and_flows_have_no_lifetime(tmp_path):
    past = advert(90, (2, 5, 6), origin="snapshot")
    thread = posting(91, START)
    release = market(tmp_path, *lasting(1, [5] * 6), past, (thread, []))
    measure = lifetime.survival(release, Selection())
    assert measure.coverage.n_openings == 6 and measure.frame["at_risk"].max() == 6


# --- what is withheld -----------------------------------------------------------------------------


def test_small_numbers(tmp_path):
    few = lifetime.survival(market(tmp_path / "few", *lasting(1, range(1, 20))), Selection())
    assert few.coverage.withheld is Withheld.FEW_OPENINGS and few.coverage.figure.value is None
    assert few.frame["survival"].notna().all()
    ends = lasting(1, [5] * 9) + [advert(50 + i, (2, 4, None)) for i in range(40)]
    rare = lifetime.survival(market(tmp_path / "rare", *ends), Selection())
    assert rare.coverage.withheld is Withheld.FEW_EXITS
    four = lifetime.survival(market(tmp_path / "four", *lasting(1, [5] * 4)), Selection())
    assert set(four.frame["withheld"]) == {"few_openings"} and four.frame["survival"].isna().all()
    assert four.frame["n_exits"].sum() == 4
    two = lifetime.exits(market(tmp_path / "two", *lasting(1, [5] * 9, employer_key="one")), Selection())
    assert set(two.frame["withheld"]) == {"few_employers"} and two.frame["share"].isna().all()
    assert two.coverage.withheld is Withheld.FEW_EMPLOYERS


def test_a_median_is_withheld_where_an_age_before_it_was_not_observed(tmp_path):
    """New adverts were followed for 9 days, the old ones entered at 100: nothing is known of day 50."""
    new = [advert(i, (51, 60, None)) for i in range(1, 16)]
    old = [advert(100 + i, (1, 20 + i, 21 + i), stated=-99) for i in range(15)]
    measure = lifetime.survival(market(tmp_path, *new, *old), Selection())
    assert measure.frame["day"].max() == 9
    assert measure.coverage.withheld is Withheld.UNSEEN_AGES
    assert "n = 30, none was under observation" in measure.coverage.sentence("en")


def test_nothing_listed_is_a_typed_answer(tmp_path):
    release = release_of(tmp_path, [posting(1, START)])
    for measure in (lifetime.survival, lifetime.exits, lifetime.reposts, lifetime.spell_counts):
        found = measure(release, Selection())
        assert found.frame.empty and found.coverage.withheld is Withheld.FEW_OPENINGS
    assert lifetime.medians(release, Selection()).frame["withheld"].tolist() == ["few_openings"] * 3
    assert lifetime.advert_facts(release, Selection()).frame.empty
    assert set(lifetime.advert_fact_shares(release, Selection()).frame["withheld"]) == {"few_openings"}
    with pytest.raises(ValueError, match="role"):
        lifetime.survival(release, Selection(), unit="role")


# --- units ----------------------------------------------------------------------------------------


def test_an_opening_is_up_while_any_of_its_adverts_is(tmp_path):
    first = advert(1, (2, 10, 11))
    again = advert(2, (8, 20, 21), opening_key="lever:1")
    soon = advert(3, (24, 30, 31), opening_key="lever:1")  # three days later: no end
    late = advert(4, (35, 40, 41), opening_key="lever:1")  # four days later: a new stay
    found = stays(market(tmp_path, first, again, soon, late), Selection())
    lengths = (found.gone - found.first).tolist()
    assert lengths == [29, 6] and found.number.tolist() == [0, 1]
    release = market(tmp_path / "units", first, again, soon, late)
    assert len(stays(release, Selection(), unit="posting")) == 4


def test_spells_of_a_posting_are_units_of_their_own_only_when_asked(tmp_path):
    release = market(tmp_path, *[advert(i, (2, 5, 6), (20, 29, 30)) for i in range(1, 8)])
    frame = lifetime.medians(release, Selection()).frame.set_index("unit")
    assert frame["n"].to_dict() == {"opening": 7, "posting": 7, "spell": 14}
    spells = lifetime.survival(release, Selection(), unit="spell").frame
    assert row_at(spells, 5)["survival"] == pytest.approx(0.5)
    assert row_at(lifetime.survival(release, Selection()).frame, 5)["survival"] == 0


def test_an_opening_whose_first_day_is_not_dated_is_not_dated_by_a_later_copy(tmp_path):
    unknown = advert(1, (1, 30, 31))
    copy = advert(2, (15, 30, 31), opening_key="lever:1")
    assert not only(market(tmp_path, unknown, copy)).is_dated[0]


def test_an_opening_open_at_one_place_is_open(tmp_path):
    gone, stays_up = advert(1, (2, 10, 11)), advert(2, (5, 20, None), board="beta", opening_key="lever:1")
    release = market(tmp_path, gone, stays_up, boards={"acme": range(1, 61), "beta": range(1, 21)})
    found = only(release)
    assert found.ending[0] == 0 and found.cut[0] - found.first[0] == 18


# --- exits ----------------------------------------------------------------------------------------


def exits_market(folder):
    """Of 20: 8 vanish after 5 days (2 of them come back), 4 go with an emptied board after 10, 4 with a lost
    board after 15, 4 stay."""
    gone = lasting(1, [5] * 6)
    again = [advert(10 + i, (2, 6, 7), (17, 60, None)) for i in range(2)]
    emptied = lasting(20, [10] * 4, exit="emptied")
    lost = lasting(30, [15] * 4, exit="board_gone")
    return market(folder, *gone, *again, *emptied, *lost, *[advert(40 + i, (2, 60, None)) for i in range(4)])


def test_exits_and_what_is_open_sum_to_one_on_every_day(tmp_path):
    frame = lifetime.exits(exits_market(tmp_path), Selection()).frame
    assert frame.groupby("day")["share"].sum().tolist() == pytest.approx([1] * frame["day"].nunique())
    last = frame[frame["day"] == 58].set_index("exit")["share"].to_dict()
    expected = {"open": 0.2, "vanished": 0.3, "emptied": 0.2, "board_gone": 0.2, "reposted": 0.1}
    assert last == pytest.approx(expected)
    counts = frame.groupby("exit")["n_exits"].sum().to_dict()
    assert counts == {"open": 0, "vanished": 6, "emptied": 4, "board_gone": 4, "reposted": 2}


def test_a_lost_board_is_a_cut_for_survival_and_an_exit_for_exits(tmp_path):
    release = exits_market(tmp_path)
    survival = row_at(lifetime.survival(release, Selection()).frame, 58)["survival"]
    assert survival == pytest.approx(0.4)
    open_ = lifetime.exits(release, Selection()).frame.query("exit == 'open' and day == 58")["share"].item()
    assert open_ == pytest.approx(0.2)


# --- reposts --------------------------------------------------------------------------------------


def test_the_share_reposted_counts_each_ended_opening_for_as_long_as_it_was_followed(tmp_path):
    """Ten gone on day 7, two back on day 17; ten gone on day 57, followed for three days only."""
    long_ago = lasting(1, [5] * 8) + [advert(10 + i, (2, 6, 7), (17, 60, None)) for i in range(2)]
    lately = [advert(30 + i, (2, 56, 57)) for i in range(10)]
    measure = lifetime.reposts(market(tmp_path, *long_ago, *lately), Selection())
    at = measure.frame.set_index("day")
    assert at.loc[10, ["at_risk", "n_reposted"]].tolist() == [10, 2]
    assert at.loc[10, "share"] == pytest.approx(0.2)
    assert at.loc[10, "share_low"] < 0.2 < at.loc[10, "share_high"]
    assert measure.coverage.withheld is Withheld.FEW_DAYS and measure.coverage.figure.value is None


def test_the_share_reposted_within_sixty_days(tmp_path):
    """Of ten, three come back on days 10, 30 and 61 after their end: two of them are reposts."""
    read = {"acme": range(1, 101)}
    back = [advert(i, (2, 6, 7), (7 + gap, 100, None)) for i, gap in enumerate((10, 30, 61), 1)]
    release = market(tmp_path, *back, *lasting(10, [5] * 7), boards=read)
    figure = lifetime.reposts(release, Selection()).coverage.figure
    assert figure.value == pytest.approx(0.2) and figure.low < 0.2 < figure.high
    assert figure.unit == "share"


def test_openings_by_number_of_spells(tmp_path):
    release = market(
        tmp_path, *lasting(1, [5] * 8), *[advert(20 + i, (2, 6, 7), (20, 30, 31)) for i in range(2)]
    )
    frame = lifetime.spell_counts(release, Selection()).frame
    assert frame[["n_spells", "n_openings", "n_all"]].values.tolist() == [[1, 8, 10], [2, 2, 10]]
    assert frame["share"].tolist() == [0.8, 0.2]
    assert frame.loc[1, "share_low"] == pytest.approx(0.0567, abs=1e-4)  # Wilson for 2 of 10


# --- facts ----------------------------------------------------------------------------------------


def test_facts_of_an_advert(tmp_path):
    up = advert(1, (1, 60, None), stated=-40, n_versions=2, changed_on=day(41), title="Prompt Engineer")
    gone = advert(2, (5, 9, 10), (30, 39, 40), n_versions=1, title=None)
    copy = advert(3, (31, 33, 34), source="greenhouse", opening_key="lever:2", n_versions=1)
    frame = lifetime.advert_facts(market(tmp_path, up, gone, copy), Selection()).frame
    first, second = frame.to_dict("records")
    assert (first["opening_key"], first["days_listed"], first["days_unchanged"]) == ("lever:1", 60, 20)
    assert first["was_listed_at_first_check"] and first["is_open"] and first["days_stated_before"] == 41
    assert number_of(first["stated_on"]) == -40 and first["n_versions"] == 2
    assert (second["n_spells"], second["n_postings"], list(second["sources"])) == (
        2,
        2,
        ["greenhouse", "lever"],
    )
    assert not second["is_open"] and second["days_listed"] == 10 and second["title"] is None
    assert (number_of(second["first_listed"]), number_of(second["last_listed"])) == (5, 39)
    assert not second["was_listed_at_first_check"]


def test_facts_accuse_nobody_and_are_no_score(tmp_path):
    measure = lifetime.advert_facts(market(tmp_path, *lasting(1, [5])), Selection())
    assert not {"score", "ghost", "fake"} & set(measure.frame.columns)
    words = " ".join(measure.coverage.note).lower()
    assert "no judgement" in words and not {"ghost", "fake", "fantôme"} & set(words.split())


def test_how_common_facts_are(tmp_path):
    """Of 12 listed for all 60 days 3 were reworded; of 10 new ones 4 state a day over 30 days before."""
    same = [advert(i, (1, 60, None), stated=1, n_versions=1) for i in range(1, 10)]
    reworded = [advert(10 + i, (1, 60, None), stated=1, n_versions=2, changed_on=day(30)) for i in range(3)]
    new = [advert(20 + i, (40, 45, 46), stated=2 if i < 4 else 40) for i in range(10)]
    frame = lifetime.advert_fact_shares(market(tmp_path, *same, *reworded, *new), Selection()).frame
    at = frame.set_index("fact")
    assert at.loc["unchanged_60", "share"] == pytest.approx(9 / 12)
    assert at.loc["stated_earlier_30", ["n_openings", "share"]].tolist() == [10, 0.4]
    assert at.loc["several_sources", "share"] == 0
    assert at.loc["listed_180", "withheld"] == "few_days" and at["share"].isna()["listed_180"]
