"""The simulator itself: the same seed gives the same market, and both ways to observe it see the same."""

from dataclasses import replace

import numpy as np
import pytest

from data.measures import demand, pay, skills
from data.measures.selection import Selection
from tests.simulator import truth
from tests.simulator.market import draw
from tests.simulator.observer import observe
from tests.simulator.recorded import recorded
from tests.simulator.released import release_of_market, released
from tests.simulator.setting import Copies, Errors, Lifetime, Pay, Setting, Skill, Watch

SMALL = Setting(
    days=100,
    employers=30,
    copies=Copies(0.2, 0.2, 0.1),
    kinds={"payroll": 0.9, "gig_content": 0.1},
    watch=Watch(late=0.3, fails=0.03, outages=(("lever", 50, 54),)),
)


def test_the_same_seed_gives_the_same_market():
    one, other = draw(SMALL, 5), draw(SMALL, 5)
    assert one.postings.equals(other.postings) and one.openings.equals(other.openings)
    assert not one.openings.equals(draw(SMALL, 6).openings)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_both_ways_of_observing_see_the_same(tmp_path, seed):
    """The record's code (presence, guard, openings, pay) against the shortcut that replications take.

    They differ by design where a board that empties is not believed for three days, and on the last days.
    """
    market = draw(SMALL, seed)
    observed = observe(market, seed)
    short = release_of_market(market, observed, seed, tmp_path / "short")
    long = recorded(market, observed, seed, tmp_path / "long")
    sql = "SELECT posting_key, opening_key, is_repost, month, has_pay, pay_usd_min FROM postings ORDER BY posting_key"
    assert short.query(sql).equals(long.query(sql))
    assert demand.flow_by_month(short, Selection()).frame.equals(
        demand.flow_by_month(long, Selection()).frame
    )
    assert pay.pay_overall(short, Selection()).frame.equals(pay.pay_overall(long, Selection()).frame)
    ours, theirs = (demand.stock_by_day(each, Selection()).frame["n_open"] for each in (short, long))
    assert (ours - theirs).abs().max() <= 2 and (ours == theirs).mean() > 0.8
    levels = ("n_openings", "n_required", "share")
    first, second = (skills.top_skills(each, Selection()).frame for each in (short, long))
    assert first[list(levels)].equals(second[list(levels)])


def test_lives_and_arrivals_are_those_asked_for():
    setting = Setting(
        days=400, relations={"title": 5.0}, growth=0.2, role_life=Lifetime(20.0, 1.5), batch=1.5
    )
    market = draw(setting, 1)
    begun = market.openings[market.openings["start"].between(0, 300)]
    assert (begun["end"] - begun["start"]).median() == pytest.approx(20.0, rel=0.05)
    expected = truth.expected_starts(setting, 0, 300)
    assert len(begun) == pytest.approx(expected, rel=0.05)


def test_pay_worked_out_is_pay_drawn():
    setting = Setting(
        days=400,
        relations={"title": 40.0},
        pay=Pay(selection=1.5, seniority=(-0.3, 0.0, 0.4)),
        skills=(Skill("rag", 0.2, senior=4.0, premium=1.2), Skill("python", 0.3, follows="rag", beside=0.8)),
    )
    openings, of = draw(setting, 2).openings, truth.pay(setting)
    assert openings["pay"].median() == pytest.approx(of.median(), rel=0.02)
    stated = openings[openings["states_pay"]]
    assert stated["pay"].median() == pytest.approx(of.median(disclosed=True), rel=0.02)
    assert len(stated) / len(openings) == pytest.approx(of.disclosure, abs=0.01)
    assert (openings["pay"] >= 150_000).mean() == pytest.approx(of.share_from(150_000), abs=0.01)
    for skill in ("rag", "python"):
        assert openings[skill].mean() == pytest.approx(truth.skill_share(setting, skill), abs=0.01)


def test_errors_of_reading_are_those_asked_for(tmp_path):
    errors = Errors(relation_sensitivity=0.8, relation_specificity=0.9)
    setting = replace(SMALL, errors=errors, copies=Copies(), relations={"title": 2.0, "none": 6.0})
    market, release = released(setting, 3, tmp_path)
    read = release.query("SELECT posting_key, prompt_relation FROM postings")
    true = market.openings["relation"][market.postings["opening"]].to_numpy()[
        read["posting_key"].str.split(":").str[1].astype(int)
    ]
    assert (read["prompt_relation"] == "title")[true == "title"].mean() == pytest.approx(0.8, abs=0.06)
    assert (read["prompt_relation"] == "none")[true == "none"].mean() == pytest.approx(0.9, abs=0.03)


def test_an_outage_closes_nothing(tmp_path):
    quiet = replace(SMALL, copies=Copies(), watch=Watch(outages=(("lever", 30, 60), ("greenhouse", 30, 60))))
    _, release = released(quiet, 4, tmp_path)
    frame = demand.stock_by_day(release, Selection()).frame
    assert frame["n_open"][30:61].isna().all() and frame["n_closed"][30:61].sum() == 0
    assert np.array_equal(frame["is_covered"], [not 30 <= day <= 60 for day in range(100)])
