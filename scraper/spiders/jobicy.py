"""Jobicy, its newest jobs and the role by tag."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.jobicy import Jobicy


class JobicySpider(FeedSpider):
    name = "jobicy"
    platform = Jobicy()
    languages = ("en",)
