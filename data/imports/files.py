"""Files of postings as streams of records: CSV, TSV, JSON, JSON lines and Parquet, also packed as .gz or .zst."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import zstandard

from data.errors import IntakeError
from data.imports.json_files import Row, Unread, has_stray_bytes, json_lines, json_rows

Tell = Callable[[int, int], None]
"""Told how much of how much has been read."""

MAX_RECORD = 32_000_000
"""Characters of one record; what is longer, such as the rest of a file after a quote that never closes, is set aside."""
_CHUNK = 1 << 20
_PACKED = {".gz": "gzip", ".zst": "zstd"}
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TEXT = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
KINDS = {**_TEXT, ".parquet": "parquet"}
# First bytes of what is sometimes given the name of a text file.
_MAGIC = {
    b"PK\x03\x04": "a spreadsheet or zip file: save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet: save the sheet as CSV",
    b"PAR1": "a Parquet file: name it .parquet",
    b"\x1f\x8b": "packed with gzip: name it .gz at the end",
    b"\x28\xb5\x2f\xfd": "packed with zstd: name it .zst at the end",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database: export its table as CSV",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read where it does not say so itself.

    `encoding` and `delimiter` are found out where None; `records` is the dotted way to the list of a JSON object.
    """

    encoding: str | None = None
    delimiter: str | None = None
    records: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was looked through once: `digest` is the SHA-256 of its content, unpacked."""

    path: Path
    kind: str
    packing: str | None
    digest: str
    reading: Reading


def look_through(path: Path, reading: Reading) -> Found:
    """Read `path` once: what it is, its digest, whether its bytes are text. Raises IntakeError where it cannot be used."""
    kind, packing = _kind(path)
    if reading.encoding is not None:
        _known_encoding(reading.encoding)
    with _errors(path):
        with _unpacked(path, packing) as handle:
            start = handle.read(_CHUNK)
            if not start.strip(b"\x00\xef\xbb\xbf \t\r\n"):
                raise IntakeError("file", f"{path.name} is empty")
            text_encoding = _text_encoding(path, start, reading) if kind != "parquet" else None
            digest = _digest(path, start, handle, None if reading.encoding else text_encoding)
        reading = replace(reading, encoding=text_encoding)
        if kind == "csv" and reading.delimiter is None:
            is_tab = path.name.lower().removesuffix(path.suffix if packing else "").endswith(".tsv")
            reading = replace(reading, delimiter="\t" if is_tab else _delimiter(path, packing, reading))
    return Found(path, kind, packing, digest, reading)


def read_rows(found: Found, tell: Tell | None = None) -> Iterator[Row]:
    """The records of a file, one at a time; what cannot be read comes as Unread. Raises IntakeError."""
    with _errors(found.path):
        if found.kind == "parquet":
            yield from _parquet_rows(found.path, tell)
            return
        with _unpacked(found.path, found.packing, tell) as handle:
            assert found.reading.encoding is not None
            text = io.TextIOWrapper(
                handle, found.reading.encoding, errors=_on_error(found.reading.encoding), newline=""
            )
            readers: dict[str, Callable[[TextIO], Iterator[Row]]] = {
                "csv": partial(_csv_rows, found),
                "jsonl": partial(json_lines, limit=MAX_RECORD),
                "json": partial(json_rows, records=found.reading.records, limit=MAX_RECORD),
            }
            yield from readers[found.kind](text)


# --- what a file is -------------------------------------------------------------------------------


def _kind(path: Path) -> tuple[str, str | None]:
    if path.is_dir():
        raise IntakeError("file", f"{path.name} is a folder: give one file at a time")
    packing = _PACKED.get(path.suffix.lower())
    name = path.name[: -len(path.suffix)] if packing else path.name
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None or (packing and kind == "parquet"):
        endings = ", ".join([*KINDS, ".csv.gz", ".jsonl.zst"])
        raise IntakeError("file", f"{path.name} must end in one of {endings}")
    return kind, packing


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Whatever reading can raise, as one sentence."""
    try:
        yield
    except (OSError, EOFError, UnicodeError, csv.Error, zlib.error, zstandard.ZstdError) as error:
        raise IntakeError("file", f"{path.name} cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise IntakeError("file", f"{path.name} cannot be read as JSON: {error}") from error


@contextmanager
def _unpacked(path: Path, packing: str | None, tell: Tell | None = None) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        told: Any = _Told(raw, path.stat().st_size, tell) if tell else raw
        if packing == "gzip":
            yield gzip.GzipFile(fileobj=told)  # type: ignore[misc]
        elif packing == "zstd":
            yield zstandard.ZstdDecompressor().stream_reader(told, read_across_frames=True, closefd=False)
        else:
            yield told


class _Told(io.BufferedReader):
    """A file that tells how far it has been read, in kilobytes."""

    def __init__(self, raw: Any, size: int, tell: Tell) -> None:
        super().__init__(raw.raw, _CHUNK)
        self._size, self._tell, self._done = size, tell, 0

    def read(self, size: int | None = -1) -> bytes:
        return self._count(super().read(size))

    def read1(self, size: int = -1) -> bytes:
        return self._count(super().read1(size))

    def _count(self, data: bytes) -> bytes:
        self._done += len(data)
        self._tell(self._done // 1000, self._size // 1000)
        return data


def _text_encoding(path: Path, start: bytes, reading: Reading) -> str:
    what = next((what for magic, what in _MAGIC.items() if start.startswith(magic)), None)
    if what:
        raise IntakeError("file", f"{path.name} is no text but {what}")
    marked = next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)
    if marked:
        return marked
    if start.count(b"\x00") * 100 > len(start) and not (reading.encoding or "").lower().startswith("utf-16"):
        raise IntakeError("file", f"{path.name} is no text but a binary file (it is full of zero bytes)")
    return reading.encoding or "utf-8"


def _known_encoding(name: str) -> None:
    try:
        "".encode(name)
    except LookupError as error:
        raise IntakeError(
            "encoding", f"{name!r} is no encoding; cp1252, latin-1 and utf-16 are some"
        ) from error


def _on_error(encoding: str) -> str:
    # Stray bytes cost their own record only, where the encoding lets them be told apart.
    return "strict" if encoding.lower().startswith("utf-16") else "surrogateescape"


def _digest(path: Path, start: bytes, handle: BinaryIO, encoding: str | None) -> str:
    """SHA-256 of the whole; where `encoding` was not stated, every byte must be of it."""
    digest, line, chunk = hashlib.sha256(), 1, start
    decoder = codecs.getincrementaldecoder(encoding)("strict") if encoding else None
    while chunk:
        digest.update(chunk)
        if decoder is not None:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                byte = error.object[error.start]
                raise IntakeError(
                    "file",
                    f"{path.name} cannot be read as {encoding}: line {line} holds the byte 0x{byte:02x}. Say "
                    "--encoding cp1252 if it comes from Windows, or --encoding utf-8 to set such records aside",
                ) from error
            line += chunk.count(b"\n")
        chunk = handle.read(_CHUNK)
    return digest.hexdigest()


def _delimiter(path: Path, packing: str | None, reading: Reading) -> str:
    """The mark that gives most columns in the header, of those that give every row as many."""
    assert reading.encoding is not None
    with _unpacked(path, packing) as handle:
        sample = codecs.getincrementaldecoder(reading.encoding)("replace").decode(handle.read(_CHUNK))
    return max(",;\t|", key=lambda mark: _fit(sample, mark))


def _fit(sample: str, mark: str) -> tuple[float, int]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark):
            rows.append(len(row))
            if len(rows) == 30:
                break
    except csv.Error:
        pass
    whole = [n for n in rows if n] or [1]
    if whole[0] == 1:
        return (0, 1)
    return (sum(n == whole[0] for n in whole) / len(whole), whole[0])


# --- CSV and Parquet ------------------------------------------------------------------------------


def _csv_rows(found: Found, handle: TextIO) -> Iterator[Row]:
    lines = iter(partial(handle.readline, 4 * MAX_RECORD), "")  # a line of gigabytes is not taken in whole
    reader = csv.reader(lines, delimiter=found.reading.delimiter or ",", strict=True)
    header = _header(found.path, _next(reader))
    while True:
        try:
            cells = _next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(_trouble(str(error), reader.line_num))
            continue
        if cells:
            yield _csv_row(header, cells, reader.line_num)


def _next(reader: Iterator[list[str]]) -> list[str]:
    """The next row. The bound on a cell is the whole process's: it is put back at once."""
    before = csv.field_size_limit(MAX_RECORD)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(before)


def _trouble(error: str, line: int) -> str:
    if "field limit" in error:
        long = f"a cell of the record that ends at line {line} is longer than {MAX_RECORD:,} characters"
        return f"{long}: does a quote never close?"
    return f"the quotes of the record that ends at line {line} are broken ({error})"


def _header(path: Path, cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    twice = list(_repeated(header))
    if twice:
        raise IntakeError("file", f"{path.name} names a column twice: {', '.join(twice[:5])}; rename one")
    return header


def _repeated(names: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            yield name
        seen.add(name)


def _csv_row(header: list[str], cells: list[str], line: int) -> Row:
    if len(cells) > len(header):
        return Unread(
            f"line {line} has {len(cells)} cells where the header has {len(header)}: are quotes missing?"
        )
    if any(map(has_stray_bytes, cells)):
        return Unread(f"line {line} holds bytes that are not of the file's encoding")
    return {name: cell for name, cell in zip(header, cells, strict=False) if name}


def _parquet_rows(path: Path, tell: Tell | None) -> Iterator[Row]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            done = 0
            for batch in file.iter_batches(batch_size=1000):
                yield from batch.to_pylist()
                done += batch.num_rows
                if tell:
                    tell(done, file.metadata.num_rows)
    except ArrowException as error:
        raise IntakeError("file", f"{path.name} cannot be read as Parquet: {error}") from error
