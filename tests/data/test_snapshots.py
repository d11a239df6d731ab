"""Snapshots in the record, on SQLite and PostgreSQL: written once, dated by themselves, in nobody's way."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data import tables as t
from data.health.record import read_health
from data.journal import last_checked
from data.listings import board_states
from data.measures import demand
from data.measures.selection import Selection
from data.publish import publish
from data.recall import recall
from data.release import Release, open_release
from data.schema import Outcome
from data.snapshots import OF_ARCHIVE, Walk, known_snapshots, load_walks, save_snapshot, save_walk
from data.store import start_run
from tests.data.records import CARDS, FakeCard, check, fake_enrich, look, posting, save

PAST, LIVE = date(2023, 3, 1), date(2026, 8, 1)


def count(engine: Engine) -> list[int]:
    with engine.connect() as db:
        return [db.scalar(select(func.count()).select_from(table)) or 0 for table in t.metadata.sorted_tables]


def test_a_snapshot_is_written_once_whatever_walk_finds_it(engine: Engine) -> None:
    one = check(PAST)
    assert save_snapshot(engine, one, [posting("a")]).new == 1
    before = count(engine)
    assert save_snapshot(engine, one, [posting("a"), posting("b")]).new == 0
    assert count(engine) == before
    assert known_snapshots(engine, "greenhouse", "acme") == {datetime(2023, 3, 1, 6)}
    assert known_snapshots(engine, "greenhouse", "other") == set()


def test_a_walk_is_noted_and_noted_anew(engine: Engine) -> None:
    half, whole = (Walk(datetime(2021, 1, 1), datetime(year, 1, 1), year == 2026) for year in (2023, 2026))
    for walk in (half, whole, whole):
        save_walk(engine, "greenhouse", "acme", walk)
    save_walk(engine, "lever", "acme", half)
    assert load_walks(engine) == {("greenhouse", "acme"): whole, ("lever", "acme"): half}


def test_the_live_board_is_as_it_was(engine: Engine) -> None:
    look(engine, LIVE, "ab", etag='"now"')
    state, asked = board_states(engine, "greenhouse"), last_checked(engine)
    save_snapshot(engine, check(PAST), [posting("a", text="We wrote prompts then.")])
    assert (board_states(engine, "greenhouse"), last_checked(engine)) == (state, asked)
    assert recall(engine, "greenhouse", "acme", ["a"])["a"] == posting("a")
    assert look(engine, date(2026, 8, 2), (), Outcome.UNCHANGED).seen == 2
    live = read_health(engine, CARDS)["greenhouse"]
    start_run(engine, "walk", source="wayback", kind="scrape", at=datetime(2026, 8, 3))
    save_snapshot(engine, check(date(2024, 1, 1)), [posting("a")])
    after = read_health(engine, CARDS)
    assert after["greenhouse"] == live
    assert after["wayback"].last_run_at == datetime(
        2026, 8, 3
    )  # snapshots are dated by themselves, not by the walk


def test_validators_fall_where_a_snapshot_is_newer(engine: Engine) -> None:
    look(engine, PAST, "ab", etag='"old"')
    save_snapshot(engine, check(LIVE), [posting("a")])
    state = board_states(engine, "greenhouse")["acme"]
    assert (state.etag, state.n_open) == (None, 1)


@pytest.mark.parametrize("live_first", [True, False])
def test_origin_is_snapshot_only_where_nothing_else_has_shown_it(
    engine: Engine, tmp_path: Path, live_first: bool
) -> None:
    quoted = posting("c", title="Prompt Cook", text="We need python here.")

    def collect() -> None:
        save(engine, LIVE, [posting("b")], run="live")

    def walk() -> None:
        save_snapshot(engine, check(PAST), [posting("a"), posting("b"), quoted])

    for step in (collect, walk) if live_first else (walk, collect):
        step()
    fake_enrich(engine)
    cards = dict(CARDS) | {"wayback": FakeCard("Wayback", kind="snapshots", republish=("facts", "links"))}
    publish(
        engine,
        tmp_path,
        now=datetime(2026, 8, 20),
        rules_version="test-1",
        archive=None,
        cards=cards,
    )
    release = open_release(tmp_path)
    rows = release.query("SELECT posting_key, origin, url, first_seen, gone_by FROM postings ORDER BY 1")
    assert rows["origin"].tolist() == ["snapshot", "live", "snapshot"] and rows["url"].notna().all()
    assert rows["gone_by"].dt.date.tolist()[::2] == [LIVE, LIVE]
    assert rows["first_seen"].dt.date.tolist() == [PAST] * 3
    # The archive's card lets facts and links be shown, no quotes; the live posting keeps those of its source.
    assert release.query("SELECT DISTINCT posting_key FROM evidence")["posting_key"].tolist() == [
        "greenhouse:b"
    ]
    assert release.query("SELECT surface FROM skills")["surface"].isna().all()
    _is_modest_about_the_past(release)
    kinds = release.query("SELECT kind, count(*) AS n FROM runs GROUP BY 1 ORDER BY 1").values.tolist()
    assert kinds == [["scrape", 1], ["snapshot", 1]]


def _is_modest_about_the_past(release: Release) -> None:
    """The month of a snapshot is provisional, and the stock leaves what only snapshots have shown out."""
    flow = demand.flow_by_month(release, Selection()).frame.set_index("month")
    assert flow.loc["2023-03-01", "reason"] == "boards_failed:greenhouse"
    assert flow.loc["2023-03-01", "n_postings"] == 3 and flow.loc["2023-04-01", "reason"]
    stock = demand.stock_by_day(release, Selection()).frame
    assert [(row.day.date(), row.n_open, row.n_first_check) for row in stock.itertuples()] == [(LIVE, 1, 1)]
    coverage = release.query("SELECT reason FROM coverage ORDER BY day")["reason"].tolist()
    assert coverage[0] == OF_ARCHIVE and coverage[1] != coverage[1]


def test_a_stock_of_nothing_but_snapshots_is_empty(engine: Engine, tmp_path: Path) -> None:
    save_snapshot(engine, check(PAST, Outcome.PARTIAL, reason="a page"), [posting("a")])
    fake_enrich(engine)
    publish(engine, tmp_path, now=datetime(2026, 8, 20), rules_version="test-1", archive=None, cards=CARDS)
    release = open_release(tmp_path)
    assert demand.stock_by_day(release, Selection()).frame.empty
    assert release.query("SELECT reason FROM coverage")["reason"][0] == f"{OF_ARCHIVE}: a page"
