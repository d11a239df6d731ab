"""Records of JSON texts, one at a time: JSON lines, a list, or the list that an object holds."""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from data.errors import IntakeError
from data.job_posting import is_a, nodes

_STRAY = re.compile("[\udc80-\udcff]")
_SPACE = " \t\r\n"
_CHUNK = 1 << 18
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that could not be read, why, and how it begins."""

    reason: str
    sample: str = ""


Row = dict[str, Any] | Unread


def has_stray_bytes(text: str) -> bool:
    """Whether `text` holds bytes that were not of the encoding it was read in."""
    return not text.isascii() and _STRAY.search(text) is not None


def json_lines(handle: TextIO, *, limit: int) -> Iterator[Row]:
    """The objects of JSON lines; a line that holds none comes as Unread."""
    number = 0
    while line := handle.readline(limit):
        number += 1
        if len(line) == limit and not line.endswith("\n"):
            yield Unread(f"line {number} is longer than {limit:,} characters", line[:500])
            while (rest := handle.readline(limit)) and not rest.endswith("\n"):
                pass
        elif line.strip():
            yield _line(line, number)


def _line(line: str, number: int) -> Row:
    if has_stray_bytes(line):
        return Unread(f"line {number} holds bytes that are not of the file's encoding", line[:500])
    try:
        return _object(json.loads(line))
    except (ValueError, RecursionError) as error:
        return Unread(f"line {number} is no JSON ({str(error)[:80]})", line[:500])


def _object(value: Any) -> Row:
    return value if isinstance(value, dict) else Unread("is not an object of fields", reprlib.repr(value))


def json_rows(handle: TextIO, *, records: str | None, limit: int) -> Iterator[Row]:
    """The objects of a JSON list, read piece by piece, or of the list that an object holds under `records`.

    Raises json.JSONDecodeError where the text breaks off, IntakeError where an object holds no list to be found.
    """
    start = ""
    while chunk := handle.read(_CHUNK):
        start += chunk
        if start.strip(_SPACE + "\ufeff"):
            break
    start = start.lstrip(_SPACE + "\ufeff")
    if start.startswith("["):
        yield from _listed(handle, start[1:], limit)
        return
    text = start + handle.read(8 * limit)
    if handle.read(1):
        raise IntakeError("file", "is one JSON object of more than 250 MB: write its records as JSON lines")
    for value in _of_object(_whole(text), records):
        yield _object(value)


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise IntakeError(
                "file", "holds several JSON values one after the other: name it .jsonl"
            ) from error
        raise
    except RecursionError as error:
        raise IntakeError("file", "is JSON nested too deeply to be read") from error


def _listed(handle: TextIO, text: str, limit: int) -> Iterator[Row]:
    """The members of a list whose text begins in `text`; what has been read is let go of."""
    at, n = 0, 0
    while True:
        while at < len(text) and (text[at] in _SPACE or (text[at] == "," and n)):
            at += 1
        if text[at : at + 1] == "]":
            return
        try:
            value, end = _DECODER.raw_decode(text, at)
        except RecursionError as error:
            raise IntakeError("file", "is JSON nested too deeply to be read") from error
        except json.JSONDecodeError:
            value, end = None, len(text)
        if end == len(text):  # it may go on in the next piece
            piece = handle.read(max(_CHUNK, min(len(text) - at, limit)))
            if not piece or len(text) - at > limit:
                raise json.JSONDecodeError(
                    f"The list breaks off or is broken in record {n + 1}", text[at:], 0
                )
            text, at = text[at:] + piece, 0
            continue
        n, at = n + 1, end
        yield _object(value)


def _of_object(whole: Any, records: str | None) -> list[Any]:
    if not isinstance(whole, dict):
        raise IntakeError("file", "is JSON, but neither a list nor an object")
    if records is not None:
        found = at_path(whole, records)
        if not isinstance(found, list):
            raise IntakeError("records", f"{records!r} is no list in this file; lists: {_names(whole)}")
        return found
    if any(is_a(node, "JobPosting") for node in nodes(whole)):
        return [whole]
    lists = _lists(whole)
    if len(lists) > 1:
        raise IntakeError(
            "records", f"the object holds several lists: {_names(whole)}; name one (records: {lists[0]})"
        )
    return at_path(whole, lists[0]) if lists else [whole]


def _lists(whole: Mapping[str, Any], depth: int = 0) -> list[str]:
    """The dotted ways to the lists of objects inside an object."""
    found = []
    for name, value in whole.items():
        if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
            found.append(name)
        elif isinstance(value, dict) and depth < 3:
            found += [f"{name}.{rest}" for rest in _lists(value, depth + 1)]
    return found


def _names(whole: Mapping[str, Any]) -> str:
    return ", ".join(_lists(whole)[:10]) or "none"


def at_path(row: Any, path: str) -> Any:
    """What stands at "salary.min" or "offices.0.name" in a record; a column of just that name comes first."""
    if isinstance(row, dict) and path in row:
        return row[path]
    for part in path.split("."):
        if isinstance(row, dict):
            row = row.get(part)
        elif isinstance(row, list) and part.isdigit() and int(part) < len(row):
            row = row[int(part)]
        else:
            return None
    return row
