"""Presence: which looks may close postings, the spells they bear out, and the identity of the stock."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.measures.demand import stock_by_day
from data.measures.selection import Selection
from data.measures.sources import source_health
from data.publishing import guard
from data.publishing.presence import RELIST_CHECKS, RELIST_DAYS, best_of_day, spells
from data.reference import load_cards
from data.schema import Outcome
from tests.data.records import posting, save
from tests.data.test_publish import aug, released

EPOCH = datetime(1970, 1, 1)
STATUSES = {"gone": 404, "failed": 500}
Answer = tuple[int, str, Iterable[str]]
"""Day, outcome ("gone" is a 404), and what is listed."""


def frames(histories: Mapping[str, Iterable[Answer]]) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Checks, sightings and the numbers of the postings of histories by "source/board"."""
    checks: list[dict[str, Any]] = []
    seen: list[dict[str, int]] = []
    numbers: dict[str, int] = {}
    for board_id, (name, answers) in enumerate(histories.items(), start=1):
        source, _, board = name.partition("/")
        for day, word, listed in answers:
            ids = sorted(set(listed))
            checks.append({
                "check_id": len(checks), "board_id": board_id, "source": source, "board": board, "day": day,
                "at": EPOCH + timedelta(days=day, hours=6), "outcome": "failed" if word == "gone" else word,
                "http_status": STATUSES.get(word), "n_seen": len(ids), "reason": None,
            })  # fmt: skip
            for one in ids:
                number = numbers.setdefault(one, len(numbers))
                seen.append({"posting_id": number, "board_id": board_id, "day": day})
    columns = {"posting_id": "int64", "board_id": "int64", "day": "int64"}
    return pd.DataFrame(checks), pd.DataFrame(seen, columns=list(columns)).astype(columns), numbers


def judged(
    histories: Mapping[str, Iterable[Answer]], looks: int = 1
) -> tuple[dict[tuple[str, int], tuple[str, str | None]], dict[str, list[tuple[Any, ...]]]]:
    """Outcome and reason by board and day, and by posting its spells (first_seen, last_seen, gone_by, exit)."""
    checks, seen, numbers = frames(histories)
    coverage, closing = guard.judge(best_of_day(checks), seen, checks)
    ended = spells(seen, closing, dict.fromkeys(checks["board_id"].unique(), looks))
    names = {number: name for name, number in numbers.items()}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in ended.itertuples():
        gone = None if pd.isna(row.gone_by) else int(row.gone_by)
        ending = None if gone is None else row.exit
        found.setdefault(names[row.posting_id], []).append((row.first_seen, row.last_seen, gone, ending))
    days = {(row.board, row.day): (row.outcome, row.reason) for row in coverage.itertuples()}
    return days, found


def some(n: int, start: int = 0) -> list[str]:
    return [f"p{number}" for number in range(start, start + n)]


ALL, LESS = some(20), some(12)
"""Twenty postings of a board, and a listing that lacks eight of them (40 %)."""
WAITS = "8 of 20 open postings would close at once: waits for a second listing"
REFUTED = "8 of 20 open postings would close at once: the next listing did not bear it out"

# Answers after a full listing of ALL on day 0; outcome of day 1; the end of p19 (gone_by, exit).
GUARDED: list[tuple[str, list[Answer], tuple[str, str | None], tuple[int | None, str | None]]] = [
    ("a few less closes at once", [(1, "complete", ALL[:14])], ("complete", None), (1, "vanished")),
    ("too many less is suspect", [(1, "complete", LESS)], ("suspect", WAITS), (None, None)),
    ("a second listing agrees, the first dates it", [(1, "complete", LESS), (2, "complete", LESS)], ("complete", None), (1, "vanished")),
    ("failures between say nothing", [(1, "complete", LESS), (2, "failed", ()), (4, "complete", LESS)], ("complete", None), (1, "vanished")),
    ("a partial answer does not agree", [(1, "complete", LESS), (2, "partial", LESS)], ("suspect", WAITS), (None, None)),
    ("a second look of the same day does not agree", [(1, "complete", LESS), (1, "complete", LESS)], ("suspect", WAITS), (None, None)),
    ("the second listing is whole again", [(1, "complete", LESS), (2, "complete", ALL)], ("suspect", REFUTED), (None, None)),
    ("refuted, and one did close: by the listing that was whole", [(1, "complete", LESS), (2, "complete", ALL[:19])], ("suspect", REFUTED), (2, "vanished")),
    ("one that fell and falls on", [(1, "complete", LESS), (2, "complete", some(3)), (3, "complete", some(3))], ("complete", None), (1, "vanished")),
    ("all other ids: believed with the second", [(1, "complete", some(20, 50)), (2, "complete", some(20, 50))], ("complete", None), (1, "vanished")),
    ("one empty answer is suspect", [(1, "empty", ())], ("empty", None), (None, None)),
    ("two are", [(1, "empty", ()), (2, "empty", ())], ("empty", None), (None, None)),
    ("three are believed, the first dates it", [(1, "empty", ()), (2, "empty", ()), (3, "empty", ())], ("complete", None), (1, "emptied")),
    ("empty, then a listing without it", [(1, "empty", ()), (2, "complete", ALL[:19])], ("empty", None), (2, "vanished")),
    ("emptied after a fall", [(1, "complete", LESS), *((day, "empty", ()) for day in (2, 3, 4))], ("suspect", WAITS), (2, "emptied")),
    ("one 404 closes nothing", [(1, "gone", ()), (2, "complete", ALL)], ("failed", None), (None, None)),
    ("a week of 404 without an eighth day", [(day, "gone", ()) for day in range(1, 8)], ("failed", None), (None, None)),
    ("seven days apart, but two", [(1, "gone", ()), (8, "gone", ())], ("failed", None), (None, None)),
    ("three over seven days: the board is gone since the first", [(1, "gone", ()), (5, "gone", ()), (8, "gone", ())], ("failed", None), (1, "board_gone")),
    ("another failure between starts the row anew", [(1, "gone", ()), (4, "failed", ()), (5, "gone", ()), (8, "gone", ())], ("failed", None), (None, None)),
    ("a listing of long ago is no measure", [(90, "complete", LESS)], ("complete", None), (90, "vanished")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "first", "end"), GUARDED, ids=[row[0] for row in GUARDED])
def test_suspects(name: str, answers: list[Answer], first: Any, end: Any) -> None:
    days, found = judged({"greenhouse/acme": [(0, "complete", ALL), *answers]})
    assert days["acme", answers[0][0]] == first
    assert [spell[2:] for spell in found["p19"]] == [end]
    assert found["p0"][0][0] == 0


def test_a_source_is_guarded_as_a_whole() -> None:
    """Ten boards of six: none is large enough for itself, all of them halved are."""
    boards = [f"b{number}" for number in range(10)]
    whole = {board: [f"{board}-{i}" for i in range(6)] for board in boards}
    before: dict[str, list[Answer]] = {f"lever/{b}": [(0, "complete", whole[b])] for b in boards}
    halved = {name: [*was, (1, "complete", was[0][2][:3])] for name, was in before.items()}  # type: ignore[index]
    halved["lever/b9"] = [*before["lever/b9"], (1, "complete", whole["b9"])]
    days, found = judged(halved)
    assert [days[board, 1][0] for board in boards] == ["suspect"] * 9 + ["complete"]
    why = "27 of 60 open postings of the source would close at once: waits for a second listing"
    assert days["b0", 1][1] == why
    assert found["b0-5"][0][2] is None
    again = {name: [*was, (2, "complete", was[1][2])] for name, was in halved.items()}  # type: ignore[index]
    days, found = judged(again)
    assert {days[board, 1][0] for board in boards} == {"complete"}
    assert found["b0-5"] == [(0, 0, 1, "vanished")]
    back = {name: [*was, (2, "complete", was[0][2])] for name, was in halved.items()}
    assert {spell[2] for spells_of in judged(back)[1].values() for spell in spells_of} == {None}


def test_small_boards_close_at_once() -> None:
    days, found = judged({"lever/a": [(0, "complete", "abcd"), (1, "complete", "a")]})
    assert (days["a", 1], found["b"]) == (("complete", None), [(0, 0, 1, "vanished")])


def test_an_empty_board_that_never_listed_anything_stays_empty() -> None:
    days, _ = judged({"ashby/typo": [(day, "empty", ()) for day in range(5)]})
    assert {outcome for outcome, _ in days.values()} == {"empty"}


def test_pages_need_two_listings() -> None:
    once: list[Answer] = [(0, "complete", "ab"), (1, "complete", "a")]
    assert judged({"page/a": once}, looks=2)[1]["b"] == [(0, 0, None, None)]
    assert judged({"page/a": [*once, (3, "complete", "a")]}, looks=2)[1]["b"] == [(0, 0, 1, "vanished")]
    cards = load_cards()
    assert {card.kind for card in cards.values() if card.closing_checks == 2} == {"page"}


def test_a_long_gap_is_a_new_spell_once_a_look_lacked_it() -> None:
    long = 3 + RELIST_DAYS
    with_look: list[Answer] = [(0, "complete", "ab"), (2, "complete", "b"), (long, "complete", "ab")]
    assert judged({"lever/a": with_look})[1]["a"] == [(0, 0, 2, "vanished"), (long, long, None, None)]
    without: list[Answer] = [(0, "complete", "ab"), (long, "complete", "ab")]
    assert judged({"lever/a": without})[1]["a"] == [(0, long, None, None)]
    short: list[Answer] = [(0, "complete", "ab"), (2, "complete", "b"), (RELIST_DAYS, "complete", "ab")]
    assert judged({"lever/a": short})[1]["a"] == [(0, RELIST_DAYS, None, None)]


def listed(engine: Engine, number: int, ids: Iterable[str]) -> None:
    """A whole listing of postings with nothing in common."""
    words = {one: " ".join(f"{one}{i}" for i in range(40)) for one in ids}
    save(engine, aug(number), [posting(one, text=text) for one, text in words.items()], run=str(number))


def test_a_suspect_day_keeps_its_postings_in_the_stock(engine: Engine, tmp_path: Path) -> None:
    for number, ids in ((1, ALL), (2, LESS)):
        listed(engine, number, ids)
    release = released(engine, tmp_path)
    row = release.query("SELECT outcome, n_seen, reason FROM coverage WHERE day = DATE '2026-08-02'")
    assert row.values.tolist() == [["suspect", 12, WAITS]]
    series = stock_by_day(release, Selection(role="all")).frame
    assert series["n_open"].isna().tolist() == [False, True]
    assert series["n_closed"].tolist() == [0, 0]
    assert release.query("SELECT count(*) AS n FROM postings WHERE gone_by IS NULL")["n"][0] == 20
    health = {entry["id"]: entry for entry in release.manifest["sources"]}["greenhouse"]
    assert (health["last_outcome"], health["last_good_day"]) == ("suspect", "2026-08-01")
    told = source_health(release, datetime(2026, 8, 2, 9)).frame.set_index("source").loc["greenhouse"]
    assert "its closings are held back until a second run agrees" in told["sentence_en"]
    assert "leurs fins sont retenues" in told["sentence_fr"]
    listed(engine, 3, LESS)
    series = stock_by_day(released(engine, tmp_path), Selection(role="all")).frame
    assert (series["n_open"].tolist(), series["n_closed"].tolist()) == ([20, 12, 12], [0, 8, 0])


def test_wordings_are_counted(engine: Engine, tmp_path: Path) -> None:
    for day, words in ((1, "one"), (2, "two"), (3, "two"), (4, "one"), (5, "one")):
        save(engine, aug(day), [posting("a", text=words), posting("b")], run=str(day))
    rows = released(engine, tmp_path).query(
        "SELECT n_versions, changed_on FROM postings ORDER BY posting_key"
    )
    assert rows["n_versions"].tolist() == [2, 1]
    assert (rows["changed_on"][0].date(), pd.isna(rows["changed_on"][1])) == (aug(4), True)


# --- laws -----------------------------------------------------------------------------------------


def lives(answers: list[Answer]) -> dict[str, list[list[Any]]]:
    """The rules once more, slowly: one board of less than MIN_STOCK postings, one look a day.

    Spells as [first_seen, last_seen, gone_by] by posting.
    """
    closing: list[int] = []
    empties: list[int] = []
    had_any = False
    for day, word, listed in answers:
        if word == "complete":
            closing.append(day)
        if word in ("complete", "partial"):
            empties, had_any = [], had_any or bool(listed)
        if word == "empty" and had_any:
            empties.append(day)
            closing += (
                empties if len(empties) == guard.EMPTY_DAYS else [day] * (len(empties) > guard.EMPTY_DAYS)
            )
    found: dict[str, list[list[Any]]] = {}
    for day, _, listed in answers:
        for one in listed:
            mine = found.setdefault(one, [])
            between = [c for c in closing if mine and mine[-1][1] < c < day]
            if mine and len(between) <= RELIST_CHECKS:
                mine[-1][1] = day
                continue
            if mine:
                mine[-1][2] = between[0]
            mine.append([day, day, None])
    for mine in found.values():
        mine[-1][2] = next((c for c in closing if c > mine[-1][1]), None)
    return found


@st.composite
def small_histories(draw: st.DrawFn) -> list[Answer]:
    words = ("complete", "complete", "complete", "partial", "empty", "failed")
    answers: list[Answer] = []
    for day in range(draw(st.integers(1, 16))):
        word = draw(st.sampled_from(words))
        listed = draw(st.sets(st.sampled_from("abcdef"), min_size=1)) if word in words[:4] else set()
        answers.append((day, word, sorted(listed)))
    return answers


@given(st.lists(small_histories(), min_size=1, max_size=8))
@settings(max_examples=10, deadline=None)
def test_spells_are_those_of_the_slow_rules(boards: list[list[Answer]]) -> None:
    """Each board at a source of its own: together they would be guarded."""
    own = {
        f"s{n}/b{n}": [(d, w, [f"{n}{one}" for one in ids]) for d, w, ids in b] for n, b in enumerate(boards)
    }
    _, found = judged(own)
    slow = {one: mine for answers in own.values() for one, mine in lives(answers).items()}
    assert {one: [list(spell[:3]) for spell in mine] for one, mine in found.items()} == slow


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_the_stock_is_what_came_less_what_went(seed: int) -> None:
    """On every believed day of every board, random as it may be: the open ones are those that are listed,
    and those that come back before too many looks have lacked them."""
    rng = random.Random(seed)
    histories = {f"lever/{board}": _random_history(rng, board) for board in "abc"}
    assert_identity(histories, *judged(histories))


def _random_history(rng: random.Random, board: str) -> list[Answer]:
    pool = [f"{board}{number}" for number in range(40)]
    up, answers = set(rng.sample(pool, 15)), []
    for day in range(20):
        up = {one for one in up if rng.random() > 0.08} | set(rng.sample(pool, rng.choice((0, 1, 2, 8))))
        word = rng.choices(("complete", "partial", "failed", "empty"), (8, 1, 1, 1))[0]
        share = rng.choice((1, 1, 1, 1, 0.5))
        listed = (
            [one for one in sorted(up) if rng.random() < share] if word in ("complete", "partial") else []
        )
        answers.append((day, "empty" if word == "complete" and not listed else word, listed))
    return answers


def assert_identity(histories: Mapping[str, Iterable[Answer]], days: Any, found: Any) -> None:
    for name, answers in histories.items():
        board, stock = name.partition("/")[2], 0
        mine = {one for _, _, listed in answers for one in listed}
        spans = [spell for one in mine for spell in found[one]]
        for day, _, listed in answers:
            new = sum(first == day for first, *_ in spans)
            closed = sum(gone == day for _, _, gone, _ in spans)
            stock += new - closed
            is_open = {
                one
                for one in mine
                for first, _, gone, _ in found[one]
                if first <= day and (gone is None or day < gone)
            }
            assert stock == len(is_open) >= len(set(listed))
            if days[board, day][0] == "complete":
                kept = is_open - set(listed)
                assert all(any(first < day < last for first, last, *_ in found[one]) for one in kept)
                assert set(listed) <= is_open


def test_postings_that_came_back_are_counted_once(engine: Engine, tmp_path: Path) -> None:
    for number, ids in enumerate(("abc", "ab", "abc", "a", "a", "a", "a", "abc"), start=1):
        listed(engine, number, ids)
    series = stock_by_day(released(engine, tmp_path), Selection(role="all")).frame
    assert series["n_open"].tolist() == [3, 3, 3, 1, 1, 1, 1, 3]
    assert ((series["n_new"] - series["n_closed"]).cumsum() == series["n_open"]).all()


def test_outcomes_have_one_spelling() -> None:
    assert guard.SUSPECT not in {outcome.value for outcome in Outcome}
