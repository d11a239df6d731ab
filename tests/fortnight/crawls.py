"""The crawls of a plan, one after another, each at its own time: python -m tests.fortnight.crawls PLAN (JSON).

Apart, each is a process of its own through scraper.run.crawl, as the scheduler has it; together, they share
one process, so that its start is paid once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CLOCK = Path(__file__).parent / "clock"


def begin(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The plan's steps, each announced to the world's server before it begins."""
    for step in plan["steps"]:
        with urlopen(f"{plan['server']}/step/{step['number']}/{step['day']}") as answer:
            answer.read()
        yield step


def apart(plan: Mapping[str, Any]) -> None:
    from scraper.run import crawl

    path = os.pathsep.join(filter(None, (str(CLOCK), os.environ.get("PYTHONPATH"))))
    for step in begin(plan):
        for time in step["times"]:
            env = {"FORTNIGHT_NOW": time, "PYTHONPATH": path}
            if crawl(step["source"], environ=env, settings=plan["settings"]).run_id is not None:
                break  # else the crawl was killed, and is asked for again


def together(plan: Mapping[str, Any]) -> None:
    import time_machine
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.utils.project import get_project_settings
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred, ensureDeferred

    async def all_of() -> None:
        settings = get_project_settings()
        settings.update(plan["settings"], priority="cmdline")
        runner = AsyncCrawlerRunner(settings)
        for step in begin(plan):
            now = datetime.fromisoformat(step["times"][0]).replace(tzinfo=UTC)
            with time_machine.travel(now, tick=True):
                await Deferred.fromFuture(runner.crawl(step["source"]))

    done = ensureDeferred(all_of())
    done.addErrback(lambda failure: sys.stderr.write(str(failure)))
    done.addBoth(lambda _: reactor.stop())
    reactor.run()


if __name__ == "__main__":
    chosen = json.loads(Path(sys.argv[1]).read_text())
    (apart if chosen["apart"] else together)(chosen)
