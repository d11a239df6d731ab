"""Levels, demands, shares over time, churn, studies and headings on rows written out."""

from datetime import date
from itertools import count

import pytest

from data.errors import SelectionError
from data.measures import skills
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.skill_studies import _listed, _skill_headings, _studies
from tests.measures.markets import checked, posting, release_of

NAMES = [
    {
        "skill_id": "python",
        "label_en": "Python",
        "label_fr": "Python",
        "kind": "language",
        "parent": "programming",
    },
    {"skill_id": "prompting", "label_en": "Prompting", "label_fr": "Prompting", "kind": "t", "parent": "llm"},
    {
        "skill_id": "few-shot",
        "label_en": "Few-shot",
        "label_fr": "Few-shot",
        "kind": "t",
        "parent": "prompting",
    },
    {"skill_id": "gpt", "label_en": "GPT", "label_fr": "GPT", "kind": "model", "parent": "llm"},
]


def names(skill, numbers, level="required"):
    return [
        {"posting_key": f"hackernews:{n}", "skill_id": skill, "level": level, "surface": None}
        for n in numbers
    ]


def asks(soft, numbers):
    return [{"posting_key": f"hackernews:{n}", "soft": soft} for n in numbers]


def year_of(year, first, n, **given):
    """`n` openings spread over the months of a year, each by an employer of its own."""
    return [posting(first + i, date(year, 1 + i % 12, 2), **given) for i in range(n)]


def row(measure, **wanted):
    frame = measure.frame
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    (found,) = frame.to_dict("records")
    return found


def test_levels_add_up_and_each_has_its_shares(tmp_path):
    adverts = year_of(2024, 0, 100)
    named = names("python", range(10)) + names("python", range(10, 16), "preferred")
    release = release_of(tmp_path, adverts, skills=named, skill_names=NAMES)
    measure = skills.skill_levels(release, Selection())
    assert measure.frame["n_level"].tolist() == [10, 6, 0]
    assert set(measure.frame["n_openings"]) == {16}
    first = row(measure, level="required")
    assert (first["share"], first["share_naming"]) == (0.1, 10 / 16)
    assert first["share_low"] < 0.1 < first["share_high"]
    assert first["naming_low"] < 10 / 16 < first["naming_high"]
    none = row(measure, level="mentioned")  # of 100 a true 0, of the 16 that name it no
    assert (none["share"] == none["share"], none["withheld"]) == (False, "few_openings")
    with pytest.raises(SelectionError, match="at least 1"):
        skills.skill_levels(release, Selection(), n=0)


def test_demands_take_the_strongest_advert_and_are_corrected_where_errors_are_known(tmp_path):
    adverts = year_of(2024, 0, 60, coding="required", ml="not_mentioned")
    adverts += year_of(2024, 60, 40, coding="not_mentioned", ml="not_mentioned")
    adverts.append(posting(200, date(2024, 3, 2), coding="preferred", opening_key="hackernews:0"))
    adverts.append(posting(201, date(2024, 3, 2), coding=None))
    errors = {
        "subset": "all",
        "field": "coding",
        "value": "required",
        "measure": "f1",
        "n": 200,
        "score": 0.9,
    }
    counts = {"tp": 90, "fp": 10, "fn": 10, "tn": 90, "gold": "labels", "measured_on": date(2026, 1, 1)}
    release = release_of(tmp_path, adverts, accuracy=[errors | counts])
    measure = skills.demands(release, Selection())
    required = row(measure, fact="coding", level="required")
    assert (required["n_openings"], required["n_all"], required["share"]) == (60, 100, 0.6)
    assert required["share_corrected"] == pytest.approx((0.6 + 0.9 - 1) / 0.8)
    assert measure.coverage.figure.value == 0.6
    preferred = row(measure, fact="coding", level="preferred")
    assert (preferred["n_openings"], preferred["share"], preferred["uncorrected"]) == (0, 0.0, "not_measured")
    assert len(measure.frame[measure.frame["fact"] == "ml"]) == 3
    assert row(measure, fact="ml", level="not_mentioned")["share"] == 1.0


def test_a_corrected_list_needs_errors_of_the_very_skill(tmp_path):
    base = {
        "subset": "all",
        "measure": "f1",
        "n": 200,
        "score": 0.9,
        "gold": "g",
        "measured_on": date(2026, 1, 1),
    }
    errors = [
        base | {"field": "skills", "value": "python", "tp": 90, "fp": 10, "fn": 10, "tn": 90},
        base | {"field": "soft", "value": "communication", "tp": 90, "fp": 10, "fn": 10, "tn": 90},
    ]
    named = names("python", range(50)) + names("gpt", range(30))
    soft = asks("communication", range(40)) + asks("creativity", range(20))
    release = release_of(
        tmp_path, year_of(2024, 0, 100), skills=named, soft=soft, skill_names=NAMES, accuracy=errors
    )
    listed = skills.top_skills(release, Selection(), corrected=True)
    assert row(listed, skill_id="python")["share_corrected"] == pytest.approx(0.5)
    assert row(listed, skill_id="gpt")["uncorrected"] == "not_measured"
    assert "share_corrected" not in skills.top_skills(release, Selection()).frame
    at_level = skills.top_skills(release, Selection(), level="required", corrected=True)
    assert set(at_level.frame["uncorrected"]) == {"not_measured"}
    human = skills.soft_skills(release, Selection(), corrected=True)
    assert row(human, soft="communication")["share_corrected"] == pytest.approx(0.375)
    assert row(human, soft="creativity")["uncorrected"] == "not_measured"


@pytest.fixture
def series(tmp_path):
    """2023 without March to May, 60 openings each in 2022 to 2024 and a few in 2026 (made in August 2026)."""
    number = count()
    adverts = [
        posting(next(number), date(year, month, 2))
        for year in (2022, 2023, 2024, 2025)
        for month in range(1, 13)
        for _ in range(10)
        if (year, month) not in {(2023, 4), (2023, 5), (2023, 6)}
    ]
    adverts += [posting(next(number), date(2026, 8, 2)) for _ in range(5)]
    by_year = {
        year: [int(a["posting_key"][11:]) for a in adverts if a["dated_on"].year == year]
        for year in range(2022, 2027)
    }
    named = names("python", by_year[2022][:30] + by_year[2023][:30] + by_year[2024][:40] + by_year[2025][:40])
    named += names("gpt", by_year[2024][:1] + by_year[2025][:60])
    named += names("few-shot", by_year[2024][:50]) + names(
        "prompting", by_year[2024][:15] + by_year[2025][:60]
    )
    coverage = [checked("hackernews", a["board"], a["dated_on"]) for a in adverts]
    return release_of(tmp_path, adverts, skills=named, skill_names=NAMES, coverage=coverage)


def test_over_time_holes_are_holes_and_the_last_period_is_provisional(series):
    measure = skills.skills_over_time(series, Selection(), skill_ids=["python", "unknown"])
    hole = row(measure, month="2023-04-01", skill_id="python")
    assert (hole["is_covered"], hole["withheld"], hole["reason"]) == (False, None, "no_adverts:hackernews")
    assert measure.frame.loc[measure.frame["month"] == "2023-04-01", "n_all"].isna().all()
    last = measure.frame.iloc[-1]
    assert (str(last["month"].date()), last["is_provisional"]) == ("2026-07-01", True)
    first = row(measure, month="2022-01-01", skill_id="python")
    assert (first["n_openings"], first["n_all"], first["share"]) == (30, 30, 1.0)
    assert row(measure, month="2022-04-01", skill_id="python")["withheld"] == "few_openings"
    assert row(measure, month="2022-01-01", skill_id="unknown")["label_en"] == "unknown"
    assert "only high shares" in measure.coverage.note[0]
    whole = skills.skills_over_time(series, Selection(), skill_ids=["unknown"], grain="year")
    assert row(whole, month="2022-01-01")["share"] == 0.0


def test_over_time_at_a_level_and_by_grain(series):
    years = skills.skills_over_time(series, Selection(), skill_ids=["python"], level="required", grain="year")
    assert years.frame["share"].tolist()[:2] == [0.25, 30 / 90]
    none = skills.skills_over_time(series, Selection(), skill_ids=["python"], level="preferred", grain="year")
    assert none.frame["n_openings"].tolist()[:2] == [0, 0]
    assert len(skills.skills_over_time(series, Selection(), grain="year").frame["skill_id"].unique()) == 4
    with pytest.raises(SelectionError, match="grain"):
        skills.skills_over_time(series, Selection(), grain="week")
    with pytest.raises(SelectionError, match="level"):
        skills.skills_over_time(series, Selection(), level="vital")


def test_picked_adverts_are_no_series(tmp_path):
    release = release_of(tmp_path, [posting(1, date(2024, 1, 2), source="sample", origin="import")])
    measure = skills.skills_over_time(release, Selection())
    assert measure.frame.empty
    assert measure.coverage.withheld is Withheld.SAMPLE
    assert skills.churn(release, Selection()).coverage.withheld is Withheld.SAMPLE


def test_churn_names_what_chance_hardly_explains(series):
    measure = skills.churn(series, Selection())
    # 2023 has a hole, so the only two complete years in a row are 2024 and 2025.
    assert {str(day.date()) for day in measure.frame["month"]} == {"2025-01-01"}
    changes = dict(zip(measure.frame["skill_id"], measure.frame["change"], strict=True))
    assert changes == {"gpt": "entered", "few-shot": "left", "prompting": "rose", "python": None}
    gpt = row(measure, skill_id="gpt")
    assert (gpt["n_before"], gpt["n_openings"], gpt["withheld"]) == (1, 60, "few_openings")
    assert gpt["difference"] != gpt["difference"]  # would give the withheld share away
    prompting = row(measure, skill_id="prompting")
    assert prompting["difference"] == pytest.approx(45 / 120)
    assert prompting["difference_low"] > 0
    assert (measure.frame["q_value"] >= measure.frame["p_value"]).all()
    python = row(measure, skill_id="python")
    assert (python["difference"], python["p_value"]) == (0.0, 1.0)


def test_turnover_counts_the_list(series):
    measure = skills.turnover(series, Selection())
    (found,) = measure.frame.to_dict("records")
    assert (found["n_before"], found["n_listed"]) == (3, 3)
    assert (found["n_entered"], found["n_left"], found["n_rose"], found["n_fell"]) == (1, 1, 1, 0)
    assert found["turnover"] == found["turnover_raw"] == pytest.approx(2 / 6)
    assert 0 < found["turnover_by_chance"] < 0.01
    assert measure.coverage.figure.value == found["turnover"]
    few = skills.turnover(series, Selection(remote=("remote",)))
    assert few.coverage.withheld is Withheld.ONE_PERIOD


def test_an_absence_among_few_openings_is_no_entry(tmp_path):
    adverts = year_of(2022, 0, 24) + year_of(2023, 100, 24) + year_of(2024, 200, 24) + year_of(2025, 300, 12)
    named = names("gpt", range(200, 224))
    coverage = [checked("hackernews", a["board"], a["dated_on"]) for a in adverts]
    release = release_of(tmp_path, adverts, skills=named, coverage=coverage)
    gpt = row(skills.churn(release, Selection()), month="2024-01-01")
    assert gpt["q_value"] < 0.05
    assert gpt["change"] is None
    turnover = row(skills.turnover(release, Selection()), month="2024-01-01")
    assert (turnover["withheld"], turnover["n_entered"]) == ("few_openings", 0)


def test_studies_leave_their_own_sample_out_unless_asked(tmp_path):
    sample = [
        posting(
            i, date(2025, 5, 2), source="prompt_engineer_ads", posting_key=f"hackernews:{i}", remote="remote"
        )
        for i in range(20)
    ]
    ours = year_of(2024, 100, 40, remote="onsite", has_pay=True)
    named = names("python", range(20)) + names("python", range(100, 110)) + names("gpt", range(100, 106))
    named += names("chatgpt", range(104, 110))
    release = release_of(tmp_path, sample + ours, skills=named, soft=asks("communication", range(100, 120)))
    measure = skills.studies(release, Selection())
    python = row(measure, item="python")
    assert (python["n_openings"], python["n_all"], python["share"], python["n_shared"]) == (10, 40, 0.25, 0)
    assert (python["study_k"], python["study_n"]) == (57, 101)
    assert python["study_low"] < 57 / 101 < python["study_high"]
    assert row(measure, item="gpt")["n_openings"] == 10  # one opening counts once for either name
    assert row(measure, item="pay_stated")["share"] == 1.0
    assert row(measure, item="onsite")["share"] == 1.0
    assert row(measure, item="communication")["share"] == 0.5
    assert measure.coverage.n_openings == 40
    asked = skills.studies(release, Selection(source=("prompt_engineer_ads",)))
    assert (row(asked, item="python")["n_openings"], row(asked, item="python")["n_shared"]) == (20, 20)
    assert asked.coverage.n_openings == 20


def test_headings_share_mentions_and_openings(tmp_path):
    named = names("few-shot", range(10)) + names("gpt", range(20)) + names("python", range(10))
    release = release_of(
        tmp_path, year_of(2024, 0, 40), skills=named, soft=asks("communication", range(10)), skill_names=NAMES
    )
    measure = skills.headings(release, Selection())
    prompts = row(measure, heading="prompt_design")
    assert (prompts["n_mentions"], prompts["n_mentions_all"]) == (10, 50)
    assert (prompts["mention_share"], prompts["mention_share_of_kind"], prompts["share"]) == (0.2, 0.25, 0.25)
    assert prompts["mention_low"] < 0.2 < prompts["mention_high"]
    assert row(measure, heading="ai_knowledge")["n_mentions"] == 20
    assert row(measure, heading="communication")["mention_share_of_kind"] == 1.0
    creative = row(measure, heading="creative_problem_solving")
    assert (creative["withheld"], creative["study_share"]) == ("few_openings", 0.158)
    assert creative["mention_share"] != creative["mention_share"]


def test_a_skill_has_the_heading_of_the_nearest_thing_it_is_a_kind_of(tmp_path):
    release = release_of(tmp_path, [posting(1, date(2024, 1, 2))], skill_names=NAMES)
    assert _skill_headings(release) == {
        "prompting": "prompt_design",
        "few-shot": "prompt_design",
        "gpt": "ai_knowledge",
    }


def test_the_reference_tables_name_what_exists():
    import csv
    from importlib import resources

    def ids(name, column="id"):
        file = resources.files("data") / "reference" / f"{name}.csv"
        return {line[column] for line in csv.DictReader(file.read_text("utf-8").splitlines())}

    known = ids("skills") | ids("skill_groups")
    assert set(_listed("skill")) <= known
    assert set(_listed("soft")) <= set(skills.SOFT_LABELS)
    for study in _studies("adverts"):
        for counted in study["ids"].split("|"):
            kind, _, name = counted.partition(":")
            allowed = {
                "skill": known,
                "soft": set(skills.SOFT_LABELS),
                "remote": {"onsite", "remote", "hybrid"},
                "pay": {"stated"},
            }
            assert name in allowed[kind]
    assert {study["item"] for study in _studies("mentions")} == set(_listed("skill").values()) | set(
        _listed("soft").values()
    )
