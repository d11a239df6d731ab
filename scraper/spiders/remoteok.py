"""RemoteOK, its newest jobs."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.remoteok import RemoteOK


class RemoteOKSpider(FeedSpider):
    name = "remoteok"
    platform = RemoteOK()
