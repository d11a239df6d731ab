"""SmartRecruiters companies listed in boards.csv."""

from scraper.platforms.smartrecruiters import SmartRecruiters
from scraper.walking_spider import WalkingSpider


class SmartRecruitersSpider(WalkingSpider):
    name = "smartrecruiters"
    platform = SmartRecruiters()
