"""Finds job boards in any text or address: which platform, which token, where and when it was seen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.own_boards import keep, known_boards
from data.reference import Board, BoardStatus
from scraper.shapes import TAIL, BoardLink, detect

if TYPE_CHECKING:
    from sqlalchemy import Engine, Select

    from data.settings import Settings

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
_GONE = re.compile(r"(?:^|; )gone on (\d{4}-\d\d-\d\d)\b")
EVIDENCE = {"hackernews": "hn:item {}"}


def links_in(text: str) -> list[BoardLink]:
    """Every board linked in a text or an HTML text (entities decoded), once each, in order."""
    plain = html.unescape(html.unescape(text))
    # Forums shorten the words of a link ("…/some-comp..."): the whole address is in its href.
    whole = (address for address in _URL.findall(plain) if not address.endswith(("...", "…")))
    found = (detect(address.rstrip(TAIL)) for address in whole)
    return list(dict.fromkeys(link for link in found if link))


def in_record(engine: Engine, *, since: date) -> Iterator[Seen]:
    """Boards linked in the adverts of the record that were posted since `since`, or that the adverts lie on."""
    from data.store import read_document

    with engine.connect() as db:
        for row in db.execute(_adverts(since)):
            document = read_document(row.body)
            text = document.get("html") or document.get("text") or ""
            evidence = EVIDENCE.get(row.source, f"{row.source} {{}}").format(row.external_id)
            yield from seen_in(text, evidence, row.posted_on)
            home = detect(row.url or "")
            # A platform's own posting lies on the board it was read from; that one is known.
            if home and home.source != row.source:
                yield Seen(home, evidence, row.posted_on, company_of(text, home.owner))


def _adverts(since: date) -> Select[Any]:
    """One row for each wording of a posting, with the last day it was posted on."""
    from sqlalchemy import func, select

    from data import tables as t

    s, p = t.sightings.c, t.postings.c
    days = (
        select(s.posting_id, s.document_id, func.max(s.posted_on).label("posted_on"))
        .where(s.posted_on >= since)
        .group_by(s.posting_id, s.document_id)
        .subquery()
    )
    return select(p.source, p.external_id, p.url, days.c.posted_on, t.documents.c.body).select_from(
        days.join(t.postings, p.posting_id == days.c.posting_id).join(
            t.documents, t.documents.c.document_id == days.c.document_id
        )
    )


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
    news = {"evidence": sight.evidence, "last_seen": sight.on, "company": company}
    return old.model_copy(update=news | ({"status": _status(sight.on)} if _is_aged(old) else {}))


def _status(on: date) -> BoardStatus:
    return "on" if on >= STALE else "off"


def _is_aged(board: Board) -> bool:
    return board.status == "off" and board.last_seen is not None and board.last_seen < STALE


def gone_on(board: Board) -> date | None:
    """The day a check found the board gone, where one switched it off."""
    found = _GONE.search(board.evidence)
    return date.fromisoformat(found[1]) if board.status == "off" and found else None


def is_off_by_itself(board: Board) -> bool:
    """Whether the board is off for its age or because a check found it gone, not by the user's word."""
    return _is_aged(board) or gone_on(board) is not None


def propose(boards: Iterable[Board], seen: Iterable[Seen]) -> list[Board]:
    """What was seen as candidates, each with its newest evidence; only the rows that are new or changed.

    New are boards that `boards` lacks and those that are off by themselves and were linked since;
    candidates get newer evidence. Boards that are on, or off by the user's word, stay as they are.
    Those last seen before STALE are noted as off: too old to be worth asking unasked.
    """
    known = {BoardLink(b.source, b.board).key: b for b in boards}
    newest: dict[tuple[str, str], Seen] = {}
    for sight in seen:
        old = newest.get(sight.link.key)
        if old is None or (sight.on, sight.evidence) > (old.on, old.evidence):
            newest[sight.link.key] = sight
    rows = ((known.get(key), _proposed(known.get(key), sight)) for key, sight in newest.items())
    return [new for old, new in rows if new is not None and new != old]


def _proposed(old: Board | None, sight: Seen) -> Board | None:
    status: BoardStatus = "candidate" if sight.on >= STALE else "off"
    if old is None:
        return _new(sight).model_copy(update={"status": status})
    since = max(filter(None, (old.last_seen, gone_on(old))), default=date.min)
    if sight.on <= since or not (old.status == "candidate" or is_off_by_itself(old)):
        return None
    company = old.company or sight.company
    news = {"status": status, "evidence": sight.evidence, "last_seen": sight.on, "company": company}
    return old.model_copy(update=news)


def discover(settings: Settings, engine: Engine, *, since: date) -> list[Board]:
    """Propose the boards linked in the record's adverts, in the user's own file; returns the new rows."""
    proposed = propose(known_boards(settings), in_record(engine, since=since))
    keep(settings, proposed)
    return proposed
