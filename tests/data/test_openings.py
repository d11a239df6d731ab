"""Openings in bulk: remembered placements change nothing, the user's decisions hold and are undone, all is explained."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import astuple, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from data.openings import cache as openings_cache
from data.openings.cache import FILE, place_with
from data.openings.chains import Advert
from data.openings.commands import SAID
from data.openings.decided import with_decisions
from data.openings.explained import REFUSALS, explain
from data.openings.own import Decision, add, decisions, undo
from data.openings.page import WORDS
from data.openings.sets import IDENTITY, place
from data.publish import publish
from data.release import open_release
from data.resolve import REASONS, resolve
from data.similarity import sketch
from data.store import open_record, utc_now
from tests.data.records import CARDS, RULES, TEXT, fake_enrich, posting, save, variant
from tests.data.test_resolve import DAY, advert

SKETCHES = [b"", *(sketch(variant(n)) for n in (0, 1, 2, 12, 25))]


def frame(adverts: list[Advert]) -> pd.DataFrame:
    rows = pd.DataFrame([astuple(one) for one in adverts], columns=list(IDENTITY), dtype=object)
    for name in ("start", "end"):
        rows[name] = pd.to_datetime(rows[name]).astype("datetime64[s]")
    return rows.sort_values("posting_key", ignore_index=True)


def anew(adverts: list[Advert]) -> list[tuple[object, ...]]:
    return [(p.posting_key, p.opening_key, p.reason, p.is_repost) for p in resolve(adverts)]


def rows_of(placed: pd.DataFrame) -> list[tuple[object, ...]]:
    names = ["posting_key", "opening_key", "opening_reason", "is_repost"]
    return list(placed[names].itertuples(index=False, name=None))


def drawn(rng: random.Random, n: int) -> list[Advert]:
    return [any_advert(rng, f"s:{number}") for number in range(n)]


def any_advert(rng: random.Random, key: str) -> Advert:
    start = DAY + timedelta(days=rng.randrange(200))
    return Advert(
        key,
        start,
        start + timedelta(days=rng.randrange(40)),
        rng.choice(["acme", "kite", "heron", "lark", "wren", None]),
        rng.choice(["Cook", "Prompt Engineer", "Prompt Engineer - Lyon", None]),
        rng.choice(["senior", "junior", "unspecified", "unspecified"]),
        rng.choice(
            ["https://a.org/1", "https://a.org/2?ref=x", "https://a.org/", f"https://a.org/jobs/{key}"]
        ),
        rng.choice([None, None, None, "R1", "r1", "R2"]),
        rng.choice(SKETCHES),
        rng.choice(["Lyon", "69 - Lyon 3e", None]),
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_changes_nothing(seed):
    rng = random.Random(seed)
    adverts = drawn(rng, 80)
    placed = place(frame(adverts))
    assert rows_of(placed) == anew(adverts)
    for number in range(3):
        for _ in range(4):
            at = rng.randrange(len(adverts))
            adverts[at] = any_advert(rng, adverts[at].posting_key)
        adverts.append(any_advert(rng, f"new:{number}"))
        del adverts[rng.randrange(len(adverts))]
        placed = place(frame(adverts), placed)
        assert rows_of(placed) == anew(adverts)


def test_only_what_changed_is_resolved_again(tmp_path, monkeypatch):
    adverts = [advert(f"s:{n}", employer_key=f"employer {n // 3}") for n in range(30)]
    place_with(frame(adverts), tmp_path / FILE)
    adverts[0] = replace(adverts[0], end=DAY + timedelta(days=9))
    asked: list[str] = []

    def spy(found):
        found = list(found)
        asked.extend(one.posting_key for one in found)
        return resolve(found)

    monkeypatch.setattr("data.openings.sets.resolve", spy)
    assert rows_of(place_with(frame(adverts), tmp_path / FILE)) == anew(adverts)
    assert sorted(asked) == ["s:0", "s:1", "s:2"]
    asked.clear()
    place_with(frame(adverts), tmp_path / FILE)
    assert asked == []


def damage(path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "other code":
        monkeypatch.setattr(openings_cache, "version", lambda: "another")
    elif how == "another table":
        pd.DataFrame({"a": [1]}).to_parquet(path)
    else:
        for at in range(0, len(whole), 97):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
            assert openings_cache.load(path) is None, at
        path.write_bytes(b"\0" * len(whole))


ADVERTS = [advert(f"s:{n}", n % 5, text=variant(n % 3)) for n in range(12)]


@pytest.mark.parametrize("how", ["gone", "cut", "other code", "another table", "bits"])
def test_the_memory_may_be_lost_or_damaged(tmp_path, how, monkeypatch):
    path = tmp_path / FILE
    place_with(frame(ADVERTS), path)
    damage(path, how, monkeypatch)
    assert rows_of(place_with(frame(ADVERTS), path)) == anew(ADVERTS)
    assert openings_cache.load(path) is not None


# --- the user's decisions -------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A record of three postings of one opening and one of another text, published."""
    monkeypatch.setenv("PROMPTJOBS_HOME", str(tmp_path))
    engine = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
    listed = [
        posting("1", text=TEXT, places=("Lyon",)),
        posting("2", text=TEXT, places=("Paris",)),
        posting("3", text=variant(1)),
        posting("4", text=variant(12)),
    ]
    for one, day in zip(listed, (1, 2, 5, 6), strict=True):
        save(engine, date(2026, 3, day), [one], run=f"r{day}")
    fake_enrich(engine)
    engine.dispose()
    return tmp_path


def published(home: Path) -> dict[str, tuple[str, str]]:
    engine = open_record(f"sqlite:///{home / 'record.sqlite'}")
    publish(
        engine, home / "releases", rules_version=RULES, archive=None, cards=CARDS, now=utc_now(), home=home
    )
    engine.dispose()
    release = open_release(home / "releases")
    found = release.query("SELECT posting_key, opening_key, opening_reason FROM postings")
    release.close()
    return {key: (opening, why) for key, opening, why in found.itertuples(index=False, name=None)}


def decision(kind: str, one: str, other: str | None = None) -> Decision:
    return Decision(kind, one, other, "because", date(2026, 3, 9))


DAYS = {"a": 1, "b": 2, "c": 20, "d": 6}
OPENINGS = {
    "a": ("a", "first", False),
    "b": ("a", "text", False),
    "c": ("a", "text", True),
    "d": ("d", "first", False),
}
# Decisions one after another, and where they put the four postings.
DECIDED = [
    ([], OPENINGS),
    ([("split", "a")], OPENINGS | {"b": ("b", "first", False), "c": ("b", "text", True)}),
    ([("split", "b")], OPENINGS | {"b": ("b", "first", False)}),
    ([("join", "d", "a")], OPENINGS | {"d": ("a", "user", True)}),
    ([("split", "d"), ("split", "d")], OPENINGS),
    ([("split", "a"), ("join", "d", "a")],
     {"a": ("a", "first", False), "b": ("b", "first", False), "c": ("b", "text", True), "d": ("a", "user", True)}),
    ([("join", "d", "a"), ("split", "a")],
     {"a": ("a", "first", False), "b": ("b", "first", False), "c": ("b", "text", True), "d": ("b", "user", True)}),
    ([("join", "unknown", "a"), ("split", "gone")], OPENINGS),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), DECIDED)
def test_decisions_move_exactly_what_they_name(made, expected):
    rows = [
        {"posting_key": key, "opening_key": opening, "opening_reason": why, "is_repost": again,
         "dated_on": date(2026, 3, DAYS[key]), "last_seen": None, "lifecycle": "flow"}
        for key, (opening, why, again) in OPENINGS.items()
    ]  # fmt: skip
    table = pa.Table.from_pylist(rows)
    found = with_decisions(table, [decision(*one) for one in made]).to_pylist()
    names = ("opening_key", "opening_reason", "is_repost")
    assert {row["posting_key"]: tuple(row[name] for name in names) for row in found} == expected


def test_decisions_are_kept_and_taken_back(tmp_path):
    for one in (decision("split", "a"), decision("join", "a", "b"), decision("join", "c", "d")):
        add(tmp_path, one)
    assert len(undo(tmp_path, "a", "b")) == 1
    assert [d.kind for d in decisions(tmp_path)] == ["split", "join"]
    assert undo(tmp_path, "x") == ()
    undo(tmp_path, "a")
    undo(tmp_path, "d")
    assert decisions(tmp_path) == ()


def test_a_decision_is_made_once_and_a_bad_file_is_a_sentence(tmp_path):
    add(tmp_path, decision("join", "a", "d"))
    add(tmp_path, decision("join", "d", "a"))
    assert [d.posting for d in decisions(tmp_path)] == ["d"]
    (tmp_path / "own_openings.csv").write_text("kind,posting,other,reason,made_on\nsplit,a,b,,2026-01-01\n")
    with pytest.raises(Exception, match=r"line 2: .* is no decision"):
        decisions(tmp_path)


def command(*arguments: str) -> str:
    from data.commands import app

    done = CliRunner().invoke(app, ["openings", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_explained_decided_and_undone_by_command(home):
    published(home)
    for lang in ("en", "fr"):
        said, words = command("explain", "3", "--lang", lang), WORDS[lang]
        head = words["opening"].format(
            key="greenhouse:1", n=words["many"].format(n=3), first="2026-03-01", last="2026-03-05"
        )
        assert head in said and "Lyon; Paris" in said
        assert words["no_unlike"].split("{")[0] in said and words["none_refused"] not in said
    found = json.loads(command("explain", "greenhouse:1", "--json"))
    assert [one["reason"] for one in found["postings"]] == ["first", "text", "text"]
    assert found["postings"][1]["likeness"] == 1.0 and found["postings"][2]["tied_to"] == "greenhouse:2"
    assert [(one["posting_key"], one["why"]) for one in found["refused"]] == [("greenhouse:4", "unlike")]
    command("split", "greenhouse:2", "--reason", "another team")
    command("join", "4", "1")
    assert [one["decision"] for one in json.loads(command("list", "--json"))] == ["split", "join"]
    assert [published(home)[f"greenhouse:{n}"][0][-1] for n in "1234"] == ["1", "2", "1", "1"]
    assert json.loads(command("explain", "2", "--json"))["refused"][0]["why"] == "user"
    command("undo", "2")
    command("undo", "4")
    assert decisions(home) == ()


# What a second advert differs in, and why it stays out.
REFUSED = [
    ("title", {"title": "Cook"}),
    ("seniority", {"seniority": "junior"}),
    ("requisition", {"requisition_id": "R2"}),
    ("no_text", {"text": ""}),
    ("unlike", {"text": variant(12)}),
    ("gap", {"after": 75}),
    ("employer", {"employer_key": "kite"}),
]


@pytest.mark.parametrize(("why", "changes"), REFUSED, ids=[row[0] for row in REFUSED])
def test_why_an_advert_stayed_out(why, changes):
    one = advert("s:1", requisition_id="R1")
    two = advert("s:2", **{"after": 0, **changes})
    found = explain([one, two], {p.posting_key: p for p in resolve([one, two])}, "s:1")
    assert [(r.why, r.gap_days) for r in found.refused] == [(why, 75 if why == "gap" else 0)]


def test_every_word_is_there_in_both_languages():
    assert WORDS["en"].keys() == WORDS["fr"].keys() and SAID["en"].keys() == SAID["fr"].keys()
    assert {f"no_{why}" for why in REFUSALS} | set(REASONS) <= WORDS["fr"].keys()


def test_the_explanation_needs_no_language_stage():
    assert "nlp" not in {name.split(".")[0] for name in vars(sys.modules["data.openings.explained"])}
