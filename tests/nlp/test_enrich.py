"""Enriching the record: facts once per document and rules version, whatever the number of processes or kills."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from data import store
from data import tables as t
from data.intake import accept
from data.listings import save_listing
from data.schema import Check, Outcome
from nlp import enrich as module
from nlp.enrich import enrich

NOON = datetime(2026, 8, 1, 12)
TEXT = (
    "Lantern Works hires a prompt engineer in Lyon, number {n}.\n"
    "Requirements:\n- Python and LangChain\n- 3+ years of experience\nSalary: $90,000 - $1{n:02d},000 per year"
)


def fill(engine, n: int) -> None:
    """A record of `n` adverts that all differ."""
    store.start_run(engine, "run", source="import", kind="import", at=NOON)
    one = {"source": "import", "board": "b", "url": "https://a.example/1", "title": "Prompt Engineer"}
    postings = [accept({**one, "external_id": str(k), "text": TEXT.format(n=k)}) for k in range(n)]
    save_listing(
        engine, "run", Check(source="import", board="b", at=NOON, outcome=Outcome.COMPLETE), postings
    )


def rows(engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as db:
        return {
            table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key.columns))]
            for table in (t.facts, t.salaries, t.skills)
        }


@pytest.fixture
def engine(tmp_path):
    made = store.open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield made
    made.dispose()


def test_what_lost_is_kept_for_adverts_that_name_prompting_only(engine):
    store.start_run(engine, "run", source="import", kind="import", at=NOON)
    one = {"source": "import", "board": "b", "url": "https://a.example/1"}
    money = "We raised $20M in funding, then $30M, $40M and $50M. We need Python."
    postings = [
        accept({**one, "external_id": title, "title": title, "text": f"{title}. {money}"})
        for title in ("Prompt Engineer", "Cook")
    ]
    save_listing(
        engine, "run", Check(source="import", board="b", at=NOON, outcome=Outcome.COMPLETE), postings
    )
    enrich(engine)
    with engine.connect() as db:
        kept = list(
            db.execute(select(t.rivals).where(t.rivals.c.fact == "pay").order_by(t.rivals.c.position))
        )
    assert [(row.quote, row.reason) for row in kept] == [
        ("$20M", "millions"),
        ("$30M", "millions"),
        ("$40M", "millions"),
    ]
    assert {row.document_id for row in kept} == {1}
    assert kept[0].before.endswith("We raised ") and kept[0].after.startswith(" in funding")


def test_each_document_is_read_once_and_points_at_its_words(engine):
    fill(engine, 3)
    assert enrich(engine).n_read == 3
    assert enrich(engine).n_read == 0
    found = rows(engine)
    assert [row[1] for row in found["facts"]] == [enrich(engine).rules_version] * 3
    with engine.connect() as db:
        pay = db.execute(select(t.salaries)).first()
        skill = db.execute(select(t.skills).where(t.skills.c.skill_id == "python")).first()
    text = TEXT.format(n=0)
    assert text[pay.start : pay.end] == pay.quote and pay.min == 90_000
    assert text[skill.start : skill.end] == skill.surface == "Python"
    assert text[skill.start - len(skill.before) : skill.start] == skill.before


def test_a_new_version_of_the_rules_reads_again_and_replaces(engine, monkeypatch):
    fill(engine, 3)
    enrich(engine)
    before = rows(engine)
    monkeypatch.setattr(module, "rules_version", lambda: "another")
    assert enrich(engine).n_read == 3
    after = rows(engine)
    assert after["skills"] == before["skills"] and after["salaries"] == before["salaries"]
    assert {row[1] for row in after["facts"]} == {"another"}


def test_two_processes_write_what_one_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_SMALL", 0)
    monkeypatch.setattr(module, "_BATCH", 10)
    found = []
    for workers in (1, 2):
        engine = store.open_record(f"sqlite:///{tmp_path / str(workers)}.sqlite")
        fill(engine, 45)
        told: list[tuple[int, int]] = []
        assert enrich(engine, workers=workers, progress=lambda *p, told=told: told.append(p)).n_read == 45
        assert told[-1] == (45, 45)
        found.append(rows(engine))
        engine.dispose()
    assert found[0] == found[1]


def test_an_advert_that_breaks_the_reader_is_noted_and_the_rest_is_read(engine, monkeypatch):
    fill(engine, 3)
    monkeypatch.setattr(module.similarity, "sketch", _broken_for("number 1."))
    done = enrich(engine)
    assert (done.n_read, done.n_errors) == (3, 1)
    with engine.connect() as db:
        (error,) = db.scalars(select(t.facts.c.error).where(t.facts.c.error.is_not(None)))
    assert error == "ZeroDivisionError: broken for the test"
    assert enrich(engine).n_read == 0


def _broken_for(words):
    from data.similarity import sketch

    def broken(text):
        if words in text:
            raise ZeroDivisionError("broken for the test")
        return sketch(text)

    return broken


ORPHANS = """
import sys
from data.store import open_record
from nlp import enrich
enrich._SMALL, enrich._BATCH = 0, 5
enrich.enrich(open_record(sys.argv[1]), workers=2, progress=lambda *_: print("going", flush=True))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads process parents from /proc")
def test_workers_of_a_killed_enrich_end_by_themselves(engine, tmp_path):
    fill(engine, 400)
    command = [sys.executable, "-c", ORPHANS, str(engine.url)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "going\n"
    workers = _children(process.pid)
    assert len(workers) >= 2
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.1)
    assert enrich(engine).n_read > 0
    assert len(rows(engine)["facts"]) == 400


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found
