"""An archived answer on its way into the record: read and judged like one of today, texts filled in from the record."""

from __future__ import annotations

from dataclasses import replace

from data.recall import recall
from data.schema import Outcome, Posting
from scraper.answers import Answer, Listing
from scraper.pipelines.judge import holds_any, judge
from scraper.pipelines.read import read_counted
from scraper.platforms.base import Platform
from scraper.wayback_ledger import PastLedger


def keep(ledger: PastLedger, platform: Platform, answer: Answer) -> bool:
    """Write one answer, dated like its snapshot; False where it shows no listing and is only counted."""
    source = answer.board.source
    listing = judge(read_counted(answer, platform, ledger), lambda ids: holds_any(ledger.engine, source, ids))
    if listing.check.outcome is Outcome.PARTIAL and listing.rejects and not listing.postings:
        news = {"outcome": Outcome.FAILED, "reason": listing.rejects[0].reason[:400]}
        listing = replace(listing, check=listing.check.model_copy(update=news))
    ledger.save(replace(listing, postings=_with_texts(ledger, listing)))
    return listing.check.outcome is not Outcome.FAILED


def _with_texts(ledger: PastLedger, listing: Listing) -> tuple[Posting, ...]:
    """The postings; one sent without its text says only that it was up, so the record's wording of the same title holds."""
    bare = [p.external_id for p in listing.postings if not (p.html or p.text)]
    held = recall(ledger.engine, listing.check.source, listing.check.board, bare)
    return tuple(_with_text(p, held.get(p.external_id)) for p in listing.postings)


def _with_text(posting: Posting, held: Posting | None) -> Posting:
    if held is None or held.title != posting.title:
        return posting
    own = posting.model_dump(include={"url", "posted_on", "posted_basis", "changed_at"})
    return held.model_copy(update=own)
