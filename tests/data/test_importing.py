"""Imports: three shapes of file through the same gate, set aside with a reason, twice is once."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data import tables as t
from data.errors import IntakeError
from data.import_shapes import jobspy, own_fields, schema_org
from data.importing import import_postings
from data.intake import accept
from data.store import read_document

AT = datetime(2026, 8, 1, 6, 0)
TEXT = "Write prompts for a small kitchen. Pay is fair and the tea is warm."
JOBSPY = {
    "id": "in-77",
    "site": "indeed",
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


def test_jobspy_row() -> None:
    posting = gate(jobspy(JOBSPY))
    assert (posting.board, posting.external_id, posting.company) == ("indeed", "in-77", "Blue Heron")
    assert posting.posted_on == date(2026, 7, 30)
    pay = posting.pay[0]
    assert (pay.min, pay.max, pay.currency, pay.period) == (50_000, 60_000, "EUR", "year")


def test_pay_that_jobspy_read_from_the_text_is_not_stated() -> None:
    assert gate({"board": "b"} | jobspy(JOBSPY | {"salary_source": "description"})).pay == ()


def test_schema_org_object() -> None:
    posting = gate(schema_org(SCHEMA_ORG))
    assert (posting.external_id, posting.company, posting.workplace) == ("R-5", "Kite & Key", "remote")
    assert (posting.places, posting.country) == (("Leeds, GB",), "GB")
    pay = posting.pay[0]
    assert (pay.min, pay.max, pay.currency, pay.period) == (40, 50, "GBP", "hour")


def test_own_row() -> None:
    posting = gate(own_fields(OWN))
    assert (posting.places, posting.posted_basis) == (("Paris", "Lille"), "stated")
    assert (posting.pay[0].min, posting.pay[0].max, posting.pay[0].period) == (30, None, "hour")


def test_an_advert_without_id_gets_a_stable_one() -> None:
    row = {name: value for name, value in OWN.items() if name != "external_id"}
    assert own_fields(row)["external_id"] == own_fields(dict(row))["external_id"]


def test_twice_is_once(engine: Engine, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "found.csv", JOBSPY, JOBSPY | {"id": "in-78", "site": "zip_recruiter"})
    first = import_postings(engine, file, source="jobspy", at=AT)
    before = counts(engine)
    again = import_postings(engine, file, source="jobspy", at=AT)
    assert (first.n_records, first.n_new, first.n_rejected) == (2, 2, 0)
    assert (again.n_new, counts(engine)) == (0, before)
    assert before == {"runs": 1, "checks": 2, "postings": 2, "documents": 1, "sightings": 2, "rejects": 0}


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
    assert "4 set aside" in result.sentence


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
    ],
)
def test_files_that_cannot_be_used(
    engine: Engine, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(IntakeError, match=words):
        import_postings(engine, tmp_path / name, at=AT)


def test_a_source_id_is_plain(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="small letters"):
        import_postings(engine, tmp_path / "x.csv", source="Job Spy", at=AT)
