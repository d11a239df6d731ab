"""Source cards and boards: the only place for a source's manners, terms and schedule, read strictly."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from data.errors import ReferenceDataError
from data.schema import Url

FOLDER = Path(__file__).parent / "reference"
CARDS_FILE = FOLDER / "sources.yml"
BOARDS_FILE = FOLDER / "boards.csv"
BOARD_COLUMNS = ("source", "board", "company", "status", "region", "evidence", "last_seen")

Kind = Literal["platform", "thread", "aggregator", "page", "snapshots", "archive", "import", "reference"]
BoardStatus = Literal["on", "candidate", "off"]
Word = Annotated[str, StringConstraints(min_length=1, max_length=500)]
# "*.recruitee.com" is every host below it: platforms that give each employer a host of its own.
Host = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z0-9-]+)(\.[a-z0-9-]+)+$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Cron = Annotated[str, StringConstraints(pattern=r"^\S+( \S+){4}$")]
Variable = Annotated[str, StringConstraints(pattern=r"^PROMPTJOBS_[A-Z_]+$")]


_M = TypeVar("_M", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Bilingual(_Strict):
    """A sentence in both languages of the product."""

    en: Word
    fr: Word


class Budget(_Strict):
    """What one host is asked for at most: seconds between requests, requests at a time.

    `details`: single postings' own pages that one board may cost in one run.
    """

    delay: float = Field(ge=0.1, le=60)
    concurrency: int = Field(ge=1, le=8)
    details: int = Field(default=0, ge=0, le=2000)


class Robots(_Strict):
    """`obey`: robots.txt decides. `documented_api`: the owner documents `document` for programmatic use."""

    policy: Literal["obey", "documented_api"]
    document: Url | None = None

    @model_validator(mode="after")
    def _linked(self) -> Robots:
        if self.policy == "documented_api" and self.document is None:
            raise ValueError("policy documented_api needs the document that says so")
        return self


class Card(_Strict):
    """One source: what it is, how it may be read, what may be shown of it.

    Cards of kind archive, import and reference are not scraped: they carry terms and attribution only.
    `settle_days`: a thread checked later than this after its start is final. `expected_min`: postings of
    a usual full crawl, below which the source looks ill. `partial`: read in part on purpose, the newest or
    the first of what it declares. `schedule`: a cron line in UTC. `keys`: the
    variables of the environment that hold the user's own key; `consent`: one that must be 1 besides.
    A card of kind page has no hosts: any public address may be named, no private one (see docs). One of kind
    snapshots reads what an archive holds of the boards of platforms; it has no boards and postings of its own.
    """

    id: SourceId
    label: Word
    label_fr: Word | None = None
    kind: Kind
    lifecycle: Literal["listing", "flow"] | None = None
    hosts: tuple[Host, ...] = ()
    robots: Robots | None = None
    terms: Url | None = None
    licence: Word
    attribution: Bilingual
    republish: tuple[Literal["facts", "links", "quotes"], ...]
    needs_key: bool = False
    keys: tuple[Variable, ...] = ()
    consent: Variable | None = None
    budget: Budget | None = None
    schedule: Cron | None = None
    expected_min: int | None = Field(default=None, ge=0)
    settle_days: int | None = Field(default=None, ge=1)
    partial: Literal["by_design"] | None = None
    enabled: bool = False
    note: Bilingual | None = None

    @property
    def is_scraped(self) -> bool:
        return self.kind in ("platform", "thread", "aggregator", "page", "snapshots")

    @property
    def closing_checks(self) -> int:
        """Complete listings without a posting before it counts as gone: a page may be read wrongly once."""
        return 2 if self.kind == "page" else 1

    def lacks(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """What the user must set before this source may be asked: variables without a key, a consent not given."""
        keys = [name for name in self.keys if not environ.get(name, "").strip()]
        consent = [f"{self.consent}=1"] if self.consent and environ.get(self.consent) != "1" else []
        return (*keys, *consent)

    @model_validator(mode="after")
    def _complete(self) -> Card:
        needed = ["lifecycle", "robots", "budget"]
        needed += ["hosts", "terms", "schedule"] if self.kind != "page" else []
        missing = [name for name in needed if not getattr(self, name)]
        if self.is_scraped and missing:
            raise ValueError(f"a scraped source also needs {', '.join(missing)}")
        if self.kind == "thread" and self.settle_days is None:
            raise ValueError("a thread source also needs settle_days")
        if self.needs_key != bool(self.keys):
            raise ValueError("needs_key and keys belong together")
        return self


class Board(_Strict):
    """One listing at a source: an employer's token. `on` is crawled, `candidate` and `off` are not.

    `evidence` says where the board was seen and `last_seen` when; `region` picks the host (eu).
    """

    source: SourceId
    board: Annotated[str, StringConstraints(pattern=r"^[^\s/?#&][^/?#\x00-\x1f]*$", max_length=200)]
    company: Word | None = None
    status: BoardStatus = "on"
    region: Literal["eu"] | None = None
    evidence: Word = "named by the user"
    last_seen: date | None = None


@cache
def load_cards(path: Path = CARDS_FILE) -> dict[str, Card]:
    """Every source card by id, in the file's order. Raises ReferenceDataError naming card and field."""
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))["sources"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ReferenceDataError(f"{path.name} cannot be read: {error}") from error
    cards: dict[str, Card] = {}
    for source, row in rows.items():
        cards[source] = _read(Card, {"id": source, **row}, f"{path.name}: {source}")
    return cards


def card(source: str) -> Card:
    """The card of `source`. Raises ReferenceDataError: without a card nothing is collected."""
    cards = load_cards()
    if source not in cards:
        raise ReferenceDataError(f"{source} has no card in {CARDS_FILE.name}; known: {', '.join(cards)}.")
    return cards[source]


@cache
def load_boards(path: Path = BOARDS_FILE) -> tuple[Board, ...]:
    """Every board, in the file's order. Raises ReferenceDataError naming line and field."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != BOARD_COLUMNS:
                raise ReferenceDataError(f"{path.name}: the columns must be {', '.join(BOARD_COLUMNS)}")
            rows = list(reader)
    except OSError as error:
        raise ReferenceDataError(f"{path.name} cannot be read: {error}") from error
    boards = [
        _read(Board, _filled(row), f"{path.name}: line {number}") for number, row in enumerate(rows, start=2)
    ]
    _refuse_repeats(boards, path)
    return tuple(boards)


def _filled(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}


def _refuse_repeats(boards: list[Board], path: Path) -> None:
    seen: set[tuple[str, str]] = set()
    for board in boards:
        key = (board.source, board.board)
        if key in seen:
            raise ReferenceDataError(f"{path.name}: {board.source} {board.board} is listed twice")
        seen.add(key)


def save_boards(boards: list[Board], path: Path = BOARDS_FILE) -> None:
    """Write boards.csv, sorted by source and token; the loader reads it back equal."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, BOARD_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for board in sorted(boards, key=lambda b: (b.source, b.board.casefold(), b.board)):
            writer.writerow({k: v for k, v in board.model_dump(mode="json").items() if v is not None})


def _read(model: type[_M], row: dict[str, Any], where: str) -> _M:
    # JSON mode reads lists as tuples and ISO days as dates, and is strict about all else.
    try:
        return model.model_validate_json(json.dumps(row, default=str))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "card"
        raise ReferenceDataError(f"{where}: {field}: {first['msg']}") from error
