"""Publishing: presence by the rules of METHOD.md, rows, the archive's share."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from data import store
from data.imports.importing import import_postings
from data.measures.sources import source_health
from data.publish import publish
from data.release import Release, open_release
from data.schema import Outcome, StructuredPay
from tests.data.records import CARDS, FakeCard, fake_enrich, look, posting, save

NOW = datetime(2026, 8, 20, 12, 0, 0)
COMPLETE, EMPTY, FAILED, PARTIAL = Outcome.COMPLETE, Outcome.EMPTY, Outcome.FAILED, Outcome.PARTIAL
BLOCKED, UNCHANGED = Outcome.BLOCKED, Outcome.UNCHANGED


def aug(day: int) -> date:
    return date(2026, 8, day)


def released(engine: Engine, folder: Path, *, now: datetime = NOW, **options: Any) -> Release:
    fake_enrich(engine)
    settings = {"rules_version": "test-1", "archive": None, "cards": CARDS} | options
    publish(engine, folder / "releases", now=now, **settings)
    return open_release(folder / "releases")


def gone(release: Release, key: str = "greenhouse:b") -> Any:
    value = release.query("SELECT gone_by FROM postings WHERE posting_key = ?", [key])["gone_by"][0]
    return None if pd.isna(value) else value.date()


# Postings a and b are listed on 1 August; then come these answers (day, outcome, ids); b is gone by this day.
CLOSING: list[tuple[str, list[tuple[int, Outcome, str]], int | None]] = [
    ("a complete listing without it", [(2, COMPLETE, "a")], 2),
    ("still listed", [(2, COMPLETE, "ab")], None),
    ("304 says nothing changed", [(2, UNCHANGED, "")], None),
    ("a failure closes nothing", [(2, FAILED, ""), (3, FAILED, "")], None),
    ("a block closes nothing", [(2, BLOCKED, "")], None),
    ("a truncated answer closes nothing", [(2, PARTIAL, "a"), (3, PARTIAL, "a")], None),
    ("failures before the complete answer are skipped", [(2, FAILED, ""), (3, COMPLETE, "a")], 3),
    ("one empty answer is suspect", [(2, EMPTY, "")], None),
    ("two empty answers are suspect", [(2, EMPTY, ""), (3, EMPTY, "")], None),
    ("three empty days in a row are believed", [(2, EMPTY, ""), (3, EMPTY, ""), (4, EMPTY, "")], 2),
    ("a failure between does not help nor hurt", [(2, EMPTY, ""), (3, FAILED, ""), (4, EMPTY, "")], None),
    ("a listing between starts the count anew", [(2, EMPTY, ""), (3, COMPLETE, "ab"), (4, EMPTY, "")], None),
    ("a complete answer with nothing in it is as suspect", [(2, COMPLETE, ""), (3, COMPLETE, "")], None),
    ("missing from three listings and back is one spell", [(2, COMPLETE, "a"), (5, COMPLETE, "ab")], None),
]


@pytest.mark.parametrize(("name", "answers", "day"), CLOSING, ids=[row[0] for row in CLOSING])
def test_gone(engine: Engine, tmp_path: Path, name: str, answers: list[Any], day: int | None) -> None:
    look(engine, aug(1), "ab")
    for number, outcome, ids in answers:
        look(engine, aug(number), ids, outcome)
    assert gone(released(engine, tmp_path)) == (None if day is None else aug(day))


def test_three_empty_answers_on_one_day_are_one(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "ab")
    for number in range(3):
        look(engine, aug(2), (), EMPTY, run=f"again-{number}")
    assert gone(released(engine, tmp_path)) is None


def test_a_later_return_is_a_second_spell(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "ab")
    for number in range(2, 7):
        look(engine, aug(number), "a")
    look(engine, aug(7), "ab")
    spells = released(engine, tmp_path).query(
        "SELECT * FROM spells WHERE posting_key = 'greenhouse:b' ORDER BY spell"
    )
    assert spells["spell"].tolist() == [1, 2]
    assert [day.date() for day in spells["first_seen"]] == [aug(1), aug(7)]
    assert spells["gone_by"][0].date() == aug(2)
    assert pd.isna(spells["gone_by"][1])


def test_a_posting_on_two_boards_is_up_while_one_lists_it(engine: Engine, tmp_path: Path) -> None:
    both = {board: posting("b", board=board) for board in ("acme", "acme-eu")}
    for board, one in both.items():
        save(engine, aug(1), [one, posting(f"other-{board}", board=board)], run=f"1-{board}")
    save(engine, aug(2), [posting("other-acme")], run="2-acme")
    save(engine, aug(2), [both["acme-eu"]], run="2-eu")
    assert gone(released(engine, tmp_path)) is None
    for board in both:
        save(engine, aug(3), [posting(f"other-{board}", board=board)], run=f"3-{board}")
    assert gone(released(engine, tmp_path)) == aug(3)


def test_flow_sources_never_close(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "ab", source="hackernews", board="thread-1")
    look(engine, aug(2), "a", source="hackernews", board="thread-1")
    release = released(engine, tmp_path)
    assert gone(release, "hackernews:b") is None
    assert release.query("SELECT count(*) AS n FROM spells")["n"][0] == 0
    assert release.query("SELECT DISTINCT lifecycle FROM postings")["lifecycle"].tolist() == ["flow"]


def test_coverage_is_the_best_outcome_of_the_day(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), (), FAILED, run="early", reason="HTTP 503")
    look(engine, aug(1), "ab", run="late")
    look(engine, aug(2), (), FAILED, reason="HTTP 503")
    coverage = released(engine, tmp_path).query("SELECT outcome, n_seen, reason FROM coverage ORDER BY day")
    assert coverage["outcome"].tolist() == ["complete", "failed"]
    assert coverage["n_seen"].tolist() == [2, 0]
    assert pd.isna(coverage["reason"][0])
    assert coverage["reason"][1] == "HTTP 503"


def test_rows(engine: Engine, tmp_path: Path) -> None:
    pay = (StructuredPay(min=100_000, max=120_000, currency="EUR", period="year").model_dump(),)
    one = posting("a", pay=pay, posted_on=date(2024, 3, 9), posted_basis="stated", places=("Lyon", "Nantes"))
    two = posting("b", title="Cook", text="We need python here.", company=None)
    save(engine, aug(1), [one, two], run="1")
    release = released(engine, tmp_path)
    a, b = release.query("SELECT * FROM postings ORDER BY posting_key").to_dict("records")
    assert (a["city"], a["place"], list(a["countries"])) == ("Lyon", "Lyon; Nantes", ["FR"])
    assert (a["dated_on"].date(), a["month"].date()) == (date(2024, 3, 9), date(2024, 3, 1))
    assert (a["has_pay"], a["pay_annual_min"], a["pay_usd_min"]) == (True, 100_000, 114_850)
    # The rate of the day first seen, a Saturday, whatever day of publication the source states.
    assert (a["pay_rate"], a["pay_rate_on"].date()) == (1.1485, date(2026, 7, 31))
    assert pd.isna(b["pay_rate"]) and pd.isna(b["pay_rate_on"])
    assert (b["dated_on"].date(), b["has_pay"], pd.isna(b["employer_key"])) == (aug(1), False, True)
    assert a["employer_key"] == "acme"
    assert {a["origin"], b["origin"]} == {"live"}
    assert release.query("SELECT fact FROM evidence ORDER BY fact")["fact"].tolist() == [
        "pay",
        "prompt_relation",
    ]
    assert release.query("SELECT max(len(quote)) AS n FROM evidence")["n"][0] == 200
    assert release.query("SELECT * FROM skills")["skill_id"].tolist() == ["python"]
    assert release.query("SELECT label_fr FROM skill_names WHERE skill_id = 'python'")["label_fr"][0]


@pytest.mark.parametrize(
    ("pay", "has_pay", "usd"),
    [
        ({"min": 50.0, "currency": "USD", "period": "hour"}, True, 104_000),
        ({"min": 50_000.0, "currency": None, "period": "year"}, True, None),
        ({"min": 50_000.0, "currency": "ARS", "period": "year"}, True, None),
        ({"min": 500.0, "currency": "USD", "period": "year"}, False, None),
        ({"min": 50_000.0, "currency": "USD", "period": "year", "kind": "bonus"}, False, None),
    ],
)
def test_pay_in_dollars(
    engine: Engine, tmp_path: Path, pay: dict[str, Any], has_pay: bool, usd: float | None
) -> None:
    save(engine, aug(1), [posting("a", pay=({"kind": "base"} | pay,))], run="1")
    row = released(engine, tmp_path).query("SELECT * FROM postings").to_dict("records")[0]
    assert row["has_pay"] is has_pay
    assert (None if pd.isna(row["pay_usd_min"]) else row["pay_usd_min"]) == usd


def test_the_pay_of_a_thread_is_converted_at_the_rate_of_its_own_day(engine: Engine, tmp_path: Path) -> None:
    pay = (StructuredPay(min=100_000, max=None, currency="EUR", period="year").model_dump(),)
    dated = {"posted_on": date(2022, 9, 28), "posted_basis": "stated"}
    advert = posting("a", source="hackernews", board="thread-1", pay=pay, **dated)
    save(engine, aug(1), [advert], run="1")
    row = released(engine, tmp_path).query("SELECT * FROM postings").to_dict("records")[0]
    assert (row["pay_usd_min"], row["pay_rate_on"].date()) == (95_650, date(2022, 9, 28))


def test_first_publication_day_is_the_earliest_stated(engine: Engine, tmp_path: Path) -> None:
    for number, day in ((1, None), (2, date(2026, 7, 1)), (3, date(2026, 7, 30))):
        dated = {"posted_on": day, "posted_basis": "stated"} if day else {}
        save(engine, aug(number), [posting("a", **dated)], run=str(number))
    assert released(engine, tmp_path).query("SELECT posted_on FROM postings")["posted_on"][0].date() == date(
        2026, 7, 1
    )


def test_an_unread_advert_waits(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "a")
    fake_enrich(engine)
    look(engine, aug(2), "ab")
    publish(engine, tmp_path, rules_version="test-1", archive=None, cards=CARDS, now=NOW)
    release = open_release(tmp_path)
    assert release.query("SELECT posting_key FROM postings")["posting_key"].tolist() == ["greenhouse:a"]
    assert release.manifest["n_unread"] == 1


def test_an_empty_record_publishes_an_empty_release(engine: Engine, tmp_path: Path) -> None:
    release = released(engine, tmp_path)
    assert release.manifest["counts"]["postings"] == 0
    assert [source["n_postings"] for source in release.manifest["sources"]] == [0, 0, 0]


def test_what_a_card_does_not_allow_is_left_out(engine: Engine, tmp_path: Path) -> None:
    pay = ({"min": 100_000.0, "currency": "EUR", "period": "year", "kind": "base"},)
    save(engine, aug(1), [posting("a", pay=pay, text="python and tea")], run="1")
    cards = {"greenhouse": FakeCard("Greenhouse", republish=("facts",))}
    release = released(engine, tmp_path, cards=cards)
    assert release.query("SELECT url FROM postings")["url"].isna().all()
    assert release.query("SELECT quote FROM salaries")["quote"].isna().all()
    assert release.query("SELECT surface FROM skills")["surface"].isna().all()
    assert release.manifest["counts"]["evidence"] == 0


def test_sources_say_how_they_are(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "a")
    look(engine, aug(2), "a")
    look(engine, aug(2), (), FAILED, board="beta", reason="HTTP 503")
    look(engine, aug(2), (), BLOCKED, source="lever", board="gamma", reason="robots.txt forbids it.")
    release = released(engine, tmp_path)
    entries = {entry["id"]: entry for entry in release.manifest["sources"]}
    assert entries["greenhouse"]["last_good_day"] == "2026-08-02"
    assert entries["greenhouse"]["last_outcome"] == "partial"
    assert entries["lever"]["last_outcome"] == "blocked"
    told = sentences(release, "en")
    assert told["greenhouse"] == "1 of 2 boards gave no whole answer on 2026-08-02, mostly: HTTP 503."
    assert told["hackernews"] == "Not collected yet."
    assert "robots.txt forbids it" in sentences(release, "fr")["lever"]


def test_a_source_that_could_not_be_reached_says_so(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "a", source="hackernews", board="thread-1")
    at = datetime(2026, 8, 2, 6)
    store.start_run(engine, "broken", source="hackernews", kind="scrape", at=at)
    store.finish_run(engine, "broken", at=at, status="failed", reason="the thread index: no route.", stats={})
    first = released(engine, tmp_path)
    name = 'Hacker News "Who is hiring?"'
    assert sentences(first, "en")["hackernews"] == (
        f"{name} could not be reached on 2026-08-02: the thread index: no route."
    )
    assert "le 2026-08-02\u00a0: l'index des fils : no route." in sentences(first, "fr")["hackernews"]
    look(engine, aug(3), "a", source="hackernews", board="thread-1")
    told = sentences(released(engine, tmp_path), "en", now=datetime(2026, 8, 3, 7))
    assert told["hackernews"].startswith(f"{name} gave 1 posting on 2026-08-03; at least 100 are usual")


def test_how_a_source_is_doing_stays_out_of_the_content_hash(engine: Engine, tmp_path: Path) -> None:
    look(engine, aug(1), "a")
    first = released(engine, tmp_path)
    at = datetime(2026, 8, 1, 9)
    store.start_run(engine, "broken", source="greenhouse", kind="scrape", at=at)
    store.finish_run(engine, "broken", at=at, status="failed", reason="no route", stats={})
    second = released(engine, tmp_path)
    assert second.name == first.name
    assert "no route" in sentences(second, "en")["greenhouse"]


def sentences(release: Release, lang: str, now: datetime = NOW) -> dict[str, str]:
    frame = source_health(release, now).frame
    return dict(zip(frame["source"], frame[f"sentence_{lang}"], strict=True))


def test_imports_are_told_apart(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    record = {"external_id": "1", "url": "https://example.org/1", "text": "Write prompts.", "title": "Writer"}
    file.write_text(json.dumps(record), encoding="utf-8")
    import_postings(engine, file, at=datetime(2026, 8, 1, 6))
    release = released(engine, tmp_path)
    rows = release.query("SELECT origin, lifecycle, gone_by FROM postings").values.tolist()
    assert [row[:2] for row in rows] == [["import", "flow"]]
    assert sentences(release, "en")["import"] == "Taken from files, last on 2026-08-01."


def test_a_name_given_to_files_has_the_rights_of_the_card_of_imports(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    record = {
        "external_id": "1",
        "url": "https://example.org/1",
        "text": "Write prompts.",
        "title": "Prompt hand",
    }
    file.write_text(json.dumps(record), encoding="utf-8")
    import_postings(engine, file, source="mylist", at=datetime(2026, 8, 1, 6))
    card = replace(
        CARDS["greenhouse"], label="Files", kind="import", lifecycle="flow", republish=("facts", "links")
    )
    release = released(engine, tmp_path, cards={**CARDS, "import": card})
    assert release.query("SELECT url FROM postings")["url"].tolist() == ["https://example.org/1"]
    assert release.query("SELECT * FROM evidence").empty
    entry = release.manifest["sources"][-1]
    assert (entry["id"], entry["label"], entry["kind"], entry["licence"]) == (
        "mylist",
        "mylist",
        "import",
        "public",
    )
    bare = released(engine, tmp_path, cards=CARDS)
    assert bare.query("SELECT url FROM postings")["url"].tolist() == [None], "without any card only facts"
