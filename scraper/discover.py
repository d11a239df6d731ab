"""Finds job boards in any text or address: which platform, which token, where and when it was seen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.reference import Board, BoardStatus
from scraper.shapes import TAIL, BoardLink, detect

if TYPE_CHECKING:
    from sqlalchemy import Engine

STALE = date(2023, 1, 1)
"""Boards last seen before this day are off until a check finds them alive."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One place where a board was linked, and the day."""

    link: BoardLink
    evidence: str
    on: date
    company: str | None = None


_DOMAINS = (
    r"greenhouse\.io|lever\.co|ashbyhq\.com|workable\.com|smartrecruiters\.com|recruitee\.com"
    r"|personio\.(?:de|com)|teamtailor\.com|myworkdayjobs\.com|myworkdaysite\.com"
)
_URL = re.compile(
    rf"(?:https?://|(?<![\w@.-]))((?:[a-z0-9-]+\.)+(?:{_DOMAINS})(?![\w-]|\.\w)(?:/[^\s<>\"'\\)\]}}|]*)?)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\b(?:hi|hey|hello|we|hiring|engineers?|developers?|at|i)\b|[@!,\[\]]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
EVIDENCE = {"hackernews": "hn:item {}"}


def links_in(text: str) -> list[BoardLink]:
    """Every board linked in a text or an HTML text (entities decoded), once each, in order."""
    plain = html.unescape(html.unescape(text))
    # Forums shorten the words of a link ("…/some-comp..."): the whole address is in its href.
    whole = (address for address in _URL.findall(plain) if not address.endswith(("...", "…")))
    found = (detect(address.rstrip(TAIL)) for address in whole)
    return list(dict.fromkeys(link for link in found if link))


def in_record(engine: Engine, *, since: date) -> Iterator[Seen]:
    """Boards linked in the adverts of the record that were posted since `since`."""
    from sqlalchemy import select

    from data import tables as t
    from data.store import read_document

    query = (
        select(t.postings.c.source, t.postings.c.external_id, t.sightings.c.posted_on, t.documents.c.body)
        .select_from(
            t.sightings.join(t.postings, t.postings.c.posting_id == t.sightings.c.posting_id).join(
                t.documents, t.documents.c.document_id == t.sightings.c.document_id
            )
        )
        .where(t.sightings.c.posted_on >= since)
    )
    with engine.connect() as db:
        for row in db.execute(query):
            document = read_document(row.body)
            text = document.get("html") or document.get("text") or ""
            evidence = EVIDENCE.get(row.source, f"{row.source} {{}}").format(row.external_id)
            yield from seen_in(text, evidence, row.posted_on)


def seen_in(text: str, evidence: str, on: date) -> Iterator[Seen]:
    """The boards linked in one advert of that day, the employer's name where advert and token agree on it."""
    for link in links_in(text):
        yield Seen(link, evidence, on, company_of(text, link.owner))


def company_of(text: str, token: str) -> str | None:
    """The advert's first words ("Acme Labs | Engineer | …") where they and the token name the same company."""
    plain = _TAG.sub(" ", html.unescape(html.unescape(re.split(r"<p>|\n", text, maxsplit=1)[0])))
    name = re.split(r"[|(:]|\s[-–—]\s", plain, maxsplit=1)[0].strip()
    ours, theirs = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in (name, token))
    short, long = sorted((ours, theirs), key=len)
    is_same = len(short) >= 3 and short in long and 2 * len(short) >= len(long)
    return name if is_same and len(name) <= 40 and not _NO_NAME.search(name) else None


def merge(boards: Iterable[Board], seen: Iterable[Seen]) -> list[Board]:
    """`boards` with what was seen: the newest evidence wins, a status set by hand stays.

    A new board is `on`, or `off` where it was last seen before STALE; one that was off for its age alone
    is turned on by newer evidence.
    """
    merged = {BoardLink(b.source, b.board).key: b for b in boards}
    for sight in seen:
        key = sight.link.key
        old = merged.get(key)
        merged[key] = _new(sight) if old is None else _renewed(old, sight)
    return list(merged.values())


def _new(sight: Seen) -> Board:
    return Board(
        source=sight.link.source,
        board=sight.link.board,
        company=sight.company,
        status=_status(sight.on),
        region=sight.link.region,
        evidence=sight.evidence,
        last_seen=sight.on,
    )


def _renewed(old: Board, sight: Seen) -> Board:
    company = old.company or sight.company
    if old.last_seen is not None and sight.on <= old.last_seen:
        return old.model_copy(update={"company": company})
    is_aged = old.status == "off" and old.last_seen is not None and old.last_seen < STALE
    news = {"evidence": sight.evidence, "last_seen": sight.on, "company": company}
    return old.model_copy(update=news | ({"status": _status(sight.on)} if is_aged else {}))


def _status(on: date) -> BoardStatus:
    return "on" if on >= STALE else "off"


def update_boards(engine: Engine, path: Path, *, since: date) -> int:
    """Add the boards linked in the record's adverts to the file at `path`; returns how many are new."""
    from data.reference import load_boards, save_boards

    load_boards.cache_clear()
    known = list(load_boards(path))
    merged = merge(known, in_record(engine, since=since))
    save_boards(merged, path)
    load_boards.cache_clear()
    return len(merged) - len(known)
