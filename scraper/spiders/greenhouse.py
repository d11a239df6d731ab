"""Greenhouse boards listed in boards.csv."""

from scraper.platforms.greenhouse import Greenhouse
from scraper.walking_spider import WalkingSpider


class GreenhouseSpider(WalkingSpider):
    name = "greenhouse"
    platform = Greenhouse()
