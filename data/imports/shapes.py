"""What a file of postings holds: schema.org objects, a mapped table (JobSpy's among them), or our own fields. Pure."""

from __future__ import annotations

import reprlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.errors import IntakeError
from data.field_values import without
from data.imports.cells import FIELDS, cell, says_nothing
from data.imports.json_files import Row, Unread
from data.imports.mapping import Map, Spec, check_columns, finished, read_maps
from data.job_posting import PEOPLE, identity, is_a, nodes, posting_fields
from data.schema import Posting

Raw = dict[str, Any]
_JOBSPY = frozenset({"site", "job_url"})
_OWN = frozenset({"url"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """How records become fields for intake: `expand` gives the records inside one, `raw` the fields of each.

    `raw` counts words it does not know and raises IntakeError; `mapping` is the mapping as data, if there is one.
    """

    name: str
    raw: Callable[[Mapping[str, Any], Counter[str]], Raw]
    expand: Callable[[Row], Iterable[Row]] = lambda row: (row,)
    mapping: Map | None = None


def shape_of(rows: Sequence[Row], file: str, mapping: Map | None) -> Shape:
    """The shape of a file by its first records and the mapping given. Raises IntakeError saying what to do."""
    columns = columns_of(rows)
    if mapping is not None:
        check_columns(mapping, columns, file)
        return Shape("mapping", mapping.raw, mapping=mapping)
    if any(is_a(node, "JobPosting") for row in rows for node in nodes(row)):
        return Shape("schema.org", schema_org, _postings_in)
    if columns.keys() >= _JOBSPY:
        made = read_maps(["jobspy"])
        assert made is not None
        check_columns(made, columns, file)
        return Shape("JobSpy", made.raw, mapping=made)
    if not columns or columns.keys() >= _OWN:
        return Shape("our own fields", own_fields)
    names = ", ".join(list(columns)[:30])
    raise IntakeError(
        "file",
        f"{file} has columns of its own ({names}): write down which of them are our fields. "
        f"promptjobs import {file} --show > map.yml begins the list, --map map.yml uses it",
    )


def columns_of(rows: Iterable[Row]) -> dict[str, Any]:
    """The columns, or dotted ways, that the records have, each with a first value that says something."""
    found: dict[str, Any] = {}
    for row in rows:
        if isinstance(row, dict):
            for name, value in _flat(row):
                if says_nothing(found.get(name)):
                    found[name] = value
    return found


def _flat(row: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        yield f"{before}{name}", value
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _flat(value, f"{before}{name}.", depth + 1)


# --- our own field names --------------------------------------------------------------------------

_OURS = Spec(column=("x",), split=";")


def own_fields(row: Mapping[str, Any], unknown: Counter[str]) -> Raw:
    """A row in the fields of data.schema.Posting; pay also as columns pay_min, pay_max, pay_currency, pay_period."""
    given = {name: value for name, value in row.items() if not says_nothing(value)}
    if "id" in given:
        given.setdefault("external_id", given.pop("id"))
    odd = given.keys() - FIELDS.keys() - Posting.model_fields.keys()
    if odd:
        raise IntakeError(min(odd), "is no field of ours; a mapping can leave it out (--show begins one)")
    raw = {name: cell(name, value, _OURS, unknown) for name, value in given.items() if name in FIELDS}
    raw = {name: value for name, value in raw.items() if value is not None}
    return finished(raw | {name: value for name, value in given.items() if name not in FIELDS})


# --- schema.org -----------------------------------------------------------------------------------


def _postings_in(row: Row) -> Iterable[Row]:
    if isinstance(row, Unread):
        return (row,)
    found = [node for node in nodes(row) if is_a(node, "JobPosting")]
    return found or (Unread("holds no schema.org JobPosting", reprlib.repr(row)),)


def schema_org(row: Mapping[str, Any], unknown: Counter[str]) -> Raw:
    """A schema.org JobPosting object (JSON-LD), read as on a page; its address is its own url or @id."""
    node = without(dict(row), PEOPLE)
    page = str(node.get("@id") or "")
    try:
        return {"external_id": identity(node, page)[:500], **posting_fields(node, page, unknown)}
    except KeyError as error:
        raise IntakeError(str(error.args[0]), "is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise IntakeError("record", str(error)) from error
