"""Workday career sites listed in boards.csv."""

from dataclasses import replace

from scrapy.http import Response

from data.reference import Board
from scraper.answers import Answer
from scraper.platforms.workday import Workday
from scraper.walking_spider import WalkingSpider


class WorkdaySpider(WalkingSpider):
    name = "workday"
    platform = Workday()

    def answer(self, response: Response, board: Board) -> Answer:
        answer = super().answer(response, board)
        return replace(answer, raws=self.platform.owned(answer.raws, board))
