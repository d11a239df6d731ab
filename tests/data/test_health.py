"""The health of a source: one verdict, the gravest; failure never looks like falling demand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import store
from data.health.days import Day, declared, has_answered, volume
from data.health.record import NAMED, read_health, verdicts
from data.health.verdict import Around, Detail, Health, Level, judge
from data.health.words import LANGUAGES
from data.listings import save_listing
from data.plans import expected, next_time
from data.reference import load_cards
from data.schema import Outcome, Reject
from tests.data.records import check, look, posting

NOW = datetime(2026, 11, 22, 12, 0)
DAY = NOW.date()
CARDS = load_cards()
GOOD = Health(
    "greenhouse",
    last_run_at=datetime(2026, 11, 22, 5, 10),
    last_run_status="finished",
    last_run_boards=44,
    last_good_at=datetime(2026, 11, 22, 5, 10),
    day=DAY,
    n_boards=44,
    n_answered=44,
    n_seen=9000,
    n_same=9000,
    n_usual=9120,
)
HTTP = Detail("trouble", "failed", "HTTP 503", 41)
MISSING = Detail("reject", "location", "KeyError 'location'", 1200)
NEVER = Health("greenhouse")


def told(health: Health, lang: str = "en", **around: Any) -> tuple[str, str]:
    verdict = judge(health, CARDS.get(health.source), Around(NOW, **around))
    return verdict.trouble, verdict.sentence[lang]


@pytest.mark.parametrize(
    ("changes", "around", "trouble", "sentence"),
    [
        ({}, {}, "all_boards", "All 44 boards answered in full on 2026-11-22."),
        (
            {"n_answered": 3, "last_good_at": datetime(2026, 11, 19, 5), "details": (HTTP,)},
            {},
            "silent",
            "Greenhouse has not given a whole listing for 3 days: HTTP 503 on 41 of 44 boards.",
        ),
        (
            {"n_answered": 0, "last_good_at": None, "details": (replace(HTTP, n=44),)},
            {},
            "silent_always",
            "Greenhouse has not given a whole listing yet: HTTP 503 on 44 of 44 boards.",
        ),
        (
            {"n_same": 3466, "low_days": 1},
            {},
            "low_held",
            "Greenhouse lists 38% of its usual 9,120 postings: its closings are held back until a second run agrees.",
        ),
        (
            {"n_same": 3466, "low_days": 2},
            {},
            "low_agreed",
            "Greenhouse lists 38% of its usual 9,120 postings, and a second run agreed: what is missing counts as closed.",
        ),
        (
            {"source": "themuse", "n_same": 3466, "low_days": 3},
            {},
            "low",
            "The Muse gave 38% of its usual 9,120 postings: look at the source before reading this as falling demand.",
        ),
        (
            {"details": (MISSING,), "unread_since": date(2026, 11, 20)},
            {},
            "unread",
            "12% of Greenhouse's records could not be read since 2026-11-20: `location` is missing; "
            "the source may have changed its shape.",
        ),
        (
            {"n_answered": 39, "details": (replace(HTTP, n=5),)},
            {},
            "some_boards",
            "5 of 44 boards gave no whole answer on 2026-11-22, mostly: HTTP 503.",
        ),
        (
            {"n_answered": 43, "details": (replace(HTTP, n=1),)},
            {},
            "nearly_all",
            "43 of 44 boards answered in full on 2026-11-22; the others mostly: HTTP 503.",
        ),
        (
            {"n_held": 6},
            {},
            "held",
            "6 of 44 boards list far fewer postings than before on 2026-11-22: "
            "their closings are held back until a second run agrees.",
        ),
        ({}, {"expected": 9001}, "few", "Greenhouse gave 9,000 postings on 2026-11-22; at least 9,001 are usual."),
        (
            {"last_run_status": "failed", "last_run_boards": 0, "last_run_reason": "no route."},
            {},
            "unreached",
            "Greenhouse could not be reached on 2026-11-22: no route.",
        ),
        (
            {"last_run_status": "interrupted", "last_run_reason": "The run was killed before it ended."},
            {},
            "broken_off",
            "Its last run, on 2026-11-22, ended before it was done: The run was killed before it ended.",
        ),
        (
            {"last_run_status": "failed", "last_run_reason": "None of 44 boards could be read."},
            {},
            "failed_run",
            "Its last run, on 2026-11-22, failed: None of 44 boards could be read.",
        ),
        (
            {"last_run_status": "running", "last_run_at": datetime(2026, 11, 20, 5)},
            {},
            "still_open",
            "The run that began on 2026-11-20 05:00 UTC has not ended: was the machine switched off?",
        ),
        (
            {},
            {"next_run": datetime(2026, 11, 22, 5, 10)},
            "late",
            "Overdue since 2026-11-22 05:10 UTC: is the scheduler running?",
        ),
        (
            {"source": "himalayas", "n_boards": 1, "n_answered": 1, "n_seen": 200, "n_listed": 100_214},
            {},
            "by_design",
            "Read only in part, by design: 200 postings of about 100,214 on 2026-11-22.",
        ),
    ],
)  # fmt: skip
def test_the_gravest_trouble_is_said(changes, around, trouble, sentence):
    assert told(replace(GOOD, **changes), **around) == (trouble, sentence)


@pytest.mark.parametrize(
    ("source", "around", "trouble"),
    [
        ("greenhouse", {}, "never"),
        ("greenhouse", {"next_run": NOW + timedelta(hours=2)}, "first_run"),
        ("greenhouse", {"next_run": NOW - timedelta(hours=2)}, "never_late"),
        ("greenhouse", {"has_postings": True}, "archived"),
        ("adzuna", {"lacking": ("PROMPTJOBS_ADZUNA_APP_ID",)}, "lacks_key"),
        ("adzuna", {}, "wants_key"),
        ("esco", {}, "reference"),
        ("page", {}, "page"),
    ],
)
def test_a_source_that_never_ran_says_why(source, around, trouble):
    assert told(Health(source), **around)[0] == trouble


def test_imports_are_no_trouble():
    verdict = judge(Health("mine", imported_at=NOW), None, Around(NOW))
    assert (verdict.level, verdict.sentence["fr"]) == (
        Level.IDLE,
        "Reprise de fichiers, la dernière fois le 2026-11-22.",
    )


def test_french_has_its_own_numbers_and_plurals():
    low = replace(GOOD, n_same=3466, low_days=1)
    assert "38\u00a0% de ses 9\u202f120 annonces" in told(low, "fr")[1]
    one = replace(
        GOOD, n_answered=0, n_boards=1, last_good_at=NOW - timedelta(days=1), details=(replace(HTTP, n=1),)
    )
    assert told(one, "fr")[1] == (
        "Greenhouse n'a pas donné de liste entière depuis 1 jour\u00a0: HTTP 503, pour 1 liste sur 1."
    )


counts = st.integers(0, 10_000)


@settings(max_examples=60, deadline=None)
@given(
    status=st.sampled_from(["running", "finished", "failed", "interrupted"]),
    boards=st.integers(0, 50),
    answered=st.floats(0, 1),
    seen=counts,
    usual=counts,
    low=st.integers(0, 3),
    held=st.integers(0, 50),
    good=st.booleans(),
)  # fmt: skip
def test_every_source_gets_one_sentence_in_both_languages(
    status, boards, answered, seen, usual, low, held, good
):
    n, usual = int(boards * answered), max(usual, 20) if low else usual
    details = (replace(HTTP, n=boards - n),) if n < boards else ()
    health = Health(
        "lever", NOW, status, None, boards, NOW if good else None, None, DAY, boards, n, 0, seen, None, seen, usual,
        low, held, 0, None, details,
    )  # fmt: skip
    verdict = judge(health, CARDS["lever"], Around(NOW))
    for lang in LANGUAGES:
        assert verdict.sentence[lang].endswith((".", "?")) and "{" not in verdict.sentence[lang]


# --- days ------------------------------------------------------------------------------------------


def day_of(**listed: int | Outcome) -> Day:
    """A day on which each board listed so many postings, or failed."""
    found = Day()
    for board, value in listed.items():
        is_count = isinstance(value, int)
        outcome = Outcome.COMPLETE.value if is_count else str(value)
        n_seen = value if is_count else 0
        row = SimpleNamespace(
            run_id="r", board_id=board, outcome=outcome, n_seen=n_seen, n_listed=None, reason=None, n_rejected=0
        )  # fmt: skip
        found.add(row)
    return found


def days(*found: Day) -> dict[date, Day]:
    return {DAY - timedelta(days=len(found) - n): one for n, one in enumerate(found)}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("nothing before", ([day_of(a=50)], (0, 0, 0))),
        ("as usual", ([day_of(a=50), day_of(a=48)], (48, 50, 0))),
        ("fell once", ([day_of(a=50), day_of(a=52), day_of(a=10)], (10, 51, 1))),
        (
            "fell and stayed",
            ([day_of(a=50), day_of(a=50), day_of(a=50), day_of(a=10), day_of(a=11)], (11, 50, 2)),
        ),
        ("a failure is no fall", ([day_of(a=50, b=50), day_of(a=50, b=Outcome.FAILED)], (50, 50, 0))),
        ("fewer boards asked is no fall", ([day_of(a=50, b=50), day_of(a=50)], (50, 50, 0))),
        ("a new board hides no fall", ([day_of(a=50), day_of(a=10, b=90)], (10, 50, 1))),
        ("empty answers are a fall", ([day_of(a=50), day_of(a=Outcome.EMPTY)], (0, 50, 1))),
        ("small numbers say nothing", ([day_of(a=10), day_of(a=1)], (1, 10, 0))),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_volume_is_compared_board_by_board(found, expected):
    assert volume(days(*expected[0]), False) == expected[1]


def test_a_part_read_on_purpose_has_answered():
    cut = SimpleNamespace(
        outcome="partial", reason="100214 postings are declared, 200 came", n_listed=100_214
    )
    cut.board_id, cut.run_id, cut.n_seen = 1, "r", 200
    assert has_answered(cut, True) and not has_answered(cut, False)
    one = Day()
    one.add(cut)
    assert declared(one, True) == 100_214 and declared(one, False) is None
    cut.reason = "page 3: HTTP 503"
    assert not has_answered(cut, True)
    cut.reason = "the platform shows at most 2000 postings of a board"
    assert has_answered(cut, False)


# --- the record ------------------------------------------------------------------------------------


def test_the_record_tells_days_rejects_and_words(engine: Engine):
    for n in range(3):
        one = check(DAY - timedelta(days=2 - n))
        store.start_run(engine, f"r{n}", source="greenhouse", kind="scrape", at=one.at)
        aside = [Reject(field="location", reason="location: KeyError 'location'", sample="{}")] * (n > 0)
        save_listing(engine, f"r{n}", one, [posting("a"), posting("b")], aside)
        stats = {"unknown/workplace Moon": 2, "boards/suspended": 1}
        store.finish_run(engine, f"r{n}", at=one.at, status="finished", stats=stats)
    named = check(DAY, board="other", at=NOW)
    store.start_run(engine, "named", source="greenhouse", kind="scrape", at=NOW)
    save_listing(
        engine, "named", named.model_copy(update={"outcome": Outcome.FAILED, "reason": "HTTP 404"}), []
    )
    store.finish_run(engine, "named", at=NOW, status="failed", reason="None of 1", stats={NAMED: 1})
    health = read_health(engine, CARDS)["greenhouse"]
    assert (health.n_boards, health.n_answered, health.n_suspended, health.n_seen) == (1, 1, 1, 2)
    assert health.unread_since == DAY - timedelta(days=1) and health.last_run_status == "finished"
    assert [d.n for d in health.of_kind("volume")] == [2, 2, 2]
    assert health.of_kind("unknown") == [Detail("unknown", "workplace Moon", None, 2)]
    assert health.of_kind("reject") == [Detail("reject", "location", "KeyError 'location'", 1)]
    judged = verdicts(engine, CARDS, now=NOW, next_runs={"lever": NOW - timedelta(hours=1)}, environ={})
    assert judged["greenhouse"][1].trouble == "unread"
    assert judged["lever"][1].level is Level.ILL and judged["adzuna"][1].trouble == "lacks_key"


def test_a_failed_day_leaves_the_last_good_run_standing(engine: Engine):
    look(engine, DAY - timedelta(days=1), "ab")
    look(engine, DAY, (), Outcome.FAILED, reason="HTTP 503 Service Unavailable (asks to wait 60)")
    health = read_health(engine, CARDS)["greenhouse"]
    assert health.last_good_at is not None and health.last_good_at.date() == DAY - timedelta(days=1)
    assert health.of_kind("trouble") == [Detail("trouble", "failed", "HTTP 503 Service Unavailable", 1)]
    assert json.loads(json.dumps(told(health)[0])) == "silent"


def test_what_a_card_has_us_expect():
    card = CARDS["greenhouse"]
    assert expected(card, 10_000) == card.expected_min and expected(card, 2) is None
    assert expected(CARDS["remotive"], 1) == 10
    assert next_time("10 5 * * *", NOW) == datetime(2026, 11, 23, 5, 10)
