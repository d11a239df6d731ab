"""A chart's CSV is what the chart shows, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.catalogue import CHARTS
from dashboard.view import View
from data.csv_text import to_csv
from data.reports import REPORTS, export_report


@pytest.mark.parametrize("key", sorted(CHARTS))
def test_a_charts_csv_is_its_measure(client: Any, view: Callable[..., View], key: str) -> None:
    answer = client.get(f"/csv/{key}.csv?source=lever,hackernews&since=2023-01&lang=fr")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    chart = CHARTS[key]
    seen = view("/", source="lever,hackernews", since="2023-01")
    assert answer.get_data(as_text=True) == to_csv(chart.measure(seen).frame, chart.columns)
    assert f"promptjobs-{key}-2026" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", sorted(REPORTS.keys() - {"sources"}))  # what is overdue depends on the clock
def test_a_reports_csv_is_the_export(
    client: Any, view: Callable[..., View], name: str, tmp_path: Path
) -> None:
    answer = client.get(f"/report/{name}.csv?source=lever,hackernews&since=2023-01&lang=fr")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    seen = view("/", source="lever,hackernews", since="2023-01")
    written = export_report(seen.release, name, seen.selection, tmp_path / "out.csv")
    assert answer.get_data(as_text=True) == written.read_bytes().decode()


def test_the_grids_csv_holds_what_the_search_finds(client: Any) -> None:
    rows = list(
        csv.DictReader(io.StringIO(client.get("/csv/postings.csv?search=designer").get_data(as_text=True)))
    )
    assert rows and all("designer" in row["title"].lower() for row in rows)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/csv/flow.csv?role=boss", 400),
        ("/csv/nothing.csv", 404),
        ("/csv/flow.csv?x=1", 400),
        ("/report/nothing.csv", 404),
        ("/report/pay.csv?role=boss", 400),
    ],
)
def test_a_bad_address_is_a_sentence(client: Any, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status and answer.mimetype == "text/plain"


def test_hostile_titles_are_no_formulas(hostile_releases: Path) -> None:
    client = create_app(hostile_releases).server.test_client()
    for path in ("/csv/postings.csv?role=all", "/csv/pay_distribution.csv"):
        for row in csv.reader(io.StringIO(client.get(path).get_data(as_text=True))):
            assert not any(cell[:1] in ("=", "@", "+", "\t", "\r") for cell in row)
