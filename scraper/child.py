"""The process of a crawl: started apart, listened to, stopped gently, never left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Progress = Callable[[int, int], None]
STOP_WAIT = 20


@contextmanager
def started(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The process of a crawl; it has ended when the block ends."""
    # A session of its own: Ctrl-C reaches the crawl once, through us, and a second signal would cut it short.
    child = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        with _signals_forwarded(child):
            yield child
            child.wait()
    finally:
        _end(child)


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
