"""What all commands share: where the record is, how rows and progress look on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from data.errors import PromptjobsError
from data.settings import Settings, load_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Language(StrEnum):
    """The languages everything for people is written in."""

    EN = "en"
    FR = "fr"


Json = Annotated[bool, typer.Option("--json", help="Write JSON for a program to read.")]
_CELLS = {None: "", True: "yes", False: "NO"}
Lang = Annotated[Language, typer.Option(help="Language of what people read.")]


class Panel(StrEnum):
    """The groups of `promptjobs --help`."""

    COLLECT = "Collect and publish"
    READ = "Read adverts"
    LOOK = "Look and export"
    KNOW = "Know the state of things"


def open_home() -> tuple[Settings, Engine]:
    """The settings and the record they name; its folder is made if missing."""
    from data.store import open_record

    settings = load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    return settings, open_record(settings.database_url)


def say(message: str) -> None:
    """A line for the person at the terminal; results go to standard output, this does not."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def write_line(line: str) -> None:
    """A line of the result, on standard output."""
    sys.stdout.write(line + "\n")


@contextmanager
def open_bytes(file: str) -> Iterator[BinaryIO]:
    """A file for reading; "-" is standard input. Raises PromptjobsError where it cannot be opened."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below; errors of the reader are none of opening
    except OSError as error:
        raise PromptjobsError(f"{file} cannot be read: {error.strerror}.") from error
    with opened:
        yield opened


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, total) that draws a bar on the terminal's error stream."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Rows as a table, or as a JSON list; the first row names the columns."""
    if as_json:
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False, collapse_padding=True)
    for name in rows[0] if rows else ("nothing yet",):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(
            *(
                _CELLS[value] if value is None or isinstance(value, bool) else str(value)
                for value in row.values()
            )
        )
    Console().print(table)
