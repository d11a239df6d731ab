"""Mappings: strict about names, days and numbers; identity; translations; what --show writes."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.errors import IntakeError
from data.imports.cells import FIELDS
from data.imports.guess import show
from data.imports.importing import open_import, rehearse
from data.imports.mapping import Map, Spec, check_columns, checked, read_maps
from data.intake import accept

ROW = {
    "Ref": 7.0,
    "Job": "Prompt Engineer",
    "Link": "https://example.org/7",
    "Words": "Write prompts for a kitchen.",
    "When": "03/04/2026",
    "City": "Lyon",
    "Region": "Rhône",
    "pay": {"from": "45.000,50", "to": 52000, "per": "An", "in": "€"},
    "mode": "Télétravail",
    "tags": ["a", "b"],
}
LEAST = {"url": "Link", "text": "Words"}


def mapped(fields: dict[str, Any], **row: Any) -> tuple[Any, Counter[str]]:
    unknown: Counter[str] = Counter()
    raw = checked({"fields": LEAST | fields}, "test").raw(ROW | row, unknown)
    return accept({"board": "b"} | raw | {"source": "s"}), unknown


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"external_id": "Ref"}, "external_id", "7"),
        ({"title": ["Nothing", "Job"]}, "title", "Prompt Engineer"),
        ({"company": {"value": "Acme"}}, "company", "Acme"),
        ({"places": {"column": ["City", "Region"], "join": ", "}}, "places", ("Lyon, Rhône",)),
        ({"places": {"column": "Job", "split": " "}}, "places", ("Prompt", "Engineer")),
        ({"places": "tags"}, "places", ("a", "b")),
        ({"title": "tags.1"}, "title", "b"),
        ({"url": {"column": "Ref", "template": "https://example.org/jobs/{}"}}, "url", "https://example.org/jobs/7"),
        ({"posted_on": {"column": "When", "date": "%d/%m/%Y"}}, "posted_on", date(2026, 4, 3)),
        ({"posted_on": {"column": "When", "date": "%m/%d/%Y"}}, "posted_on", date(2026, 3, 4)),
        ({"posted_on": {"value": "2026-08-01T23:30:00+02:00"}}, "posted_on", date(2026, 8, 1)),
        ({"changed_at": {"value": "2026-08-01T09:00:00"}}, "changed_at", datetime(2026, 8, 1, 9, tzinfo=UTC)),
        ({"workplace": {"column": "mode", "values": {"télétravail": "remote"}}}, "workplace", "remote"),
        ({"country": {"value": "France"}}, "country", "FR"),
        ({"lang": {"value": "fr-CA"}}, "lang", "fr"),
        ({"is_truncated": {"value": "true"}}, "is_truncated", True),
        ({"board": {"column": "City"}}, "board", "Lyon"),
        ({"title": {"column": "Job", "only_if": {"City": "Paris"}}}, "title", None),
        ({"title": {"column": "Job", "only_if": {"City": ["paris", "LYON"]}}}, "title", "Prompt Engineer"),
    ],
)  # fmt: skip
def test_one_field(fields: dict[str, Any], name: str, value: Any) -> None:
    posting, unknown = mapped(fields)
    assert (getattr(posting, name), unknown) == (value, {})


def test_pay_of_four_columns() -> None:
    fields = {
        "pay_min": {"column": "pay.from", "decimal": ","},
        "pay_max": "pay.to",
        "pay_currency": {"column": "pay.in", "values": {"€": "EUR"}},
        "pay_period": {"column": "pay.per", "values": {"an": "year"}},
    }
    pay = mapped(fields)[0].pay[0]
    assert (pay.min, pay.max, pay.currency, pay.period) == (45_000.5, 52_000, "EUR", "year")
    assert mapped(fields, pay={"per": "An", "in": "€"})[0].pay == ()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"workplace": "mode"}, "workplace=Télétravail"),
        ({"workplace": {"column": "mode", "values": {"x": "remote"}}}, "workplace=Télétravail"),
        ({"pay_min": {"value": "9"}, "pay_currency": "pay.in"}, "pay_currency=€"),
        ({"pay_min": {"value": "9"}, "pay_period": "pay.per"}, "pay_period=An"),
        ({"country": "City"}, "country=Lyon"),
    ],
)
def test_words_that_are_not_known_become_none_and_are_counted(fields: dict[str, Any], word: str) -> None:
    unknown = mapped(fields)[1]
    assert [name.casefold() for name in unknown] == [word.casefold()]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"posted_on": "When"}, "'03/04/2026' is not a day such as 2026-08-01; say its form"),
        ({"posted_on": {"column": "When", "date": "%Y.%m.%d"}}, "is not the form %Y.%m.%d"),
        ({"pay_min": "pay.from"}, "can be read in two ways"),
        ({"pay_min": {"value": "45.000"}}, "can be read in two ways"),
        ({"pay_min": "Job"}, "is not a number"),
        ({"pay_min": {"value": "-5"}}, "is not a number"),
        ({"title": "tags"}, "holds several values"),
        ({"text": "Nothing"}, "an advert without its words"),
        ({"url": "Job"}, "is not an http"),
    ],
)
def test_cells_that_cost_their_record(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        mapped(fields)


@pytest.mark.parametrize(
    ("whole", "says"),
    [
        ({"fields": LEAST | {"titel": "Job"}}, "'titel' is no field of ours; did you mean 'title'"),
        ({"fields": LEAST | {"title": {"colum": "Job"}}}, "fields.title.colum: Extra inputs"),
        ({"fields": LEAST | {"title": {"column": "Job", "value": "x"}}}, "either column or value"),
        ({"fields": LEAST | {"title": {}}}, "either column or value"),
        ({"fields": LEAST | {"posted_on": {"column": "When", "date": "DD/MM"}}}, "%d/%m/%Y"),
        ({"fields": LEAST | {"url": {"column": "Ref", "template": "x"}}}, "no {}"),
        ({"fields": {"text": "Words", "external_id": "Ref"}}, "gives no url"),
        ({"fields": {"text": "Words", "url": {"value": "https://example.org"}}}, "gives no identity"),
        ({"fields": {"url": "Link"}}, "one of description, text and html"),
        ({"fields": LEAST | {"html": "Words"}}, "one of description, text and html"),
        ({"fields": LEAST, "shape": "csv"}, "shape: Extra inputs"),
    ],
)  # fmt: skip
def test_mappings_that_are_refused(whole: dict[str, Any], says: str) -> None:
    with pytest.raises(IntakeError, match=says.replace("{", r"\{")):
        checked(whole, "test")


def test_a_column_that_is_not_there_is_refused_with_the_nearest() -> None:
    made = checked({"fields": LEAST | {"title": "job"}}, "test")
    with pytest.raises(IntakeError, match=r"title: 'job' is no column of x\.csv; did you mean 'Job'"):
        check_columns(made, ROW, "x.csv")
    many = [f"c{n}" for n in range(10_000)] + ["Link", "Words"]
    with pytest.raises(IntakeError, match="and 9,972 more") as caught:
        check_columns(made, many, "x.csv")
    assert len(str(caught.value)) < 500
    optional = LEAST | {"title": {"column": "job", "optional": "true"}}
    check_columns(checked({"fields": optional}, "test"), ROW, "x.csv")


def test_yaml_words_stay_words_and_pairs_come_last(tmp_path: Path) -> None:
    file = tmp_path / "map.yml"
    file.write_text(
        "encoding: cp1252\nfields:\n  url: Link\n  text: Words\n"
        "  workplace: {column: on-site, values: {no: remote, yes: onsite, 0: ''}}\n"
    )
    made = read_maps([str(file), "title=Job Title", "text=Body"])
    assert made is not None and made.reading.encoding == "cp1252"
    assert made.fields["workplace"].values == {"no": "remote", "yes": "onsite", "0": ""}
    assert (made.fields["title"].column, made.fields["text"].column) == (("Job Title",), ("Body",))
    assert read_maps([]) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fields: {url: a, url: b}", "'url' twice"),
        ("fields: [url]", "no list of fields"),
        ("", "no list of fields"),
        ("{", "cannot be read"),
        ("\x00", "cannot be read"),
    ],
)
def test_yaml_that_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "map.yml").write_text(text)
    with pytest.raises(IntakeError, match=says):
        read_maps([str(tmp_path / "map.yml")])


def test_a_mapping_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(IntakeError, match="jobspy, or a pair"):
        read_maps(["nothing.yml"])


def test_every_shipped_mapping_is_sound_and_written_as_it_is_read() -> None:
    made = read_maps(["jobspy"])
    assert made is not None and checked(made.written(), "again") == made


# --- what is shown --------------------------------------------------------------------------------


def french(tmp_path: Path) -> Path:
    file = tmp_path / "offres.csv"
    file.write_text(
        "Référence;Intitulé;Lien;Date publication;Ville;Annonce\n"
        "A1;Ingénieur prompt;https://example.org/1;03/04/2026;Lyon;Écrire des prompts.\n",
        encoding="cp1252",
    )
    return file


def test_what_is_shown_is_a_mapping_to_complete_and_use(tmp_path: Path) -> None:
    written = show(french(tmp_path), "import", None, "cp1252")
    assert "day or month first? Say which" in written and "#   Ville = Lyon" in written
    (tmp_path / "map.yml").write_text(written, encoding="utf-8")
    made = read_maps([str(tmp_path / "map.yml")])
    assert made is not None and (made.encoding, made.delimiter) == ("cp1252", ";")
    assert {name: spec.column[0] for name, spec in made.fields.items()} == {
        "url": "Lien", "title": "Intitulé", "places": "Ville", "description": "Annonce", "requisition_id": "Référence",
    }  # fmt: skip
    assert rehearse(open_import(french(tmp_path), made)).n_new == 1
    again = show(french(tmp_path), "import", made, None)
    assert "title: Intitulé" in again and "# record 1:\n" in again and "#   title: Ingénieur prompt" in again


def test_a_known_shape_is_shown_as_such(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps({"url": "nowhere", "text": "x", "external_id": "1"}))
    written = show(file, "import", None, None)
    assert "our own fields" in written and "record 1 would be set aside: url: " in written
    file.write_text(json.dumps({"site": "linkedin", "job_url": "https://example.org/1", "description": "x"}))
    assert "salary_source: direct_data" in show(file, "import", None, None)


def test_a_mapping_knows_how_it_was_written() -> None:
    assert Map(fields={}).written() == {"fields": {}}


@pytest.mark.parametrize("name", ["importing.md", "importing.fr.md"])
def test_the_documented_mapping_is_one_and_every_field_is_explained(name: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / name).read_text("utf-8")
    (tmp_path / "map.yml").write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    made = read_maps([str(tmp_path / "map.yml")])
    assert made is not None and len(made.fields) == 11
    assert [field for field in FIELDS if f"`{field}`" not in text and field != "is_truncated"] == []
    assert [field for field in Spec.model_fields if f"`{field}`" not in text] == []
