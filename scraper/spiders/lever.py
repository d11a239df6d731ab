"""Lever sites (global and EU) listed in boards.csv."""

from scraper.board_spider import BoardSpider
from scraper.platforms.lever import Lever


class LeverSpider(BoardSpider):
    name = "lever"
    platform = Lever()
