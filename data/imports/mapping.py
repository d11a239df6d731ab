"""Mappings: a written table of our fields and the columns of somebody else's file, read strictly."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from data.errors import IntakeError
from data.imports.cells import FIELDS, cell, pay_of, says_nothing
from data.imports.files import Reading
from data.imports.json_files import at_path
from data.job_posting import as_list, sum_of

FOLDER = Path(__file__).parent / "mappings"
_TEXTS = ("description", "text", "html")
_SHOWN = 30


def _tuple(value: Any) -> Any:
    return value if isinstance(value, tuple) else tuple(as_list(value))


Words = Annotated[tuple[str, ...], BeforeValidator(_tuple)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Spec(_Strict):
    """Where one field comes from: a column (the first filled of several), or one `value` for all records.

    `join` puts all the columns together with these words between; `split` makes several values of one;
    `template` puts the cell in the place of {}; `date` is the form of a day as strptime has it, `decimal` the
    mark before the cents; `values` translates, "" being unknown; `only_if` takes the cell only where other
    columns say one of these words; `optional` lets the file lack the column; `unescape` undoes Markdown's marks.
    """

    column: Words = ()
    value: str | None = None
    join: str | None = None
    split: str | None = None
    template: str | None = None
    date: str | None = None
    decimal: Literal[".", ","] | None = None
    values: dict[str, str] | None = None
    only_if: dict[str, Words] = {}
    optional: bool = False
    unescape: bool = False

    @model_validator(mode="after")
    def _one_origin(self) -> Spec:
        if bool(self.column) == (self.value is not None):
            raise ValueError("give either column or value")
        if self.template is not None and "{}" not in self.template:
            raise ValueError("template has no {} to put the cell in")
        if self.date is not None and not {"%d", "%j"} & {self.date[i : i + 2] for i in range(len(self.date))}:
            raise ValueError('date is a form such as "%d/%m/%Y"')
        return self


class Map(_Strict):
    """A mapping: the fields, and how the file is read."""

    fields: dict[str, Spec]
    encoding: str | None = None
    delimiter: str | None = None
    records: str | None = None

    @property
    def reading(self) -> Reading:
        return Reading(self.encoding, self.delimiter, self.records)

    def written(self) -> dict[str, Any]:
        """The mapping as data: what is kept as provenance, and told apart by."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def raw(self, row: Mapping[str, Any], unknown: Counter[str]) -> dict[str, Any]:
        """A record as the fields that intake takes. Raises IntakeError naming the field.

        Words of a closed list that are not in it go into `unknown` as "field=word" and become None.
        """
        found = {name: cell(name, _picked(spec, row), spec, unknown) for name, spec in self.fields.items()}
        raw = {name: value for name, value in found.items() if value is not None}
        return finished(raw)


def finished(raw: dict[str, Any]) -> dict[str, Any]:
    """`raw` with its pay together, its words as text or html, and an id where it has none. Raises IntakeError."""
    pay = pay_of(raw)
    raw["pay"] = pay or tuple(raw.get("pay", ()))
    if "posted_on" in raw:
        raw.setdefault("posted_basis", "stated")
    if "description" in raw:
        words = raw.pop("description")
        raw[_form(words)] = words
    elif not raw.keys() & {"text", "html"}:
        raise IntakeError("description", "is empty: an advert without its words cannot be read")
    if "external_id" not in raw:
        raw["external_id"] = sum_of(raw.get("url"))
    return raw


def _picked(spec: Spec, row: Mapping[str, Any]) -> Any:
    """The value a spec points at in a record; None where it says nothing."""
    for column, words in spec.only_if.items():
        if str(at_path(row, column)).strip().casefold() not in {word.casefold() for word in words}:
            return None
    if spec.value is not None:
        return spec.value
    cells = [value for value in (at_path(row, column) for column in spec.column) if not says_nothing(value)]
    if spec.join is not None:
        return spec.join.join(str(value).strip() for value in cells) or None
    return cells[0] if cells else None


def _form(words: str) -> str:
    tags = ("</p>", "</li>", "</div>", "<br", "</ul>", "</span>")
    return "html" if any(tag in words for tag in tags) else "text"


# --- reading a mapping ----------------------------------------------------------------------------


def shipped() -> dict[str, Path]:
    """The mappings that come with the program, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yml"))}


def read_maps(given: Iterable[str]) -> Map | None:
    """One mapping out of files (x.yml), names of shipped ones (jobspy) and pairs (title=Job Title), later ones first.

    None where nothing is given. Raises IntakeError saying what is wrong and what there is.
    """
    whole: dict[str, Any] = {}
    for words in given:
        name, is_pair, column = words.partition("=")
        part = {"fields": {name.strip(): column.strip()}} if is_pair else _from_file(words)
        whole = {**whole, **part, "fields": {**whole.get("fields", {}), **part["fields"]}}
    return checked(whole, "mapping") if whole else None


def _from_file(words: str) -> dict[str, Any]:
    path = shipped().get(words) or Path(words)
    try:
        loaded = _plain(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader), path.name)
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError) as error:
        names = ", ".join(shipped())
        raise IntakeError(
            "mapping",
            f"{words} cannot be read ({error}): give a YAML file, {names}, or a pair such as title=Name",
        ) from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("fields"), dict):
        raise IntakeError(
            "mapping", f"{path.name} has no list of fields: promptjobs import FILE --show writes one"
        )
    return loaded


def _plain(node: Any, where: str) -> Any:
    """A YAML node as dicts, lists and strings, so that yes, 1e3 and 08 stay the words they are."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, where) for part in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value if node is not None else ():
        name = _plain(key, where)
        if not isinstance(name, str) or name in found:
            raise IntakeError("mapping", f"{where} gives {name!r} twice (line {key.start_mark.line + 1})")
        found[name] = _plain(value, where)
    return found


def checked(whole: Mapping[str, Any], where: str) -> Map:
    """A mapping out of plain data. Raises IntakeError naming the field, and the nearest that there is."""
    fields = {name: _spec(name, value) for name, value in whole["fields"].items()}
    try:
        made = Map.model_validate({**whole, "fields": fields})
    except ValidationError as error:
        first = error.errors()[0]
        names = ".".join(str(part) for part in first["loc"])
        raise IntakeError(where, f"{names}: {first['msg'].removeprefix('Value error, ')}") from error
    _give_identity(made)
    return made


def _spec(name: str, value: Any) -> Any:
    if name not in FIELDS:
        raise IntakeError("mapping", f"{name!r} is no field of ours{_nearest(name, FIELDS)}")
    return {"column": value} if isinstance(value, (str, list)) else value


def _give_identity(made: Map) -> None:
    if "url" not in made.fields:
        raise IntakeError("mapping", "gives no url: every posting needs its address (or one value for all)")
    if "external_id" not in made.fields and not made.fields["url"].column:
        raise IntakeError(
            "mapping", "gives no identity: map external_id, or a column of addresses of their own to url"
        )
    if len([name for name in _TEXTS if name in made.fields]) != 1:
        raise IntakeError("mapping", "must give the advert's words as one of description, text and html")


def check_columns(made: Map, columns: Iterable[str], file: str) -> None:
    """Refuse columns that the file does not have. Raises IntakeError with those it has and the nearest."""
    there = tuple(columns)
    for name, spec in made.fields.items():
        asked = [] if spec.optional else [*spec.column, *spec.only_if]
        for column in asked:
            if column not in there:
                raise IntakeError(name, f"{column!r} is no column of {file}{_nearest(column, there)}")


def _nearest(word: str, there: Iterable[str]) -> str:
    names = list(there)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(word.casefold(), folded, 1)
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    hint = f"; did you mean {folded[near[0]]!r}" if near else ""
    return (
        f"{hint}? There are {', '.join(names[:_SHOWN])}{more}"
        if hint
        else f": there are {', '.join(names[:_SHOWN])}{more}"
    )
