"""The ledger of a walk through the past: each snapshot is a run of its own, nothing is owed, a failure is the archive's."""

from __future__ import annotations

from typing import Any

from data.listings import Saved
from data.schema import Outcome
from data.snapshots import save_snapshot
from scraper.answers import Listing
from scraper.ledger import Ledger, tell
from scraper.wayback import sentence


class PastLedger(Ledger):
    """A snapshot that cannot be read is counted and not written: it is no failure of the board or its source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = self.walked = self.asked = 0
        self._first: str | None = None

    def save(self, listing: Listing) -> Saved:
        check = listing.check
        if check.outcome not in (Outcome.FAILED, Outcome.BLOCKED):
            self.count("snapshots/read")
            return super().save(listing)
        self.count("snapshots/unreadable")
        self._first = (
            self._first or f"{check.source} {check.board} of {check.at:%Y-%m-%d}: {check.reason}"[:300]
        )
        return Saved(0, 0, 0, 0)

    def _write(self, listing: Listing) -> Saved:
        return save_snapshot(self.engine, listing.check, listing.postings, listing.rejects)

    def _verdict(self, reason: str) -> tuple[str, str | None]:
        status, why = super()._verdict(reason)
        if status != "finished":
            return status, why
        stats = self._stats()
        counts = {name: stats.get(f"snapshots/{name}", 0) for name in ("unreadable", "unanswered")}
        counts |= {"waiting": self.total - self.walked, "asked": self.asked}
        return status, sentence(counts, self._first)

    def _tell(self) -> None:
        if self.crawler.settings.getbool("PROMPTJOBS_TELL"):
            tell("progress", done=self.walked, total=self.total)
