"""Remotive, its whole feed."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.remotive import Remotive


class RemotiveSpider(FeedSpider):
    name = "remotive"
    platform = Remotive()
