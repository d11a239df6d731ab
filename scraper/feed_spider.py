"""The way a spider reads feeds and searches: its boards are the feed itself and the role in the market's languages."""

from __future__ import annotations

from typing import ClassVar

from data.reference import Board
from data.searches import phrases
from scraper.walking_spider import WalkingSpider


class FeedSpider(WalkingSpider):
    """A thin spider sets `feeds` (boards that are always asked) and `languages` (whose phrases are searched for)."""

    feeds: ClassVar[tuple[str, ...]] = ("feed",)
    languages: ClassVar[tuple[str, ...]] = ()

    def boards(self) -> list[Board]:
        """The boards that were named with `-a boards=`, else all of this source."""
        return [Board(source=self.name, board=token) for token in self.narrowed or self.tokens()]

    def tokens(self) -> list[str]:
        """Every board of this source by name."""
        return [*self.feeds, *phrases(self.languages)]
