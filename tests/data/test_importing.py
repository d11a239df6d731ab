"""Imports: three shapes of file through the same gate, set aside with a reason, twice is once."""

from __future__ import annotations

import contextlib
import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from typer.testing import CliRunner

import promptjobs
from data import tables as t
from data.errors import IntakeError, PromptjobsError
from data.imports import importing
from data.imports.importing import import_postings, open_import, rehearse
from data.imports.mapping import read_maps
from data.imports.shapes import own_fields, schema_org
from data.intake import accept
from data.store import open_record, read_document

AT = datetime(2026, 8, 1, 6, 0)
TEXT = "Write prompts for a small kitchen. Pay is fair and the tea is warm."
JOBSPY = {
    "id": "li-77",
    "site": "linkedin",
    "job_url": "https://example.org/viewjob?jk=77",
    "title": "Prompt Engineer",
    "company": "Blue Heron",
    "location": "Lyon, FR",
    "date_posted": "2026-07-30",
    "job_type": "fulltime",
    "salary_source": "direct_data",
    "interval": "yearly",
    "min_amount": "50000.0",
    "max_amount": "60000.0",
    "currency": "EUR",
    "is_remote": "False",
    "description": TEXT,
}
SCHEMA_ORG = {
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "value": "R-5"},
    "url": "https://example.org/jobs/5",
    "title": "Prompt Designer",
    "hiringOrganization": {"@type": "Organization", "name": "Kite & Key"},
    "description": f"<p>{TEXT}</p>",
    "datePosted": "2026-07-01T08:00:00Z",
    "jobLocationType": "TELECOMMUTE",
    "jobLocation": {
        "@type": "Place",
        "address": {"addressLocality": "Leeds", "addressCountry": {"@type": "Country", "name": "GB"}},
    },
    "baseSalary": {"currency": "GBP", "value": {"minValue": 40, "maxValue": 50, "unitText": "HOUR"}},
}
OWN = {
    "external_id": "o-1",
    "url": "https://example.org/o/1",
    "title": "Writer",
    "text": TEXT,
    "places": "Paris; Lille",
    "posted_on": "2026-06-01",
    "pay_min": "30",
    "pay_currency": "EUR",
    "pay_period": "hour",
}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Engine]:
    """An empty record on SQLite."""
    made = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield made
    made.dispose()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as db:
        names = ("runs", "checks", "postings", "documents", "sightings", "rejects")
        return {
            name: db.scalar(select(func.count()).select_from(t.metadata.tables[name])) or 0 for name in names
        }


def write_csv(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def gate(raw: dict[str, Any]) -> Any:
    return accept({"source": "jobspy", "board": "file"} | raw)


def jobspy(row: dict[str, Any]) -> dict[str, Any]:
    made = read_maps(["jobspy"])
    assert made is not None
    return made.raw(row, Counter())


def test_jobspy_row() -> None:
    posting = gate(jobspy(JOBSPY))
    assert (posting.board, posting.external_id, posting.company) == ("linkedin", "li-77", "Blue Heron")
    assert posting.posted_on == date(2026, 7, 30)
    pay = posting.pay[0]
    assert (pay.min, pay.max, pay.currency, pay.period) == (50_000, 60_000, "EUR", "year")
    assert gate(jobspy(JOBSPY | {"currency": "£", "interval": ""})).pay[0].currency == "GBP"
    assert posting.workplace is None, "is_remote is JobSpy's search for a word"


@pytest.mark.parametrize(
    "changes", [{"salary_source": "description"}, {"site": "indeed"}, {"site": "glassdoor"}]
)
def test_pay_that_may_be_an_estimate_is_not_stated(changes: dict[str, str]) -> None:
    assert gate({"board": "b"} | jobspy(JOBSPY | changes)).pay == ()


def test_jobspy_text_in_markdown_and_in_html() -> None:
    assert gate(jobspy(JOBSPY | {"description": r"C\+\+ \\- 50\_000"})).text == "C++ - 50_000"
    assert gate(jobspy(JOBSPY | {"description": "<p>Tea</p>"})).html == "<p>Tea</p>"


def test_schema_org_object() -> None:
    posting = gate(schema_org(SCHEMA_ORG, Counter()))
    assert (posting.external_id, posting.company, posting.workplace) == ("R-5", "Kite & Key", "remote")
    assert (posting.places, posting.country) == (("Leeds, GB",), "GB")
    pay = posting.pay[0]
    assert (pay.min, pay.max, pay.currency, pay.period) == (40, 50, "GBP", "hour")


def test_own_row() -> None:
    posting = gate(own_fields(OWN, Counter()))
    assert (posting.places, posting.posted_basis) == (("Paris", "Lille"), "stated")
    assert (posting.pay[0].min, posting.pay[0].max, posting.pay[0].period) == (30, None, "hour")


def test_an_advert_without_id_gets_a_stable_one() -> None:
    row = {name: value for name, value in OWN.items() if name != "external_id"}
    assert own_fields(row, Counter())["external_id"] == own_fields(dict(row), Counter())["external_id"]


def test_twice_is_once_also_under_another_name_or_packed(engine: Engine, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "found.csv", JOBSPY, JOBSPY | {"id": "in-78", "site": "zip_recruiter"})
    first = import_postings(engine, file, source="jobspy", at=AT)
    before = counts(engine)
    again = import_postings(engine, file, source="jobspy", at=AT)
    assert (first.n_records, first.n_new, first.n_rejected) == (2, 2, 0)
    assert (again.n_new, counts(engine)) == (0, before)
    assert before == {"runs": 1, "checks": 2, "postings": 2, "documents": 1, "sightings": 2, "rejects": 0}
    packed = tmp_path / "copy.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    third = import_postings(engine, packed, source="jobspy")
    assert third.done_before == "found.csv, 2026-08-01" and counts(engine) == before


def test_a_corrected_file_makes_versions(engine: Engine, tmp_path: Path) -> None:
    import_postings(engine, write_csv(tmp_path / "a.csv", OWN, OWN | {"external_id": "o-2"}), at=AT)
    right = OWN | {"text": f"{TEXT} And cake."}
    done = import_postings(engine, write_csv(tmp_path / "b.csv", right, OWN | {"external_id": "o-2"}), at=AT)
    assert (done.n_new, done.n_changed) == (0, 1) and "1 reworded" in done.sentences[0]
    assert counts(engine) == {
        "runs": 2, "checks": 2, "postings": 2, "documents": 2, "sightings": 4, "rejects": 0,
    }  # fmt: skip


def test_where_it_came_from_is_kept(engine: Engine, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "found.csv", JOBSPY)
    import_postings(engine, file, source="jobspy", at=AT, seen=date(2026, 7, 31))
    with engine.connect() as db:
        stats = json.loads(db.scalars(select(t.runs.c.stats)).one())
        assert db.scalars(select(t.boards.c.board)).one() == "linkedin"
        assert db.scalars(select(t.checks.c.at)).one() == datetime(2026, 7, 31)
    assert (stats["file"], stats["shape"], stats["is_last"]) == ("found.csv", "JobSpy", True)
    assert stats["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert stats["mapping"]["fields"]["url"] == {"column": ["job_url"]}


class Killed(BaseException):
    """What a kill looks like from inside: nothing of ours catches it."""


@pytest.mark.parametrize("dies_at", (2, 3, 4, 7, 12))
def test_a_large_file_killed_anywhere_is_completed_by_the_next_import(
    record: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr(importing, "PART_RECORDS", 3)
    rows = [JOBSPY | {"id": str(n), "site": f"site{n % 2}", "description": f"{TEXT} {n}"} for n in range(7)]
    file = write_csv(tmp_path / "found.csv", *rows, JOBSPY | {"id": "bad", "job_url": "nowhere"})
    calls = 0

    def dying(real: Any) -> Any:
        def step(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == dies_at:
                raise Killed
            return real(*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        for name in ("save_listing", "start_run", "finish_run"):
            patched.setattr(importing, name, dying(getattr(importing, name)))
        with contextlib.suppress(Killed):
            import_postings(record, file, source="jobspy", at=AT)
    done = import_postings(record, file, source="jobspy", at=datetime(2026, 8, 2, 6))
    assert done.done_before or (done.n_records, done.n_new, done.n_rejected) == (8, 7, 1)
    assert counts(record) == {
        "runs": 3, "checks": 6, "postings": 7, "documents": 7, "sightings": 7, "rejects": 1,
    }  # fmt: skip
    with record.connect() as db:
        assert set(db.scalars(select(t.runs.c.status))) == {"finished"}


def test_a_mapping_that_fits_nothing_stops_early(
    record: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PART_RECORDS", 2)
    file = write_csv(tmp_path / "found.csv", *[OWN | {"url": "none of it"}] * 3)
    with pytest.raises(PromptjobsError, match="None of 2 records could be taken"):
        import_postings(record, file, at=AT)
    assert counts(record)["runs"] == 0


def test_bad_records_are_set_aside_with_their_reason(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    lines = [
        json.dumps(OWN),
        "{broken",
        json.dumps(OWN | {"external_id": "o-2", "url": "javascript:alert(1)"}),
    ]
    lines.append(json.dumps(OWN | {"external_id": "o-3", "posted_on": "yesterday"}))
    lines.append(json.dumps(OWN | {"external_id": "o-4", "colour": "red"}))
    file.write_text("\n".join(lines), encoding="utf-8")
    result = import_postings(engine, file, at=AT)
    assert (result.n_records, result.n_new, result.n_rejected) == (5, 1, 4)
    with engine.connect() as db:
        assert set(db.scalars(select(t.rejects.c.field))) == {"record", "url", "posted_on", "colour"}
    assert "4 set aside" in result.sentences[0]
    assert "is not a day such as 2026-08-01" in " ".join(result.sentences)
    rehearsal = rehearse(open_import(file))
    assert (rehearsal.n_new, rehearsal.reasons) == (1, result.reasons)


def test_json_graph(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "page.json"
    file.write_text(json.dumps({"@graph": [{"@type": "WebPage"}, SCHEMA_ORG]}), encoding="utf-8")
    assert import_postings(engine, file, at=AT).n_new == 1
    with engine.connect() as db:
        assert read_document(db.scalars(select(t.documents.c.body)).one())["title"] == "Prompt Designer"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.xlsx", b"PK", "must end in"),
        ("x.json", b'{"half": ', "cannot be read"),
        ("x.csv", b"\xff\xfe\x00", "cannot be read"),
        ("x.jsonl", b"", "is empty"),
        ("x.csv", b"url,text\n", "holds no records"),
        ("x.csv", b"url,text,url\n1,2,3\n", "names a column twice: url"),
        ("x.csv", b"Link,Words\n1,2\n", "--show > map.yml"),
        ("x.csv", b"PK\x03\x04" + bytes(99), "save the sheet as CSV"),
        ("x.csv", b"url,text\n" + bytes(99), "binary file"),
        (
            "x.csv",
            b"url,text\nhttps://a.example,caf\xe9\n",
            "line 2 holds the byte 0xe9. Say --encoding cp1252",
        ),
        ("x.csv", b"\x1f\x8b\x08\x00", "name it .gz"),
        ("x.csv.gz", b"\x1f\x8b\x08\x00\x00", "cannot be read"),
        ("x.csv.zst", b"\x28\xb5\x2f\xfd junk", "cannot be read"),
        ("x.parquet", b"no parquet", "as Parquet"),
        ("x.parquet.gz", b"x", "must end in"),
        ("x.json", b'{"a": 1}\n{"a": 2}', "name it .jsonl"),
        ("x.json", b'[{"url": "https://a.example"}, {"url": ', "breaks off or is broken in record 2"),
        ("x.json", b'{"a": [{"url": 1}], "b": {"c": [{"url": 2}]}}', "several lists: a, b.c"),
        ("x.json", b"7", "neither a list nor an object"),
        ("x.json", b"[" * 200_000, "cannot be read|too deeply"),
    ],
)
def test_files_that_cannot_be_used(
    record: Engine, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(IntakeError, match=words):
        import_postings(record, tmp_path / name, at=AT)


def test_a_source_id_is_plain(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="small letters"):
        import_postings(engine, tmp_path / "x.csv", source="Job Spy", at=AT)


def test_a_collected_sources_name_is_not_taken(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="collected otherwise"):
        import_postings(engine, tmp_path / "x.csv", source="greenhouse", at=AT)


def test_a_folder_is_no_file(record: Engine, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="is a folder"):
        import_postings(record, tmp_path, at=AT)


def test_the_command_shows_rehearses_imports_and_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMPTJOBS_HOME", str(tmp_path / "home"))
    file = str(write_csv(tmp_path / "x.csv", OWN, OWN | {"external_id": "2", "url": "nowhere"}))
    run = CliRunner().invoke
    shown = run(promptjobs.app, ["import", file, "--show"])
    assert shown.exit_code == 0 and "our own fields" in shown.stdout
    rehearsed = run(promptjobs.app, ["import", file, "--dry-run"])
    assert rehearsed.exit_code == 1 and "wrote none: 1 would be taken, 1 set aside" in rehearsed.output
    told = json.loads(run(promptjobs.app, ["import", file, "--json", "--source", "mine"]).stdout)
    assert (told["n_new"], told["n_rejected"], told["shape"]) == (1, 1, "our own fields")
    assert told["reasons"][0]["field"] == "url" and told["reasons"][0]["first_record"] == 2
    again = run(promptjobs.app, ["import", file, "--source", "mine"])
    assert again.exit_code == 0 and "nothing to do" in again.output
