"""The starter archive: built from corpora in their shapes (invented here), facts only, joined by live wins."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine

from data import corpora
from data.archive_build import build_archive
from data.errors import ReferenceDataError, ReleaseError
from data.frames import TABLES
from data.publish import publish
from data.release import Release, open_release
from tests.data.records import CARDS, RULES, TEXT, fake_enrich, posting, save
from tests.shared import SHARED

ARCHIVE = Path(__file__).parents[2] / "data" / "archive"
NOW = datetime(2026, 8, 20, 12)


def comment(number: int, month: str, **changes: Any) -> dict[str, Any]:
    """One line of the threads' file; the time is null before May 2021."""
    thread = {"May 2019": 100, "June 2022": 200}[month]
    record = {
        "id": number,
        "thread_id": thread,
        "thread_title": f"Ask HN: Who is hiring? ({month})",
        "by": "somebody",
        "time": None if thread == 100 else "2022-06-01T15:00:00",
        "level": 0,
        "text_html": f"Kite &amp; Key | Prompt Engineer | {number}<p>{TEXT}",
    }
    return record | changes


def job(number: int, source: str = "who_is_hiring") -> dict[str, Any]:
    return {
        "id": number,
        "source": source,
        "by": "x",
        "time": 1_772_400_000,
        "text": f"{TEXT} python {number}",
    }


AD = {
    "id": "mk-1",
    "description": f"{TEXT} Python is asked for.",
    "title": "Prompt Engineer",
    "company": "Sable Health",
    "work_arrangement": "Hybrid",
    "city": "Lyon",
    "state": "",
    "country": "France",
    "date_posted": "2025-07-06c",
    "date_scraped": "7/20/2025",
    "employment_type": "Full-time",
    "url": "",
}


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder with corpora/ in the shapes of the collected ones."""
    folder = tmp_path / "shared" / "corpora"
    for name in ("hackernews", "prompt_engineer_ads", "salaries", "indeed"):
        (folder / name).mkdir(parents=True)
    lines = [
        comment(1, "May 2019"),
        comment(2, "May 2019"),
        comment(3, "May 2019", level=1),
        comment(4, "June 2022"),
    ]
    with lzma.open(folder / "hackernews" / "whoishiring_a.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, lines)))
    run = {
        "sources": {
            "who_is_hiring_thread_id": 300,
            "who_is_hiring_thread_title": "Ask HN: Who is hiring? (March 2026)",
        },
        "jobs": [job(5), job(5), job(4), job(6, "direct")],
    }
    with lzma.open(folder / "hackernews" / "raw_2026-03-15.json.xz", "wt", encoding="utf-8") as file:
        json.dump(run, file)
    ads = [
        AD,
        AD | {"id": "mk-2", "date_posted": "soon", "country": "Atlantis", "description": "Other words."},
    ]
    (folder / "prompt_engineer_ads" / "ads_dev.jsonl").write_text(
        "\n".join(map(json.dumps, ads)), encoding="utf-8"
    )
    salary = {
        "work_year": 2024,
        "experience_level": "MI",
        "employment_type": "FT",
        "job_title": "Prompt Engineer",
    }
    salary |= {"salary": 90000, "salary_currency": "EUR", "salary_in_usd": 100000, "company_location": "FR"}
    write_rows(folder / "salaries" / "ai_jobs_net_salaries_x.csv.gz", [salary])
    index = {
        "date": "2026-08-14",
        "jobcountry": "FR",
        "indeed_job_postings_index_SA": 95.09,
        "variable": "total postings",
    }
    others = [index | {"date": "2026-08-13"}, index | {"variable": "new postings"}]
    write_rows(folder / "indeed" / "aggregate_job_postings_FR.csv.gz", [index, *others])
    share = [
        {"date": f"2026-06-{n}", "jobcountry": "FR", "AI_share_postings": v}
        for n, v in (("01", 3.0), ("30", 4.0))
    ]
    write_rows(folder / "indeed" / "AI_posting.csv.gz", share)
    return tmp_path / "shared"


@pytest.fixture
def archive(shared: Path, tmp_path: Path) -> Path:
    build_archive(shared, tmp_path / "archive", enrich=fake_enrich, rules_version=RULES)
    return tmp_path / "archive"


def released(engine: Engine, folder: Path, archive: Path) -> Release:
    fake_enrich(engine)
    publish(engine, folder / "releases", rules_version=RULES, archive=archive, cards=CARDS, now=NOW)
    return open_release(folder / "releases")


def test_what_is_read(engine: Engine, tmp_path: Path, archive: Path) -> None:
    release = released(engine, tmp_path, archive)
    rows = release.query("SELECT * FROM postings ORDER BY posting_key").set_index("posting_key")
    threads = [key for key in rows.index if key.startswith("hackernews")]
    assert threads == [f"hackernews:{number}" for number in (1, 2, 4, 5)]
    assert set(rows["origin"]) == {"archive"}
    first, last, ad = rows.loc["hackernews:1"], rows.loc["hackernews:5"], rows.loc["prompt_engineer_ads:mk-1"]
    assert (first["dated_on"].date(), first["posted_basis"], first["board"]) == (
        date(2019, 5, 1),
        "thread",
        "100",
    )
    assert (last["dated_on"].date(), last["posted_basis"]) == (date(2026, 3, 1), "stated")
    assert (ad["dated_on"].date(), ad["remote"], ad["employer_key"]) == (
        date(2025, 7, 6),
        "hybrid",
        "sable health",
    )
    assert rows.loc["prompt_engineer_ads:mk-2"]["posted_basis"] == "snapshot"
    assert rows.loc["prompt_engineer_ads:mk-2"]["dated_on"].date() == date(2025, 7, 20)
    assert rows["url"].notna().sum() == 4
    assert rows["first_seen"].isna().all()
    assert rows.loc["hackernews:2"]["opening_key"] == "hackernews:2"  # its employer is unknown to this reader


def test_series_of_others(engine: Engine, tmp_path: Path, archive: Path) -> None:
    release = released(engine, tmp_path, archive)
    benchmarks = release.query("SELECT * FROM benchmarks ORDER BY series")
    assert benchmarks["value"].tolist() == [3.5, 95.09]
    assert [day.date() for day in benchmarks["day"]] == [date(2026, 6, 1), date(2026, 8, 14)]
    assert release.query("SELECT salary, salary_usd FROM reported_pay").values.tolist() == [[90000, 100000]]


def test_coverage_says_what_is_whole(engine: Engine, tmp_path: Path, archive: Path) -> None:
    coverage = released(engine, tmp_path, archive).query(
        "SELECT board, outcome, n_seen FROM coverage ORDER BY board"
    )
    assert coverage.values.tolist() == [
        ["100", "complete", 2],
        ["200", "complete", 1],
        ["300", "partial", 1],
        ["sample", "partial", 2],
    ]


def test_live_rows_win(engine: Engine, tmp_path: Path, archive: Path) -> None:
    live = posting("4", source="hackernews", board="200", title="Cook", text=f"{TEXT} for a cook")
    save(engine, date(2026, 8, 1), [live], run="1")
    release = released(engine, tmp_path, archive)
    origins = release.query("SELECT posting_key, origin, title FROM postings WHERE source = 'hackernews'")
    assert dict(zip(origins["posting_key"], origins["origin"], strict=True)) == {
        "hackernews:1": "archive",
        "hackernews:2": "archive",
        "hackernews:4": "live",
        "hackernews:5": "archive",
    }
    assert len(release.query("SELECT * FROM skills WHERE posting_key = 'hackernews:4'")) == 0
    days = release.query("SELECT day, outcome FROM coverage WHERE board = '200'")
    assert [day.date() for day in days["day"]] == [date(2026, 8, 1)]
    sources = {entry["id"]: entry for entry in release.manifest["sources"]}
    assert sources["hackernews"]["n_by_origin"] == {"archive": 3, "live": 1}
    assert release.manifest["archive"]["rules_version"] == RULES


def test_no_words_of_adverts(archive: Path) -> None:
    for file in archive.glob("*.parquet"):
        table = pq.read_table(file)
        assert set(table.schema.names) <= {column.name for column in TABLES[file.stem]}
        assert not {"quote", "surface", "before", "after"} & set(table.schema.names)
        assert "river lamp" not in str(table.to_pydict())
        assert "number 3 helps" not in str(table.to_pydict())


def test_the_same_corpora_give_the_same_bytes(shared: Path, archive: Path, tmp_path: Path) -> None:
    build_archive(shared, tmp_path / "again", enrich=fake_enrich, rules_version=RULES)
    for file in archive.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


def test_missing_corpora_and_damaged_archives_say_what_to_do(
    engine: Engine, tmp_path: Path, archive: Path
) -> None:
    with pytest.raises(ReferenceDataError, match="--from"):
        build_archive(tmp_path / "nowhere", tmp_path, enrich=fake_enrich, rules_version=RULES)
    (archive / "postings.parquet").write_bytes(b"PAR1 but cut")
    with pytest.raises(ReleaseError, match="PROMPTJOBS_ARCHIVE=0"):
        released(engine, tmp_path, archive)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-20c", date(2025, 7, 20)),
        ("7/8/2025", date(2025, 7, 8)),
        ("13/8/2025", None),
        ("last week", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert corpora.read_day(text) == day


# --- the archive that is shipped ------------------------------------------------------------------


def test_the_shipped_archive_is_whole_and_small() -> None:
    manifest = json.loads((ARCHIVE / "manifest.json").read_text("utf-8"))
    assert sum(file.stat().st_size for file in ARCHIVE.iterdir()) < 12_000_000
    for name, n in manifest["counts"].items():
        assert pq.read_metadata(ARCHIVE / f"{name}.parquet").num_rows == n
    readme = (ARCHIVE / "README.md").read_text("utf-8")
    for source in manifest["sources"]:
        assert source["licence"] in readme
        assert source["attribution"]["en"] in readme
    assert re.search(rf"\| postings \| {manifest['counts']['postings']:,} \|", readme)


def test_the_shipped_archive_publishes(engine: Engine, tmp_path: Path) -> None:
    release = released(engine, tmp_path, ARCHIVE)
    found = release.query(
        "SELECT count(*) AS n, count(DISTINCT date_trunc('month', dated_on)) AS months FROM postings WHERE source = 'hackernews'"
    )
    assert found["n"][0] >= 51_584
    assert found["months"][0] >= 90
    assert not release.query("SELECT 1 FROM postings WHERE month BETWEEN '2025-11-01' AND '2025-12-01'").size


@pytest.mark.slow
def test_every_advert_of_the_real_threads_is_read() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the corpora are not at {SHARED}")
    threads = corpora.hacker_news(SHARED / "corpora")
    whole = [thread for thread in threads if thread.is_whole]
    assert len(whole) == 90
    ids = [advert["external_id"] for thread in threads for advert in thread.adverts]
    assert len(ids) == len(set(ids))
    assert sum(len(thread.adverts) for thread in whole) >= 51_584
