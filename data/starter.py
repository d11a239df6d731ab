"""A process that another of ours started ends with it, even where that one was killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping

ORPHANED = 75
"""Exit status of a process whose starter died."""
_VARIABLE = "PROMPTJOBS_STARTED"
_STOP_WAIT = 45


def tied(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for a `promptjobs` process that shall end with us; its standard input must be a pipe of ours."""
    return {**environ, _VARIABLE: "1"}


def end_with_starter() -> None:
    """In a process that was started so: watch, and stop as Ctrl-C would when the starter is gone."""
    # Taken away: processes that we start have other standard inputs.
    if os.environ.pop(_VARIABLE, None):
        watch_starter(_stop)


def watch_starter(then: Callable[[], None]) -> None:
    """Call `then` when the starter, who holds the other end of our standard input, is gone."""
    threading.Thread(target=_wait, args=(then,), name="watch-starter", daemon=True).start()


def _wait(then: Callable[[], None]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    then()


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(_STOP_WAIT)
    os._exit(ORPHANED)
