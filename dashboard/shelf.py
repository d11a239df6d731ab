"""The release on show: re-opened when releases/CURRENT names another, the old one served meanwhile."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from data.errors import ReleaseError
from data.release import Release, open_release

CURRENT = "CURRENT"
_log = logging.getLogger(__name__)


class Shelf:
    """Hands out the current release of a folder; one cheap stat per call tells whether it changed."""

    def __init__(self, releases: Path) -> None:
        self.releases = releases
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._release: Release | None = None

    def current(self) -> Release:
        """The newest readable release. Raises ReleaseError when there has been none yet."""
        stamp = self._read_stamp()
        with self._lock:
            if self._release is None or (stamp is not None and stamp != self._stamp):
                self._renew(stamp)
            if self._release is None:
                raise ReleaseError(f"There is no release under {self.releases.name}/.")
            return self._release

    def _renew(self, stamp: tuple[int, int] | None) -> None:
        try:
            self._release = open_release(self.releases)
        except ReleaseError as error:
            if self._release is None:
                raise
            _log.warning("The new release cannot be opened, the old one stays on show: %s", error)
        self._stamp = stamp

    def _read_stamp(self) -> tuple[int, int] | None:
        path = self.releases / CURRENT
        if not path.is_file():
            return None
        state = path.stat()
        return state.st_mtime_ns, state.st_ino
