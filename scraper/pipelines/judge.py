"""Second step: decides whether a listing may be taken as complete, so that a broken answer closes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy import Engine, select

from data import tables as t
from data.intake import NOT_A_JOB
from data.schema import Outcome
from scraper.answers import Listing
from scraper.ledger import Ledger


class JudgeListing:
    """Listing in, Listing out, with the outcome it deserves."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Listing) -> Listing:
        engine = self.crawler.get_extension(Ledger).engine
        return judge(item, lambda ids: holds_any(engine, item.check.source, ids))


def judge(listing: Listing, is_known: Callable[[list[str]], bool]) -> Listing:
    """The listing with its outcome: empty, failed, partial or still complete.

    A rejected record counts against completeness only where its posting was collected before (or its
    identity cannot be read): leaving it out would look like its end.
    """
    check = listing.check
    if check.outcome is not Outcome.COMPLETE:
        return listing
    n = listing.n_read + len(listing.rejects)
    lost = [token for token in listing.lost_ids if token is not None]
    if n == 0 and not check.n_listed:
        return _with(listing, Outcome.EMPTY, "the listing is well-formed and empty")
    unread = [reject for reject in listing.rejects if reject.field != NOT_A_JOB]
    if unread and not listing.n_read:
        return _with(listing, Outcome.FAILED, f"none of {n} records could be read: {unread[0].reason}"[:400])
    if check.n_listed is not None and n < check.n_listed:
        return _with(listing, Outcome.PARTIAL, f"{check.n_listed} postings are declared, {n} came")
    if len(lost) < len(listing.lost_ids) or (lost and is_known(lost)):
        return _with(listing, Outcome.PARTIAL, f"{len(listing.rejects)} of {n} records could not be read")
    # Validators of a listing with set-aside records are not kept: a 304 would hide them for ever.
    return listing if not listing.rejects else _with(listing, Outcome.COMPLETE, None)


def _with(listing: Listing, outcome: Outcome, reason: str | None) -> Listing:
    changes = {"outcome": outcome, "reason": reason, "etag": None, "last_modified": None}
    return replace(listing, check=listing.check.model_copy(update=changes))


def holds_any(engine: Engine, source: str, ids: list[str]) -> bool:
    """Whether any of the first 400 of these postings was collected before."""
    where = (t.postings.c.source == source) & t.postings.c.external_id.in_(ids[:400])
    with engine.connect() as db:
        return db.scalar(select(t.postings.c.posting_id).where(where).limit(1)) is not None
