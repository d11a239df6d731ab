"""Lever sites (global and EU) listed in boards.csv."""

from scraper.platforms.lever import Lever
from scraper.walking_spider import WalkingSpider


class LeverSpider(WalkingSpider):
    name = "lever"
    platform = Lever()
