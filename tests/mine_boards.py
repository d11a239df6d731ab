"""Adds the boards linked in the shared Hacker News corpus to the shipped list, with the newest advert as evidence.

By hand: python -m tests.mine_boards
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from data.corpora import hacker_news
from data.reference import load_boards, save_boards
from scraper.discover import EVIDENCE, Seen, merge, seen_in
from tests.shared import SHARED


def in_corpus() -> Iterator[Seen]:
    """Every board linked in a top-level advert of the corpus and of the partial runs."""
    for thread in hacker_news(SHARED / "corpora"):
        for advert in thread.adverts:
            evidence = EVIDENCE["hackernews"].format(advert["external_id"])
            yield from seen_in(advert["html"] or "", evidence, advert["posted_on"])


def main() -> None:
    boards = merge(load_boards(), in_corpus())
    save_boards(boards)
    print(dict(Counter((board.source, board.status) for board in boards)))


if __name__ == "__main__":
    main()
