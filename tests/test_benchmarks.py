"""The synthetic releases on which the measures are timed, and the timing itself, small."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bare import asked_by, bare_seconds, columns_read
from benchmarks.measures import SETS, broken_bars, three, timing
from benchmarks.releases import synthesise
from data.frames import TABLES
from data.release import Release, open_release
from data.release_files import verify_files
from data.reports import REPORTS

N = 4_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic")
    synthesise(folder, N)
    return folder


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    return open_release(folder)


def test_the_same_seed_gives_the_same_release(folder: Path, release: Release, tmp_path: Path) -> None:
    assert synthesise(tmp_path, N).name == release.name
    assert synthesise(tmp_path, N, seed=8).name != release.name
    assert verify_files(folder, release.name) == []


def test_a_synthetic_release_has_the_layout_of_a_real_one(release: Release) -> None:
    assert release.manifest["counts"]["postings"] == N
    for table, columns in TABLES.items():
        assert list(release.query(f"SELECT * FROM {table} LIMIT 1").columns) == [c.name for c in columns]
    for table in ("postings", "salaries", "skills", "soft", "spells"):
        keys = release.query(f"SELECT posting_key FROM {table}")["posting_key"]
        assert keys.is_monotonic_increasing, table
        assert len(keys) == release.manifest["counts"][table] > 0


def test_a_synthetic_market_is_like_a_real_one(release: Release) -> None:
    found = release.query("""
        SELECT count(DISTINCT posting_key) AS keys, count(*) / count(DISTINCT opening_key) AS per_opening,
            avg((prompt_relation <> 'none')::INT) AS named, avg(has_pay::INT) AS paid,
            count(DISTINCT employer_key) AS employers, bool_and(gone_by > last_seen) AS ends_after_last_seen,
            bool_and(lifecycle = 'listing' OR gone_by IS NULL) AS only_listings_end
        FROM postings""").iloc[0]
    assert found["keys"] == N
    assert 1.5 < found["per_opening"] < 1.8
    assert 0.008 < found["named"] < 0.025
    assert 0.25 < found["paid"] < 0.4
    assert 100 < found["employers"] <= N // 20
    assert found["ends_after_last_seen"] and found["only_listings_end"]
    odd = "SELECT count(*) AS n FROM spells WHERE last_seen < first_seen OR gone_by <= last_seen"
    assert release.query(odd)["n"][0] == 0


def test_the_bare_query_reads_what_the_plan_of_a_measure_reads(folder: Path) -> None:
    plain = open_release(folder, in_memory=False)
    columns = columns_read(plain, asked_by(plain, REPORTS["coverage"], three(0)))
    # Its own rows are of `coverage`; what stands beside them is the coverage of the whole market.
    assert columns["coverage"] == {"source", "day", "outcome", "n_seen", "reason"}
    assert {"opening_key", "employer_key", "has_pay", "month", "source"} <= columns["postings"]
    assert not {"title", "url", "pay_usd_min"} & columns["postings"]
    assert columns.keys() == {"coverage", "postings"}
    assert bare_seconds(plain, columns, three(0), rounds=1) > 0


@pytest.mark.parametrize("filters", SETS)
def test_a_report_is_timed(folder: Path, release: Release, filters: str) -> None:
    plain = open_release(folder, in_memory=False)
    found = timing(release, plain, "demand", filters, n=N, rounds=3)
    assert 0 < found.median <= found.p95
    assert found.rows > 0
    assert found.bare is not None and found.bare > 0


def test_bars() -> None:
    assert broken_bars(0.1, 0.3, 3.0, n=10**6) == ("ratio",)
    assert broken_bars(0.04, 0.3, 3.0, n=10**6) == ()
    assert broken_bars(0.2, 0.5, 1.0, n=10**6) == ("median", "p95")
    assert broken_bars(0.2, 0.5, 1.0, n=10**7) == ()
    assert broken_bars(1.6, 1.7, None, n=10**7) == ("median",)


def test_no_two_rounds_ask_the_same() -> None:
    for selection, _ in SETS.values():
        assert len({selection(number) for number in range(21)}) == 21
