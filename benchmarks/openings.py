"""Speed of placing postings in openings: all at once, again after 1 % changed, and the worst employer.

    .venv/bin/python -m benchmarks.openings [--sizes 100000 1000000] [--changed 0.01] [--seed 7]

The adverts are drawn, their sketches too (making a sketch belongs to the language stage): employers of
very unequal size, openings in one to four cities and on one to three sources, reposts month after month,
sibling roles that share half their text. Each size runs in a process of its own, so that its memory is
its own. Exit status 1 where the second pass differs from placing everything anew.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

WORST = 50_000
SHINGLES = 500
CITIES = ("Paris", "Lyon", "Berlin", "London", "Austin, TX", "Remote - US", "Bengaluru, India", None)
WORDS = [
    "Prompt",
    "Data",
    "Sales",
    "Account",
    "Product",
    "Machine",
    "Learning",
    "Platform",
    "Support",
    "Design",
]
RANKS = ("junior", "senior", "lead", "unspecified", "unspecified", "unspecified")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--changed", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    good = True
    for work in (*((measure, n, options.changed, options.seed) for n in options.sizes),
                 (measure_worst, WORST, 0.0, options.seed)):  # fmt: skip
        with context.Pool(1, maxtasksperchild=1) as pool:
            good &= pool.apply(work[0], work[1:])
    return 0 if good else 1


def measure(n: int, changed: float, seed: int) -> bool:
    from data.openings.cache import place_with
    from data.openings.sets import place

    adverts = drawn(n, seed)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "openings.cache"
        seconds, first = timed(place_with, adverts, kept)
        report(f"{n:,} anew", n, seconds, f"{first['opening_key'].nunique():,} openings")
        reasons = first["opening_reason"].value_counts().to_dict()
        print(f"  reasons {reasons}, {first['is_repost'].sum():,} reposts", flush=True)
        later = edited(adverts, changed, seed + 1)
        seconds, second = timed(place_with, later, kept)
        report(f"{n:,} with {changed:.0%} new or edited", len(later), seconds, "")
        seconds, again = timed(place_with, later, kept)
        report(f"{n:,} with nothing changed", len(later), seconds, "")
    same = second.equals(place(later)) and again.equals(second)
    print(f"  equal to placing all anew: {same}", flush=True)
    return same


def measure_worst(n: int, changed: float, seed: int) -> bool:
    """One employer, one title: alike in part (nothing merges), nearly alike (much merges)."""
    from data.openings.sets import place

    for name, likeness in (("half alike", 0.5), ("near-identical", 0.95)):
        times = []
        for size in (n // 10, n):
            adverts = one_employer(size, likeness, seed)
            seconds, found = timed(place, adverts)
            times.append(seconds)
            report(f"worst, {name}: {size:,}", size, seconds, f"{found['opening_key'].nunique():,} openings")
        print(f"  10 times the postings: {times[1] / times[0]:.1f} times the time", flush=True)
    return True


def timed(work: Any, *arguments: Any) -> tuple[float, Any]:
    """Seconds of processor time (one core; other processes do not count) and what `work` gives."""
    started = time.process_time()
    found = work(*arguments)
    return time.process_time() - started, found


def report(label: str, n: int, seconds: float, more: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{label}: {seconds:.1f} s of processor, {n / seconds:,.0f} postings/s, peak {peak:,.0f} MB {more}",
        flush=True,
    )


# --- drawn adverts --------------------------------------------------------------------------------


def drawn(n: int, seed: int) -> pd.DataFrame:
    """`n` adverts as data.openings.sets.IDENTITY, sorted by posting key."""
    import numpy as np

    rng = np.random.default_rng(seed)
    copies = rng.choice([1, 2, 3, 4, 6], size=n, p=[0.55, 0.2, 0.12, 0.08, 0.05])
    opening = np.repeat(np.arange(n), copies)[:n]
    n_openings = int(opening[-1]) + 1
    employer = (n_openings / 6 * rng.random(n_openings) ** 2.5).astype(int)[opening]
    role = rng.integers(0, 40, n_openings)[opening]
    start = rng.integers(0, 1_500, n_openings)[opening] + np.where(rng.random(n) < 0.3, 30, 0)
    length = rng.integers(1, 60, n)
    return frame(
        rng, employer=employer, role=role, opening=opening, start=start, end=start + length,
        sketches=sketches(rng, opening, employer * 40 + role),
    )  # fmt: skip


def frame(rng: np.random.Generator, *, employer: Any, role: Any, opening: Any, start: Any, end: Any,
          sketches: list[bytes]) -> pd.DataFrame:  # fmt: skip
    import numpy as np
    import pandas as pd

    n = len(opening)
    known = rng.random(n)
    cities = rng.integers(0, len(CITIES), n)
    titles = [f"{WORDS[r % 10]} {WORDS[r // 4]} Engineer" for r in range(40)]
    numbers = [f"R{i}" if k < 0.2 else None for i, k in zip(opening, rng.random(n), strict=True)]
    day = np.datetime64("2022-01-01")
    return pd.DataFrame(
        {
            "posting_key": [f"board:{i:08}" for i in range(n)],
            "start": (day + start).astype("datetime64[s]"),
            "end": (day + end).astype("datetime64[s]"),
            "employer_key": [f"employer {e}" if k > 0.03 else None for e, k in zip(employer, known, strict=True)],
            "title": [None if k > 0.98 else f"{titles[r]} - {CITIES[c]}" if CITIES[c] and k < 0.2 else titles[r]
                      for r, c, k in zip(role, cities, known, strict=True)],
            "seniority": [RANKS[r % len(RANKS)] for r in role],
            "url": [f"https://jobs.example.org/{e}/{o if k < 0.1 else f'p{i}'}?utm_source=x"
                    for i, (e, o, k) in enumerate(zip(employer, opening, rng.random(n), strict=True))],
            "requisition_id": pd.Series(numbers, dtype=object),
            "sketch": sketches,
            "place": pd.Series([CITIES[c] for c in cities], dtype=object),
        }
    )  # fmt: skip


def sketches(rng: np.random.Generator, opening: Any, family: Any, *, likeness: float = 0.96) -> list[bytes]:
    """A sketch per advert: half of it its family's (boilerplate), the rest its opening's, a little its own."""
    import numpy as np

    packed: list[bytes] = []
    k, half = 128, 64
    for start in range(0, len(opening), 20_000):
        part = slice(start, start + 20_000)
        hashes = np.hstack([_draws(family[part], half, 1), _draws(opening[part], k - half, 2)])
        own = rng.random(hashes.shape) > likeness
        hashes[own] = rng.integers(0, _TOP, int(own.sum()))
        hashes.sort(axis=1)
        packed += [row.tobytes() for row in hashes.astype(">u4")]
    return packed


_TOP = int(2**32 * 128 / SHINGLES)


def _draws(number: Any, width: int, salt: int) -> Any:
    """`width` hashes below _TOP for each number, the same for the same number."""
    import numpy as np

    x = (
        number.astype(np.uint64)[:, None] * np.uint64(1_000_003) + np.arange(width, dtype=np.uint64)
    ) * np.uint64(2)
    x = (x + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((x ^ (x >> np.uint64(29))) % np.uint64(_TOP)).astype(np.int64)


def edited(adverts: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """`adverts` with half of `share` edited (another text, seen later) and as many new ones."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(seed)
    n = max(1, int(len(adverts) * share / 2))
    rows = rng.choice(len(adverts), n, replace=False)
    changed = adverts.copy()
    changed.loc[rows, "end"] += pd.Timedelta(days=1)
    changed.loc[rows[: n // 2], "sketch"] = pd.Series(
        sketches(rng, rows[: n // 2] + 10**9, rows[: n // 2]), index=rows[: n // 2], dtype=object
    )
    new = adverts.iloc[rng.choice(len(adverts), n, replace=False)].copy()
    new["posting_key"] = [f"new:{i:08}" for i in range(n)]
    new["url"] = [f"https://jobs.example.org/new/{i}" for i in range(n)]
    return pd.concat([changed, new]).sort_values("posting_key", ignore_index=True)


def one_employer(n: int, likeness: float, seed: int) -> pd.DataFrame:
    import numpy as np

    rng = np.random.default_rng(seed)
    zeros, start = np.zeros(n, dtype=np.int64), rng.integers(0, 300, n)
    found = frame(rng, employer=zeros, role=zeros, opening=zeros, start=start, end=start + 30,
                  sketches=sketches(rng, zeros, zeros, likeness=likeness))  # fmt: skip
    url = [f"https://jobs.example.org/{i}" for i in range(n)]
    return found.assign(title="Engineer", url=url, requisition_id=None, employer_key="employer 0")


if __name__ == "__main__":
    sys.exit(main())
