"""The command `promptjobs status`: how every source is doing, or one of them in full."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.errors import SelectionError
from data.terminal import Json, Lang, Language, Panel, open_home, write_line

if TYPE_CHECKING:
    from scraper.status import State

app = typer.Typer()


@app.command(rich_help_panel=Panel.KNOW, epilog="Example: promptjobs status greenhouse")
def status(
    source: Annotated[
        str | None, typer.Argument(help="One source in full; all in a line when left out.")
    ] = None,
    as_json: Json = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with status 1 when anything is wrong.")
    ] = False,
    lang: Lang = Language.EN,
) -> None:
    """Show how each source is doing: last good run, next run, coverage, trend, and what is wrong."""
    from data.journal import samples, totals, troubled_boards
    from data.store import utc_now
    from scraper.status import head, overview, source_states, whole_story

    settings, engine = open_home()
    states = source_states(engine, planned(settings.home), now=utc_now())
    if source is not None:
        one = _named(states, source)
        boards, found = troubled_boards(engine, source), samples(engine, one.health)
        states = {source: one}
        lines = whole_story(one, lang.value, boards=boards, samples=found)
        extra: dict[str, Any] = {"boards_in_trouble": boards}
    else:
        counts, release = totals(engine), _release(settings.releases)
        lines = chain(head(release, counts, lang.value), overview(states, lang.value))
        extra = {"release": release, "record": counts}
    if as_json:
        rows = [state.as_row() for state in states.values() if source or state.is_shown]
        write_line(json.dumps(extra | {"sources": rows}, indent=2, ensure_ascii=False, default=str))
    else:
        for line in lines:
            write_line(line)
    if check and any(state.is_ill for state in states.values()):
        raise typer.Exit(1)


def planned(home: Path) -> dict[str, datetime]:
    """When each source runs next (UTC, naive), from the stored schedule."""
    from scraper.schedule import next_runs

    return {name: at.astimezone(UTC).replace(tzinfo=None) for name, at in next_runs(home).items()}


def _named(states: dict[str, State], source: str) -> State:
    if source not in states:
        raise SelectionError("not_collected", name=source[:40], allowed=", ".join(states))
    return states[source]


def _release(releases: Path) -> str | None:
    from data.release import current_name

    return current_name(releases)
