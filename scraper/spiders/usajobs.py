"""USAJOBS, the role by keyword, with the user's key and the address it was given to."""

from scrapy.http import Request

from scraper.platforms.usajobs import USAJobs
from scraper.search_spider import KeyedSpider


class USAJobsSpider(KeyedSpider):
    name = "usajobs"
    platform = USAJobs()
    feeds = ()
    languages = ("en",)

    def signed(self, request: Request) -> Request:
        request.headers["Authorization-Key"] = self.secrets["PROMPTJOBS_USAJOBS_KEY"]
        request.headers["User-Agent"] = self.secrets[
            "PROMPTJOBS_USAJOBS_EMAIL"
        ]  # the API asks for the address
        return request
