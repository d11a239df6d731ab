"""Recruitee careers sites listed in boards.csv."""

from scraper.board_spider import BoardSpider
from scraper.platforms.recruitee import Recruitee


class RecruiteeSpider(BoardSpider):
    name = "recruitee"
    platform = Recruitee()
