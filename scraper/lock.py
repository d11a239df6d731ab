"""One crawl of a source at a time."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import BusyError


def take_lock(home: Path, source: str, *, wait: float = 5) -> FileLock:
    """The source's lock, held. A killed crawl's lock falls with its process. Raises BusyError."""
    folder = home / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{source}.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise BusyError(f"{source} is being collected by another process; wait for it to end.") from None
    return lock
