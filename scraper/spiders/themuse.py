"""The Muse, the categories where prompt work may be listed."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.themuse import CATEGORIES, TheMuse


class TheMuseSpider(FeedSpider):
    name = "themuse"
    platform = TheMuse()
    feeds = CATEGORIES
