"""The record's invariants: append-only, idempotent, text kept once; on SQLite and PostgreSQL alike."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select, update

from data import store
from data import tables as t
from data.errors import IntakeError, PromptjobsError
from data.intake import EMAIL_REMOVED, accept, drop_contacts, set_aside
from data.listings import board_states, forget_validators, save_listing
from data.schema import MAX_TEXT, Outcome, Posting, content_hash
from tests.data.records import check, fake_enrich, look, posting, save

DAY = date(2026, 8, 1)
NOON = datetime(2026, 8, 1, 12)
NAMES = ("runs", "boards", "checks", "postings", "documents", "sightings", "rejects")


def rows(engine: Engine, name: str) -> list[tuple[Any, ...]]:
    table = t.metadata.tables[name]
    with engine.connect() as db:
        return [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key.columns))]


def counts(engine: Engine) -> dict[str, int]:
    return {name: len(rows(engine, name)) for name in NAMES}


# --- invariant 1: append-only ---------------------------------------------------------------------


def test_nothing_seen_is_overwritten(engine: Engine) -> None:
    look(engine, DAY, "ab")
    before = {name: rows(engine, name) for name in ("checks", "postings", "documents", "sightings")}
    save(engine, date(2026, 8, 2), [posting("a", text="New wording of the advert."), posting("c")], run="2")
    look(engine, date(2026, 8, 3), (), Outcome.FAILED, reason="HTTP 500")
    for name, old in before.items():
        now = rows(engine, name)
        assert all(row in now for row in old), name
    assert [len(rows(engine, name)) for name in ("checks", "postings", "sightings")] == [3, 3, 4]


def test_a_failure_is_a_row(engine: Engine) -> None:
    look(engine, DAY, (), Outcome.BLOCKED, reason="robots.txt forbids it", http_status=403)
    with engine.connect() as db:
        row = db.execute(select(t.checks)).one()
    assert (row.outcome, row.reason, row.http_status, row.n_seen) == (
        "blocked",
        "robots.txt forbids it",
        403,
        0,
    )


def test_rejects_are_kept(engine: Engine) -> None:
    bad = {
        "source": "greenhouse",
        "board": "acme",
        "external_id": "x",
        "url": "no address",
        "text": "a@b.com",
    }
    with pytest.raises(IntakeError) as caught:
        accept(bad)
    reject = set_aside(bad, caught.value)
    store.start_run(engine, "r", source="greenhouse", kind="scrape", at=NOON)
    saved = save_listing(engine, "r", check(DAY), [posting("a")], [reject])
    assert (saved.rejected, saved.new) == (1, 1)
    with engine.connect() as db:
        row = db.execute(select(t.rejects)).one()
    assert row.field == "url"
    assert "a@b.com" not in row.sample


# --- invariant 2: idempotent ----------------------------------------------------------------------


def test_the_same_listing_twice_in_a_run_changes_nothing(engine: Engine) -> None:
    look(engine, DAY, "ab", run="one")
    before = {name: rows(engine, name) for name in NAMES}
    saved = look(engine, DAY, "ab", run="one")
    assert (saved.seen, saved.new) == (0, 0)
    after = {name: rows(engine, name) for name in NAMES}
    assert after == before


def test_the_same_answers_in_another_run_add_checks_and_sightings_only(engine: Engine) -> None:
    look(engine, DAY, "ab", run="one")
    before = counts(engine)
    saved = look(engine, DAY, "ab", run="two")
    assert (saved.seen, saved.new, saved.changed) == (2, 0, 0)
    grown = {name: n - before[name] for name, n in counts(engine).items() if n != before[name]}
    assert grown == {"runs": 1, "checks": 1, "sightings": 2}


def test_one_posting_twice_in_a_listing_is_one(engine: Engine) -> None:
    saved = save(engine, DAY, [posting("a"), posting("a")], run="1")
    assert (saved.seen, saved.new) == (1, 1)


def test_unchanged_repeats_the_last_complete_listing(engine: Engine) -> None:
    look(engine, DAY, "ab", etag='"v1"')
    look(engine, date(2026, 8, 2), "a", Outcome.PARTIAL)
    saved = look(engine, date(2026, 8, 3), (), Outcome.UNCHANGED)
    assert saved.seen == 2
    state = board_states(engine, "greenhouse")["acme"]
    assert (state.etag, state.n_open, state.last_complete_at) == ('"v1"', 2, datetime(2026, 8, 3, 6))


def test_only_a_complete_answer_leaves_a_validator(engine: Engine) -> None:
    look(engine, DAY, "a", Outcome.PARTIAL, etag='"half"')
    assert board_states(engine, "greenhouse")["acme"].etag is None


class _Cut(BaseException):
    """Stands for a kill in the middle of a transaction."""


@contextmanager
def cut_before(engine: Engine, n: int) -> Iterator[None]:
    """Cut the work off just before its n-th statement."""
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == n:
            raise _Cut

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", count)


def test_a_cut_at_any_statement_leaves_all_or_nothing(engine: Engine) -> None:
    store.start_run(engine, "r", source="greenhouse", kind="scrape", at=NOON)
    empty = counts(engine)
    n_cuts = 0
    while True:
        try:
            with cut_before(engine, n_cuts + 1):
                save_listing(engine, "r", check(DAY), [posting("a"), posting("b")])
            break
        except _Cut:
            n_cuts += 1
            assert counts(engine) == empty
    assert n_cuts > 8
    assert counts(engine)["sightings"] == 2


def test_kill_minus_nine_while_writing(tmp_path: Path) -> None:
    """A process that saves board after board is killed; the record opens, and every board is whole or absent."""
    url = f"sqlite:///{tmp_path / 'record.sqlite'}"
    script = textwrap.dedent(f"""
        from datetime import date
        from data.store import open_record
        from tests.data.records import look
        engine = open_record({url!r})
        print("ready", flush=True)
        for number in range(10_000):
            look(engine, date(2026, 8, 1), "abcdefgh", board=f"board-{{number}}", run="crawl")
    """)
    root = Path(__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    engine = store.open_record(url)
    while counts(engine)["checks"] < 5:
        assert child.poll() is None
    child.kill()
    child.wait()
    child.stdout.close()
    after = counts(engine)
    assert after["sightings"] == 8 * after["checks"]
    assert store.mark_interrupted(engine, at=NOON, source="greenhouse") in (0, 1)
    engine.dispose()


# --- invariant 3: text once, facts stamped --------------------------------------------------------


def test_text_is_kept_once(engine: Engine) -> None:
    save(engine, DAY, [posting("a", text="The same words."), posting("b", text="The same words.")], run="1")
    save(engine, date(2026, 8, 2), [posting("a", text="The same words.", changed_at=NOON)], run="2")
    assert counts(engine)["documents"] == 1
    body = rows(engine, "documents")[0][2]
    document = store.read_document(body)
    assert document["text"] == "The same words."
    assert content_hash(document) == rows(engine, "documents")[0][1]


def test_new_wording_is_a_new_version(engine: Engine) -> None:
    look(engine, DAY, "a")
    saved = save(engine, date(2026, 8, 2), [posting("a", text="Other words.")], run="2")
    assert (saved.new, saved.changed) == (0, 1)
    assert counts(engine)["documents"] == 2


def test_facts_are_replaced_when_the_rules_change(engine: Engine) -> None:
    look(engine, DAY, "abc")
    assert (fake_enrich(engine), fake_enrich(engine)) == (3, 0)
    assert store.count_pending(engine, "test-2") == 3
    assert fake_enrich(engine, "test-2") == 3
    with engine.connect() as db:
        assert set(db.scalars(select(t.facts.c.rules_version))) == {"test-2"}
        assert db.scalar(select(func.count()).select_from(t.facts)) == 3
    assert counts(engine)["documents"] == 3


# --- runs, schema, intake -------------------------------------------------------------------------


def test_runs_left_open_are_closed(engine: Engine) -> None:
    for source in ("greenhouse", "lever"):
        store.start_run(engine, source, source=source, kind="scrape", at=NOON)
        store.start_run(engine, source, source=source, kind="scrape", at=NOON)
    assert store.mark_interrupted(engine, at=NOON, source="lever") == 1
    status = {row[0]: row[5] for row in rows(engine, "runs")}
    assert status == {"greenhouse": "running", "lever": "interrupted"}


def test_a_newer_schema_is_refused(engine: Engine) -> None:
    with engine.begin() as db:
        db.execute(update(t.meta).values(value="999"))
    with pytest.raises(PromptjobsError, match="schema version 999"):
        store._check_schema_version(engine)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("no text", {"text": None}, "record"),
    ("text and html", {"html": "<p>x</p>"}, "record"),
    ("script as address", {"url": "javascript:alert(1)"}, "url"),
    ("markup in the address", {"url": 'https://example.org/"><script>'}, "url"),
    ("number as title", {"title": 7}, "title"),
    ("unknown field", {"salary": "lots"}, "salary"),
    ("bounds the wrong way round", {"pay": ({"min": 2, "max": 1},)}, "pay.0"),
    ("pay without an amount", {"pay": ({"currency": "EUR"},)}, "pay.0"),
    ("not a number", {"pay": ({"min": float("nan")},)}, "pay.0.min"),
    ("currency that is a symbol", {"pay": ({"min": 1.0, "currency": "$"},)}, "pay.0.currency"),
    ("country by name", {"country": "France"}, "country"),
]


@pytest.mark.parametrize(("name", "changes", "field"), REFUSED, ids=[row[0] for row in REFUSED])
def test_intake_refuses(name: str, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(IntakeError) as caught:
        posting("a", **changes)
    assert caught.value.field == field


def test_an_overlong_advert_is_cut_and_says_so() -> None:
    one = posting("a", text="x" * (MAX_TEXT + 5))
    assert (len(one.text or ""), one.is_truncated) == (MAX_TEXT, True)


def test_odd_characters_do_not_stop_the_record(engine: Engine) -> None:
    one = posting("a", text="half \ud83d pair, a zero \x00 and a \u202e turn")
    save(engine, DAY, [one], run="1")
    text = store.read_document(rows(engine, "documents")[0][2])["text"]
    assert "\x00" not in text
    assert "\ud83d" not in text


@pytest.mark.parametrize(
    "text",
    [
        "mail jobs@acme.example now",
        "mail jobs [at] acme dot com now",
        "mail jobs(at)acme.example now",
        "mail jobs at acme dot com now",
        "mail jobs&#64;acme.example now",
    ],
)
def test_addresses_are_dropped(text: str) -> None:
    assert drop_contacts(text) == f"mail {EMAIL_REMOVED} now"


@given(st.text(alphabet="ab @.()[]<>{}dotarb-+", max_size=80))
def test_dropping_contacts_twice_is_once(text: str) -> None:
    assert drop_contacts(drop_contacts(text)) == drop_contacts(text)


def test_the_document_leaves_the_dates_out() -> None:
    first, second = posting("a", posted_on=DAY), posting("a", changed_at=NOON)
    assert content_hash(first.document()) == content_hash(second.document())
    assert content_hash(first.document()) != content_hash(posting("a", title="Cook").document())
    assert isinstance(first, Posting)


def test_broken_characters_are_replaced_not_refused():
    raw = {"source": "s", "board": "b", "external_id": "1", "url": "https://a.example/1"}
    kept = accept({**raw, "title": "Prompt \ud83d Engineer", "text": "a\x00b \udc00"})
    assert (kept.title, kept.text) == ("Prompt ? Engineer", "ab ?")


def test_a_new_reader_forgets_the_validators_of_its_source_once(engine: Engine) -> None:
    for source in ("greenhouse", "lever"):
        look(engine, DAY, "a", source=source, board=source, etag='"x"', last_modified="Mon")

    def etag(source: str) -> str | None:
        return board_states(engine, source)[source].etag

    assert forget_validators(engine, "greenhouse", reader="1")
    assert (etag("greenhouse"), etag("lever")) == (None, '"x"')
    look(engine, date(2026, 8, 2), "a", board="greenhouse", etag='"y"')
    assert not forget_validators(engine, "greenhouse", reader="1")
    assert etag("greenhouse") == '"y"'
    assert forget_validators(engine, "greenhouse", reader="2")
    assert etag("greenhouse") is None
