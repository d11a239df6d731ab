"""Finds job boards in any text or address: which platform, which token, where and when it was seen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from data.reference import Board

if TYPE_CHECKING:
    from sqlalchemy import Engine

Region = Literal["eu"] | None


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board an address points to. Tokens are kept as written: some platforms tell cases apart."""

    source: str
    board: str
    region: Region = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One place where a board was linked, and the day."""

    link: BoardLink
    evidence: str
    on: date
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How one host names its boards: the token in the path, or else in the query parameter `for_`."""

    source: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    region: Region = None
    for_: str | None = None


def _shape(source: str, host: str, path: str, region: Region = None, for_: str | None = None) -> Shape:
    return Shape(source, re.compile(f"^(?:{host})$"), re.compile(f"^{path}"), region, for_)


_FIRST = r"/([^/]+)"
SHAPES: tuple[Shape, ...] = (
    _shape("greenhouse", r"(?:boards|job-boards|boards-api|api)\.greenhouse\.io", r"/v1/boards/([^/]+)"),
    _shape(
        "greenhouse",
        r"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io",
        r"/embed/job_(?:board|app)",
        for_="for",
    ),
    _shape("greenhouse", r"(?:boards|job-boards)\.greenhouse\.io", _FIRST),
    _shape("greenhouse", r"(?:boards|job-boards)\.eu\.greenhouse\.io", _FIRST, "eu"),
    _shape("lever", r"jobs\.lever\.co", _FIRST),
    _shape("lever", r"jobs\.eu\.lever\.co", _FIRST, "eu"),
    _shape("lever", r"api\.lever\.co", r"/v0/postings/([^/]+)"),
    _shape("lever", r"api\.eu\.lever\.co", r"/v0/postings/([^/]+)", "eu"),
    _shape("ashby", r"jobs\.ashbyhq\.com", _FIRST),
    _shape("ashby", r"api\.ashbyhq\.com", r"/posting-api/job-board/([^/]+)"),
)
# Words in the token's place that are parts of the platform's own site.
_NOT_BOARDS = frozenset({"embed", "v0", "v1", "api", "jobs", "job", "users", "favicon.ico", "robots.txt"})
_TOKEN = re.compile(r"^[\w][\w .&+'-]{0,99}$")
_URL = re.compile(
    r"(?:https?://|\b)((?:[a-z0-9-]+\.)+(?:greenhouse\.io|lever\.co|ashbyhq\.com)/[^\s<>\"'\\)\]}|]+)",
    re.IGNORECASE,
)
_TAIL = ".,;:!?*_…"
_NO_NAME = re.compile(r"\b(?:hi|hey|hello|we|hiring|engineers?|developers?|at|i)\b|[@!,\[\]]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
EVIDENCE = {"hackernews": "hn:item {}"}


def detect(url: str) -> BoardLink | None:
    """The board behind any address of a known platform: board page, job page, embed or API. None if unknown."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    host = (parts.hostname or "").lower()
    for shape in SHAPES:
        found = shape.path.match(parts.path) if shape.host.match(host) else None
        if found is None:
            continue
        token = parse_qs(parts.query).get(shape.for_, [""])[0] if shape.for_ else unquote(found[1])
        token = token.strip().rstrip(_TAIL)
        if _TOKEN.match(token) and token.lower() not in _NOT_BOARDS:
            return BoardLink(shape.source, token, shape.region)
    return None


def links_in(text: str) -> list[BoardLink]:
    """Every board linked in a text or an HTML text (entities decoded), once each, in order."""
    plain = html.unescape(html.unescape(text))
    # Forums shorten the words of a link ("…/some-comp..."): the whole address is in its href.
    whole = (address for address in _URL.findall(plain) if not address.endswith(("...", "…")))
    found = (detect(address.rstrip(_TAIL)) for address in whole)
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
            for link in links_in(text):
                yield Seen(link, evidence, row.posted_on, company_of(text, link.board))


def company_of(text: str, token: str) -> str | None:
    """The advert's first words ("Acme Labs | Engineer | …") where they and the token name the same company."""
    plain = _TAG.sub(" ", html.unescape(html.unescape(re.split(r"<p>|\n", text, maxsplit=1)[0])))
    name = re.split(r"[|(:]|\s[-–—]\s", plain, maxsplit=1)[0].strip()
    ours, theirs = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in (name, token))
    short, long = sorted((ours, theirs), key=len)
    is_same = len(short) >= 3 and short in long and 2 * len(short) >= len(long)
    return name if is_same and len(name) <= 40 and not _NO_NAME.search(name) else None


def merge(boards: Iterable[Board], seen: Iterable[Seen]) -> list[Board]:
    """`boards` with what was seen: the newest evidence wins, a new board is `on`, a status set by hand stays."""
    merged = {(b.source, b.board): b for b in boards}
    for sight in seen:
        key = (sight.link.source, sight.link.board)
        old = merged.get(key)
        if old is None:
            merged[key] = Board(
                source=key[0],
                board=key[1],
                company=sight.company,
                region=sight.link.region,
                evidence=sight.evidence,
                last_seen=sight.on,
            )
        elif old.last_seen is None or sight.on > old.last_seen:
            company = old.company or sight.company
            news = {"evidence": sight.evidence, "last_seen": sight.on, "company": company}
            merged[key] = old.model_copy(update=news)
        elif old.company is None and sight.company:
            merged[key] = old.model_copy(update={"company": sight.company})
    return list(merged.values())


def update_boards(engine: Engine, path: Path, *, since: date) -> int:
    """Add the boards linked in the record's adverts to the file at `path`; returns how many are new."""
    from data.reference import load_boards, save_boards

    load_boards.cache_clear()
    known = list(load_boards(path))
    merged = merge(known, in_record(engine, since=since))
    save_boards(merged, path)
    load_boards.cache_clear()
    return len(merged) - len(known)
