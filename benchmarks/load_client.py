"""The bare client to compare with: downloads and json-decodes the answers, some at once, and does nothing else.

python -m benchmarks.load_client URL FOLDER --at-once 8
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import aiohttp


async def fetch(session: aiohttp.ClientSession, paths: Iterator[str]) -> int:
    """Ask for what is left of `paths`, one after another; returns the number of postings decoded."""
    found = 0
    for path in paths:
        async with session.get(path) as response:
            payload = json.loads(await response.read())
        found += len(payload.get("jobs", ()))
    return found


async def fetch_all(url: str, paths: list[str], at_once: int) -> int:
    left = iter(paths)
    async with aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=at_once)) as session:
        return sum(await asyncio.gather(*(fetch(session, left) for _ in range(at_once))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--at-once", type=int, default=8)
    options = parser.parse_args()
    paths = json.loads((options.folder / "answers.json").read_text())["paths"]
    print(json.dumps({"postings": asyncio.run(fetch_all(options.url, paths, options.at_once))}))


if __name__ == "__main__":
    main()
