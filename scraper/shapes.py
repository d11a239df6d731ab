"""The addresses of every platform's boards, one row a shape, and the board behind an address. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from data.errors import SelectionError

Region = Literal["eu"] | None
CASED = frozenset({"greenhouse", "lever", "ashby"})


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board an address points to. Tokens are kept as written: some platforms tell cases apart."""

    source: str
    board: str
    region: Region = None

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same board, also where a platform that tells no cases apart was linked in two spellings."""
        return self.source, self.board if self.source in CASED else self.board.lower()

    @property
    def owner(self) -> str:
        """The part of the token that may be the employer's name."""
        first, _, rest = self.board.partition(":")
        return (rest.partition(":")[0] if ":" in rest else first.partition(".")[0]) if rest else self.board


@dataclass(frozen=True, slots=True)
class Shape:
    """How one host names its boards: `token` is filled from the groups of host and path, or is the parameter `for_`."""

    source: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    region: Region = None
    token: str = "{token}"
    for_: str | None = None


def _shape(source: str, host: str, path: str, region: Region = None, **more: str) -> Shape:
    return Shape(source, re.compile(f"^(?:{host})$"), re.compile(f"^{path}"), region, **more)


_FIRST = r"/(?P<token>[^/]+)"
# A host of the employer's own, not one of the platform's.
_OWN = r"(?!(?:www|app|api|apply|help|support|docs|blog|status|get|resources|join|login|partners)\.)(?P<token>[a-z0-9][a-z0-9-]*"
_LOCALE = r"(?:/[a-z]{2}(?:-[A-Za-z]{2})?(?=/))?"
_SITE = r"/(?!job/|wday/|login\b|[a-z]{2}-[A-Za-z]{2}(?:/|$))(?P<site>[\w-]+)"
SHAPES: tuple[Shape, ...] = (
    _shape(
        "greenhouse", r"(?:boards|job-boards|boards-api|api)\.greenhouse\.io", r"/v1/boards/(?P<token>[^/]+)"
    ),
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
    _shape("lever", r"api\.lever\.co", r"/v0/postings/(?P<token>[^/]+)"),
    _shape("lever", r"api\.eu\.lever\.co", r"/v0/postings/(?P<token>[^/]+)", "eu"),
    _shape("ashby", r"jobs\.ashbyhq\.com", _FIRST),
    _shape("ashby", r"api\.ashbyhq\.com", r"/posting-api/job-board/(?P<token>[^/]+)"),
    _shape(
        "workable", r"(?:apply|www)\.workable\.com", r"/api/(?:v\d+/)?(?:widget/)?accounts/(?P<token>[^/]+)"
    ),
    _shape("workable", r"apply\.workable\.com", r"/(?!j/|api/)(?P<token>[^/]+)"),
    _shape("workable", rf"{_OWN})\.workable\.com", ""),
    _shape("smartrecruiters", r"api\.smartrecruiters\.com", r"/v1/companies/(?P<token>[^/]+)"),
    _shape(
        "smartrecruiters",
        r"(?:jobs|careers)\.smartrecruiters\.com",
        r"/(?:ni/|oneclick-ui/company/)?(?P<token>[^/]+)",
    ),
    _shape("smartrecruiters", r"www\.smartrecruiters\.com", r"/(?P<token>[^/]+)/\d{8}"),
    _shape("recruitee", rf"{_OWN})\.recruitee\.com", ""),
    _shape("personio", rf"{_OWN}?)(?:\.|-)jobs\.personio\.(?:de|com)", ""),
    _shape("teamtailor", rf"{_OWN}(?:\.[a-z]{{2,3}})?)\.teamtailor\.com", ""),
    _shape(
        "workday",
        r"(?P<tenant>[\w-]+)\.(?P<pod>wd\d+)\.myworkdayjobs\.com",
        rf"(?:/wday/cxs/[^/]+|{_LOCALE}){_SITE}",
        token="{tenant}.{pod}:{site}",
    ),
    _shape(
        "workday",
        r"(?P<pod>wd\d+)\.myworkdaysite\.com",
        rf"(?:/wday/cxs|{_LOCALE}/recruiting)/(?P<tenant>[\w-]+){_SITE}",
        token="{pod}:{tenant}:{site}",
    ),
)
EXAMPLES: dict[str, str] = {
    "greenhouse": "boards.greenhouse.io/TOKEN",
    "lever": "jobs.lever.co/TOKEN",
    "ashby": "jobs.ashbyhq.com/TOKEN",
    "workable": "apply.workable.com/TOKEN",
    "smartrecruiters": "jobs.smartrecruiters.com/TOKEN",
    "recruitee": "TOKEN.recruitee.com",
    "personio": "TOKEN.jobs.personio.de",
    "teamtailor": "TOKEN.teamtailor.com",
    "workday": "TENANT.wd5.myworkdayjobs.com/SITE",
}
"""How a board's address looks at each platform."""
TAIL = ".,;:!?*_…"
# Words in the token's place that are parts of the platform's own site.
_NOT_BOARDS = frozenset({"embed", "v0", "v1", "api", "jobs", "job", "users", "favicon.ico", "robots.txt"})
_TOKEN = re.compile(r"^[\w][\w .&+':-]{0,99}$")


def detect(url: str) -> BoardLink | None:
    """The board behind any address of a known platform: board page, job page, embed or API. None if unknown."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    host = (parts.hostname or "").lower()
    for shape in SHAPES:
        token = _token(shape, host, parts.path, parts.query)
        if token and _TOKEN.match(token) and token.lower() not in _NOT_BOARDS:
            return BoardLink(shape.source, token, shape.region)
    return None


def named(source: str, token: str, region: Region = None) -> BoardLink:
    """The board of that token at a platform. Raises SelectionError where platform or token cannot be one."""
    if source not in EXAMPLES:
        raise SelectionError("unknown_platform", name=source, allowed=", ".join(EXAMPLES))
    if not _TOKEN.match(token) or token.lower() in _NOT_BOARDS:
        raise SelectionError("no_token", name=token, example=f"{source}: {EXAMPLES[source]}")
    return BoardLink(source, token, region)


def at(url: str) -> BoardLink:
    """The board behind an address. Raises SelectionError that lists the known platforms where it has none."""
    link = detect(url)
    if link is None:
        known = ", ".join(f"{source} ({example})" for source, example in EXAMPLES.items())
        raise SelectionError("no_board_address", name=url, allowed=known)
    return link


def _token(shape: Shape, host: str, path: str, query: str) -> str | None:
    named = shape.host.match(host)
    found = shape.path.match(path) if named else None
    if named is None or found is None:
        return None
    if shape.for_:
        return parse_qs(query).get(shape.for_, [""])[0].strip().rstrip(TAIL)
    groups = {name: unquote(word).strip() for name, word in (named.groupdict() | found.groupdict()).items()}
    return shape.token.format(**groups).rstrip(TAIL)
