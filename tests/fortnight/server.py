"""The world's boards behind one loopback address, on the day that the crawl says it is."""

from __future__ import annotations

import hashlib
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit

from tests.fortnight.platforms import LISTINGS, body
from tests.fortnight.world import BUSY, CUT, ERROR, GONE, LISTS, SLOW, Board, World
from tests.loopback import Loopback

PATIENCE = 2.0
"""Seconds after which a crawl of the world takes a board that says nothing for lost."""
STATUSES = {ERROR: 500, BUSY: 429, GONE: 404}


class WorldServer(Loopback):
    """`step`: the number of the crawl under way, told by GET /step/NUMBER/DAY; `n_asked`: its requests so far."""

    def __init__(self, world: World) -> None:
        super().__init__(_Handler)
        self.boards = {LISTINGS[board.source].format(board.token): board for board in world.boards}
        self.step, self.day, self.n_asked = -1, 0, 0

    def turn_to(self, step: int, day: int) -> None:
        self.step, self.day, self.n_asked = step, day, 0

    def board(self, path: str) -> Board | None:
        """The board of a listing's path, or of a posting's own page below it."""
        return self.boards.get(path) or self.boards.get(path.rpartition("/")[0])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: WorldServer

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        if path.startswith("step/"):
            self.server.turn_to(*map(int, path.split("/")[1:]))
            self._send(200, b"")
            return
        self.server.n_asked += 1
        board = self.server.board(path)
        word = board.plan[self.server.day] if board else GONE
        if board is None or word in STATUSES:
            self._send(STATUSES[word], b"no", {"Retry-After": "7200"} if word == BUSY else {})
        elif word == SLOW:
            time.sleep(PATIENCE + 0.5)
            self.close_connection = True
        else:
            self._list(board, path, word)

    def _list(self, board: Board, path: str, word: str) -> None:
        found = body(board, self.server.day, path)
        if found is None:
            self._send(404, b"no")
            return
        tag = f'"{hashlib.sha256(found).hexdigest()[:20]}"'
        if word in LISTS and self.headers.get("If-None-Match") == tag:
            self._send(304, b"")
        else:
            self._send(200, found, {"ETag": tag}, cut=word == CUT)

    def _send(
        self, status: int, content: bytes, headers: dict[str, str] | None = None, *, cut: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status != 304:
            self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = self.close_connection or cut

    def log_message(self, *_: object) -> None:
        """Say nothing."""
