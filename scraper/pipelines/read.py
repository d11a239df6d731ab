"""First step: every record of an answer becomes a validated posting or is set aside with its reason."""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from scrapy.crawler import Crawler

from data.errors import IntakeError
from data.intake import accept, set_aside
from data.schema import Check, Posting, Reject
from scraper.answers import Answer, Listing
from scraper.ledger import Ledger
from scraper.platforms.base import READ_ERRORS, Platform


class ReadRecords:
    """Answer in, Listing out; words the platform does not know are counted."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Answer) -> Listing:
        platform: Platform = self.crawler.spider.platform
        return read_counted(item, platform, self.crawler.get_extension(Ledger))


def read_counted(answer: Answer, platform: Platform, ledger: Ledger) -> Listing:
    """Read all records of one answer; what was set aside and what was not known goes into the run's counters."""
    unknown: Counter[str] = Counter()
    listing = read_answer(answer, platform, unknown)
    for word, n in unknown.items():
        ledger.count(f"unknown/{word}", n)
    for reject in listing.rejects:
        ledger.count(f"rejects/{reject.field}")
    return listing


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
