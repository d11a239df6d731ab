"""Measures against a known truth: bias and coverage over many drawn markets.

    .venv/bin/python -m benchmarks.validation [--replications 400] [--only flow pay] [--processes 2] [--json] [--write docs]

Each experiment of tests/simulator draws markets whose truth is known, shows them to an observer with daily checks,
and asks a measure. A 95 % interval must hold the truth in at least 93 % of them. Seeds are 0 to replications - 1, so
that a run can be repeated. `--write` puts the tables into validation.md and validation.fr.md of that folder.
Exit status 1 where a row does not do what is asked of it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.validation_tables import write_docs
from tests.simulator.experiments import EXPERIMENTS
from tests.simulator.trial import Estimate, Result, results, run

CHUNK = 10


def main() -> int:
    options = _options()
    found: dict[str, list[Result]] = {}
    for name in options.only or EXPERIMENTS:
        started = time.perf_counter()
        estimates = estimated(name, options.replications, options.processes)
        found[name] = results(EXPERIMENTS[name], estimates)
        if not options.json:
            report(name, found[name], time.perf_counter() - started)
        if options.write is not None:
            write_docs(options.write, {name: found[name]}, options.replications)
    if options.json:
        print(json.dumps({name: [asdict(row) for row in rows] for name, rows in found.items()}, indent=1))
    return 0 if all(row.holds for rows in found.values() for row in rows) else 1


def _options() -> Any:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replications", type=int, default=400)
    parser.add_argument("--only", nargs="+", choices=list(EXPERIMENTS), metavar="EXPERIMENT")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    return parser.parse_args()


def estimated(name: str, replications: int, processes: int) -> list[Estimate]:
    """The estimates of all trials of an experiment, in the order of their seeds."""
    chunks = [
        (name, range(start, min(start + CHUNK, replications))) for start in range(0, replications, CHUNK)
    ]
    if processes < 2:
        return [one for chunk in chunks for one in _trials(*chunk)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return [one for found in pool.starmap(_trials, chunks) for one in found]


def _trials(name: str, seeds: Sequence[int]) -> list[Estimate]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return run(EXPERIMENTS[name], seeds)


def report(name: str, found: Sequence[Result], seconds: float) -> None:
    print(f"{name}: {EXPERIMENTS[name].measure} ({seconds:.0f} s)")
    for line in _lines(name, found):
        print(line)
    sys.stdout.flush()


def _lines(name: str, found: Sequence[Result]) -> Iterator[str]:
    for one in found:
        row = EXPERIMENTS[name].rows[one.row]
        bias = (
            "–" if one.bias is None else f"{100 * one.bias:+.2f} %" if row.is_relative else f"{one.bias:+.4f}"
        )
        error = "" if one.error is None else f" ± {100 * one.error if row.is_relative else one.error:.4f}"
        covered = "–" if one.coverage is None else f"{one.coverage:.3f}"
        verdict = "holds" if one.holds else "FAILS"
        yield (
            f"  {one.row:24} truth {one.truth:12.4f}  bias {bias}{error}  covers {covered}  "
            f"shown {one.n_shown} of {one.n}  {row.claim}: {verdict}"
        )


if __name__ == "__main__":
    sys.exit(main())
