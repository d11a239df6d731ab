"""The command line: light to start, every command explained, errors as sentences, exit codes that mean something."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import promptjobs

ROOT = Path(__file__).parent.parent
RUN = CliRunner()
GROUPS = {"": typer.main.get_command(promptjobs.app)}
GROUPS |= {f"{name} ": group for name, group in GROUPS[""].commands.items() if hasattr(group, "commands")}
COMMANDS = sorted(
    prefix + name
    for prefix, group in GROUPS.items()
    for name, command in group.commands.items()
    if not hasattr(command, "commands")
)
HEAVY = ("pandas", "spacy", "dash", "scrapy", "duckdb", "sqlalchemy", "pydantic", "pyarrow", "numpy")


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "promptjobs", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)


def test_help_imports_nothing_heavy():
    code = (
        "import sys, promptjobs\n"
        "from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(promptjobs.app, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    done = RUN.invoke(promptjobs.app, [*command.split(), "--help"])
    assert done.exit_code == 0
    assert f"Example: promptjobs {command}" in re.sub(r"\s+", " ", done.output)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"promptjobs {command}" in (ROOT / "README.md").read_text("utf-8")


def test_every_setting_is_documented():
    from data.settings import SETTINGS

    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [name for name, _, _ in SETTINGS if f"PROMPTJOBS_{name}" not in text] == []


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PROMPTJOBS_PORT", "http", "PROMPTJOBS_PORT is 'http'; give a whole number from 0 to 65535."),
        ("PROMPTJOBS_UPSTREAM", "localhost:80", "give a URL such as http://127.0.0.1:8900"),
        ("PROMPTJOBS_ARCHIVE", "yes", "give 0 or 1"),
    ],
)
def test_a_bad_setting_is_a_sentence(monkeypatch, variable, value, sentence):
    monkeypatch.setenv(variable, value)
    done = run("status")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_status_and_sources_as_json():
    status = json.loads(run("status", "--json").stdout)
    assert status["release"] is None
    assert status["record"]["postings"] == 0
    rows = json.loads(run("sources", "--json").stdout)
    assert {"hackernews", "greenhouse", "lever", "ashby"} <= {row["source"] for row in rows}


def test_unknown_source_is_a_sentence():
    done = run("scrape", "linkedin")
    assert done.returncode == 2
    assert "linkedin" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_before_any_release_says_what_to_do():
    done = run("export", "pay")
    assert done.returncode == 2
    assert "publish" in done.stderr


def test_extract_goes_on_after_a_bad_line():
    good = {
        "id": "a",
        "title": "Prompt Engineer",
        "text": "You write prompts in Python. Salary: $100,000 - $120,000 per year.",
    }
    lines = [
        json.dumps(good),
        "{not json",
        json.dumps({"id": "c"}),
        "[1]",
        "",
        json.dumps({**good, "id": "b"}),
    ]
    done = run("extract", "-", stdin="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["id"] for row in rows if "error" not in row] == ["a", "b"]
    assert len([row for row in rows if "error" in row]) == 3
    pay = rows[0]["salaries"][rows[0]["main_salary"]]
    assert (pay["annual_min"], pay["annual_max"], pay["currency"]) == (100000, 120000, "USD")
    assert good["text"][pay["start"] : pay["end"]] == pay["quote"]


def test_extract_reads_invalid_utf8_and_html():
    line = b'{"id": "a", "html": "<p>Caf\xff <script>alert(1)</script>&amp; Python</p>"}\n'
    done = subprocess.run(
        [sys.executable, "-m", "promptjobs", "extract", "--with-text"],
        input=line,
        capture_output=True,
        timeout=60,
    )
    (row,) = [json.loads(part) for part in done.stdout.splitlines()]
    assert "alert" not in row["text"]
    assert "& Python" in row["text"]


ADVERT = {
    "id": "a",
    "title": "Prompt Engineer",
    "company": "Acme",
    "text": "Python, Zorblat, SQL. Over $20M raised.",
}


@pytest.mark.parametrize("command", ["extract", "extract --explain", "lexicon mine"])
def test_a_missing_file_is_a_sentence(command, tmp_path):
    done = run(*command.split(), str(tmp_path / "none.jsonl"))
    assert done.returncode == 2
    assert "cannot be read: No such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_says_what_lost_in_the_readers_language():
    done = run("extract", "--explain", "--lang", "fr", stdin=json.dumps(ADVERT))
    assert done.returncode == 0, done.stderr
    text = re.sub(r"\s+", " ", done.stdout)
    assert "rapport aux prompts title" in text
    assert "[$20M] raised. — une somme en millions" in text
    done = run("extract", "--explain", "--json", stdin=json.dumps(ADVERT))
    facts = {fact["fact"]: fact for fact in json.loads(done.stdout)["facts"]}
    assert facts["pay"]["lost"][0]["reason"] == "millions"


def test_explain_reads_plain_text_and_tells_a_bad_line():
    assert "Python" in run("extract", "--explain", stdin="We need Python and SQL.").stdout
    done = run("extract", "--explain", stdin=json.dumps(ADVERT) + "\n{oops")
    assert done.returncode == 1
    assert "line 2 is not JSON" in done.stderr


def test_mining_prints_what_stands_beside_known_skills():
    lines = "\n".join(json.dumps(ADVERT | {"id": str(number)}) for number in range(3))
    (row, *_) = json.loads(run("lexicon", "mine", "-", "--json", stdin=lines).stdout)
    assert (row["term"], row["n"], row["n_employers"]) == ("Zorblat", 3, 1)


def test_evaluate_prints_a_score_for_each_label(tmp_path):
    gold = tmp_path / "labels.jsonl"
    gold.write_text(json.dumps(ADVERT | {"lang": "en", "coding": "required", "dup_group": None}))
    rows = json.loads(run("evaluate", str(gold), "--json").stdout)
    assert [(row["field"], row["n"]) for row in rows] == [("lang", 1), ("coding", 1)]
    assert run("evaluate", str(gold), "--only", "german").returncode == 2
