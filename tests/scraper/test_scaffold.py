"""A new source's files work as they are written; their tests fail only where the author must fill in."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import PromptjobsError
from scraper.scaffold import ROOT, scaffold
from scraper.scaffold_texts import Base


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout of our code, without the archive, with a new source of every base."""
    root = tmp_path_factory.mktemp("checkout")
    skip = shutil.ignore_patterns(
        "__pycache__", "archive", "dashboard", "nlp", "e2e", "measures", "test_*.py"
    )
    for name in ("data", "scraper", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", root)
    for base in Base:
        assert len(scaffold(f"new_{base}", base, root)) == 5
    return root


def outcomes_of(root, *names):
    """Outcome of every test of these sources."""
    files = [f"tests/scraper/test_{name}.py" for name in names]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        *files,
    ]
    done = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    return re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", done.stdout, re.MULTILINE)


def test_written_tests_fail_only_where_something_is_to_be_filled_in(checkout):
    found = outcomes_of(checkout, *(f"new_{base}" for base in Base))
    failed = sorted(name for outcome, name in found if outcome != "PASSED")
    assert failed == ["test_the_card_is_filled_in"] * 3 + ["test_the_recording_is_read_whole"] * 3
    assert sum(outcome == "PASSED" for outcome, _ in found) == 3 * 13


def test_filled_in_they_pass(checkout):
    own = ("tests/recordings/new_feed.json", "data/reference/sources.yml", "scraper/platforms/new_feed.py")
    for path in (checkout / name for name in own):
        text = path.read_text("utf-8").replace("new-feed.example", "jobs.lantern.example")
        path.write_text(re.sub(r"FILL IN[^\"\n]*", "Lantern", text), "utf-8")
    test = checkout / "tests/scraper/test_new_feed.py"
    test.write_text(test.read_text("utf-8").replace(': "FILL IN"', ': "Lantern"'), "utf-8")
    found = outcomes_of(checkout, "new_feed")
    assert len(found) == 15 and {outcome for outcome, _ in found} == {"PASSED"}


def test_written_files_are_formatted_and_clean(checkout):
    files = [str(path) for path in checkout.rglob("*new_*.py")]
    assert len(files) == 9
    for words in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words, *files], cwd=checkout, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("greenhouse", "There is a source greenhouse already"),
        ("base", r"scraper/platforms/base\.py exists already"),
        ("Acme", "cannot name a source"),
        ("class", "cannot name a source"),
        ("../x", "cannot name a source"),
    ],
)
def test_names_that_exist_or_cannot_be_are_refused_and_nothing_is_written(checkout, name, sentence):
    before = {path: path.stat().st_mtime_ns for path in checkout.rglob("*.*")}
    with pytest.raises(PromptjobsError, match=sentence):
        scaffold(name, Base.FEED, checkout)
    assert {path: path.stat().st_mtime_ns for path in checkout.rglob("*.*")} == before


def test_outside_a_checkout_nothing_is_written(tmp_path):
    with pytest.raises(PromptjobsError, match="is no checkout"):
        scaffold("acme", Base.FEED, Path(tmp_path))
