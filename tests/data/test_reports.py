"""CSV reports: equal to their measures, inert in a spreadsheet, with metadata; the dictionary is up to date."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.csv_text import neutralise, to_csv
from data.dictionary import data_dictionary
from data.errors import PromptjobsError, SelectionError
from data.frames import TABLES, Column
from data.measures.selection import Selection
from data.release import open_release
from data.reports import REPORTS, export_report, export_text
from tests.measures.markets import posting, release_of
from tests.releases import make_release

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return open_release(make_release(tmp_path_factory.mktemp("releases"), n=300))


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def as_told(cell, kind, value):
    """Does the CSV's cell say what the measure's value is?"""
    if isinstance(value, list) or kind == "texts":
        return cell == "; ".join(value)
    if pd.isna(value):
        return cell == ""
    if kind in ("whole", "number"):
        return float(cell) == float(value)
    if kind == "flag":
        return cell == str(bool(value)).lower()
    if kind == "day":
        return date.fromisoformat(cell) == value.date()
    return kind == "time" or cell.removeprefix("'") == str(value)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(
    "selection", [Selection(), Selection(role="any", source=("lever",))], ids=["all", "lever"]
)
def test_a_csv_agrees_with_its_measure_cell_by_cell(release, name, selection):
    report = REPORTS[name]
    frame = report.measure(release, selection).frame
    rows = read(export_text(release, name, selection))
    assert len(rows) == len(frame)
    for row, values in zip(rows, frame.to_dict("records"), strict=True):
        assert list(row) == [column.name for column in report.columns]
        assert all(as_told(row[c.name], c.kind, values[c.name]) for c in report.columns)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "have no known employer"), ("fr", "pas d'employeur connu")]
)
def test_metadata_tell_the_figure_and_what_must_be_said_beside_it(release, tmp_path, lang, words):
    out = export_report(release, "concentration", Selection(role="all"), tmp_path / "c.csv", lang=lang)
    about = json.loads((tmp_path / "c.csv.metadata.json").read_text(encoding="utf-8"))
    first = read(out.read_text(encoding="utf-8"))[0]
    figure = about["figure"]
    assert [figure["value"], figure["low"], figure["high"]] == [
        float(first[name]) for name in ("effective", "effective_low", "effective_high")
    ]
    assert figure["unit"] == "employer" and "logit" in figure["interval"] and words in about["note"]


@pytest.mark.parametrize("name", ["demand", "pay", "skills", "postings", "employers", "runs"])
def test_files_and_their_metadata(release, tmp_path, name):
    out = tmp_path / "deep" / f"{name}.csv"
    selection = Selection(role="any", country=("US", "FR"), since=date(2023, 1, 1))
    assert export_report(release, name, selection, out, lang="fr") == out
    assert out.read_text(encoding="utf-8") == export_text(release, name, selection)
    about = json.loads((tmp_path / "deep" / f"{name}.csv.metadata.json").read_text(encoding="utf-8"))
    assert about["release"]["name"] == release.name
    assert about["release"]["content_hash"] == release.manifest["content_hash"]
    assert about["selection"] == {"role": "any", "country": "US,FR", "since": "2023-01"}
    assert (
        about["command"]
        == f"promptjobs export {name} --role any --since 2023-01 --country US,FR -o {name}.csv"
    )
    assert [column["name"] for column in about["columns"]] == list(read(out.read_text())[0])
    assert all(column["en"] and column["fr"] for column in about["columns"])
    assert about["n"]["rows"] == len(read(out.read_text(encoding="utf-8")))
    assert about["sources"] and all(card["licence"] and card["attribution"] for card in about["sources"])
    assert "postes" in about["sentence"]
    assert sorted(path.name for path in out.parent.iterdir()) == [f"{name}.csv", f"{name}.csv.metadata.json"]


def test_every_method_anchor_exists(release):
    anchors = {line.split('id="')[1].split('"')[0] for line in _method().splitlines() if 'id="' in line}
    used = {report.measure(release, Selection()).coverage.method for report in REPORTS.values()}
    assert used <= anchors


def _method():
    return (DOCS / "method.md").read_text(encoding="utf-8")


FORMULAS = [
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("  =1", "'  =1"),
    ("\n=1", "'\n=1"),
    ("\u00a0=1", "'\u00a0=1"),
    ("\ufeff=1", "'\ufeff=1"),
    ("＝1", "'＝1"),
    ("plain", "plain"),
    ("a=1", "a=1"),
    ("C++", "C++"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "safe"), FORMULAS)
def test_formulas_are_made_inert(text, safe):
    assert neutralise(text) == safe


def test_numbers_stay_numbers_and_quotes_survive():
    columns = (
        Column("text", "text", ("", "")),
        Column("number", "number", ("", "")),
        Column("list", "texts", ("", "")),
    )
    frame = pd.DataFrame({"text": ['a "b", c\nd', None], "number": [-5.5, None], "list": [["=x", "y"], []]})
    assert to_csv(frame, columns) == 'text,number,list\n"a ""b"", c\nd",-5.5,\'=x; y\n,,\n'


def test_hostile_titles_reach_the_file_inert(tmp_path):
    title = '=HYPERLINK("http://example.org","x")'
    release = release_of(tmp_path, [posting(1, date(2024, 1, 2), title=title)])
    (row,) = read(export_text(release, "postings", Selection()))
    assert row["title"] == f"'{title}"


def test_unknown_reports_and_unwritable_files_are_refused(release, tmp_path):
    with pytest.raises(SelectionError, match="there are: verdicts"):
        export_text(release, "fortune", Selection())
    (tmp_path / "file").write_text("")
    with pytest.raises(PromptjobsError, match="cannot be written"):
        export_report(release, "runs", Selection(), tmp_path / "file" / "x.csv")


def test_the_data_dictionary_is_up_to_date():
    stored = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert stored == data_dictionary(), "run: python -m data.dictionary > docs/data-dictionary.md"


def test_every_table_and_report_is_in_the_dictionary():
    page = data_dictionary()
    assert all(f"## table {name}\n" in page for name in TABLES)
    assert all(f"## {name}\n" in page for name in REPORTS)
