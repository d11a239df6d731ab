"""The public Python interface: what docs/python.md shows runs, and every public measure says what it gives."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from data.measures.coverage import Coverage, Measure
from tests.releases import make_release

DOCS = Path(__file__).parents[2] / "docs"
FAMILIES = (
    "demand",
    "pay",
    "skills",
    "lifetime",
    "employers",
    "places",
    "changes",
    "verdicts",
    "sources",
    "listing",
)


def _measures():
    for family in FAMILIES:
        module = import_module(f"data.measures.{family}")
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and inspect.signature(found).return_annotation == "Measure":
                yield pytest.param(found, id=f"{family}.{name}")


@pytest.mark.parametrize("page", ["python.md", "python.fr.md"])
def test_the_example_runs(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTJOBS_HOME", str(tmp_path))
    make_release(tmp_path / "releases", n=60)
    code = re.search(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    names = {}
    exec(code[1], names)
    assert isinstance(names["flow"], Measure) and isinstance(names["flow"].coverage, Coverage)
    assert names["median"].coverage.figure is not None


def test_the_page_names_every_family():
    for page in ("python.md", "python.fr.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        assert all(f"`{family}`" in text for family in FAMILIES)


@pytest.mark.parametrize("measure", _measures())
def test_a_measure_says_its_columns(measure):
    assert measure.__doc__ and len(measure.__doc__) > 60
    assert re.search(r"[Cc]olumns|\([A-Z_]{4,}\)", measure.__doc__), "names no columns"
