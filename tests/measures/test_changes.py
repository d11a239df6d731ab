"""Releases compared: every cause by itself, sums that are exact whatever happens, revisions, and older releases."""

from __future__ import annotations

import json
import random
import re
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import promptjobs
from data.errors import ReleaseError, SelectionError
from data.measures import changes
from data.measures.change_states import FACTS, WHYS
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.release import CURRENT, Release, open_release
from data.reports import REPORTS
from tests.measures.markets import MADE_AT, posting, release_of

DAY = date(2024, 1, 15)
UNITS = ("postings", "openings", "employers")


def two(folder: Path, before: list[dict], after: list[dict], **given) -> tuple[Release, Release]:
    return release_of(folder / "before", before), release_of(folder / "after", after, **given)


def causes(before: Release, after: Release, selection: Selection | None = None) -> dict[str, tuple[int, ...]]:
    """Cause -> change in adverts, openings, employers, of the causes that concern an advert."""
    frame = changes.compare(before, after, selection or Selection()).frame
    for unit in UNITS:
        assert frame[unit].iloc[:-1].sum() == frame[unit].iloc[-1]
    return {
        row["cause"]: tuple(int(row[unit]) for unit in UNITS) for row in frame.to_dict("records") if row["n"]
    }


def some(*numbers: int, **given) -> list[dict]:
    return [posting(number, DAY, **given) for number in numbers]


ONE = [
    ("withdrawn", some(1, 2), some(1), (-1, -1, -1)),
    ("left_edited", some(1, 2), [*some(1), *some(2, prompt_relation="none", n_versions=2)], (-1, -1, -1)),
    ("left_rules", some(1, 2), [*some(1), *some(2, prompt_relation="none", rules_version="r2")], (-1, -1, -1)),
    ("left_other", some(1, 2), [*some(1), *some(2, prompt_relation="none")], (-1, -1, -1)),
    ("joined_read", [*some(1), *some(2, prompt_relation=None)], some(1, 2), (1, 1, 1)),
    ("joined_edited", [*some(1), *some(2, prompt_relation="none")], [*some(1), *some(2, n_versions=2)], (1, 1, 1)),
    ("joined_rules", [*some(1), *some(2, prompt_relation="none")], [*some(1), *some(2, rules_version="r2")], (1, 1, 1)),
    ("joined_other", [*some(1), *some(2, prompt_relation="none")], some(1, 2), (1, 1, 1)),
    ("split", some(1, 2, opening_key="o"), some(1, 2), (0, 1, 0)),
    ("merged", some(1, 2), some(1, 2, opening_key="o"), (0, -1, 0)),
    ("renamed", some(1, 2), some(1, 2, employer_key="e"), (0, 0, -1)),
    ("late", some(1), some(1, 2), (1, 1, 1)),
    ("new", some(1), [*some(1), posting(2, date(2026, 9, 1))], (1, 1, 1)),
    ("new_source", some(1), [*some(1), *some(2, source="lever")], (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "before", "after", "change"), ONE, ids=[one[0] for one in ONE])
def test_each_cause_by_itself(tmp_path, cause, before, after, change):
    found = causes(*two(tmp_path, before, after))
    assert set(found) == {"before", cause, "after"}
    assert found[cause] == change


def test_every_cause_has_a_row_and_both_names(tmp_path):
    frame = changes.compare(*two(tmp_path, some(1), some(1)), Selection()).frame
    assert list(frame["cause"]) == list(changes.names("cause"))
    assert {one[0] for one in ONE} == set(frame["cause"]) - {"before", "after"}
    assert set(changes.names("fact")) == {*FACTS, "skill", "soft"}
    assert all(
        english and french for kind in ("cause", "fact") for english, french in changes.names(kind).values()
    )


def test_an_advert_more_of_a_known_opening_is_no_new_opening(tmp_path):
    before = some(1, opening_key="o", employer_key="e")
    found = causes(*two(tmp_path, before, [*before, *some(2, opening_key="o", employer_key="e")]))
    assert found["late"] == (1, 0, 0)


def test_a_new_advert_that_joins_two_openings_merges_them(tmp_path):
    found = causes(*two(tmp_path, some(1, 2), some(1, 2, 3, opening_key="o")))
    assert found["merged"] == (0, -1, 0) and found["late"] == (1, 0, 1)


def test_a_split_and_a_merger_that_cancel_out_both_show(tmp_path):
    before = [*some(1, 2, opening_key="a"), *some(3, opening_key="b")]
    after = [*some(1, opening_key="a"), *some(2, 3, opening_key="b")]
    found = causes(*two(tmp_path, before, after))
    assert (found["split"], found["merged"]) == ((0, 1, 0), (0, -1, 0))
    assert found["before"][1] == found["after"][1] == 2


def test_openings_that_only_change_their_key_are_the_same(tmp_path):
    found = causes(*two(tmp_path, some(1, 2, opening_key="a"), some(1, 2, opening_key="b")))
    assert set(found) == {"before", "after"}


def test_a_filter_holds_in_both_releases(tmp_path):
    before = [*some(1, 2, countries=["FR"]), *some(3, countries=["US"])]
    after = [
        *some(1, countries=["FR"]),
        *some(2, countries=["US"], rules_version="r2"),
        *some(3, countries=["US"]),
    ]
    releases = two(tmp_path, before, after)
    assert causes(*releases, Selection(country=("FR",)))["left_rules"] == (-1, -1, -1)
    assert causes(*releases, Selection(country=("US",)))["joined_rules"] == (1, 1, 1)
    assert set(causes(*releases, Selection(role="all"))) == {"before", "after"}


def drawn(seed: int) -> list[dict]:
    """Some of 25 adverts with openings, employers, roles, readings and dates drawn anew."""
    rng = random.Random(seed)
    return [
        posting(
            number,
            date(rng.choice((2024, 2026)), rng.randrange(1, 13), 1),
            opening_key=f"o{rng.randrange(12)}",
            employer_key=rng.choice((None, "a", "b", "c")),
            prompt_relation=rng.choice((None, "title", "core", "none")),
            rules_version=rng.choice((None, "r1", "r2")),
            n_versions=rng.choice((None, 1)),
            source=rng.choice(("hackernews", "lever")),
            posting_key=f"x:{number}",
        )
        for number in rng.sample(range(25), rng.randrange(1, 25))
    ]


@pytest.fixture(scope="module")
def releases_drawn(tmp_path_factory) -> list[Release]:
    folder = tmp_path_factory.mktemp("drawn")
    return [release_of(folder / str(seed), drawn(seed)) for seed in range(7)]


@settings(max_examples=20, deadline=None)
@given(pair=st.tuples(*[st.integers(0, 6)] * 2), role=st.sampled_from(["role", "title", "any", "all"]))
def test_the_rows_always_add_up_and_turn_round(releases_drawn, pair, role):
    before, after = (releases_drawn[i] for i in pair)
    chosen = Selection(role=role)
    forth, back = causes(before, after, chosen), causes(after, before, chosen)
    assert forth.get("before") == back.get("after") and forth.get("after") == back.get("before")
    coverage = changes.compare(before, after, chosen).coverage
    assert coverage.n_openings == forth.get("after", (0, 0))[1]
    assert coverage.figure.value == coverage.n_openings - forth.get("before", (0, 0))[1]
    if before is after:
        assert set(forth) <= {"before", "after"}


def test_facts_that_changed_and_why(tmp_path):
    skills = [{"posting_key": "hackernews:1", "skill_id": "python", "level": "required", "surface": None}]
    before = [*some(1, 2, 3), *some(4, prompt_relation=None), *some(9, prompt_relation="none")]
    after = [
        *some(1),
        *some(2, domain="legal", n_versions=2),
        *some(3, pay_min=5.0, rules_version="r2"),
        *some(4),
        *some(9, prompt_relation="none", domain="media"),
    ]
    measure = changes.facts_changed(*two(tmp_path, before, after, skills=skills), Selection())
    rows = {row["fact"]: row for row in measure.frame.to_dict("records")}
    changed = {
        fact: tuple(row[f"n_{why}"] for why in WHYS) for fact, row in rows.items() if row["n_postings"]
    }
    assert changed == {
        "prompt_relation": (1, 0, 0, 0),
        "domain": (0, 1, 0, 0),  # that of advert 9 too, which no selection takes
        "pay": (0, 0, 1, 0),
        "skill": (0, 0, 0, 1),
    }
    assert rows["pay"]["n_both"] == 4


# --- revisions


def test_revisions_of_a_figure_and_of_periods(tmp_path):
    first = release_of(tmp_path / "1", [*some(1, 2, 3), posting(4, date(2025, 1, 1))])
    second = release_of(
        tmp_path / "2", [*some(1, 2), posting(4, date(2025, 1, 1)), posting(5, date(2025, 2, 1))]
    )
    frame = changes.revisions([first, second], "demand-yearly", Selection()).frame
    years = frame[frame["figure"] == "n_openings"]
    assert years["period"].dt.year.tolist() == [2024, 2024, 2025, 2025]
    assert years["value"].tolist() == [3, 2, 1, 2]
    assert years["revision"].fillna(0).tolist() == [0, -1, 0, 1]
    assert (years["low"] <= years["value"]).all() and (years["value"] <= years["high"]).all()
    employers = changes.revisions([first, second], "employers", Selection()).frame
    assert employers["value"].tolist() == [4, 4] and set(employers["unit"]) == {"employer"}


def test_a_withheld_value_of_a_release_says_why(tmp_path):
    few = release_of(tmp_path / "1", some(1, 2, 3))
    more = release_of(tmp_path / "2", some(*range(9)))
    frame = changes.revisions([few, more], "concentration", Selection(), column="herfindahl").frame
    years = frame[frame["period"].notna()]
    assert years["withheld"].tolist() == [Withheld.FEW_OPENINGS, None]
    assert years["value"].isna().tolist() == [True, False] and years["revision"].isna().all()


def test_revisions_refuse_what_is_no_series(tmp_path):
    release = release_of(tmp_path, some(1))
    for names, words in (
        (("nothing",), "no report"),
        (("domains", "share"), "no row per period"),
        (("demand", "month"), "allowed: n_postings"),
    ):
        with pytest.raises(SelectionError, match=words):
            changes.revisions([release], names[0], Selection(), column=names[1] if names[1:] else None)
    with pytest.raises(SelectionError, match="publish"):
        changes.revisions([], "demand", Selection())


# --- kept releases: reports and commands


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home whose record was published twice: the second time with other rules and an advert more."""
    home = tmp_path_factory.mktemp("home")
    before, after = home / "one", home / "two"
    _kept(before, some(1, 2, 3), MADE_AT.replace(month=7), "r1")
    _kept(
        after, [*some(1, 2), *some(3, prompt_relation="none", rules_version="r2"), *some(4, 5)], MADE_AT, "r2"
    )
    releases = home / "releases"
    before.rename(releases)
    for entry in after.iterdir():
        entry.replace(releases / entry.name)
    return home


def _kept(folder: Path, rows: list[dict], made_at: datetime, rules: str) -> None:
    from unittest.mock import patch

    with patch("tests.measures.markets.MADE_AT", made_at):
        release = release_of(folder, rows)
    manifest = json.loads((release.path / "manifest.json").read_bytes()) | {"rules_version": rules}
    (release.path / "manifest.json").write_text(json.dumps(manifest))
    release.close()


def test_the_reports_compare_with_the_kept_release_before(home):
    current = open_release(home / "releases")
    frame = REPORTS["changes"].measure(current, Selection()).frame
    found = frame.set_index("cause")["openings"]
    assert (found["before"], found["left_rules"], found["late"], found["after"]) == (3, -1, 2, 4)
    assert frame.set_index("cause")["detail"]["left_rules"] == "rules_version r1 -> r2"
    assert REPORTS["changed-facts"].measure(current, Selection()).frame["n_rules"].sum() == 1
    revised = REPORTS["revisions"].measure(current, Selection()).frame
    assert revised.loc[revised["figure"] == "n_openings", "value"].tolist() == [3, 4]


def test_without_an_earlier_release_there_are_no_rows(home):
    oldest = open_release(home / "releases", sorted(p.name for p in (home / "releases").iterdir())[0])
    for name in ("changes", "changed-facts"):
        measure = REPORTS[name].measure(oldest, Selection())
        assert measure.frame.empty and measure.coverage.withheld is Withheld.NO_EARLIER


def run(home: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(
        promptjobs.app, [*arguments], env={"PROMPTJOBS_HOME": str(home), "COLUMNS": "200"}
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.stdout


def test_the_list_of_releases(home):
    rows = json.loads(run(home, "releases", "list", "--json"))
    assert [row["current"] for row in rows] == [False, True]
    assert [row["rules_version"] for row in rows] == ["r1", "r2"] and rows[1]["postings"] == 5
    assert rows[1]["release"] in run(home, "releases", "list")


def test_compare_as_json_and_in_words(home):
    found = json.loads(run(home, "releases", "compare", "--json"))
    assert found["before"] < found["after"]
    openings = {row["cause"]: row["openings"] for row in found["changes"]}
    assert sum(openings.values()) == 2 * openings["after"]
    assert [row["fact"] for row in found["facts"] if row["n_postings"]] == ["prompt_relation"]
    named = json.loads(run(home, "releases", "compare", found["before"][:8], found["after"], "--json"))
    assert named == found
    english, french = (run(home, "releases", "compare", "--lang", lang) for lang in ("en", "fr"))
    assert "Adverts that left the selection, read by other rules" in english and "split" not in english
    assert "Annonces sorties de la sélection, lues avec d'autres règles" in french
    assert "rapport aux prompts" in french
    filtered = json.loads(run(home, "releases", "compare", "--role", "asks", "--json"))
    assert filtered["selection"] == {"role": "asks"} and filtered["changes"][-1]["openings"] == 0


def test_revisions_as_json_and_in_words(home):
    found = json.loads(run(home, "releases", "revisions", "employers", "--json"))
    assert [row["value"] for row in found["revisions"]] == [3, 4]
    assert [row["revision"] for row in found["revisions"]] == [None, 1]
    assert re.search(r"2024-01-01 +n_openings +4 +1", run(home, "releases", "revisions", "demand-yearly"))
    words = run(home, "releases", "revisions", "concentration", "--lang", "fr")
    assert "pas assez de données (n = 4)" in words
    run(home, "releases", "revisions", "skills", code=1)


def test_wrong_names_are_sentences(home, tmp_path):
    assert json.loads(run(tmp_path, "releases", "list", "--json")) == []
    with pytest.raises(ReleaseError, match="latest kept: 2026"):
        run(home, "releases", "compare", "1999")
    with pytest.raises(ReleaseError, match="publish"):
        run(tmp_path, "releases", "compare")
    with pytest.raises(SelectionError, match="no report"):
        run(home, "releases", "revisions", "nothing")
    release_of(tmp_path / "releases", some(1)).close()
    with pytest.raises(ReleaseError, match="nothing to compare it with"):
        run(tmp_path, "releases", "compare")


def test_export_lists_its_reports(home):
    rows = json.loads(run(home, "export", "--list", "--json"))
    assert [row["report"] for row in rows] == list(REPORTS)
    assert {"en": "Who hires", "fr": "Qui recrute"}.items() <= rows[list(REPORTS).index("employers")].items()
    assert "Qui recrute" in run(home, "export", "--list", "--lang", "fr")
    with pytest.raises(SelectionError, match="Name a report: verdicts"):
        run(home, "export")


# --- releases written before tables and columns of today


def test_a_release_without_newer_tables_is_read_and_compared(tmp_path):
    newer = release_of(tmp_path / "releases", some(*range(6)))
    path = newer.path
    newer.close()
    manifest = json.loads((path / "manifest.json").read_bytes())
    for table in ("rivals", "accuracy", "soft", "reported_pay"):
        (path / f"{table}.parquet").unlink()
        manifest["files"].pop(f"{table}.parquet")
    (path / "manifest.json").write_text(json.dumps(manifest))
    old = open_release(tmp_path / "releases", (tmp_path / "releases" / CURRENT).read_text().strip())
    for name, report in REPORTS.items():
        frame = report.measure(old, Selection()).frame
        assert list(frame.columns) == [column.name for column in report.columns], name
    today = release_of(tmp_path / "today", some(*range(7)))
    assert causes(old, today)["late"] == (1, 1, 1)


def test_a_fact_that_one_release_has_no_column_for_is_not_compared(tmp_path):
    old, today = two(tmp_path, some(1, domain="legal"), some(1, domain="media"))
    old.close()
    table = pq.read_table(old.path / "postings.parquet").drop_columns(["domain"])
    pq.write_table(table, old.path / "postings.parquet")
    frame = changes.facts_changed(open_release(old.path.parent), today, Selection()).frame
    assert frame.set_index("fact")["n_postings"].sum() == 0
