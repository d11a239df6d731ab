"""Taking postings from a file (what may not be scraped): the same validation, provenance kept, twice is once."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.errors import IntakeError
from data.import_shapes import Raw, as_list, shape_of
from data.intake import accept, set_aside
from data.listings import save_listing
from data.schema import Check, Outcome, Posting, Reject
from data.store import finish_run, start_run, utc_now

_SOURCE = re.compile(r"^[a-z][a-z0-9_]*$")
_NOT_TOKEN = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: records in the file, postings new to the record, records set aside."""

    n_records: int
    n_new: int
    n_rejected: int
    first_reason: str | None

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        told = f"Read {self.n_records:,} records: {self.n_new:,} new postings, {self.n_rejected:,} set aside."
        return f"{told} The first because of {self.first_reason}" if self.first_reason else told


def import_postings(
    engine: Engine, file: Path, *, source: str = "import", at: datetime | None = None
) -> Imported:
    """Put the postings of `file` (.csv, .jsonl, .json) into the record under `source`.

    A record that does not pass is set aside with its reason. The same file twice is one run and changes
    nothing. An import closes no posting. Raises IntakeError where the file or source cannot be used.
    """
    if not _SOURCE.match(source):
        raise IntakeError(
            "source", f"{source!r} must be small letters, digits and underscores, such as jobspy"
        )
    boards: dict[str, tuple[list[Posting], list[Reject]]] = defaultdict(lambda: ([], []))
    rows = list(read_rows(file))
    for row in rows:
        _sort_in(boards, row, source, _NOT_TOKEN.sub("-", file.stem))
    return _save(engine, boards, source, _run_id(file, source), at or utc_now(), len(rows))


def _sort_in(
    boards: dict[str, tuple[list[Posting], list[Reject]]], row: Any, source: str, file_board: str
) -> None:
    try:
        posting = _posting(row, source, file_board)
        boards[posting.board][0].append(posting)
    except IntakeError as error:
        boards[file_board][1].append(set_aside(row, error))


def _posting(row: Any, source: str, file_board: str) -> Posting:
    if not isinstance(row, dict):
        raise IntakeError("record", "is not an object of fields")
    raw: Raw = shape_of(row)(row)
    return accept(raw | {"source": source, "board": raw.get("board") or file_board})


def _run_id(file: Path, source: str) -> str:
    with file.open("rb") as handle:
        return f"import-{source}-{hashlib.file_digest(handle, 'sha256').hexdigest()[:16]}"


def _save(
    engine: Engine,
    boards: dict[str, tuple[list[Posting], list[Reject]]],
    source: str,
    run_id: str,
    at: datetime,
    n_records: int,
) -> Imported:
    start_run(engine, run_id, source=source, kind="import", at=at)
    n_new, reasons = 0, []
    for board, (postings, rejects) in sorted(boards.items()):
        check = Check(
            source=source, board=board, at=at, outcome=Outcome.PARTIAL, reason="An import closes nothing."
        )
        n_new += save_listing(engine, run_id, check, postings, rejects).new
        reasons += [reject.reason for reject in rejects]
    stats: dict[str, object] = {"n_records": n_records, "n_new": n_new, "n_rejected": len(reasons)}
    finish_run(engine, run_id, at=at, status="finished", stats=stats)
    return Imported(n_records, n_new, len(reasons), reasons[0] if reasons else None)


# --- files ----------------------------------------------------------------------------------------


def read_rows(file: Path) -> Iterator[Any]:
    """The records of `file`, by its ending. A line of JSON that cannot be read comes as its text."""
    readers = {".csv": _csv_rows, ".jsonl": _json_lines, ".ndjson": _json_lines, ".json": _json_rows}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise IntakeError("file", f"{file.name} must end in {', '.join(readers)}")
    try:
        yield from reader(file)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        raise IntakeError("file", f"{file.name} cannot be read: {error}") from error


def _csv_rows(file: Path) -> Iterator[Any]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # adverts are longer than the default of 128 kB allows
    with file.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, restkey="more cells than columns"):
            yield {name: value for name, value in row.items() if value is not None}


def _json_lines(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8-sig") as handle:
        for line in handle:
            if line.strip():
                yield _json_or_text(line)


def _json_or_text(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line[:500]


def _json_rows(file: Path) -> Iterator[Any]:
    found = json.loads(file.read_text("utf-8-sig"))
    if isinstance(found, dict) and "@graph" in found:
        found = [node for node in as_list(found["@graph"]) if _is_posting(node)]
    yield from as_list(found)


def _is_posting(node: Any) -> bool:
    return isinstance(node, dict) and "JobPosting" in as_list(node.get("@type"))
