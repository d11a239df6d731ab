"""Teamtailor career sites listed in boards.csv."""

from scraper.platforms.teamtailor import Teamtailor
from scraper.walking_spider import WalkingSpider


class TeamtailorSpider(WalkingSpider):
    name = "teamtailor"
    platform = Teamtailor()
