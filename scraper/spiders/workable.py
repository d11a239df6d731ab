"""Workable accounts listed in boards.csv."""

from scraper.platforms.workable import Workable
from scraper.walking_spider import WalkingSpider


class WorkableSpider(WalkingSpider):
    name = "workable"
    platform = Workable()
