"""Reading one answer: every record becomes a validated posting or is set aside with its reason. No network, no clock."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from data.entry import entry
from data.errors import IntakeError
from data.intake import accept, set_aside
from data.schema import Check, Posting, Reject
from scraper.answers import Answer, Listing
from scraper.platforms.base import READ_ERRORS, Platform

_ROOT = Path(__file__).parent.parent
_READERS = ("data/intake.py", "data/schema.py", "scraper/answers.py", "scraper/reading.py")
Read = tuple[Listing, Counter[str]]


def read_whole(answer: Answer, platform: Platform) -> Read:
    """The answer's listing, ready to be written, and the words the platform did not know."""
    unknown: Counter[str] = Counter()
    listing = read_answer(answer, platform, unknown)
    return replace(listing, postings=(), entries=tuple(map(entry, listing.postings))), unknown


def spare_the_collector() -> None:
    """Listings are large and hold no cycles: Python's search for cycles over all of them takes a tenth of a crawl."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@cache
def reader_version() -> str:
    """A hash over everything that decides how a record is read: a change of it may accept what was set aside."""
    digest = hashlib.sha256()
    for file in sorted(
        [*(_ROOT / "scraper" / "platforms").glob("*.py"), *(_ROOT / name for name in _READERS)]
    ):
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def read_answer(answer: Answer, platform: Platform, unknown: Counter[str]) -> Listing:
    """Read all records of one answer. A bad record costs only itself."""
    postings: list[Posting] = []
    rejects: list[Reject] = []
    lost: list[str | None] = []
    for raw in answer.raws:
        read = _read(raw, answer, platform, unknown)
        if isinstance(read, Posting):
            postings.append(read)
        else:
            rejects.append(read)
            lost.append(_identity(raw, platform))
    return Listing(_check(answer, platform), tuple(postings), tuple(rejects), tuple(lost))


def _read(raw: Any, answer: Answer, platform: Platform, unknown: Counter[str]) -> Posting | Reject:
    if isinstance(raw, Posting):  # known from an earlier check, listed again, its own page not asked for
        return raw
    try:
        return accept(platform.posting(raw, answer.board, unknown))
    except IntakeError as error:
        return set_aside(raw, error)
    except READ_ERRORS as error:
        field = str(error.args[0]) if isinstance(error, KeyError) else "record"
        return set_aside(raw, IntakeError(field[:60], f"{type(error).__name__} {error}"[:300]))


def _identity(raw: Any, platform: Platform) -> str | None:
    try:
        return platform.external_id(raw)
    except READ_ERRORS:
        return None


def _check(answer: Answer, platform: Platform) -> Check:
    return Check(
        source=platform.source,
        board=answer.board.board,
        at=answer.at,
        outcome=answer.outcome,
        n_listed=answer.n_listed,
        http_status=answer.http_status,
        reason=answer.reason,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
