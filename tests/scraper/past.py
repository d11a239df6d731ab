"""An archive of the web on loopback: an index and playback of invented captures, in the Wayback Machine's manners."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.replay import Replay, _Handler
from tests.scraper.crawling import GREENHOUSE, job, page

SERVER_LIMIT = 3  # rows the index gives at once, whatever is asked


@dataclass(frozen=True)
class Kept:
    """One capture: `moved` plays back another instant, `is_repeat` is written as an unchanged answer's repeat."""

    stamp: str
    address: str
    body: bytes
    is_repeat: bool = False
    moved: str | None = None
    status: str = "200"

    @property
    def row(self) -> list[str]:
        digest = base64.b32encode(hashlib.sha1(self.body).digest()).decode()
        return [self.stamp, self.address, "-" if self.is_repeat else self.status, digest]


class Archive(Replay):
    """Replays live answers like Replay, and web.archive.org from `kept`; `busy` requests are answered 429 first."""

    def __init__(self, root: Path, kept: list[Kept], *, busy: int = 0, pause: str = "0") -> None:
        super().__init__(root)
        self.RequestHandlerClass = _ArchiveHandler
        self.kept, self.busy, self.pause = sorted(kept, key=lambda k: k.stamp), busy, pause
        self.played: Counter[str] = Counter()
        self.indexed: list[dict[str, str]] = []


class _ArchiveHandler(_Handler):
    server: Archive

    def _find(self, host: str, path: str, query: str, turn: int) -> tuple[bytes, dict[str, Any]]:
        if host != "web.archive.org" or path == "/robots.txt":
            return super()._find(host, path, query, turn)
        if path == "/cdx/search/cdx":
            return json.dumps(self._index({k: v[0] for k, v in parse_qs(query).items()})).encode(), {}
        if self.server.busy:
            self.server.busy -= 1
            return b"slow down", {"status": 429, "headers": {"Retry-After": self.server.pause}}
        return self._play(path.removeprefix("/web/") + (f"?{query}" if query else ""))

    def _index(self, asked: dict[str, str]) -> list[Any]:
        self.server.indexed.append(asked)
        rows: list[list[str]] = []
        for kept in self.server.kept:
            if _key(kept.address) != _key(asked["url"]) or kept.status not in ("200", "-"):
                continue
            if not asked["from"] <= kept.stamp <= asked.get("to", "9"):
                continue
            if rows and rows[-1][0][:8] == kept.stamp[:8]:
                continue  # collapse=timestamp:8
            rows.append(kept.row)
        start = int(asked.get("resumeKey", "0"))
        some = rows[start : start + SERVER_LIMIT]
        more = start + SERVER_LIMIT < len(rows)
        head = [asked["fl"].split(",")] if some else []
        return [*head, *some, *([[], [str(start + SERVER_LIMIT)]] if more else [])]

    def _play(self, asked: str) -> tuple[bytes, dict[str, Any]]:
        flagged, _, address = asked.partition("/")
        stamp = flagged.removesuffix("id_")
        found = next((k for k in self.server.kept if k.stamp == stamp and k.address == address), None)
        if found is None:
            return b"<h1>not archived</h1>", {"status": 404}
        if found.moved:
            return b"", {"status": 302, "headers": {"Location": f"/web/{found.moved}id_/{address}"}}
        self.server.played[stamp] += 1
        at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        headers = {
            "Memento-Datetime": format_datetime(at, usegmt=True),
            "Link": f'<{address}>; rel="original", <https://web.archive.org/web/{address}>; rel="timegate"',
        }
        return found.body, {"headers": headers, "etag": False}


def _key(address: str) -> str:
    """Canonical as in the index: neither case nor scheme counts."""
    return address.casefold().partition("://")[2].replace(":80/", "/")


# --- invented boards of the past ---

ACME = GREENHOUSE.format("acme")
BARE = "https://api.greenhouse.io/v1/boards/acme/jobs"
LOOM = "https://api.lever.co/v0/postings/loom?group=team&mode=json"
START = datetime(2021, 1, 1)


def old_job(number, **changes):
    """A job as the API sent it years ago: without the day of its first publication."""
    fields = job(number, updated_at="2022-12-01T08:00:00-05:00", **changes)
    return {name: value for name, value in fields.items() if name not in ("first_published", "language")}


def posting(number, title="Prompt Weaver"):
    return {
        "id": f"loom-{number}",
        "text": title,
        "hostedUrl": f"https://jobs.lever.co/loom/{number}",
        "createdAt": 1_670_000_000_000,
        "categories": {"location": "Porto", "team": "Looms"},
        "description": f"<p>Weave prompts, pattern {number}.</p>",
    }


def body(payload):
    return json.dumps(payload).encode()


A, B, C = (body(page(*map(old_job, numbers))) for numbers in ((1, 2), (2, 3), (3,)))
TEAMS = body([{"title": "Looms", "postings": [posting(1), posting(2)]}, {"title": "Sales", "postings": []}])
CLASSIC = b"""<!doctype html><section class="level-0"><h3>Lanterns</h3>
<div class="opening" department_id="1"><a data-mapped="true" href="/acme/jobs/1">Prompt
  Engineer 1</a><br><span class="location">Lyon</span></div>
<div class="opening"><a href="https://acme.example/careers?gh_jid=2">Lamp &amp; Wick Lead</a></div>
<div class="opening"><a href="https://acme.example/about">About us</a></div></section>"""
