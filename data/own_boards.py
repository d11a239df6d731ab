"""The boards in force: those of the program with the user's own rows over them, or the user's list instead."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from data.errors import SettingError
from data.reference import Board, load_boards, save_boards
from data.settings import BOARDS, Settings


def own_file(settings: Settings) -> Path:
    """Where the user's rows are kept: PROMPTJOBS_BOARDS where it is set, else own_boards.csv in the home."""
    return settings.home / "own_boards.csv" if settings.boards == BOARDS else settings.boards


def known_boards(settings: Settings) -> tuple[Board, ...]:
    """Every board in force; a row of the user's own replaces ours. Raises ReferenceDataError."""
    ours = load_boards(BOARDS) if settings.boards == BOARDS else ()
    return tuple({(b.source, b.board): b for b in (*ours, *_own(settings))}.values())


def keep(settings: Settings, boards: Iterable[Board]) -> None:
    """Write these rows into the user's own file, in the place of the ones for the same boards; whole or not.

    Raises SettingError where the file cannot be written.
    """
    changed = {(b.source, b.board): b for b in boards}
    if not changed:
        return
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.home / "boards.lock"):
            _rewrite(settings, changed)
    except OSError as error:
        raise SettingError(f"{own_file(settings)} cannot be written: {error.strerror}.") from error


def _rewrite(settings: Settings, changed: dict[tuple[str, str], Board]) -> None:
    path = own_file(settings)
    load_boards.cache_clear()
    rows = {(b.source, b.board): b for b in _own(settings)} | changed
    fresh = path.with_name(f".{path.name}.new")
    save_boards(list(rows.values()), fresh)
    fresh.replace(path)
    load_boards.cache_clear()


def _own(settings: Settings) -> tuple[Board, ...]:
    path = own_file(settings)
    return load_boards(path) if path.exists() else ()
