"""Greenhouse boards listed in boards.csv."""

from scraper.board_spider import BoardSpider
from scraper.platforms.greenhouse import Greenhouse


class GreenhouseSpider(BoardSpider):
    name = "greenhouse"
    platform = Greenhouse()
