"""The Wayback Machine: its index of captures (CDX server), where a capture is played back, and what an answer is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from data.reference import Board
from scraper.platforms.base import PageShapeError, Platform, Raw

INDEX = "https://web.archive.org/cdx/search/cdx"
FIELDS = ("timestamp", "original", "statuscode", "digest")
LIMIT = 1000
STAMP = "%Y%m%d%H%M%S"
_PLAYBACK = re.compile(r"^https?://web\.archive\.org/web/(\d{14})id_/(.+)$")


@dataclass(frozen=True, slots=True)
class Capture:
    """One line of the index: the archive asked `address` at `at` (UTC, naive).

    Equal digests are equal answers; empty where the index gives none.
    """

    at: datetime
    address: str
    digest: str

    @property
    def playback(self) -> str:
        """Where the answer lies as it came ("id_": nothing rewritten)."""
        return f"https://web.archive.org/web/{self.at:{STAMP}}id_/{self.address}"


class Wayback(Platform):
    """The index only. The postings of a snapshot are read by the platform whose board it shows."""

    source = "wayback"

    def address(self, board: Board) -> str:
        return self.index(board.board)

    def index(
        self, address: str, since: datetime | None = None, until: datetime | None = None, key: str = ""
    ) -> str:
        """The request for the captures of `address`, one a day, that answered 200 or repeated an earlier answer.

        A repeat ("warc/revisit") has the status "-"; the filter is matched against the whole field.
        """
        query = {
            "url": address,
            "output": "json",
            "fl": ",".join(FIELDS),
            "filter": "statuscode:200|-",
            "collapse": "timestamp:8",
            "from": f"{since:{STAMP}}" if since else "",
            "to": f"{until:{STAMP}}" if until else "",
            "limit": str(LIMIT),
            "showResumeKey": "true",
            "resumeKey": key,
        }
        return f"{INDEX}?{urlencode({name: word for name, word in query.items() if word}, quote_via=quote)}"

    def listing(self, payload: Any) -> list[Raw]:
        """The rows of one answer: `[[names], row, …]`, at a limit followed by `[]` and the key to go on with."""
        if not isinstance(payload, list) or not all(isinstance(row, list) for row in payload):
            raise PageShapeError("wayback: the index's answer is not a list of rows; did it change?")
        if payload and payload[0] != list(FIELDS):
            raise PageShapeError(f"wayback: the index's columns are {payload[0]}; did it change?")
        end = payload.index([]) if [] in payload else len(payload)
        return [dict(zip(FIELDS, row, strict=True)) for row in payload[1:end]]

    def resume_key(self, payload: Any) -> str | None:
        """What to go on with, None where the answer is the last."""
        return str(payload[-1][0]) if [] in payload[:-1] else None

    def captures(self, rows: list[Raw], address: str) -> list[Capture]:
        """The rows that are captures of just this address: the index tells neither case nor scheme apart."""
        return [
            Capture(at, row["original"], row["digest"].strip("-"))
            for row in rows
            if same_address(row["original"], address) and (at := instant_of(row["timestamp"]))
        ]

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        raise PageShapeError("wayback: a snapshot is read by the platform of its board")


def instant_of(stamp: str) -> datetime | None:
    """A timestamp of 14 digits (UTC, naive); None where it is none, such as 20230230000000."""
    try:
        return datetime.strptime(stamp, STAMP) if len(stamp) == 14 else None
    except ValueError:
        return None


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ at most in scheme, default port, order of the query and a closing slash."""
    return _plain(one) == _plain(other)


def _plain(address: str) -> tuple[str, str, list[tuple[str, str]]] | None:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        return host, parts.path.rstrip("/"), sorted(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError:
        return None


def played_back(url: str) -> Capture | None:
    """The capture that an address of the archive plays back; None for any other address."""
    found = _PLAYBACK.match(url)
    at = instant_of(found[1]) if found else None
    return Capture(at, found[2], "") if found and at else None


def memento_instant(header: bytes | None) -> datetime | None:
    """When an answer was archived (Memento-Datetime, RFC 7089), UTC, naive; None: it is no archived answer."""
    try:
        at = parsedate_to_datetime((header or b"").decode("latin-1"))
    except ValueError:
        return None
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
