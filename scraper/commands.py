"""Commands that collect: scrape, schedule, sources; boards and status stand beside."""

from __future__ import annotations

from typing import Annotated

import typer

from data.settings import load_settings
from data.terminal import Json, Panel, open_home, progress, say, show_rows, write_line
from scraper import status_commands
from scraper.board_commands import boards_app
from scraper.scaffold_texts import Base

app = typer.Typer()
app.add_typer(boards_app, name="boards", rich_help_panel=Panel.COLLECT)
app.add_typer(status_commands.app)
scaffold_app = typer.Typer(help="Begin something new in a checkout of the program.", no_args_is_help=True)
app.add_typer(scaffold_app, name="scaffold", rich_help_panel=Panel.COLLECT)

Sources = Annotated[
    list[str] | None, typer.Argument(help="Source ids; all that are switched on when left out.")
]
Boards = Annotated[str | None, typer.Option("--boards", help="Only these boards, separated by commas.")]
Arguments = Annotated[
    list[str] | None,
    typer.Option("-a", "--argument", help="NAME=VALUE for the source, such as url=https://… for page."),
]


@app.command(
    rich_help_panel=Panel.COLLECT, epilog="Example: promptjobs scrape page -a url=https://example.com/jobs"
)
def scrape(sources: Sources = None, boards: Boards = None, argument: Arguments = None) -> None:
    """Collect postings from the sources into the record."""
    if not collect(sources, boards, argument):
        raise typer.Exit(1)


def collect(sources: list[str] | None, boards: str | None = None, argument: list[str] | None = None) -> bool:
    """True when every crawl ended well; a source that fails does so alone."""
    from data.reference import load_cards
    from scraper.run import crawl, planned_sources, spider_arguments, waiting_sources

    good, cards = True, load_cards()
    tokens, own = boards.split(",") if boards else None, spider_arguments(argument or [])
    for source in [*planned_sources(cards, sources), *([] if sources else waiting_sources(cards))]:
        with progress(f"{source:14}") as tell:
            result = crawl(source, boards=tokens, arguments=own, progress=tell)
        say(f"{source}: {result.sentence}")
        good &= result.is_good
    return good


@app.command(rich_help_panel=Panel.COLLECT, epilog="Example: promptjobs schedule")
def schedule() -> None:
    """Run each source's update when its cron line in sources.yml says so, until stopped."""
    import logging

    from data.reference import load_cards
    from scraper.run import planned_sources
    from scraper.schedule import run_scheduler

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    cards = load_cards()
    settings, engine = open_home()
    engine.dispose()  # the record is made here: two crawls that begin at once would both try
    run_scheduler(settings.home, [cards[source] for source in planned_sources(cards, None)])


@app.command(rich_help_panel=Panel.KNOW, epilog="Example: promptjobs sources --json")
def sources(as_json: Json = False) -> None:
    """List the sources, their terms and schedules."""
    from data.own_boards import known_boards
    from data.reference import load_cards

    boards = known_boards(load_settings())
    rows = [
        {
            "source": card.id,
            "kind": card.kind,
            "schedule": card.schedule,
            "boards": sum(b.source == card.id and b.status == "on" for b in boards),
            "licence": card.licence,
            "terms": card.terms,
        }
        for card in load_cards().values()
    ]
    show_rows(rows, as_json=as_json)


@scaffold_app.callback()
def _scaffold() -> None:
    """Begin something new in a checkout of the program."""


@scaffold_app.command("source", epilog="Example: promptjobs scaffold source acme_jobs --base feed")
def scaffold_source(
    name: Annotated[str, typer.Argument(help="The source's id: small letters, digits and _.")],
    base: Annotated[Base, typer.Option(help="Boards of employers, one feed, or a search for the role.")],
) -> None:
    """Write card, platform, spider, recording and test of a new source; its test says what to fill in."""
    from scraper.scaffold import scaffold

    for path in scaffold(name, base):
        write_line(str(path))
    say(f"Replace what says FILL IN, until this passes: pytest tests/scraper/test_{name}.py")
