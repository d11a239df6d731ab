"""Commands for the list of boards: list, discover, add, check."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.settings import Settings, load_settings
from data.terminal import Json, open_home, progress, say, show_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from data.reference import Board
    from scraper.board_checks import Verdict
    from scraper.shapes import BoardLink

boards_app = typer.Typer(
    help="The employers' boards: which are known, which adverts link to, which still exist.",
    no_args_is_help=True,
)


class State(StrEnum):
    """What a board may be; `suspended` are boards that are on, have been gone for long, and wait."""

    ON = "on"
    OFF = "off"
    CANDIDATE = "candidate"
    SUSPENDED = "suspended"


class Region(StrEnum):
    """Hosts of a platform apart from its usual one."""

    EU = "eu"


Platform = Annotated[str | None, typer.Option("--platform", help="Only boards of this platform.")]
StateOption = Annotated[State | None, typer.Option("--state", help="Only boards in this state.")]


@boards_app.command("list", epilog="Example: promptjobs boards list --platform lever --state candidate")
def list_boards(platform: Platform = None, state: StateOption = None, as_json: Json = False) -> None:
    """Show the boards that are known, with the place and day they were seen last."""
    settings, engine = open_home()
    rows = [_row(board, now) for board, now in _chosen(settings, engine, platform, state)]
    show_rows(rows, as_json=as_json)
    say(f"{len(rows)} boards.")


@boards_app.command(epilog="Example: promptjobs boards discover --since 2025-01-01")
def discover(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Adverts posted since; default: 2023-01-01.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose boards that collected adverts and threads link to, as candidates in your own file."""
    from data.own_boards import own_file
    from scraper.discover import STALE
    from scraper.discover import discover as propose

    settings, engine = open_home()
    found = propose(settings, engine, since=since.date() if since else STALE)
    show_rows([_row(board, board.status) for board in found], as_json=as_json)
    where = f" in {own_file(settings)}; promptjobs boards check asks whether they exist" if found else ""
    say(f"{len(found)} boards new or seen again{where}.")


@boards_app.command(
    epilog="Example: promptjobs boards add https://jobs.lever.co/acme · "
    "Example: promptjobs boards add greenhouse acme --region eu"
)
def add(
    where: Annotated[
        str, typer.Argument(metavar="URL|PLATFORM", help="Any address of the board or its jobs.")
    ],
    token: Annotated[str | None, typer.Argument(help="With a platform: the board's token.")] = None,
    region: Annotated[
        Region | None, typer.Option(help="With a platform: the board is on its EU host.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Add a board to your own file and switch it on; nothing changes where it is on already."""
    from data.own_boards import keep, known_boards
    from scraper.shapes import at, named

    settings = load_settings()
    link = at(where) if token is None else named(where, token, "eu" if region else None)
    old = _find(known_boards(settings), link)
    new = _switched_on(old, link)
    keep(settings, [new] if new != old else [])
    show_rows([_row(new, new.status)], as_json=as_json)
    say(f"{new.source} {new.board} {'was on already' if new == old else 'is on'}.")


@boards_app.command(
    epilog="Example: promptjobs boards check acme · Example: promptjobs boards check --platform lever --limit 50"
)
def check(
    tokens: Annotated[list[str] | None, typer.Argument(help="Tokens or addresses of boards.")] = None,
    platform: Platform = None,
    state: StateOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many, those not asked for longest first.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask boards whether they exist (candidates, unless others are named) and switch them on or off.

    A candidate that lists postings is switched on, a board that answers 404 or 410 off, with day and
    reason; what cannot be reached stays as it is. Status 1 where a board could not be reached.
    """
    from scraper.board_checks import check_boards

    settings, engine = open_home()
    if not (tokens or platform or state):
        state = State.CANDIDATE
    chosen = [board for board, _ in _chosen(settings, engine, platform, state)]
    boards = _oldest_first(engine, _named(chosen, tokens) if tokens else chosen)[:limit]
    with progress("asking boards") as tell:
        found = list(check_boards(settings, engine, boards, on=_today(), progress=tell))
    show_rows([_verdict_row(verdict) for verdict in found], as_json=as_json)
    counts = Counter(verdict.found for verdict in found)
    say(f"{len(found)} boards asked: {', '.join(f'{n} {name}' for name, n in counts.items()) or 'none'}.")
    if counts["unreachable"]:
        raise typer.Exit(1)


def _chosen(
    settings: Settings, engine: Engine, platform: str | None, state: State | None
) -> list[tuple[Board, str]]:
    """The boards of that platform in that state, each with its state of now."""
    from data.errors import SelectionError
    from data.own_boards import known_boards
    from data.store import naive_utc, utc_now
    from scraper.shapes import EXAMPLES
    from scraper.suspension import suspensions

    if platform and platform not in EXAMPLES:
        raise SelectionError("unknown_platform", name=platform, allowed=", ".join(EXAMPLES))
    known = [board for board in known_boards(settings) if platform in (None, board.source)]
    now = naive_utc(utc_now())
    waiting = {source: suspensions(engine, source, now) for source in {board.source for board in known}}
    states = [
        (b, "suspended" if b.status == "on" and b.board in waiting[b.source] else b.status) for b in known
    ]
    return [(board, its) for board, its in states if state in (None, its)]


def _named(boards: list[Board], tokens: list[str]) -> list[Board]:
    from data.errors import SelectionError
    from scraper.shapes import BoardLink, detect

    found: dict[tuple[str, str], Board] = {}
    for word in tokens:
        link = detect(word)
        keys = {link.key} if link else {BoardLink(b.source, word).key for b in boards}
        mine = {key: b for b in boards if (key := BoardLink(b.source, b.board).key) in keys}
        if not mine:
            raise SelectionError("board_not_listed", name=word)
        found |= mine
    return list(found.values())


def _find(boards: tuple[Board, ...], link: BoardLink) -> Board | None:
    from scraper.shapes import BoardLink

    return next((b for b in boards if BoardLink(b.source, b.board).key == link.key), None)


def _switched_on(old: Board | None, link: BoardLink) -> Board:
    from data.reference import Board

    if old is None:
        return Board(source=link.source, board=link.board, region=link.region)
    if old.status == "on":
        return old
    return old.model_copy(update={"status": "on", "evidence": "named by the user", "last_seen": None})


def _oldest_first(engine: Engine, boards: list[Board]) -> list[Board]:
    from data.journal import last_checked

    asked = last_checked(engine)
    return sorted(boards, key=lambda b: asked.get((b.source, b.board), datetime.min))


def _today() -> date:
    from data.store import utc_now

    return utc_now().date()


def _row(board: Board, state: str) -> dict[str, Any]:
    row = board.model_dump(mode="json", exclude={"status"})
    return {"platform": row.pop("source"), "board": row.pop("board"), "state": state} | row


def _verdict_row(verdict: Verdict) -> dict[str, Any]:
    return {
        "platform": verdict.after.source,
        "board": verdict.after.board,
        "found": verdict.found,
        "postings": verdict.n_postings,
        "before": verdict.before.status,
        "state": verdict.after.status,
        "reason": verdict.reason,
    }
