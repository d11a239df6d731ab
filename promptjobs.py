"""The command line: the packages' own commands, and those that need several packages at once.

Everything heavy is imported inside the commands.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import data.commands
import nlp.commands
import scraper.commands
from data.errors import PromptjobsError
from data.settings import ARCHIVE, load_settings
from data.starter import end_with_starter
from data.terminal import Panel, open_home, progress, say

app = typer.Typer(
    name="promptjobs",
    help="Are prompt-engineer jobs real? Collect postings, extract pay and skills with their quotes, chart them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
archive_app = typer.Typer(help="The starter archive of facts.", no_args_is_help=True)
for package in (scraper, nlp, data):
    app.add_typer(package.commands.app)
app.add_typer(archive_app, name="archive", rich_help_panel=Panel.COLLECT)


def main() -> None:
    """Run the command line; one of our errors becomes its sentence and status 2, Ctrl-C status 130."""
    end_with_starter()
    try:
        app()
    except PromptjobsError as error:
        print(f"promptjobs: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command(rich_help_panel=Panel.COLLECT, epilog="Example: promptjobs update hackernews")
def update(sources: scraper.commands.Sources = None) -> None:
    """Scrape, enrich and publish: the whole path."""
    good = scraper.commands.collect(sources)
    good &= nlp.commands.read_pending() == 0
    say(f"Release {_publish()} is current.")
    _alert()
    if not good:
        raise typer.Exit(1)


@app.command(rich_help_panel=Panel.COLLECT, epilog="Example: promptjobs publish")
def publish() -> None:
    """Write a new release from the record and the archive; nothing is written when nothing changed."""
    say(f"Release {_publish()} is current.")
    _alert()


def _publish() -> str:
    from filelock import FileLock

    from data.publish import publish as write_release
    from data.reference import load_cards
    from data.store import utc_now
    from nlp import rules_version

    settings, engine = open_home()
    with FileLock(settings.home / "publish.lock"):
        return write_release(
            engine,
            settings.releases,
            rules_version=rules_version(),
            archive=ARCHIVE if settings.archive else None,
            cards=load_cards(),
            now=utc_now(),
            home=settings.home,
        )


def _alert() -> None:
    """Tell the channels that the settings name what is new to them; that fails alone."""
    from data.alerts.sending import alert
    from data.store import utc_now
    from scraper.status_commands import planned

    settings, engine = open_home()
    for failure in alert(settings, engine, planned(settings.home), utc_now()):
        say(failure)


@archive_app.command("build", epilog="Example: promptjobs archive build --from ../shared")
def archive_build(
    origin: Annotated[
        Path, typer.Option("--from", exists=True, file_okay=False, help="Folder holding corpora/.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; default: the package's data/archive.")
    ] = None,
) -> None:
    """Rebuild the starter archive from its sources with the rules of today."""
    from data.archive_build import build_archive
    from nlp import rules_version
    from nlp.enrich import enrich as derive

    workers = load_settings().workers
    with progress("reading adverts") as tell:
        sentence = build_archive(
            origin,
            out or ARCHIVE,
            enrich=lambda engine: derive(engine, workers=workers, progress=tell),
            rules_version=rules_version(),
        )
    say(str(sentence))


@app.command(rich_help_panel=Panel.LOOK, epilog="Example: promptjobs serve --port 8051")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to bind to; default: loopback.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535)] = None,
) -> None:
    """Show the dashboard on http://127.0.0.1:8050."""
    from dashboard.app import create_app
    from dashboard.serve import serve as run_server

    settings = load_settings()
    if not (settings.releases / "CURRENT").exists():
        say(f"Release {_publish()} is current.")
    run_server(create_app(settings.releases), host or settings.host, settings.port if port is None else port)


@app.command(rich_help_panel=Panel.LOOK, epilog="Example: promptjobs up")
def up() -> None:
    """Dashboard and scheduler together; Ctrl-C ends both."""
    from data.supervise import supervise

    settings = load_settings()
    if not (settings.releases / "CURRENT").exists():
        say("First start: publishing the archive ...")
        _publish()
    say(f"Dashboard: http://{settings.host}:{settings.port}  (Ctrl-C ends it)")
    raise typer.Exit(supervise([["serve"], ["schedule"]]))


if __name__ == "__main__":
    main()
