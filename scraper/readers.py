"""Processes beside the crawl's own that read answers, for when answers come faster than one processor reads them."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from typing import BinaryIO

from scraper.answers import Answer
from scraper.platforms.base import Platform
from scraper.reading import Read, read_whole, spare_the_collector

HELPERS = 2  # enough: fetching and writing take this process about as long as reading takes them
_SIZE = 8  # bytes before each message: its length
_DEAD = (OSError, EOFError, NotImplementedError)  # the last: a system without such processes
_NOT_PLAIN = (pickle.PicklingError, TypeError, AttributeError)


class Readers:
    """They hold nothing that could be lost, and end when our end of their standard input closes: at the latest
    with this process, however it ends."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._idle: asyncio.Queue[Process | None] = asyncio.Queue()
        for _ in range(HELPERS):
            self._idle.put_nowait(None)  # not started yet

    async def read(self, answer: Answer) -> Read | None:
        """What `read_whole` gives; None where the answer cannot be sent or the process has died."""
        try:
            body = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        except _NOT_PLAIN:
            return None
        child = await self._idle.get()
        try:
            child = child or await self._started()
            await _send(child, body)
            assert child.stdout is not None
            size = int.from_bytes(await child.stdout.readexactly(_SIZE), "big")
            read: Read = pickle.loads(await child.stdout.readexactly(size))
            return read
        except _DEAD:
            child = None
            return None
        finally:
            self._idle.put_nowait(child)

    async def _started(self) -> Process:
        env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "scraper.readers",
            stdin=PIPE, stdout=PIPE, env=env, limit=1 << 24, start_new_session=True,
        )  # fmt: skip
        await _send(child, pickle.dumps(self._platform))
        return child

    async def stop(self) -> None:
        while not self._idle.empty():
            if child := self._idle.get_nowait():
                assert child.stdin is not None
                child.stdin.close()
                await child.wait()


async def _send(child: Process, body: bytes) -> None:
    assert child.stdin is not None
    child.stdin.writelines((len(body).to_bytes(_SIZE, "big"), body))
    await child.stdin.drain()


def _received(source: BinaryIO) -> bytes:
    return source.read(int.from_bytes(source.read(_SIZE), "big"))


def main() -> None:
    """Read answers from standard input until it ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    spare_the_collector()
    platform: Platform = pickle.loads(_received(source))
    while body := _received(source):
        read = pickle.dumps(read_whole(pickle.loads(body), platform), pickle.HIGHEST_PROTOCOL)
        sink.write(len(read).to_bytes(_SIZE, "big"))
        sink.write(read)
        sink.flush()


if __name__ == "__main__":
    main()
