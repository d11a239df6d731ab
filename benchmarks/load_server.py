"""A local server that sends answers made beforehand from memory, as fast as one process can.

    python -m benchmarks.load_server FOLDER --boards 1000 --postings 200000

Writes FOLDER/answers.json (the addresses and counts) and FOLDER/boards.csv, then prints its address. A request to
/-/304/on or /-/304/off says whether conditional requests are honoured.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
from pathlib import Path

from benchmarks.load_answers import answers, token

_GONE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
_DONE = b"HTTP/1.1 204 No Content\r\n\r\n"


class Shelf:
    """Whole responses by address, and their short forms for those who have them already."""

    def __init__(self) -> None:
        self.full: dict[bytes, tuple[bytes, bytes]] = {}
        self.short: dict[bytes, tuple[bytes, bytes]] = {}
        self.is_conditional = True

    def put(self, path: str, body: bytes, zipped: bool) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        encoding = "Content-Encoding: gzip\r\n" if zipped else ""
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nETag: {etag}\r\n"
            f"{encoding}Content-Length: {len(body)}\r\n\r\n"
        )
        self.full[path.encode()] = head.encode(), body
        short = f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n"
        self.short[path.encode()] = f"If-None-Match: {etag}".lower().encode(), short.encode()

    def answer(self, head: bytes) -> tuple[bytes, ...]:
        """The response to one request's head."""
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/-/304/"):
            self.is_conditional = path.endswith(b"/on")
            return (_DONE,)
        if path not in self.full:
            return (_GONE,)
        mark, short = self.short[path]
        return (short,) if self.is_conditional and mark in head.lower() else self.full[path]


class Connection(asyncio.Protocol):
    """Answers one request after another on a kept connection."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for head in heads:
            self.transport.writelines(self.shelf.answer(head))


async def serve(shelf: Shelf) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(shelf), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the starter is gone or lets go


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boards", type=int, default=1000)
    parser.add_argument("--postings", type=int, default=200_000)
    parser.add_argument("--plain", action="store_true", help="send the answers without gzip")
    options = parser.parse_args()
    shelf, paths, n_plain, n_sent = Shelf(), [], 0, 0
    for one in answers(options.boards, options.postings, zipped=not options.plain):
        shelf.put(one.path, one.body, not options.plain)
        paths.append(one.path)
        n_plain, n_sent = n_plain + one.n_plain, n_sent + len(one.body)
    counts = {"paths": paths, "mb_plain": n_plain / 1e6, "mb_sent": n_sent / 1e6}
    (options.folder / "answers.json").write_text(json.dumps(counts))
    rows = [f"greenhouse,{token(n)},,on,,invented,2026-08-01" for n in range(options.boards)]
    head = "source,board,company,status,region,evidence,last_seen"
    (options.folder / "boards.csv").write_text("\n".join([head, *rows]) + "\n")
    asyncio.run(serve(shelf))


if __name__ == "__main__":
    main()
