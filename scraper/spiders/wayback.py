"""The past of known boards, as far as the Wayback Machine holds it."""

from scraper.platforms.wayback import Wayback
from scraper.wayback_spider import WaybackSpider


class PastOfBoardsSpider(WaybackSpider):
    name = "wayback"
    platform = Wayback()
