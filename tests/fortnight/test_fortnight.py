"""The simulated fortnight at the size of a test, its world, and that its comparison can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data import tables as t
from data.publishing import guard
from data.store import open_record
from tests.data.records import RULES, fake_enrich
from tests.fortnight.run import Fortnight
from tests.fortnight.truth import Spell, differences, truth
from tests.fortnight.world import (
    BROKEN,
    BUSY,
    CUT,
    EMPTY,
    ERROR,
    GONE,
    HALF,
    RENAMED,
    SLOW,
    SOURCES,
    WHOLE,
    make_world,
)

DAYS = (0, 1, 2, 3, 4, 5, 8, 9)
"""Eight days of crawls; in between the machine is off for two."""
SMALL = make_world(7, n_boards=24, days=DAYS)


def read(engine: Engine) -> str:
    fake_enrich(engine)
    return RULES


@pytest.mark.slow
def test_the_record_of_a_killed_fortnight_is_the_truth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fortnight = Fortnight(SMALL, tmp_path / "home", seed=7, n_kills=3, apart=False, enrich=read)
    result = fortnight.run()
    assert result.wrong == (), str(result)
    assert (result.n_boards, result.n_kills) == (24, 3)
    assert result.n_postings > 200 and result.n_closed > 50
    _and_a_wrong_one_is_not(fortnight, monkeypatch)


def _and_a_wrong_one_is_not(fortnight: Fortnight, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the volume guard, and with one sighting less in the record."""
    lives = truth(SMALL)
    with monkeypatch.context() as without:
        without.setattr(guard, "MAX_SHARE", 1.0)
        wrong = differences(lives, fortnight.released())
    assert len(wrong) >= 5
    engine = open_record(fortnight.record)
    with engine.begin() as db:
        first = db.execute(select(t.sightings).order_by(t.sightings.c.check_id).limit(1)).one()
        same = (t.sightings.c.check_id == first.check_id, t.sightings.c.posting_id == first.posting_id)
        db.execute(t.sightings.delete().where(*same))
    engine.dispose()
    assert len(differences(lives, fortnight.released())) == 1


def test_a_world_is_its_seed() -> None:
    assert make_world(7, n_boards=24, days=DAYS) == SMALL
    assert make_world(8, n_boards=24, days=DAYS) != SMALL


def test_everything_happens_in_the_small_world() -> None:
    words = {word for board in SMALL.boards for word in board.plan}
    assert words == {WHOLE, HALF, BROKEN, EMPTY, GONE, ERROR, BUSY, SLOW, CUT, RENAMED}
    assert {board.source for board in SMALL.boards} == set(SOURCES)
    lives = truth(SMALL)
    exits = {spell.exit for life in lives.values() for spell in life.spells}
    assert exits == {None, "vanished", "emptied", "board_gone"}
    assert {len(life.spells) for life in lives.values()} == {1, 2}
    assert {life.n_versions for life in lives.values()} == {1, 2}
    elsewhere = {(key.split(":")[0], life.opening.split(":")[0]) for key, life in lives.items()}
    assert any(source != first for source, first in elsewhere)


def test_the_comparison_finds_every_wrong_record() -> None:
    lives = truth(SMALL)
    key, life = next((key, life) for key, life in lives.items() if life.spells[-1].gone_by)
    spell = life.spells[-1]
    day = timedelta(days=1)
    wrongs = [
        replace(life, spells=(*life.spells[:-1], replace(spell, first_seen=spell.first_seen - day))),
        replace(life, spells=(*life.spells[:-1], replace(spell, last_seen=spell.last_seen + day))),
        replace(life, spells=(*life.spells[:-1], replace(spell, gone_by=None, exit=None))),
        replace(life, spells=(*life.spells, Spell(date(2026, 9, 14), date(2026, 9, 14)))),
        replace(life, opening="lever:another"),
        replace(life, n_versions=life.n_versions + 1),
    ]
    for wrong in wrongs:
        assert len(differences(lives, lives | {key: wrong})) == 1
    assert differences(lives, lives) == []
    assert differences(lives, {k: v for k, v in lives.items() if k != key})[0].startswith(f"{key} is lost")
    assert differences(lives, lives | {"lever:new": life})[0].startswith("lever:new is invented")
