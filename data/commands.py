"""Commands over the record and its releases: import, export, doctor."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data.alerts import commands as alert_commands
from data.errors import SelectionError, SettingError
from data.filter_options import Country, Remote, Role, Since, Source, Until, Work, chosen
from data.openings.commands import openings_app
from data.release_commands import releases_app
from data.settings import PREFIX, home_folder, load_settings
from data.terminal import Json, Lang, Language, Panel, open_home, progress, say, show_rows, write_line

app = typer.Typer()
app.add_typer(alert_commands.app)
app.add_typer(openings_app, name="openings", rich_help_panel=Panel.KNOW)
app.add_typer(releases_app, name="releases", rich_help_panel=Panel.LOOK)
ImportFile = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, JSONL, JSON or Parquet; also .gz, .zst."),
]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map", help="Which columns are our fields: a YAML file, jobspy, or a pair such as title=Position."
    ),
]
Show = Annotated[
    bool, typer.Option("--show", help="Write nothing; show columns, a mapping to start from, a preview.")
]


@app.command(
    "import",
    rich_help_panel=Panel.COLLECT,
    epilog="Example: promptjobs import jobs.csv --source mylist --map map.yml",
)
def import_file(
    file: ImportFile,
    source: Annotated[str, typer.Option(help="Source id the postings are kept under.")] = "import",
    mapping: Maps = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of the text, such as cp1252; default: UTF-8, or as marked.")
    ] = None,
    seen: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the file was collected; default: today."),
    ] = None,
    show: Show = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; validate every record.")] = False,
    as_json: Json = False,
) -> None:
    """Take postings from a file: JobSpy CSV, schema.org JSON, our own fields, or any table with a mapping."""
    from data.imports import guess as import_guess
    from data.imports import importing
    from data.imports.mapping import read_maps

    made = read_maps(mapping or ())
    importing.check_source(source)
    if show:
        write_line(import_guess.show(file, source, made, encoding).rstrip("\n"))
        return
    opened = importing.open_import(file, made, encoding)
    with progress("reading records") as tell:
        if dry_run:
            result = importing.rehearse(opened, source, tell)
        else:
            settings, engine = open_home()
            with importing.lock(settings.home):
                day = seen.date() if seen else None
                result = importing.import_postings(engine, opened, source=source, seen=day, tell=tell)
    if as_json:
        write_line(json.dumps(result.as_dict() | opened.about, ensure_ascii=False))
    say("\n".join(result.sentences))
    if result.n_rejected:
        raise typer.Exit(1)


@app.command(
    rich_help_panel=Panel.LOOK,
    epilog="Example: promptjobs export pay --since 2023-01 --role title -o pay.csv",
)
def export(
    report: Annotated[
        str | None, typer.Argument(help="Name of a report, such as demand or pay; --list names them all.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    role: Role = None,
    country: Country = None,
    remote: Remote = None,
    work: Work = None,
    release: Annotated[
        str | None, typer.Option(help="Name of a kept release; default: the current one.")
    ] = None,
    lang: Lang = Language.EN,
    list_reports: Annotated[bool, typer.Option("--list", help="Name every report and write none.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --list: as JSON.")] = False,
) -> None:
    """Write a report as CSV, with its metadata beside it: the same numbers as the charts."""
    from data.release import open_release
    from data.reports import REPORTS, export_report, export_text

    if list_reports:
        return _show_reports(lang, as_json=as_json)
    if report is None:
        raise SelectionError("report_missing", allowed=", ".join(REPORTS))
    selection = chosen(
        since=since, until=until, source=source, role=role, country=country, remote=remote, work=work
    )
    opened = open_release(load_settings().releases, release)
    if out is None:
        sys.stdout.write(export_text(opened, report, selection, lang=lang))
        return
    say(f"Wrote {export_report(opened, report, selection, out, lang=lang)} and its metadata.")


def _show_reports(lang: Language, *, as_json: bool) -> None:
    """The names of all reports with their titles: in both languages as JSON, else in `lang`."""
    from data.reports import REPORTS

    titles = {name: dict(zip(("en", "fr"), one.title, strict=True)) for name, one in REPORTS.items()}
    rows = [{"report": name, **(both if as_json else {"title": both[lang]})} for name, both in titles.items()]
    show_rows(rows, as_json=as_json)


@app.command(rich_help_panel=Panel.KNOW, epilog="Example: promptjobs doctor")
def doctor(
    as_json: Json = False,
    contact: Annotated[
        str | None, typer.Option(help="Keep this e-mail address or https page: sites see it in each request.")
    ] = None,
) -> None:
    """Check the set-up and say what to do about each thing that is not well; asks for a contact if none is set."""
    from data.doctor import examine, lacks_contact

    if contact is not None:
        _keep_contact(contact)
    elif not as_json and sys.stdin.isatty() and sys.stderr.isatty() and lacks_contact():
        _ask_contact()
    findings = examine()
    show_rows([{"check": f.name, "ok": f.is_ok, "finding": f.sentence} for f in findings], as_json=as_json)
    if not all(f.is_ok for f in findings):
        raise typer.Exit(1)


def _keep_contact(text: str) -> None:
    from data.contact import contact_file, keep_contact

    home = home_folder()
    say(f"Sites will see {keep_contact(home, text)}; kept in {contact_file(home)}.")
    if os.environ.get(f"{PREFIX}CONTACT"):
        say(f"{PREFIX}CONTACT is set and goes before it.")


def _ask_contact() -> None:
    question = "E-mail address or https page by which a site's owner can reach you (empty: later)"
    while given := typer.prompt(question, default="", show_default=False, err=True):
        try:
            return _keep_contact(given)
        except SettingError as error:
            say(str(error))
