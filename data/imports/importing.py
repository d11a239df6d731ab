"""Taking postings from a file (what may not be scraped): the same validation, provenance kept, twice is once."""

from __future__ import annotations

import hashlib
import re
import reprlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from data.errors import BusyError, IntakeError, PromptjobsError
from data.imports.files import Found, Tell, look_through, read_rows
from data.imports.json_files import Row, Unread
from data.imports.mapping import Map
from data.imports.outcome import Imported
from data.imports.runs import begun_at, finished_parts, sums
from data.imports.shapes import Shape, shape_of
from data.intake import accept, set_aside
from data.listings import save_listing
from data.reference import load_cards
from data.schema import Check, Outcome, Posting, Reject, canonical_json
from data.store import finish_run, start_run, utc_now

_SOURCE = re.compile(r"^[a-z][a-z0-9_]*$")
PEEK = 1000
"""Records that are looked at to find a file's shape and columns."""
PART_RECORDS, PART_CHARS = 20_000, 32_000_000
"""A part is one run, and each board of it one check, written whole or not at all; it ends at the first of the two."""
_CELL = 300
Boards = dict[str, tuple[list[Posting], list[Reject]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, its shape, and what a copy of it under another name would have in common with it (`key`)."""

    found: Found
    shape: Shape
    key: str

    @property
    def about(self) -> dict[str, Any]:
        """Provenance: what a run of this import keeps."""
        mapping = self.shape.mapping.written() if self.shape.mapping else None
        about = {"file": self.found.path.name, "sha256": self.found.digest, "shape": self.shape.name}
        return about | ({"mapping": mapping} if mapping else {})


def open_import(file: Path, mapping: Map | None = None, encoding: str | None = None) -> Opened:
    """Look through `file` and find its shape. Raises IntakeError where file or mapping cannot be used."""
    reading = (mapping or Map(fields={})).reading
    found = look_through(file, replace(reading, encoding=encoding or reading.encoding))
    rows = list(islice(read_rows(found), PEEK))
    if not rows:
        raise IntakeError("file", f"{file.name} holds no records")
    shape = shape_of(rows, file.name, mapping)
    written = shape.mapping.written() if shape.mapping else shape.name
    told = [found.digest, found.reading.encoding, found.reading.delimiter, found.reading.records, written]
    return Opened(found, shape, hashlib.sha256(canonical_json(told)).hexdigest()[:16])


def records(opened: Opened, tell: Tell | None = None) -> Iterator[Row]:
    """The records of an opened file, those inside others one by one."""
    return chain.from_iterable(map(opened.shape.expand, read_rows(opened.found, tell)))


def rehearse(opened: Opened, source: str = "import", tell: Tell | None = None) -> Imported:
    """Validate every record and write nothing; `n_new` is then the number that would be accepted."""
    told = Imported(is_rehearsal=True)
    for row in records(opened, tell):
        told.n_records += 1
        found = rehearsed(row, opened.shape, source, told.n_records, told.unknown)
        if isinstance(found, Reject):
            told.count(told.n_records, found)
    told.n_new = told.n_records - told.n_rejected
    return told


def import_postings(
    engine: Engine,
    file: Path | Opened,
    *,
    source: str = "import",
    at: datetime | None = None,
    seen: date | None = None,
    tell: Tell | None = None,
) -> Imported:
    """Put the postings of `file` into the record under `source`; a large file in parts, each a run of its own.

    A record that does not pass is set aside with its reason. The same content twice changes nothing, also
    under another name; killed at any moment, the next import completes it. `seen` is the day the postings were
    collected, where that was not now (`at`, UTC). Raises IntakeError where file or source cannot be used.
    """
    check_source(source)
    opened, at = file if isinstance(file, Opened) else open_import(file), at or utc_now()
    if seen and seen > at.date():
        raise IntakeError("seen", f"{seen} has not come yet")
    base = f"import-{source}-{seen:%Y%m%d}-{opened.key}" if seen else f"import-{source}-{opened.key}"
    before = finished_parts(engine, base)
    last = next((part for part in before.values() if part.get("is_last")), None)
    if last is not None:
        return Imported(done_before=f"{last['file']}, {last['at']}")
    told = Imported()
    for part, (rows, is_last) in enumerate(_parts(records(opened, tell)), start=1):
        run_id = base if part == 1 else f"{base}-{part}"
        told.runs.append(run_id)
        if run_id in before:
            told.add(before[run_id])
            continue
        boards = _sorted(rows, opened.shape, told, source)
        start_run(engine, run_id, source=source, kind="import", at=at)
        looked_at = datetime.combine(seen, time()) if seen else begun_at(engine, run_id)
        told.n_changed += _save(engine, boards, source, run_id, looked_at)
        about = opened.about | {"part": part, "is_last": is_last, "at": f"{at:%Y-%m-%d}"}
        stats = about | sums(engine, run_id) | {"n_records": len(rows), "unknown": told.some_words}
        finish_run(engine, run_id, at=at, status="finished", stats=stats)
        told.n_new += stats["n_new"]
    return told


@contextmanager
def lock(home: Path) -> Iterator[None]:
    """One import at a time; the lock falls with its process. Raises BusyError."""
    try:
        with FileLock(home / "import.lock", timeout=5):
            yield
    except Timeout:
        raise BusyError("Another import is writing to the record; wait for it to end.") from None


def check_source(source: str) -> None:
    """Refuse ids that cannot be used for imports. Raises IntakeError."""
    if not _SOURCE.match(source):
        raise IntakeError(
            "source", f"{source!r} must be small letters, digits and underscores, such as jobspy"
        )
    card = load_cards().get(source)
    if card is not None and card.kind != "import":
        raise IntakeError(
            "source", f"{source!r} is {card.label}, which is collected otherwise: give another name"
        )


def _parts(rows: Iterator[Row]) -> Iterator[tuple[list[Row], bool]]:
    """The records in parts, each with whether it is the last; the same file gives the same parts."""
    part: list[Row] = []
    size = 0
    for row in rows:
        if part and (len(part) >= PART_RECORDS or size >= PART_CHARS):
            yield part, False
            part, size = [], 0
        part.append(row)
        size += _size(row)
    yield part, True


def _size(row: Row) -> int:
    return sum(len(v) for v in row.values() if isinstance(v, str)) if isinstance(row, dict) else 100


def rehearsed(row: Row, shape: Shape, source: str, number: int, unknown: Counter[str]) -> Posting | Reject:
    """Record `number` of a file as a posting, or as the row that says why it is none."""
    try:
        if isinstance(row, Unread):
            raise IntakeError("record", row.reason)
        raw = shape.raw(row, unknown)
        return accept(raw | {"source": source, "board": raw.get("board") or source})
    except IntakeError as error:
        return set_aside({"record": number} | _short(row), error)


def _short(row: Row) -> dict[str, Any]:
    """A record to look at, long cells cut."""
    if isinstance(row, Unread):
        return {"begins": row.sample[:_CELL]}
    cells = islice(row.items(), 50)
    return {name: v[:_CELL] if isinstance(v, str) else reprlib.repr(v)[:_CELL] for name, v in cells}


def _sorted(rows: list[Row], shape: Shape, told: Imported, source: str) -> Boards:
    """The postings and rejects of a part by board; a full part without any posting is a wrong mapping, no data."""
    boards: Boards = defaultdict(lambda: ([], []))
    for row in rows:
        told.n_records += 1
        found = rehearsed(row, shape, source, told.n_records, told.unknown)
        if isinstance(found, Reject):
            told.count(told.n_records, found)
            boards[source][1].append(found)
        else:
            boards[found.board][0].append(found)
    if len(rows) == PART_RECORDS and not any(postings for postings, _ in boards.values()):
        first = next(iter(told.reasons.values()))[1]
        raise PromptjobsError(f"None of {len(rows):,} records could be taken; stopped. The first: {first}")
    return boards


def _save(engine: Engine, boards: Boards, source: str, run_id: str, at: datetime) -> int:
    """One check a board; one that a killed import has written stays as it is. Returns postings reworded."""
    n_changed = 0
    for board, (postings, rejects) in sorted(boards.items()):
        check = Check(
            source=source, board=board, at=at, outcome=Outcome.PARTIAL, reason="An import closes nothing."
        )
        n_changed += save_listing(engine, run_id, check, postings, rejects).changed
    return n_changed
