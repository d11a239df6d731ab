"""JobTech (Sweden), the role among today's adverts and those of the past."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.jobtech import PAST, JobTech


class JobTechSpider(FeedSpider):
    name = "jobtech"
    platform = JobTech()
    feeds = ()
    languages = ("sv",)

    def tokens(self) -> list[str]:
        today = super().tokens()
        return [*today, *(f"{PAST}{phrase}" for phrase in today)]
