"""Files as streams of records: every form, packed or not, in any encoding, and hostile ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from data.errors import IntakeError
from data.imports import files as import_files
from data.imports import outcome as import_outcome
from data.imports.files import Reading, look_through, read_rows
from data.imports.importing import open_import, records, rehearse
from data.imports.json_files import Unread, json_rows
from data.imports.shapes import columns_of

A = {"url": "https://example.org/1", "text": 'Écrire, "vite".\nEt bien.', "external_id": "1"}
B = {"url": "https://example.org/2", "text": "=cmd|'/C calc'!A0", "external_id": "2"}
CSV = 'url,text,external_id\nhttps://example.org/1,"Écrire, ""vite"".\nEt bien.",1\n\nhttps://example.org/2,=cmd|\'/C calc\'!A0,2\n'
LINES = "\n".join(map(json.dumps, (A, B)))


def rows(path: Path, **reading: Any) -> list[Any]:
    return list(read_rows(look_through(path, Reading(**reading))))


def put(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", CSV.encode()),
        ("x.csv", CSV.encode("utf-8-sig")),
        ("x.csv", CSV.encode("utf-16")),
        ("x.CSV", CSV.replace("\n", "\r\n").replace("vite"".\r\n", "vite"".\n").encode()),
        ("x.csv", CSV.replace("url,text,external_id", "url;text;external_id").replace("/1,", "/1;")
                     .replace('",1', '";1').replace("/2,", "/2;").replace("0,2", "0;2").encode()),
        ("x.tsv", CSV.replace("url,text,external_id", "url\ttext\texternal_id").replace("/1,", "/1\t")
                     .replace('",1', '"\t1').replace("/2,", "/2\t").replace("0,2", "0\t2").encode()),
        ("x.csv.gz", gzip.compress(CSV.encode())),
        ("x.csv.zst", zstandard.compress(CSV.encode())),
        ("x.jsonl", LINES.encode()),
        ("x.ndjson.gz", gzip.compress(LINES.encode("utf-8-sig"))),
        ("x.json", json.dumps([A, B], indent=2).encode("utf-8-sig")),
        ("x.json.zst", zstandard.compress(json.dumps({"total": 2, "data": {"jobs": [A, B]}}).encode())),
    ],
)  # fmt: skip
def test_every_form_gives_the_same_records(tmp_path: Path, name: str, content: bytes) -> None:
    found = [
        {k: v.replace("\r\n", "\n") for k, v in row.items()} for row in rows(put(tmp_path, name, content))
    ]
    assert found == [A, B]


def test_a_stated_encoding_delimiter_and_list(tmp_path: Path) -> None:
    file = put(tmp_path, "x.csv", "url|text\nhttps://example.org/1|Été\n".encode("cp1252"))
    assert rows(file, encoding="cp1252", delimiter="|") == [{"url": "https://example.org/1", "text": "Été"}]
    both = put(tmp_path, "x.json", json.dumps({"a": [A], "b": {"c": [B]}}))
    assert rows(both, records="b.c") == [B]
    with pytest.raises(IntakeError, match=r"lists: a, b\.c"):
        rows(both, records="b")
    with pytest.raises(IntakeError, match="is no encoding"):
        rows(file, encoding="ansi")


def test_parquet_with_times_and_gaps(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"url": [A["url"]], "text": ["Words"], "pay_min": [float("nan")], "external_id": [1.0]})
    stamp = pa.array([0], pa.timestamp("s"))
    pq.write_table(table.append_column("posted_on", stamp), tmp_path / "x.parquet")
    told = rehearse(open_import(tmp_path / "x.parquet"))
    assert (told.n_new, told.n_rejected) == (1, 0)


def test_records_with_stray_bytes_cost_only_themselves_where_the_encoding_was_stated(tmp_path: Path) -> None:
    file = put(tmp_path, "x.csv", b"url,text\n1,caf\xe9\n2,tea\n")
    first, second = rows(file, encoding="utf-8")
    assert isinstance(first, Unread) and "line 2 holds bytes" in first.reason and second["text"] == "tea"
    lines = put(tmp_path, "x.jsonl", b'{"a": "caf\xe9"}\n{"a": "\\ud800 is no such byte"}')
    assert [isinstance(row, Unread) for row in rows(lines, encoding="utf-8")] == [True, False]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('a,b\n1,"x" y\n2,3\n', ["quotes", None]),
        ('a,b\n1,2\n3,"never closed\n4,5\n', [None, "quotes"]),
        ("a,b\n1,2,3\n4\n", ["3 cells where the header has 2", None]),
        ("a,b\n\x00," + "2" * 200, [None]),
    ],
)
def test_broken_rows_cost_only_themselves(tmp_path: Path, content: str, reasons: list[str | None]) -> None:
    found = rows(put(tmp_path, "x.csv", content))
    for row, reason in zip(found, reasons, strict=True):
        assert (reason in row.reason) if reason else isinstance(row, dict)


def test_a_quote_that_never_closes_ends_at_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_files, "MAX_RECORD", 2000)
    content = 'a,b\n1,"open\n' + "2,3\n" * 1000
    found = rows(put(tmp_path, "x.csv", content))
    assert isinstance(found[0], Unread) and found[-1] == {"a": "2", "b": "3"} and len(found) > 400
    long_line = put(tmp_path, "x.jsonl", '{"a": "' + "x" * 5000 + '"}\n{"a": 1}\n')
    first, second = rows(long_line)
    assert "longer than 2,000 characters" in first.reason and second == {"a": 1}


def test_a_list_is_read_piece_by_piece() -> None:
    class Pieces:
        """A text of 10,000 records that is never whole, and how much of it was asked for."""

        def __init__(self) -> None:
            self.parts, self.n = iter(["[", *('{"n": 1234567890} ,' for _ in range(9_999)), '{"n": 1}]']), 0

        def read(self, size: int) -> str:
            self.n += 1
            return next(self.parts, "")

    pieces: Any = Pieces()
    found = json_rows(pieces, records=None, limit=1000)
    assert next(found) == {"n": 1234567890} and pieces.n < 5
    assert sum(1 for _ in found) == 9_999


@pytest.mark.parametrize("depth", [70, 900, 5_000])
@pytest.mark.parametrize("name", ["title", "places", "@type", "@graph"])
def test_values_nested_deeply_cost_only_their_record(tmp_path: Path, name: str, depth: int) -> None:
    deep = json.dumps(A)[:-1] + f', "{name}": ' + '{"a": [' * depth + "1" + "]}" * depth + "}"
    told = rehearse(open_import(put(tmp_path, "x.jsonl", f"{json.dumps(B)}\n{deep}\n")))
    assert (told.n_new, told.n_rejected) == (1, 1)


def test_words_that_are_not_known_do_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_outcome, "_WORDS", 3)
    lines = "\n".join(json.dumps(A | {"workplace": word}) for word in "abcdebb")
    assert rehearse(open_import(put(tmp_path, "x.jsonl", lines))).unknown == {
        "workplace=a": 1, "workplace=b": 3, "workplace=c": 1,
    }  # fmt: skip


def test_ten_thousand_columns(tmp_path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(10_000))
    file = put(tmp_path, "x.csv", f"{names}\n{names}\n")
    assert len(columns_of(rows(file))) == 10_000
    with pytest.raises(IntakeError, match="has columns of its own") as caught:
        open_import(file)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "wrap",
    [
        lambda job: job,
        lambda job: {"@graph": [{"@type": "WebPage"}, job]},
        lambda job: {
            "@type": "WebPage",
            "mainEntity": {"@type": "ItemList", "itemListElement": [{"item": job}]},
        },
        lambda job: [{"@type": "WebPage", "mainEntity": job}, {"@type": "Thing"}],
    ],
)
def test_schema_org_at_any_depth(tmp_path: Path, wrap: Callable[[Any], Any]) -> None:
    job = {
        "@type": "https://schema.org/JobPosting",
        "title": "Prompt Writer",
        "description": "Write.",
        "url": "https://example.org/1",
        "applicationContact": {"name": "Ann Lantern"},
        "datePosted": "soon",
    }
    opened = open_import(put(tmp_path, "x.json", json.dumps(wrap(job))))
    found = [row for row in records(opened) if isinstance(row, dict)]
    told = rehearse(opened)
    assert opened.shape.name == "schema.org" and len(found) == told.n_new == 1
    assert told.unknown == {"datePosted=soon": 1}
    bad = put(
        tmp_path,
        "y.json",
        json.dumps([job, job | {"title": None}, {k: v for k, v in job.items() if k != "title"}]),
    )
    assert list(rehearse(open_import(bad)).reasons) == ["record", "title"]
