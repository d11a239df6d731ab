"""A release whose adverts try to do harm: markup, handlers, script addresses, formulas, direction tricks, length."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.frames import TABLES, arrow_schema
from data.release_files import write_release
from tests.releases import make_release

TITLES = (
    "<script>window.harmed = 1</script>Prompt Engineer",
    "<img src=x onerror='window.harmed = 1'>",
    '=HYPERLINK("http://harm.example","Prompt Engineer")',
    "Prompt \u202eregnaenE\u202c Engineer\u0000",
    "<a href='javascript:window.harmed = 1'>Engineer</a>",
    "[click](javascript:window.harmed=1) **bold**",
    "Prompt Engineer " + "A" * 100_000,
    "@SUM(1+1)*cmd|' /C calc'!A0",
)
URLS = (
    "javascript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "https://example.org/fine",
    'https://example.org/"onmouseover="window.harmed=1',
)
QUOTE = "pays <b onclick='window.harmed=1'>120</b> \u202eoot<script>window.harmed=1</script>"


def make_hostile(folder: Path, *, n: int = 120) -> Path:
    """Write an invented release with hostile words in every text a stranger may choose; returns the folder."""
    tame = make_release(folder / "tame", n=n)
    name = (tame / "CURRENT").read_text().strip()
    tables = {table: pq.read_table(tame / name / f"{table}.parquet") for table in TABLES}
    runs = pq.read_table(tame / name / "runs.parquet")
    tables["postings"] = _changed("postings", tables["postings"], _posting)
    tables["evidence"] = _changed("evidence", tables["evidence"], _evidence)
    tables["rivals"] = _changed("rivals", tables["rivals"], _rival)
    tables["skill_names"] = _changed("skill_names", tables["skill_names"], _skill)
    about = {"rules_version": "1", "method_version": "1", "sources": _sources(tame, name), "archive": None}
    write_release(folder / "hostile", tables, runs, about, now=datetime(2026, 8, 1, 18))
    return folder / "hostile"


def _changed(name: str, table: pa.Table, change: Any) -> pa.Table:
    rows = [row | change(number) for number, row in enumerate(table.to_pylist())]
    return pa.Table.from_pylist(rows, schema=arrow_schema(TABLES[name]))


def _posting(number: int) -> dict[str, Any]:
    title = TITLES[number % len(TITLES)]
    return {
        "title": title,
        "company": title[:300],
        "place": title[:300],
        "url": URLS[number % len(URLS)],
        "origin": "live",
        "prompt_relation": "title",
    }


def _evidence(_number: int) -> dict[str, Any]:
    return {"quote": QUOTE, "before": QUOTE, "after": QUOTE, "rule": "<i>rule</i>"}


def _rival(_number: int) -> dict[str, Any]:
    return {"quote": QUOTE, "before": QUOTE, "after": QUOTE, "cue": QUOTE, "value": QUOTE, "reason": QUOTE}


def _skill(number: int) -> dict[str, Any]:
    label = f"<img src=x onerror=window.harmed=1>{number}"
    return {"label_en": label, "label_fr": label}


def _sources(tame: Path, name: str) -> Any:
    import json

    return json.loads((tame / name / "manifest.json").read_text())["sources"]
