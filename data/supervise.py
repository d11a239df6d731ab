"""Runs the commands of `promptjobs up` as processes and ends them all when one ends, a signal comes or we are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from data.starter import tied

_STOP_WAIT = 45
_POLL = 0.2


def supervise(commands: Sequence[Sequence[str]]) -> int:
    """Run `promptjobs COMMAND` for each command until one ends or SIGINT/SIGTERM comes; returns the status.

    0 after a signal, else the status of the process that ended by itself.
    """
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    children = [_start(words) for words in commands]
    try:
        while not asked and all(child.poll() is None for child in children):
            time.sleep(_POLL)
        return 0 if asked else next(child.returncode for child in children if child.poll() is not None)
    finally:
        _end(children)


def _start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    # The pipe is never written to: its end tells the process that we are gone.
    command = [sys.executable, "-m", "promptjobs", *words]
    return subprocess.Popen(command, env=tied(os.environ), stdin=subprocess.PIPE, start_new_session=True)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _STOP_WAIT
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
