"""We Work Remotely, its feed of all categories."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.wwr import WWR


class WWRSpider(FeedSpider):
    name = "wwr"
    platform = WWR()
