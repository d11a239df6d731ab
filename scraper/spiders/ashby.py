"""Ashby boards listed in boards.csv."""

from scraper.board_spider import BoardSpider
from scraper.platforms.ashby import Ashby


class AshbySpider(BoardSpider):
    name = "ashby"
    platform = Ashby()
