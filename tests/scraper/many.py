"""Runs many crawls one after another in one process, as each would run in its own: the start-up is paid once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.replay import Replay
from tests.scraper.crawling import environ

_RUNNER = """
import json, sys
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from twisted.internet import reactor
from twisted.internet.defer import Deferred, ensureDeferred
crawls, settings = json.loads(sys.argv[1])
async def all_of():
    chosen = get_project_settings()
    chosen.update(settings, priority="cmdline")
    runner = AsyncCrawlerRunner(chosen)
    for source, arguments in crawls:
        await Deferred.fromFuture(runner.crawl(source, **arguments))
ensureDeferred(all_of()).addErrback(lambda f: print(f, file=sys.stderr)).addBoth(lambda _: reactor.stop())
reactor.run()
"""


def run_many(
    server: Replay,
    home: Path,
    crawls: Sequence[tuple[str, Mapping[str, str]]],
    *,
    env: Mapping[str, str] | None = None,
    **settings: object,
) -> list[dict[str, object]]:
    """Each crawl is (source, its arguments); returns their result events in the same order."""
    whole = {
        **os.environ,
        **environ(server, home),
        **(env or {}),
        "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        "SCRAPY_SETTINGS_MODULE": "scraper.settings",
    }
    words = json.dumps([crawls, {**settings}])
    # The crawls watch their standard input, as they do under a parent that may die.
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, words],
        env=whole,
        capture_output=True,
        text=True,
        stdin=subprocess.PIPE,
        timeout=170,
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    results = [event for event in told if event["event"] == "result"]
    assert done.returncode == 0 and len(results) == len(crawls), done.stderr[-3000:]
    return results
