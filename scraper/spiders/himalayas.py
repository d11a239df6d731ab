"""Himalayas, its newest jobs and the role by search."""

from scraper.feed_spider import FeedSpider
from scraper.platforms.himalayas import Himalayas


class HimalayasSpider(FeedSpider):
    name = "himalayas"
    platform = Himalayas()
    languages = ("en", "fr", "de", "es")
