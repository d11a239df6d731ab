"""`promptjobs status`: readable at 80 columns, a sentence where something is wrong, a status for monitors."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from data.schema import Outcome
from data.store import open_record
from scraper.commands import app
from scraper.status import bars
from tests.data.records import look

BAD = "HTTP 503 Service Unavailable"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: Any) -> Path:
    monkeypatch.setenv("PROMPTJOBS_HOME", str(tmp_path))
    monkeypatch.delenv("PROMPTJOBS_DATABASE_URL", raising=False)
    engine = open_record(f"sqlite:///{tmp_path / 'record.sqlite'}")
    today = datetime.now().date()
    look(engine, today, ["a"], board="good")
    for n in range(12):
        look(engine, today, (), Outcome.FAILED, board=f"b{n:02}\u202e\x1b[2J", reason=BAD)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["status", *arguments])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_overview_fits_a_terminal(home: Path, lang: str):
    lines = run("--lang", lang).stdout.splitlines()
    assert max(map(len, lines)) < 80
    words = {"en": "has not given a whole listing yet", "fr": "n'a encore donné aucune liste"}[lang]
    assert words in " ".join(lines) and any(
        line.startswith("greenhouse ") and "1/13" in line for line in lines
    )


def test_check_is_for_monitors(home: Path):
    assert run().exit_code == 0
    assert run("--check").exit_code == 1
    assert run("lever", "--check").exit_code == 0


def test_one_source_in_full(home: Path):
    done = run("greenhouse")
    assert f"12 × {BAD}" in done.stdout and done.stdout.count("    b") == 10
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
    (row,) = json.loads(run("greenhouse", "--json").stdout)["sources"]
    assert (row["level"], row["trouble"], row["n_boards"]) == ("ill", "silent_always", 13)
    assert run("linkedin").exit_code != 0


def test_bars_go_from_nothing_to_the_greatest():
    assert bars([0, 5, 10]) == "▁▅█" and bars([]) == "" and bars([0, 0]) == "▁▁"
