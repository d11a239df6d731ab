"""Arbeitnow, its newest pages."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.arbeitnow import Arbeitnow


class ArbeitnowSpider(FeedSpider):
    name = "arbeitnow"
    platform = Arbeitnow()
