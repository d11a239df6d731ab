"""Hacker News "Who is hiring?", the whole history thread by thread."""

from scraper.platforms.hackernews import HackerNews
from scraper.thread_spider import ThreadSpider


class HackerNewsSpider(ThreadSpider):
    name = "hackernews"
    platform = HackerNews()
