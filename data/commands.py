"""Commands over the record and its releases: import, export, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from data.opening_commands import openings_app
from data.settings import load_settings
from data.terminal import Json, Panel, open_home, say, show_rows

app = typer.Typer()
app.add_typer(openings_app, name="openings", rich_help_panel=Panel.KNOW)


@app.command(
    "import", rich_help_panel=Panel.COLLECT, epilog="Example: promptjobs import jobspy.csv --source jobspy"
)
def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV, JSONL or JSON of postings.")
    ],
    source: Annotated[str, typer.Option(help="Source id the postings are kept under.")] = "import",
) -> None:
    """Take postings from a file: JobSpy CSV, our own fields as CSV or JSONL, or schema.org JSON."""
    from data.importing import import_postings

    _, engine = open_home()
    result = import_postings(engine, file, source=source)
    say(result.sentence)
    if result.n_rejected:
        raise typer.Exit(1)


@app.command(
    rich_help_panel=Panel.LOOK,
    epilog="Example: promptjobs export pay --since 2023-01 --role title -o pay.csv",
)
def export(
    report: Annotated[str, typer.Argument(help="demand, pay, skills, postings, employers or runs.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First month, YYYY-MM.")] = None,
    until: Annotated[str | None, typer.Option(help="Last month, YYYY-MM.")] = None,
    source: Annotated[str | None, typer.Option(help="Source ids, separated by commas.")] = None,
    role: Annotated[str | None, typer.Option(help="role, title, core, asks, any, mention or all.")] = None,
    country: Annotated[str | None, typer.Option(help="Country codes (US,FR), separated by commas.")] = None,
    remote: Annotated[str | None, typer.Option(help="remote, hybrid, onsite, unspecified.")] = None,
    work: Annotated[
        str | None, typer.Option(help="payroll, contract, gig_content, gig_ai_training, unclear.")
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Name of a kept release; default: the current one.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the descriptions: en or fr.")] = "en",
) -> None:
    """Write a report as CSV, with its metadata beside it: the same numbers as the charts."""
    from data.measures.selection import Selection
    from data.release import open_release
    from data.reports import export_report, export_text

    given = {
        "since": since,
        "until": until,
        "source": source,
        "role": role,
        "country": country,
        "remote": remote,
        "work": work,
    }
    selection = Selection.from_params({name: value for name, value in given.items() if value is not None})
    opened = open_release(load_settings().releases, release)
    if out is None:
        sys.stdout.write(export_text(opened, report, selection, lang=lang))
        return
    say(f"Wrote {export_report(opened, report, selection, out, lang=lang)} and its metadata.")


@app.command(rich_help_panel=Panel.KNOW, epilog="Example: promptjobs doctor")
def doctor(as_json: Json = False) -> None:
    """Check the set-up and say what to do about each thing that is not well."""
    from data.doctor import examine

    findings = examine()
    show_rows([{"check": f.name, "ok": f.is_ok, "finding": f.sentence} for f in findings], as_json=as_json)
    if not all(f.is_ok for f in findings):
        raise typer.Exit(1)
