"""France Travail, the role in French and English, with the user's key (OAuth2 client credentials)."""

from scrapy.http import Response

from data.reference import Board
from scraper.answers import Answer
from scraper.platforms.francetravail import NOTHING, FranceTravail
from scraper.search_spider import TokenSpider


class FranceTravailSpider(TokenSpider):
    name = "francetravail"
    platform = FranceTravail()
    feeds = ()
    languages = ("fr",)

    def answer(self, response: Response, board: Board) -> Answer:
        """206 is a page of more, 204 a search that found nothing."""
        if response.status == 204:
            response = response.replace(status=200, body=NOTHING)
        return super().answer(response.replace(status=200) if response.status == 206 else response, board)
