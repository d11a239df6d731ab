"""Builds a replay folder from the shared corpora: Hacker News threads as item trees, recordings as boards.

By hand: python -m tests.corpora FOLDER [--threads N], then python -m tests.replay FOLDER
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.replay import put
from tests.shared import SHARED

CORPUS = SHARED / "corpora/hackernews/whoishiring_2018-06_2026-01.jsonl.xz"
HN = "https://hn.algolia.com/api/v1"
PAGE = 100
# Recording file → where its board is asked for.
BOARDS = {
    "greenhouse/careerkit_greenhouse.json": ("greenhouse", "amplitude"),
    "greenhouse/midatfx_gitlab.json": ("greenhouse", "gitlab"),
    "greenhouse/olinares_anthropic_job1_TRANSCRIBED_PARTIAL.json": ("greenhouse", "anthropic"),
    "lever/careerkit_lever.json": ("lever", "idealistconsulting"),
    "lever/michaeldinhmai_jumpcloud.json": ("lever", "jumpcloud"),
    "lever/midatfx_matchgroup.json": ("lever", "matchgroup"),
    "ashby/careerkit_ashby.json": ("ashby", "HighlightTA"),
    "ashby/michaeldinhmai_render.json": ("ashby", "render"),
    "ashby/midatfx_linear.json": ("ashby", "linear"),
}
ADDRESSES = {
    "greenhouse": "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true",
    "lever": "https://api.lever.co/v0/postings/{}?mode=json",
    "ashby": "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true",
}


@dataclass
class Built:
    """What the folder holds: adverts by thread (top-level, not deleted), replies, recorded postings by source."""

    adverts: dict[str, set[str]] = field(default_factory=dict)
    n_replies: int = 0
    n_deleted: int = 0
    postings: dict[str, set[str]] = field(default_factory=dict)

    @property
    def n_adverts(self) -> int:
        return sum(len(ids) for ids in self.adverts.values())


def build(root: Path, *, threads: int | None = None) -> Built:
    """Write the answers for the newest `threads` threads (None: all, 0: none) and every recorded board under `root`."""
    built = Built()
    comments = () if threads == 0 else _comments()
    groups = [list(rows) for _, rows in groupby(comments, key=lambda row: row["thread_id"])]
    stories = [_put_thread(root, rows, built) for rows in (groups[-threads:] if threads else groups)]
    put_index(root, stories)
    for file, (source, board) in BOARDS.items():
        _put_board(root, SHARED / "recordings" / file, source, board, built)
    return built


def _comments() -> Iterator[dict[str, Any]]:
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _put_thread(root: Path, rows: list[dict[str, Any]], built: Built) -> dict[str, Any]:
    thread, title = str(rows[0]["thread_id"]), rows[0]["thread_title"]
    opened = opened_at(title)
    children, n_deleted = tree(rows)
    put(
        root,
        f"{HN}/items/{thread}",
        {"id": int(thread), "title": title, "created_at": opened, "children": children},
    )
    built.adverts[thread] = {str(row["id"]) for row in rows if row["level"] == 0}
    built.n_replies += sum(row["level"] > 0 for row in rows)
    built.n_deleted += n_deleted
    return {"objectID": thread, "title": title, "created_at": opened}


def opened_at(title: str) -> str:
    """The first of the month in a thread's title, as the API writes times."""
    month = datetime.strptime(title[title.rindex("(") + 1 : title.rindex(")")], "%B %Y")
    return month.replace(hour=15, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tree(rows: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The comments nested as the API nests them; a missing parent comes back as the deleted comment it was."""
    top: list[dict[str, Any]] = []
    path: list[dict[str, Any]] = []
    n_deleted = 0
    for row in rows:
        del path[row["level"] :]
        while len(path) < row["level"]:
            n_deleted += 1
            path.append(
                _add(
                    path,
                    top,
                    {"id": -row["id"] - len(path), "text": None, "author": None, "created_at": None},
                )
            )
        stated = f"{row['time'][:19]}.000Z" if row["time"] else None
        comment = {"id": row["id"], "text": row["text_html"], "author": row["by"], "created_at": stated}
        path.append(_add(path, top, comment))
    return top, n_deleted


def _add(path: list[dict[str, Any]], top: list[dict[str, Any]], comment: dict[str, Any]) -> dict[str, Any]:
    comment |= {"type": "comment", "children": []}
    (path[-1]["children"] if path else top).append(comment)
    return comment


def put_index(root: Path, stories: list[dict[str, Any]]) -> None:
    """The search pages, newest first, with the account's other two monthly stories between."""
    hits: list[dict[str, Any]] = []
    for n, story in enumerate(reversed(stories)):
        month = story["title"][story["title"].rindex("(") :]
        hits.append(story)
        for k, other in enumerate(
            ("Ask HN: Who wants to be hired?", "Ask HN: Freelancer? Seeking freelancer?")
        ):
            hits.append({**story, "objectID": str(9_000_000_000 + 2 * n + k), "title": f"{other} {month}"})
    n_pages = -(-len(hits) // PAGE)
    for page in range(n_pages):
        answer = {
            "hits": hits[page * PAGE : (page + 1) * PAGE],
            "nbPages": n_pages,
            "page": page,
            "nbHits": len(hits),
        }
        put(root, f"{HN}/search_by_date?tags=story,author_whoishiring&hitsPerPage={PAGE}&page={page}", answer)


def _put_board(root: Path, file: Path, source: str, board: str, built: Built) -> None:
    payload = json.loads(file.read_text("utf-8"))
    put(root, ADDRESSES[source].format(board), payload)
    jobs = payload if isinstance(payload, list) else payload["jobs"]
    built.postings.setdefault(source, set()).update(str(job["id"]) for job in jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    built = build(options.folder, threads=options.threads)
    print(
        f"{len(built.adverts)} threads, {built.n_adverts} adverts, {built.n_replies} replies, {built.n_deleted} deleted"
    )


if __name__ == "__main__":
    main()
