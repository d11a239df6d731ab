"""Demand on rows written out: holes, true zeros, shares, provisional months, and the stock identity."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.measures import demand
from data.measures.reasons import Withheld, gap_sentence
from data.measures.selection import Selection
from tests.measures.markets import checked, posting, release_of, spell


def rows(measure, *names):
    return [tuple(row) for row in measure.frame[list(names)].itertuples(index=False)]


def months(*numbers, year=2024, start=0, **given):
    return [posting(start + i, date(year, number, 2), **given) for i, number in enumerate(numbers)]


def test_a_month_without_any_advert_is_a_hole_and_one_without_ours_a_true_zero(tmp_path):
    ours = months(1, 1, 1, 1, 1)
    others = months(1, 2, 4, start=100, prompt_relation="none")
    frame = demand.flow_by_month(release_of(tmp_path, ours + others), Selection()).frame
    assert list(frame["month"].dt.month) == [1, 2, 3, 4]
    assert list(frame["is_covered"]) == [True, True, False, True]
    assert frame["n_openings"].isna().tolist() == [False, False, True, False]
    assert list(frame["n_openings"].dropna()) == [5, 0, 0]
    assert frame.loc[1, "n_high"] == pytest.approx(3.689, abs=1e-3)
    assert frame.loc[1, "share_per_10k"] == 0 and 0 < frame.loc[1, "share_high"] < 10_000
    assert frame.loc[2, ["n_postings", "n_all", "n_low", "share_per_10k"]].isna().all()
    assert frame.loc[2, "reason"] == "no_adverts:hackernews"
    assert frame["withheld"].isna().all()


def test_a_share_below_the_cell_rule_is_withheld_but_its_count_is_not(tmp_path):
    rare = months(1, 1, 1, 2, 2, 2, 2, 2) + months(3, 3, 3, 3, 3, start=50, employer_key="one")
    others = months(*[1, 2, 3] * 20, start=100, prompt_relation="none")
    frame = demand.flow_by_month(release_of(tmp_path, rare + others), Selection()).frame
    assert list(frame["n_openings"]) == [3, 5, 5]
    assert list(frame["withheld"]) == ["few_openings", None, "few_employers"]
    assert frame["share_per_10k"].isna().tolist() == [True, False, True]
    assert frame.loc[1, "share_per_10k"] == pytest.approx(10_000 * 5 / 25)


def test_the_denominator_follows_every_filter_but_the_role(tmp_path):
    ours = months(1, 1, 1, 1, 1, countries=["US"])
    others = months(1, 1, start=100, prompt_relation="none", countries=["US"])
    elsewhere = months(1, 1, 1, start=200, prompt_relation="none", countries=["FR"])
    unread = months(1, 1, start=300, prompt_relation=None, countries=["US"])
    release = release_of(tmp_path, ours + others + elsewhere + unread)
    assert rows(demand.flow_by_month(release, Selection(country=("US",))), "n_openings", "n_all") == [(5, 7)]
    assert rows(demand.flow_by_month(release, Selection()), "n_openings", "n_all") == [(5, 10)]


def test_a_repost_counts_as_an_advert_not_as_a_new_opening(tmp_path):
    first, again = months(1, 3)
    again |= {"opening_key": first["opening_key"], "is_repost": True}
    quiet = months(2, start=9, prompt_relation="none")
    measure = demand.flow_by_month(release_of(tmp_path, [first, again, *quiet]), Selection())
    assert rows(measure, "n_postings", "n_openings", "n_new") == [(1, 1, 1), (0, 0, 0), (1, 1, 0)]
    assert measure.coverage.n_openings == 1


def test_the_month_of_the_release_and_months_with_a_missing_source_are_provisional(tmp_path):
    hn = months(5, 8, year=2026)
    lever = months(5, 6, 7, 8, year=2026, start=50, source="lever")
    frame = demand.flow_by_month(release_of(tmp_path, hn + lever), Selection()).frame
    assert list(frame["is_provisional"]) == [False, True, True, True]
    assert list(frame["reason"]) == [None, "no_adverts:hackernews", "no_adverts:hackernews", "incomplete"]
    only = demand.flow_by_month(release_of(tmp_path / "b", hn + lever), Selection(source=("lever",))).frame
    assert list(only["is_provisional"]) == [False, False, False, True]


def test_picked_samples_and_imports_are_no_demand(tmp_path):
    picked = months(1, 1, 3, start=50, source="sample") + months(2, start=80, source="lever", origin="import")
    release = release_of(tmp_path, months(1, 2) + picked)
    measure = demand.flow_by_month(release, Selection())
    assert rows(measure, "n_postings", "n_all") == [(1, 1), (1, 1)]
    assert measure.coverage.sources == ("hackernews",) and measure.coverage.withheld is None
    only = demand.flow_by_month(release, Selection(source=("sample",)))
    assert only.frame.empty and only.coverage.withheld is Withheld.SAMPLE
    assert "n = 3" in only.coverage.sentence("fr")


def test_a_thread_read_in_part_makes_its_month_provisional(tmp_path):
    threads = [
        checked("hackernews", "2024-01", date(2024, 1, 9)),
        checked("hackernews", "2024-02", date(2024, 2, 9), "partial"),
    ]
    frame = demand.flow_by_month(release_of(tmp_path, months(1, 2), coverage=threads), Selection()).frame
    assert list(frame["reason"]) == [None, "boards_failed:hackernews"]


def test_listings_seen_only_later_are_said_to_be_backfilled(tmp_path):
    listed = {"source": "lever", "lifecycle": "listing", "board": "acme", "origin": "live"}
    coverage = [checked("lever", "acme", date(2026, 6, day)) for day in (3, 4)]
    release = release_of(tmp_path, months(4, 6, year=2026, **listed), coverage=coverage)
    frame = demand.flow_by_month(release, Selection()).frame
    assert frame["n_backfilled"].fillna(-1).tolist() == [1, -1, 0]
    assert list(frame["reason"]) == ["before_first_check", "no_check", None]
    assert list(frame["is_covered"]) == [True, False, True]
    assert list(frame["is_provisional"]) == [True, False, False]


def test_by_year_and_by_quarter_add_up_to_the_months(tmp_path):
    release = release_of(tmp_path, months(1, 2, 5, 11) + months(1, 1, year=2025, start=50))
    by = {
        grain: demand.flow(release, Selection(), grain=grain).frame for grain in ("month", "quarter", "year")
    }
    assert list(by["year"]["n_openings"]) == [4, 2]
    assert list(by["year"]["reason"]) == ["no_adverts:hackernews", "part_observed"]
    assert by["year"]["is_provisional"].all()
    assert {grain: int(frame["n_openings"].sum()) for grain, frame in by.items()} == dict.fromkeys(by, 6)
    with pytest.raises(KeyError):
        demand.flow(release, Selection(), grain="decade")


def test_relations_ignore_the_role_and_fill_observed_months(tmp_path):
    adverts = months(1, 1, 1) + months(1, 3, start=50, prompt_relation="required")
    frame = demand.by_relation_month(release_of(tmp_path, adverts), Selection(role="title")).frame
    assert len(frame) == 3 * 5
    january = frame[frame["month"].dt.month == 1].set_index("relation")
    assert january["n_openings"].to_dict() == {
        "title": 3,
        "core": 0,
        "required": 1,
        "preferred": 0,
        "mention": 0,
    }
    assert set(january["n_all"]) == {4}
    assert frame[frame["month"].dt.month == 2]["n_openings"].isna().all()


def test_an_empty_selection_gives_an_empty_frame_with_its_columns(tmp_path):
    measure = demand.flow_by_month(release_of(tmp_path, months(1)), Selection(source=("lever",)))
    assert measure.frame.empty and "withheld" in measure.frame.columns
    assert measure.coverage.n_openings == 0 and measure.coverage.disclosure is None


DAY = date(2026, 6, 1)


def day(number):
    return DAY + timedelta(days=number)


def listed(number, opening=None, **given):
    row = posting(number, DAY, source="lever", lifecycle="listing", board="acme", origin="live", **given)
    return row | {"opening_key": opening or row["opening_key"]}


def test_stock_over_a_failed_day_is_a_hole_and_closes_nothing(tmp_path):
    coverage = [checked("lever", "acme", day(i), "failed" if i == 2 else "complete") for i in range(6)]
    spells = [spell("lever:1", day(0), day(3), day(4)), spell("lever:2", day(1), day(5), None)]
    release = release_of(tmp_path, [listed(1), listed(2)], coverage=coverage, spells=spells)
    measure = demand.stock_by_day(release, Selection())
    frame = measure.frame
    assert frame["n_open"].fillna(-1).tolist() == [1, 2, -1, 2, 1, 1]
    assert frame["n_new"].tolist() == [1, 1, 0, 0, 0, 0]
    assert frame["n_first_check"].tolist() == [1, 0, 0, 0, 0, 0]
    assert frame["n_closed"].tolist() == [0, 0, 0, 0, 1, 0]
    assert frame.loc[2, "reason"] == "boards_failed" and not frame.loc[2, "is_covered"]


def test_stock_counts_an_opening_once_however_many_adverts_it_has(tmp_path):
    coverage = [checked("lever", "acme", day(i)) for i in range(8)]
    spells = [
        spell("lever:1", day(0), day(2), day(3)),
        spell("lever:2", day(2), day(4), day(5)),
        spell("lever:1", day(5), day(7), None, 2),
    ]
    release = release_of(tmp_path, [listed(1), listed(2, "lever:1")], coverage=coverage, spells=spells)
    frame = demand.stock_by_day(release, Selection()).frame
    assert frame["n_open"].tolist() == [1] * 8
    assert frame["n_closed"].sum() == 0


def test_a_day_nobody_checked_is_a_hole_with_its_reason(tmp_path):
    coverage = [checked("lever", "acme", day(i)) for i in (0, 2)]
    release = release_of(
        tmp_path, [listed(1)], coverage=coverage, spells=[spell("lever:1", day(0), day(2), None)]
    )
    frame = demand.stock_by_day(release, Selection()).frame
    assert frame["reason"].tolist() == [None, "no_check", None]
    assert frame["n_open"].isna().tolist() == [False, True, False]


OUTCOMES = st.sampled_from(["complete", "unchanged", "partial", "failed", "empty"])
LIVES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 11), st.integers(1, 6), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(outcomes=st.lists(OUTCOMES, min_size=12, max_size=12), lives=LIVES)
def test_the_stock_identity_holds_exactly(tmp_path_factory, outcomes, lives):
    coverage = [checked("lever", "acme", day(i), outcome) for i, outcome in enumerate(outcomes)]
    covered = [i for i, outcome in enumerate(outcomes) if outcome in ("complete", "unchanged")]
    postings = [listed(n, f"opening {opening}") for n, (opening, *_) in enumerate(lives)]
    spells = []
    for n, (_, start, length, closes) in enumerate(lives):
        gone = next((i for i in covered if i >= start + length), None) if closes else None
        spells.append(spell(f"lever:{n}", day(start), day(start), None if gone is None else day(gone)))
    release = release_of(tmp_path_factory.mktemp("r"), postings, coverage=coverage, spells=spells)
    frame = demand.stock_by_day(release, Selection()).frame
    stock = 0
    for row in frame.itertuples():
        stock += row.n_new - row.n_closed
        assert row.is_covered == (row.boards_covered > 0)
        if row.is_covered:
            assert row.n_open == stock == _open_on(row.day.date(), spells, postings, covered)
        else:
            assert row.n_new == row.n_closed == 0
    release.close()


def _open_on(today, spells, postings, covered):
    """Openings with a spell that a covered day up to today has shown and no covered day has ended."""
    found = set()
    for entry, advert in zip(spells, postings, strict=True):
        first = next((day(i) for i in covered if day(i) >= entry["first_seen"]), None)
        gone = entry["gone_by"]
        if first is not None and first <= today and (gone is None or today < gone):
            found.add(advert["opening_key"])
    return len(found)


def test_benchmarks_follow_the_countries(tmp_path):
    series = [
        {"series": "indeed_ai_share", "country": c, "day": DAY, "value": v}
        for c, v in (("US", 5.9), ("FR", 3.9))
    ]
    release = release_of(tmp_path, months(1), benchmarks=series)
    assert rows(demand.benchmarks(release, countries=("FR",)), "country", "value") == [("FR", 3.9)]
    assert rows(demand.benchmarks(release, Selection(country=("US",))), "value") == [(5.9,)]
    assert len(demand.benchmarks(release).frame) == 2


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_gaps_have_sentences(lang):
    assert "hackernews, lever" in gap_sentence("no_adverts:hackernews,lever", lang)
    assert gap_sentence("no_check", lang) and gap_sentence("incomplete", lang)
