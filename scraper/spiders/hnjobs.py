"""Hacker News job stories, quarter by quarter; a quarter that has settled is not asked again."""

from datetime import timedelta

from data.reference import card
from data.store import utc_now
from scraper.feed_spider import FeedSpider
from scraper.platforms.hnjobs import HNJobs, bounds, quarters


class HNJobsSpider(FeedSpider):
    name = "hnjobs"
    platform = HNJobs()

    def tokens(self) -> list[str]:
        return [quarter for quarter in quarters(utc_now().date()) if not self.is_final(quarter)]

    def is_final(self, quarter: str) -> bool:
        """Whether the quarter was read whole after its stories had time to settle."""
        state = self.ledger.states.get(quarter)
        settled = bounds(quarter)[1] + timedelta(days=card(self.name).settle_days or 0)
        return (
            state is not None
            and state.last_complete_at is not None
            and state.last_complete_at.date() >= settled
        )
