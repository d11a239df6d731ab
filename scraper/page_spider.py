"""The way a spider reads any page: its JobPosting objects, or those of the pages that it or a sitemap names."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy.http import Request, Response

from data.reference import Board, card
from data.schema import Outcome
from data.store import utc_now
from scraper.addresses import public_address
from scraper.answers import Answer
from scraper.middlewares.reserved import REASON
from scraper.platforms.base import Ask
from scraper.platforms.page import Page
from scraper.platforms.repeats import join
from scraper.walking_spider import WalkingSpider

_GONE = (404, 410)
_JOB = re.compile(
    r"/[\w-]*(?:jobs?|careers?|positions?|openings?|vacanc|roles?|stellen|karriere|emplois?|offres?|recrut|"
    r"carriere|empleo|vacature|lavor|vaga|tyopaik|ledig)",
    re.IGNORECASE,
)


class PageSpider(WalkingSpider):
    """`-a url=` names one page, list of jobs or sitemap; links are followed on its own host, within the card's budget."""

    platform: ClassVar[Page]
    custom_settings: ClassVar[dict[str, Any]] = {
        "DOWNLOAD_MAXSIZE": 8 * 1024 * 1024,  # inflated too
        "DOWNLOAD_WARNSIZE": 0,
    }

    def __init__(self, url: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = public_address(url)

    def boards(self) -> list[Board]:
        """The one board: the host and a short sum of the address, the same in every run."""
        digest = hashlib.sha256(self.url.encode()).hexdigest()[:12]
        return [Board(source=self.name, board=f"{urlsplit(self.url).hostname}:{digest}")]

    def ask(self, board: Board) -> Request:
        request = self.request(Ask(self.url))
        meta = request.meta | {"board": board}
        return request.replace(callback=self.read, errback=self.refuse, cb_kwargs={"board": board}, meta=meta)

    def answer(self, response: Response, board: Board) -> Answer:
        found = super().answer(response, board)
        if found.payload is not None and found.payload.is_reserved:
            return Answer(board, utc_now(), Outcome.BLOCKED, response.status, REASON)
        return replace(found, raws=tuple({"page": response.url, "node": node} for node in found.raws))

    async def pages(self, first: Answer) -> Answer:
        """The page's own postings and those of the pages it names."""
        raws, asked, reason = list(first.raws), {self.url}, None
        todo = deque(self.leads(first.payload))
        budget = card(self.name).budget
        limit = budget.details if budget else 0
        while todo:
            url = todo.popleft()
            if url in asked:
                continue
            if len(asked) > limit:
                reason = reason or f"only {limit} of {limit + len(todo) + 1} linked pages were asked for"
                break
            asked.add(url)
            page = await self.page(Ask(url), first.board)
            if page.outcome is Outcome.COMPLETE:
                join(self.platform, raws, page.raws)
                todo.extend(self.leads(page.payload) if page.payload.is_map else ())
            elif page.http_status not in _GONE:
                reason = reason or f"{url}: {page.reason}"[:400]
        whole = replace(first, raws=tuple(raws))
        if len(asked) > 1:
            whole = replace(whole, etag=None, last_modified=None)  # they were the first page's only
        return whole if reason is None else replace(whole, outcome=Outcome.PARTIAL, reason=reason)

    async def details(self, answer: Answer) -> Answer:
        return answer

    def leads(self, opened: Any) -> list[str]:
        """The linked addresses on the page's own host; of a sitemap's, those that look like jobs where any does."""
        maps, links = (self.mine(found) for found in (opened.maps, opened.links))
        jobs = [link for link in links if opened.is_map and _JOB.search(urlsplit(link).path)]
        return list(dict.fromkeys([*maps, *(jobs or links)]))

    def mine(self, links: Iterable[str]) -> list[str]:
        whole = (urljoin(self.url, link) for link in links)
        return [link for link in whole if urlsplit(link).netloc == urlsplit(self.url).netloc]
