"""What a posting is: the vocabularies, the strict shape of a collected posting, and of a check."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import to_json

PromptRelation = Literal["title", "core", "required", "preferred", "mention", "none"]
WorkKind = Literal["payroll", "contract", "gig_content", "gig_ai_training", "unclear"]
Demand = Literal["required", "preferred", "not_mentioned"]
Remote = Literal["remote", "hybrid", "onsite", "unspecified"]
Seniority = Literal["intern", "junior", "mid", "senior", "lead", "manager", "executive", "unspecified"]
Degree = Literal["none_stated", "bachelor", "master", "phd", "other"]
SkillLevel = Literal["required", "preferred", "mentioned"]
Period = Literal["year", "month", "week", "day", "hour", "project", "unit"]
PayKind = Literal["base", "ote", "bonus", "equity", "signing", "stipend", "piece"]
Bound = Literal["range", "floor", "ceiling", "point"]
Workplace = Literal["remote", "hybrid", "onsite"]
PostedBasis = Literal["stated", "thread", "snapshot"]

PROMPT_RELATIONS: tuple[str, ...] = get_args(PromptRelation)
WORK_KINDS: tuple[str, ...] = get_args(WorkKind)
REMOTES: tuple[str, ...] = get_args(Remote)
PERIODS: tuple[str, ...] = get_args(Period)
# `title` and `core` are prompt-engineer roles; `required` and `preferred` ask for prompting in other roles.
ROLE_RELATIONS: frozenset[str] = frozenset({"title", "core"})
ASKING_RELATIONS: frozenset[str] = frozenset({"required", "preferred"})

MAX_TEXT = 2_000_000
"""Characters of an advert that are kept; a longer one is cut here and says so (`is_truncated`)."""


class Outcome(StrEnum):
    """How one look at one board ended. Only `complete` (and `unchanged`) may close a posting."""

    COMPLETE = "complete"
    UNCHANGED = "unchanged"  # 304: the last complete listing still holds
    PARTIAL = "partial"
    EMPTY = "empty"  # a well-formed answer without postings: suspect where there were some
    FAILED = "failed"
    BLOCKED = "blocked"  # robots.txt, 401, 403 or terms forbid it


COVERED = frozenset({Outcome.COMPLETE, Outcome.UNCHANGED})


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")) or any(c in value for c in " \t\n\r<>\"'"):
        raise ValueError("is not an http(s) address")
    return value


# Lone surrogates and NULs, which neither UTF-8 nor PostgreSQL can keep, are refused; intake takes them out.
_SOUND = r"\A[^\x00]*\z"
Clean = Annotated[str, StringConstraints(pattern=_SOUND)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_SOUND)]
Url = Annotated[str, StringConstraints(min_length=8, max_length=2000), AfterValidator(_web_address)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class StructuredPay(_Strict):
    """Pay the source gives in fields of its own. Amounts in units of `currency` per `period`."""

    min: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    max: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    period: Period | None = None
    kind: PayKind = "base"

    @model_validator(mode="after")
    def _bounds(self) -> StructuredPay:
        if self.min is None and self.max is None:
            raise ValueError("has neither a lower nor an upper bound")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"lower bound {self.min} exceeds upper bound {self.max}")
        return self


class PayLabel(_Strict):
    """Pay the source gives in one line of words of its own, to be read as pay of this country and language."""

    label: Short
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


PAY_KINDS = ("in amounts", "in words")
"""The two forms of pay, as pydantic names them in the place of an error."""


def _kind_of_pay(value: object) -> str:
    is_label = isinstance(value, PayLabel) or (isinstance(value, dict) and "label" in value)
    return PAY_KINDS[is_label]


StatedPay = Annotated[
    Annotated[StructuredPay, Tag(PAY_KINDS[0])] | Annotated[PayLabel, Tag(PAY_KINDS[1])],
    Discriminator(_kind_of_pay),
]


_NOT_WORDING = {"source", "board", "external_id", "url", "posted_on", "posted_basis", "changed_at"}


class Posting(_Strict):
    """One advert at one source, as collected. Exactly one of `html` and `text` is given.

    `posted_on` is the day the source states it was first published (never its last change);
    `posted_basis` says where that day comes from. `places` are the source's own words.
    """

    source: Short
    board: Short
    external_id: Short
    url: Url
    title: Short | None = None
    company: Short | None = None
    places: tuple[Short, ...] = ()
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    html: Clean | None = None
    text: Clean | None = None
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    posted_on: date | None = None
    posted_basis: PostedBasis | None = None
    changed_at: datetime | None = None
    requisition_id: Short | None = None
    department: Short | None = None
    employment_type: Short | None = None
    workplace: Workplace | None = None
    pay: tuple[StatedPay, ...] = ()
    is_truncated: bool = False

    @model_validator(mode="after")
    def _one_text(self) -> Posting:
        if (self.html is None) == (self.text is None):
            raise ValueError("give exactly one of html and text")
        return self

    @property
    def key(self) -> str:
        """Identity at the source, stable for ever: `source:external_id`."""
        return f"{self.source}:{self.external_id}"

    def document(self) -> dict[str, object]:
        """What the advert says, without the dates: the content that is hashed, stored once and read."""
        return self.model_dump(
            mode="json",
            exclude=_NOT_WORDING,
            exclude_none=True,
        ) | {"source": self.source}

    def wording(self) -> bytes:
        """`canonical_json` of the document."""
        if self.pay:  # its amounts are floats, which json and pydantic may spell differently
            return canonical_json(self.document())
        values = self.__dict__
        return to_json({name: values[name] for name in _WORDING if values[name] is not None})


_WORDING = sorted({"source", *Posting.model_fields} - (_NOT_WORDING - {"source"}))


def canonical_json(value: object) -> bytes:
    """One spelling for one value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(document: dict[str, object]) -> str:
    """SHA-256 (first 32 hex digits) of the canonical form of a document."""
    return wording_hash(canonical_json(document))


def wording_hash(wording: bytes) -> str:
    """SHA-256 (first 32 hex digits) of `Posting.wording`."""
    return hashlib.sha256(wording).hexdigest()[:32]


class Reject(_Strict):
    """A record set aside: nothing collected is dropped without a row that says why."""

    field: str
    reason: str
    sample: str = ""


class Check(_Strict):
    """One look at one board in one run. `n_listed` is what the source says it lists, None if unsaid."""

    source: Short
    board: Short
    at: datetime
    outcome: Outcome
    n_listed: int | None = None
    http_status: int | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
