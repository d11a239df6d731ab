"""What `promptjobs import --show` writes: a file's shape, columns, a mapping to start from, its first postings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

import yaml

from data.errors import IntakeError
from data.imports.cells import says_nothing
from data.imports.files import look_through, read_rows
from data.imports.importing import PEEK, Opened, open_import, records, rehearsed
from data.imports.json_files import Row
from data.imports.mapping import Map, shipped
from data.imports.shapes import columns_of
from data.schema import Posting

_PLAIN = re.compile(r"[^a-z0-9àâçéèêëîïôûùœ]+")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_N = 3
# What columns are called that hold one of our fields, in English and French, without spaces and marks.
_NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("id", "jobid", "externalid", "postingid", "offerid", "idoffre", "numerooffre"),
    "url": ("url", "joburl", "link", "joblink", "applyurl", "postingurl", "lien", "lienoffre", "href"),
    "title": ("title", "jobtitle", "position", "role", "intitule", "intitulé", "poste", "titre"),
    "company": ("company", "companyname", "employer", "organization", "entreprise", "employeur", "société"),
    "places": ("location", "locations", "place", "city", "joblocation", "lieu", "ville", "lieutravail"),
    "country": ("country", "countrycode", "pays"),
    "description": ("description", "jobdescription", "text", "body", "content", "texte", "annonce"),
    "lang": ("lang", "language", "langue"),
    "posted_on": (
        "postedon",
        "dateposted",
        "posteddate",
        "postedat",
        "publishedat",
        "datepublication",
        "date",
    ),
    "requisition_id": ("requisitionid", "reqid", "reference", "référence"),
    "department": ("department", "team", "service"),
    "employment_type": ("employmenttype", "jobtype", "contracttype", "typecontrat", "contrat"),
    "workplace": ("workplace", "workplacetype", "remote", "worktype", "télétravail", "teletravail"),
    "pay_min": ("paymin", "salarymin", "minsalary", "minamount", "salairemin"),
    "pay_max": ("paymax", "salarymax", "maxsalary", "maxamount", "salairemax"),
    "pay_currency": ("paycurrency", "salarycurrency", "currency", "devise"),
    "pay_period": ("payperiod", "salaryperiod", "interval", "période"),
}
_NEEDED = ("url", "description")


def show(file: Any, source: str, mapping: Map | None, encoding: str | None) -> str:
    """A file as YAML: a mapping to start from (or the one in force), all else as its comments.

    Raises IntakeError where the file itself cannot be read.
    """
    try:
        opened = open_import(file, mapping, encoding)
    except IntakeError as error:
        if mapping is not None:
            raise
        return _unknown_shape(file, encoding, error)
    about = f"{file.name}: {opened.shape.name}; SHA-256 {opened.found.digest}"
    lines = [about, *_columns(list(islice(read_rows(opened.found), PEEK)))]
    body = _mapping(opened, mapping) or "# These need no mapping.\n"
    return _comment(lines) + body + _comment(list(_preview(opened, source)))


def _mapping(opened: Opened, given: Map | None) -> str:
    """The mapping in force as YAML; a shipped one as it was written."""
    if given is None and opened.shape.name == "JobSpy":
        return shipped()["jobspy"].read_text("utf-8")
    if given is None:
        return ""
    written = given.written()
    written["fields"] = {name: _brief(spec) for name, spec in written["fields"].items()}
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True, default_flow_style=None)


def _brief(spec: dict[str, Any]) -> Any:
    column = spec.get("column", ())
    brief = spec | {"column": column[0]} if len(column) == 1 else spec
    return brief["column"] if brief.keys() == {"column"} else brief


def _unknown_shape(file: Any, encoding: str | None, error: IntakeError) -> str:
    found = look_through(file, (mapping := Map(fields={}, encoding=encoding)).reading)
    rows = list(islice(read_rows(found), PEEK))
    if not rows:
        raise error
    lines = [f"{file.name}: columns of its own", *_columns(rows), "Complete and save this, then --map it:"]
    reading = {name: value for name, value in mapping.written().items() if name != "fields"}
    if found.kind == "csv":
        reading["delimiter"] = found.reading.delimiter
    head = yaml.safe_dump(reading, allow_unicode=True) if reading else ""
    return _comment(lines) + head + "fields:\n" + "".join(_lines(columns_of(rows)))


def _columns(rows: list[Row]) -> list[str]:
    return ["columns:", *(f"  {name} = {_short(value)}" for name, value in columns_of(rows).items())]


def _short(value: Any) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _comment(lines: list[str]) -> str:
    return "".join(f"# {line}\n" for line in lines)


def _lines(columns: Mapping[str, Any]) -> Iterator[str]:
    """One line a field whose column was recognised by name; what must be stated stays a comment with a question."""
    there = {_PLAIN.sub("", name.lower().rsplit(".", 1)[-1]): name for name in reversed(list(columns))}
    for field, names in _NAMES.items():
        column = next((there[name] for name in names if name in there), None)
        if column is not None:
            yield _line(field, column, columns[column])
        elif field in _NEEDED:
            yield f"  # {field}: ?  # needed\n"


def _line(field: str, column: str, value: Any) -> str:
    name = json.dumps(column, ensure_ascii=False)
    if field == "posted_on" and not _is_iso(value):
        form = "%d/%m/%Y" if _DAY.search(str(value)) else "?"
        return f'  # posted_on: {{column: {name}, date: "{form}"}}  # {_short(value)}: day or month first? Say which.\n'
    if field == "workplace" and str(value).lower() not in ("remote", "hybrid", "onsite"):
        return f'  # workplace: {{column: {name}, values: {{"{_short(value)}": remote}}}}  # say what means what\n'
    return f"  {field}: {name}\n"


def _is_iso(value: Any) -> bool:
    if says_nothing(value) or isinstance(value, date):
        return True
    try:
        return bool(date.fromisoformat(str(value)[:10]))
    except ValueError:
        return False


def _preview(opened: Opened, source: str) -> Iterator[str]:
    unknown: Counter[str] = Counter()
    for number, row in enumerate(islice(records(opened), _N), start=1):
        found = rehearsed(row, opened.shape, source, number, unknown)
        if isinstance(found, Posting):
            given = found.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
            yield f"record {number}:"
            yield from (f"  {name}: {_short(value)}" for name, value in given.items())
        else:
            yield f"record {number} would be set aside: {found.reason}"
    yield from (f"not known, left empty: {word}" for word in unknown)
