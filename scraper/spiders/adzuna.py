"""Adzuna, the role in the languages of each market, with the user's key and consent."""

from urllib.parse import urlencode

from scrapy.http import Request

from data.searches import phrases
from scraper.platforms.adzuna import MARKETS, Adzuna
from scraper.search_spider import KeyedSpider


class AdzunaSpider(KeyedSpider):
    name = "adzuna"
    platform = Adzuna()

    def tokens(self) -> list[str]:
        return [f"{market}:{phrase}" for market, (_, langs) in MARKETS.items() for phrase in phrases(langs)]

    def signed(self, request: Request) -> Request:
        own = {name: self.secrets[f"PROMPTJOBS_ADZUNA_{name.upper()}"] for name in ("app_id", "app_key")}
        return request.replace(url=f"{request.url}&{urlencode(own)}")
