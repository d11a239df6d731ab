"""Reading fast: short ways give what the long ones do, and other processes read as this one does."""

from __future__ import annotations

import asyncio
import html
import io
import pickle
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake import EMAIL_REMOVED, accept
from data.reference import Board
from data.schema import Outcome, Posting, canonical_json
from scraper import readers, reading
from scraper.answers import Answer
from scraper.interest import is_of_interest
from scraper.pipelines import read
from scraper.platforms.fields import unescape
from scraper.platforms.greenhouse import Greenhouse
from tests.scraper.crawling import job

PIECES = (
    "&lt;",
    "&gt;",
    "&quot;",
    "&#39;",
    "&amp;",
    "&",
    "&nbsp;",
    "&amp;lt;",
    "&#x27;",
    "&lt",
    "a;",
    "’",
    "lt;",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_unescaping_is_that_of_html(markup):
    assert unescape(markup) == html.unescape(markup)


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.lists(st.sampled_from(["Lyon", "Zürich"]), max_size=2),
    st.one_of(st.none(), st.floats(1, 1e300)),
)
def test_the_wording_is_canonical_json(text, places, low):
    fields = {"source": "s", "board": "b", "external_id": "1", "url": "https://a.example", "title": "Cook"}
    pay = ({"min": low, "currency": "EUR"},) if low else ()
    one = Posting(**fields, text=text, places=tuple(places), pay=pay)
    assert one.wording() == canonical_json(one.document())


def test_half_characters_hide_neither_addresses_nor_prompts():
    fields = {"source": "s", "board": "b", "external_id": "1", "url": "https://a.example/1"}
    assert accept({**fields, "text": "\ud83d jobs [at] acme dot com"}).text == f"? {EMAIL_REMOVED}"
    assert is_of_interest("\ud83d Prompt Engineer")


def answer(*raws):
    board = Board(source="greenhouse", board="acme")
    return Answer(board, datetime(2026, 8, 1, tzinfo=UTC), Outcome.COMPLETE, 200, raws=raws)


ODD = answer(job(1), job(2, title=None), job(3, language="?"), "no record")


def test_the_helper_reads_until_its_input_ends(monkeypatch):
    def message(value):
        body = pickle.dumps(value)
        return len(body).to_bytes(8, "big") + body

    source = io.BytesIO(message(Greenhouse()) + message(ODD))
    sink = io.BytesIO()
    monkeypatch.setattr(readers, "spare_the_collector", lambda: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=source))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=sink))
    readers.main()
    assert pickle.loads(sink.getvalue()[8:]) == reading.read_whole(ODD, Greenhouse())


def test_another_process_reads_the_same_and_its_death_costs_nothing(monkeypatch):
    monkeypatch.setattr(readers, "HELPERS", 1)

    async def ask_twice():
        asked = readers.Readers(Greenhouse())
        first = await asked.read(ODD)
        child = asked._idle.get_nowait()
        child.kill()
        await child.wait()
        asked._idle.put_nowait(child)
        second = await asked.read(ODD)
        assert await asked.read(answer(job(1, odd=lambda: None))) is None
        await asked.stop()
        return first, second, asked._idle.qsize()

    first, second, n_idle = asyncio.run(ask_twice())
    assert first == reading.read_whole(ODD, Greenhouse())
    assert second is None
    assert n_idle == 0


def test_help_is_asked_for_only_when_reading_holds_up_the_crawl(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(read, "monotonic", lambda: 100.0)
    step = read.ReadRecords(SimpleNamespace(signals=SimpleNamespace(connect=lambda *_, **__: None)))
    for passed, spent, is_behind in ((10, 2, False), (10, 3, True), (0.5, 0.5, False), (2, 1.2, True)):
        step._begun, step._spent = 100.0 - passed, spent
        assert step._is_behind() is is_behind
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert step._is_behind() is False


def test_the_readers_version_follows_its_sources(tmp_path, monkeypatch):
    for name in ("scraper/platforms/one.py", *reading._READERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"a = 1\n")
    monkeypatch.setattr(reading, "_ROOT", tmp_path)
    version = reading.reader_version.__wrapped__
    before = version()
    (tmp_path / "data/intake.py").write_bytes(b"a = 1\r\n")
    assert version() == before
    (tmp_path / "scraper/platforms/one.py").write_bytes(b"a = 2\n")
    assert version() != before
