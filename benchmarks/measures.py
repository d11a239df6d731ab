"""Speed of every report over one release: median, 95th percentile, first call, ratio to the bare query, memory.

    .venv/bin/python -m benchmarks.releases /tmp/1M --postings 1000000
    .venv/bin/python -m benchmarks.measures /tmp/1M [--rounds 20] [--only NAME ...] [--json]

Every report of `data.reports.REPORTS` is timed over several sets of filters, with another selection in each round, so
that no answer is remembered from the round before. The bars: median 150 ms and 95th percentile 400 ms up to a million
postings, median 1.5 s above, with three filters; 2 GB of memory in all; at most twice the time of the bare query
(benchmarks/bare.py) or FLOOR. Exit status 1 where one is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks.bare import asked_by, bare_seconds, columns_read
from data.measures.selection import Selection
from data.release import Release, open_release
from data.reporting.report import Report
from data.reports import REPORTS

MILLION = 1_000_000
MEMORY = 2_000.0
"""Megabytes that the whole run may take at most."""
RATIO = 2.0
FLOOR = 0.05
"""Seconds below which the ratio to the bare query says nothing: frames and intervals cost as much as reading."""
COUNTRIES = ("US", "FR", "GB", "DE", "CA")
TOLERATED = frozenset({"all"})
"""Sets whose broken bars are shown but do not fail the run: the whole market is read from the files (decision 0022)."""
LISTS = frozenset({"postings"})
"""Reports whose answer is the adverts themselves: not judged for all roles, and a million rows is nobody's question."""


def three(number: int, role: str = "role") -> Selection:
    """The `number`-th selection with three filters besides the role: country, remote, first month."""
    since = date(2024 + number % 2, 1 + number % 12, 1)
    remote = ("remote", "hybrid", "onsite")[number % 3]
    return Selection(role=role, country=(COUNTRIES[number % 5],), remote=(remote,), since=since)


def one(number: int, role: str = "role") -> Selection:
    """The `number`-th selection with no filter but a last month that cuts nothing."""
    return Selection(role=role, until=date(2027 + number // 12, 1 + number % 12, 1))


# Name -> (the selection of each round, are the bars for it?).
SETS: dict[str, tuple[Callable[[int], Selection], bool]] = {
    "three": (three, True),
    "any": (lambda number: three(number, "any"), True),
    "none": (one, False),
    "all": (lambda number: three(number, "all"), True),
    "everything": (lambda number: one(number, "all"), False),
}


@dataclass(frozen=True, slots=True)
class Timing:
    """One report over one set of filters; times in milliseconds, `ratio` to the bare query, `broken` bars.

    `processor`: mean time on all cores together, which other processes of the machine lengthen far less.
    """

    report: str
    filters: str
    median: float
    p95: float
    first: float
    processor: float
    bare: float | None
    ratio: float | None
    rows: int
    broken: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a releases folder")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--only", nargs="+", choices=REPORTS, default=list(REPORTS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.perf_counter()
    release = open_release(options.folder)
    opened = time.perf_counter() - started
    plain = open_release(options.folder, in_memory=False)
    n = int(release.manifest["counts"]["postings"])
    found = [
        timing(release, plain, name, filters, n=n, rounds=options.rounds)
        for filters in options.sets
        for name in options.only
        if not (filters == "everything" and name in LISTS)
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if options.json:
        print(json.dumps({"n": n, "opened": opened, "peak": peak, "timings": [asdict(t) for t in found]}))
    else:
        show(found, n=n, opened=opened, peak=peak)
    failed = any(each.broken for each in found if each.filters not in TOLERATED)
    return 1 if peak > MEMORY or failed else 0


def timing(release: Release, plain: Release, name: str, filters: str, *, n: int, rounds: int) -> Timing:
    """Time report `name` over the set `filters`; the first of the calls makes what is kept in memory."""
    report, (selection, is_barred) = REPORTS[name], SETS[filters]
    first, rows = timed(release, report, selection(0))
    burnt = time.process_time()
    times = sorted(timed(release, report, selection(number))[0] for number in range(1, rounds + 1))
    median, p95 = statistics.median(times), times[max(0, -(-95 * rounds // 100) - 1)]
    processor = (time.process_time() - burnt) / rounds
    columns = columns_read(plain, asked_by(plain, report, selection(0)))
    bare = bare_seconds(plain, columns, selection(0)) if columns else None
    ratio = median / bare if bare else None
    barred = is_barred and not (name in LISTS and selection(0).role == "all")
    broken = broken_bars(median, p95, ratio, n=n) if barred else ()
    of = (None if bare is None else 1e3 * bare, None if ratio is None else ratio)
    return Timing(name, filters, 1e3 * median, 1e3 * p95, 1e3 * first, 1e3 * processor, *of, rows, broken)


def timed(release: Release, report: Report, selection: Selection) -> tuple[float, int]:
    """Seconds that a report takes, and its rows."""
    started = time.perf_counter()
    measure = report.measure(release, selection)
    return time.perf_counter() - started, len(measure.frame)


def broken_bars(median: float, p95: float, ratio: float | None, *, n: int) -> tuple[str, ...]:
    """The bars that seconds and a ratio break over a release of `n` postings."""
    slow = median > (0.15 if n <= MILLION else 1.5)
    tail = n <= MILLION and p95 > 0.4
    twice = ratio is not None and ratio > RATIO and median > FLOOR
    return tuple(name for name, is_broken in (("median", slow), ("p95", tail), ("ratio", twice)) if is_broken)


def show(found: list[Timing], *, n: int, opened: float, peak: float) -> None:
    """Print the timings, slowest first within a set of filters."""
    load = os.getloadavg()[0]
    print(
        f"{n:,} postings; opened in {1e3 * opened:.0f} ms; peak {peak:,.0f} MB; load {load:.1f}; milliseconds"
    )
    print(
        f"{'filters':10} {'report':24} {'median':>8} {'p95':>8} {'first':>8} {'cpu':>8} {'bare':>8} {'ratio':>6} {'rows':>8}"
    )
    for filters in dict.fromkeys(each.filters for each in found):
        for t in sorted((t for t in found if t.filters == filters), key=lambda t: -t.median):
            bare, ratio = (f"{t.bare:8.0f}", f"{t.ratio:6.1f}") if t.bare and t.ratio else (" " * 8, " " * 6)
            print(
                f"{t.filters:10} {t.report:24} {t.median:8.0f} {t.p95:8.0f} {t.first:8.0f} {t.processor:8.0f} {bare} {ratio} {t.rows:8} "
                f"{' '.join(t.broken)}".rstrip()
            )


if __name__ == "__main__":
    sys.exit(main())
