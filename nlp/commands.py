"""Commands that read adverts: enrich, extract."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from data.terminal import Json, Lang, Language, Panel, open_home, progress, say, write_line

app = typer.Typer()


@app.command(rich_help_panel=Panel.READ, epilog="Example: promptjobs enrich --workers 2")
def enrich(
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: PROMPTJOBS_WORKERS.")
    ] = None,
) -> None:
    """Read every advert whose facts are missing or older than the rules."""
    if read_pending(workers):
        raise typer.Exit(1)


def read_pending(workers: int | None = None) -> int:
    """Derive facts under the writer's lock; returns how many adverts could not be read."""
    import time

    from filelock import FileLock

    from nlp.enrich import enrich as derive

    settings, engine = open_home()
    started = time.monotonic()
    with FileLock(settings.home / "enrich.lock"), progress("reading adverts") as tell:
        done = derive(engine, workers=workers or settings.workers, progress=tell)
    rate = done.n_read / max(0.001, time.monotonic() - started)
    say(
        f"Read {done.n_read} adverts ({rate:.0f}/s) with rules {done.rules_version}; {done.n_errors} could not be read."
    )
    return done.n_errors


@app.command(
    rich_help_panel=Panel.READ,
    epilog="Example: promptjobs extract adverts.jsonl > facts.jsonl; promptjobs extract --explain advert.txt",
)
def extract(
    file: Annotated[
        str, typer.Argument(help="JSON lines {id, text|html, title?, ...}; - reads standard input.")
    ] = "-",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the plain text the offsets refer to.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            help="Show quotes, rules and what lost, for people; also reads a plain text or one object."
        ),
    ] = False,
    as_json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Read adverts (JSON lines) and write their facts with the quotes that prove them (JSON lines).

    With --explain: each fact with its quote in context, its rule, and why its rivals lost.
    """
    if explain:
        _explain(file, as_json=as_json, lang=lang)
        return
    from nlp.lines import extract_lines

    n_bad = 0
    with contextlib.ExitStack() as stack:
        lines = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
        for row in extract_lines(lines, with_text=with_text):
            write_line(json.dumps(row, ensure_ascii=False))
            n_bad += "error" in row
    if n_bad:
        say(f"{n_bad} lines could not be read; each has an error in the output.")
        raise typer.Exit(1)


def _explain(file: str, *, as_json: bool, lang: str) -> None:
    """Explain every advert of a file; one that cannot be read is said so, and ends it with status 1."""
    from nlp.explain_page import show_explained
    from nlp.explained import adverts, explain
    from nlp.extract import BadLine

    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        for number, advert in adverts(raw):
            shown = explain({"id": number, **advert} if isinstance(advert, dict) else advert, lang=lang)
            if as_json:
                write_line(json.dumps(shown, ensure_ascii=False))
            else:
                show_explained(shown, lang=lang)
    except BadLine as error:
        say(f"promptjobs: {file}: {error}")
        raise typer.Exit(1) from error
