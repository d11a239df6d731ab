"""Any public page, list of jobs or sitemap, named by its address: `scrape page -a url=…`."""

from scraper.page_spider import PageSpider
from scraper.platforms.page import Page


class OnePageSpider(PageSpider):
    name = "page"
    platform = Page()
