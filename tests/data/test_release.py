"""Releases: immutable, hashed, atomic; the same record gives the same bytes; kills leave a readable one."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine

from data.errors import ReleaseError
from data.frames import JOURNAL, TABLES, arrow_schema
from data.publish import publish
from data.release import current_name, open_release, release_names
from data.release_files import thin, verify_files
from data.schema import Outcome
from data.store import open_record
from tests.data.records import CARDS, fake_enrich, look, posting, save
from tests.releases import make_release

NOW = datetime(2026, 8, 20, 12, 0, 0)
DAY = date(2026, 8, 1)
ROOT = Path(__file__).parents[2]


def put(engine: Engine, releases: Path, now: datetime = NOW) -> str:
    fake_enrich(engine)
    return publish(engine, releases, rules_version="test-1", archive=None, cards=CARDS, now=now)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix == ".parquet"}


def fill(engine: Engine) -> None:
    look(engine, DAY, "abcd")
    look(engine, date(2026, 8, 2), "abc")
    look(engine, date(2026, 8, 2), (), Outcome.FAILED, board="beta", reason="HTTP 500")
    look(engine, date(2026, 8, 2), "xy", source="hackernews", board="thread-1")


# --- reading --------------------------------------------------------------------------------------


def test_every_table_has_its_columns(tmp_path: Path) -> None:
    release = open_release(make_release(tmp_path))
    for name, columns in {**TABLES, **JOURNAL}.items():
        stored = pq.read_schema(release.path / f"{name}.parquet")
        for field in arrow_schema(columns):  # Parquet has no whole seconds
            assert stored.field(field.name).type in (field.type, pa.timestamp("ms"))
        assert list(release.query(f"SELECT * FROM {name}").columns) == [column.name for column in columns]
        assert name in JOURNAL or release.manifest["counts"][name] > 0


def test_query_takes_both_kinds_of_parameters(tmp_path: Path) -> None:
    release = open_release(make_release(tmp_path))
    by_place = release.query("SELECT count(*) AS n FROM postings WHERE source = ?", ["lever"])
    by_name = release.query("SELECT count(*) AS n FROM postings WHERE source = $s", {"s": "lever"})
    assert by_place["n"][0] == by_name["n"][0] > 0


def test_threads_share_a_release(tmp_path: Path) -> None:
    release = open_release(make_release(tmp_path))
    found: list[int] = []

    def ask() -> None:
        for _ in range(20):
            found.append(int(release.query("SELECT count(*) AS n FROM skills")["n"][0]))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 120
    assert len(set(found)) == 1


def test_what_is_missing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="promptjobs publish"):
        open_release(tmp_path / "nowhere")
    make_release(tmp_path)
    with pytest.raises(ReleaseError, match="latest kept: 2026"):
        open_release(tmp_path, "20200101T000000-12345678")
    with pytest.raises(ReleaseError, match="not the name"):
        open_release(tmp_path, "../../etc")


def test_a_damaged_release_is_told_and_replaced(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    name = put(engine, tmp_path)
    assert verify_files(tmp_path, name) == []
    (tmp_path / name / "skills.parquet").unlink()
    with pytest.raises(ReleaseError, match="lacks skills"):
        open_release(tmp_path)
    assert open_release(tmp_path, put(engine, tmp_path)).name == name
    assert verify_files(tmp_path, name) == []


# --- the same record, the same bytes --------------------------------------------------------------


def test_nothing_new_makes_no_new_release(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    first = put(engine, tmp_path)
    before = contents(tmp_path / first)
    assert put(engine, tmp_path, NOW + timedelta(days=1)) == first
    assert release_names(tmp_path) == [first]
    assert contents(tmp_path / first) == before


def test_a_run_that_found_nothing_new_still_enters_the_journal(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    first = put(engine, tmp_path)
    look(engine, date(2026, 8, 2), "abc", run="again")
    assert put(engine, tmp_path) == first
    assert len(open_release(tmp_path).query("SELECT * FROM runs")) == 5


def test_order_of_arrival_does_not_change_the_bytes(tmp_path: Path) -> None:
    """Two records with the same looks, written in another order: the same files."""
    looks = [(number, board) for number in (1, 2, 3) for board in ("acme", "beta", "gamma")]
    found = []
    for order in (looks, sorted(looks, key=lambda pair: pair[1], reverse=True)):
        folder = tmp_path / str(len(found))
        engine = open_record(f"sqlite:///{folder / 'record.sqlite'}")
        for number, board in order:
            ids = [f"{board}-{i}" for i in range(6 - number)]
            look(engine, date(2026, 8, number), ids, board=board)
        name = put(engine, folder / "releases")
        found.append(contents(folder / "releases" / name))
        engine.dispose()
    for name in TABLES:
        assert found[0][f"{name}.parquet"] == found[1][f"{name}.parquet"], name


def test_a_repeated_run_gives_the_bytes_of_a_single_one(tmp_path: Path) -> None:
    """A run killed after its first board and repeated the same day publishes what one whole run would."""
    found = []
    for killed in (False, True):
        folder = tmp_path / str(killed)
        engine = open_record(f"sqlite:///{folder / 'record.sqlite'}")
        if killed:
            look(engine, DAY, "abc", run="killed")
        for board in ("acme", "beta"):
            look(engine, DAY, "abc" if board == "acme" else "de", board=board, run="whole")
        found.append(put(engine, folder / "releases")[16:])
        engine.dispose()
    assert found[0] == found[1]


def test_releases_stay_as_they_are(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    first = put(engine, tmp_path)
    before = contents(tmp_path / first)
    save(engine, date(2026, 8, 3), [posting("new")], run="3")
    second = put(engine, tmp_path, NOW + timedelta(seconds=1))
    assert current_name(tmp_path) == second != first
    assert contents(tmp_path / first) == before
    assert len(open_release(tmp_path, first).query("SELECT * FROM postings")) == 6
    assert len(open_release(tmp_path).query("SELECT * FROM postings")) == 7


def test_manifest(engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    release = open_release(tmp_path, put(engine, tmp_path))
    manifest = release.manifest
    assert manifest["name"] == f"20260820T120000-{manifest['content_hash'][:8]}"
    assert manifest["made_at"] == "2026-08-20T12:00:00"
    assert set(manifest["files"]) == {f"{name}.parquet" for name in TABLES}
    assert (manifest["rules_version"], manifest["archive"], manifest["n_unread"]) == ("test-1", None, 0)
    json.dumps(manifest)


# --- kills ----------------------------------------------------------------------------------------


class _Cut(BaseException):
    """Stands for a kill."""


STEPS = ("mkdir", "rename", "replace", "open")


@contextmanager
def cut_at(monkeypatch: pytest.MonkeyPatch, step: str, number: int, folder: Path) -> Iterator[None]:
    """Kill the work at the `number`-th call of a Path's `step` inside `folder`."""
    real, calls = getattr(Path, step), 0

    def call(self: Path, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += folder in self.parents
        if calls == number:
            raise _Cut
        return real(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, call)
        yield


@pytest.mark.parametrize("step", STEPS)
def test_a_cut_at_any_step_leaves_a_readable_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Each call of the step is cut once; what is current stays readable; the next publish cleans up."""
    releases = tmp_path / "releases"
    engine = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
    fill(engine)
    put(engine, releases)
    save(engine, date(2026, 8, 3), [posting("new")], run="3")
    fake_enrich(engine)
    name, n_cuts = None, 0
    while name is None:
        try:
            with cut_at(monkeypatch, step, n_cuts + 1, releases):
                name = put(engine, releases, NOW + timedelta(seconds=1))
        except _Cut:
            n_cuts += 1
            assert len(open_release(releases).query("SELECT * FROM postings")) in (6, 7)
    assert n_cuts > 0
    assert current_name(releases) == name
    assert not [entry for entry in releases.iterdir() if entry.name.startswith(".tmp")]
    assert len(release_names(releases)) == 2
    engine.dispose()


@pytest.mark.slow
def test_kill_minus_nine_while_publishing(tmp_path: Path) -> None:
    """Publishing processes killed at random moments: CURRENT can always be read, and the end is the same."""
    url, releases = f"sqlite:///{tmp_path / 'record.sqlite'}", tmp_path / "releases"
    engine = open_record(url)
    fill(engine)
    put(engine, releases)
    script = textwrap.dedent(f"""
        from datetime import date, datetime, timedelta
        from pathlib import Path
        from data.store import open_record
        from tests.data.records import look
        from tests.data.test_release import put
        engine = open_record({url!r})
        print("ready", flush=True)
        for number in range(1000):
            look(engine, date(2026, 8, 3) + timedelta(days=number), "abc")
            put(engine, Path({str(releases)!r}), datetime(2026, 9, 1) + timedelta(days=number))
    """)
    rng = random.Random(5)
    for _ in range(2):
        child = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.3 + rng.random())
        child.kill()
        child.wait()
        child.stdout.close()
        release = open_release(releases)
        assert verify_files(releases, release.name) == []
        assert len(release.query("SELECT * FROM postings")) == 6
    name = put(engine, releases, datetime(2031, 1, 1))
    assert sorted(entry.name for entry in releases.iterdir()) == sorted([*release_names(releases), "CURRENT"])
    assert current_name(releases) == name
    engine.dispose()


# --- thinning -------------------------------------------------------------------------------------


def test_old_releases_are_thinned(tmp_path: Path) -> None:
    names = [f"2026{month:02}{day:02}T060000-0000000{day}" for month in (5, 6, 7) for day in range(1, 8)]
    for name in names:
        (tmp_path / name).mkdir()
    (tmp_path / "CURRENT").write_text(f"{names[3]}\n")
    thin(tmp_path)
    kept = release_names(tmp_path)
    assert kept == sorted({names[0], names[3], names[7], *names[-8:]})
    assert len(list(tmp_path.iterdir())) == len(kept) + 1


def test_a_release_older_than_a_table_has_it_without_rows(tmp_path: Path) -> None:
    make_release(tmp_path)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["files"]["rivals.parquet"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "rivals.parquet").unlink()
    assert open_release(tmp_path).query("SELECT reason, start FROM rivals").empty
