"""The processes we start: apart from us, listened to, stopped gently, never left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from data.starter import tied

Progress = Callable[[int, int], None]
STOP_WAIT = 20
_running: dict[subprocess.Popen[str], bool] = {}  # and whether it was asked to end


@contextmanager
def started(
    command: list[str], env: dict[str, str], *, stderr: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """A process; it has ended when the block ends."""
    # A session of its own: Ctrl-C reaches the crawl once, through us, and a second signal would cut it short.
    child = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )
    _running[child] = False
    try:
        with _signals_forwarded(child):
            yield child
            child.wait()
    finally:
        _end(child)
        del _running[child]


def stop_all(*, at_once: bool = False) -> None:
    """Ask the processes of every thread to end, each only once: a second signal cuts a crawl short, as `at_once` does."""
    for child, was_asked in list(_running.items()):
        if at_once:
            child.kill()
        elif not was_asked:
            _running[child] = True
            child.terminate()


def run_command(*words: str) -> tuple[int, str]:
    """Run `promptjobs WORDS` in a process that ends with this one; its status and the last line it said."""
    command = [sys.executable, "-m", "promptjobs", *words]
    with started(command, tied(os.environ), stderr=subprocess.STDOUT) as child:
        assert child.stdout is not None
        said = child.stdout.read().strip()
    return child.returncode, said.rpartition("\n")[2]


@contextmanager
def _signals_forwarded(child: subprocess.Popen[str]) -> Iterator[None]:
    """While a crawl runs, SIGINT and SIGTERM stop it first; then they do here what they say."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        (child.kill if asked else child.terminate)()  # who asks twice does not want to wait
        asked.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt if asked[0] == signal.SIGINT else SystemExit(128 + asked[0])


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_WAIT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    for stream in (child.stdin, child.stdout):
        if stream:
            stream.close()


def follow(child: subprocess.Popen[str], progress: Progress | None) -> dict[str, Any]:
    """Read the crawl's lines to the end; the result event, or {} where it died before one."""
    final: dict[str, Any] = {}
    assert child.stdout is not None
    for line in child.stdout:
        event = _event(line)
        if event.get("event") == "progress" and progress:
            progress(event["done"], event["total"])
        if event.get("event") == "result":
            final = event
    return final


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}
