"""A small web server that replays a folder of answers: {root}/{host}/{path}, with real statuses, ETag, gzip and faults.

Where an answer lies: the body of https://HOST/a/b?x=1&y=2 is the first of these files that exists
    {root}/HOST/a/b@x=1&y=2.body     {root}/HOST/a/b.body     {root}/HOST/a/b
("/" inside the query is written %2F; the path's last part is "index" for an address that ends in "/";
an address is percent-decoded before it becomes a file name). A POST is looked up by its body in the query's
place: put(root, f"{url}?{body}", …) answers it, put(root, url, …) answers any. Beside a body, `{same name}.meta.json` may say
    status, headers {name: value}, delay (seconds before the answer), etag (false: none), gzip (false: never),
    truncate (bytes sent before the connection is cut), chunks (send in so many pieces, chunked, `pause` apart),
    sequence [meta, meta, ...]: the first answer obeys the first, later ones the next, the last one stays.
A meta with `status` needs no body file. Anything else is 404.

Run it by hand: python -m tests.replay FOLDER --port 0
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.loopback import Loopback


def body_path(root: Path, url: str) -> Path:
    """Where the body of `url` (https://host/path?query) is kept, its folders made."""
    parts = urlsplit(url)
    path = _file(root, parts.netloc, parts.path, parts.query)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def put(root: Path, url: str, body: bytes | str | object = b"", **meta: Any) -> None:
    """Write the answer to `url`: bytes and text as they are, anything else as JSON; `meta` as described above."""
    path = body_path(root, url)
    if isinstance(body, str):
        body = body.encode()
    path.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
    sidecar = path.with_name(path.name + ".meta.json")
    if meta:
        sidecar.write_text(json.dumps(meta))
    else:
        sidecar.unlink(missing_ok=True)


def _file(root: Path, host: str, path: str, query: str) -> Path:
    parts = [unquote(part) for part in path.split("/") if part not in ("", ".", "..")]
    if path.endswith("/") or not parts:
        parts.append("index")
    suffix = f"@{unquote(query).replace('/', '%2F')}" if query else ""
    return root / host / "/".join([*parts[:-1], f"{parts[-1]}{suffix}.body"])


class Replay(Loopback):
    """The server; `counts` says how often each address was asked, `statuses` what was answered."""

    def __init__(self, root: Path, port: int = 0) -> None:
        super().__init__(_Handler, port)
        self.root = Path(root)
        self.counts: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.agents: Counter[str] = Counter()
        self.lock = threading.Lock()

    def forget(self) -> None:
        """Count from nothing again."""
        for counter in (self.counts, self.statuses, self.agents):
            counter.clear()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replay

    def do_GET(self) -> None:
        self._serve(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _serve(self, query: str) -> None:
        host, _, path = urlsplit(self.path).path.lstrip("/").partition("/")
        asked = f"{host}/{path}" + (f"?{query}" if query else "")
        with self.server.lock:
            self.server.counts[asked] += 1
            self.server.agents[self.headers.get("User-Agent", "")] += 1
            turn = self.server.counts[asked]
        body, meta = self._find(host, f"/{path}", query, turn)
        time.sleep(meta.get("delay", 0))
        try:
            self._answer(body, meta)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _find(self, host: str, path: str, query: str, turn: int) -> tuple[bytes, dict[str, Any]]:
        root = self.server.root
        for file in (
            _file(root, host, path, query),
            _file(root, host, path, ""),
            root / host / unquote(path[1:]),
        ):
            if file.is_file():
                return file.read_bytes(), _meta(file, turn)
        return b"not here", {"status": 404, "headers": {"Content-Type": "text/plain"}}

    def _answer(self, body: bytes, meta: dict[str, Any]) -> None:
        status, headers = meta.get("status", 200), dict(meta.get("headers", {}))
        headers.setdefault("Content-Type", "application/json")
        if status == 200 and meta.get("etag", True):
            headers.setdefault("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"')
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
        if len(body) > 500 and meta.get("gzip", True) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        with self.server.lock:
            self.server.statuses[status] += 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self._send(body, meta, status)

    def _send(self, body: bytes, meta: dict[str, Any], status: int) -> None:
        if status == 304:
            self.end_headers()
        elif "chunks" in meta:
            self._send_chunks(body, meta)
        else:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: meta.get("truncate", len(body))])
            self.close_connection = self.close_connection or "truncate" in meta

    def _send_chunks(self, body: bytes, meta: dict[str, Any]) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        size = max(1, -(-len(body) // meta["chunks"]))
        for start in range(0, len(body), size):
            piece = body[start : start + size]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            time.sleep(meta.get("pause", 0))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _meta(file: Path, turn: int) -> dict[str, Any]:
    sidecar = file.with_name(file.name + ".meta.json")
    meta: dict[str, Any] = json.loads(sidecar.read_text()) if sidecar.exists() else {}
    sequence = meta.get("sequence")
    return sequence[min(turn, len(sequence)) - 1] if sequence else meta


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    server = Replay(options.folder, options.port)
    print(f"PROMPTJOBS_UPSTREAM={server.url}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
