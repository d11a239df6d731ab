"""Personio feeds listed in boards.csv."""

from scraper.platforms.personio import Personio
from scraper.walking_spider import WalkingSpider


class PersonioSpider(WalkingSpider):
    name = "personio"
    platform = Personio()
