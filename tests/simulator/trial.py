"""Trials: what a measure says in many drawn markets, held against what is true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev
from tempfile import TemporaryDirectory

from data.measures.intervals import wilson

Words = tuple[str, str]
"""A text in (English, French)."""

LEAST_COVERAGE = 0.93
"""What a 95 % interval must cover at least (issue 5)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of one trial. `value` is None where it was withheld; ends are None where there is no interval."""

    row: str
    truth: float
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def covers(self) -> bool | None:
        if self.low is None or self.high is None:
            return None
        return self.low <= self.truth <= self.high


class Claim(StrEnum):
    """What is asked of a row of results.

    COVERS: its interval holds the truth in at least LEAST_COVERAGE of the trials. EXACT: the value is the truth,
    always. BOUNDS: the interval holds the truth, always. UNBIASED: the mean error is within `limit`.
    BIASED, NARROW: by construction it is off, or its interval too narrow, and the measure says so (`said`); the row
    shows how much. NAIVE: what the product does not publish, to compare with.
    """

    COVERS = "covers"
    EXACT = "exact"
    BOUNDS = "bounds"
    UNBIASED = "unbiased"
    BIASED = "biased"
    NARROW = "narrow"
    NAIVE = "naive"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an experiment's results: what is estimated, and what is asked of it.

    `is_relative`: the bias is a share of the truth, else in units of it; so is the `limit` of it. `said`: the words of
    docs/method.md and docs/method.fr.md that tell the reader what is off.
    """

    label: Words
    claim: Claim
    is_relative: bool = True
    limit: float = 0.03
    said: Words | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """A question put to many drawn markets. `run` gives the estimates of one trial, by its seed, in an empty folder."""

    id: str
    measure: str
    question: Words
    rows: dict[str, Row]
    run: Callable[[int, Path], Iterable[Estimate]]
    market: Words


@dataclass(frozen=True, slots=True)
class Result:
    """What a row came to over the trials. bias, error (its standard error), truth: as Row.is_relative says."""

    row: str
    n: int
    n_shown: int
    truth: float
    bias: float | None
    error: float | None
    coverage: float | None
    coverage_low: float | None
    coverage_high: float | None
    width: float | None
    holds: bool


def run(experiment: Experiment, seeds: Iterable[int]) -> list[Estimate]:
    """The estimates of all trials, each in a folder of its own that is then gone."""
    found: list[Estimate] = []
    for seed in seeds:
        with TemporaryDirectory() as folder:
            found += experiment.run(seed, Path(folder))
    return found


def results(experiment: Experiment, estimates: Sequence[Estimate], *, sure: float = 0.0) -> list[Result]:
    """One result a row, in the experiment's order.

    `sure`: how many standard errors short of its claim a row may be, for runs of few trials.
    """
    return [
        _result(name, row, [e for e in estimates if e.row == name], sure)
        for name, row in experiment.rows.items()
    ]


def _result(name: str, row: Row, all_of: Sequence[Estimate], sure: float) -> Result:
    shown = [e for e in all_of if e.value is not None]
    errors = [_error(row, e) for e in shown]
    bias = fmean(errors) if errors else None
    error = stdev(errors) / sqrt(len(errors)) if len(errors) > 1 else None
    covering = [e.covers for e in shown if e.covers is not None]
    coverage = sum(covering) / len(covering) if covering else None
    ends = wilson(sum(covering), len(covering)) if covering else None
    widths = [
        (e.high - e.low) / (abs(e.truth) or 1.0) for e in shown if e.low is not None and e.high is not None
    ]
    return Result(
        row=name,
        n=len(all_of),
        n_shown=len(shown),
        truth=fmean(e.truth for e in all_of),
        bias=bias,
        error=error,
        coverage=coverage,
        coverage_low=ends[0] if ends else None,
        coverage_high=ends[1] if ends else None,
        width=fmean(widths) if widths else None,
        holds=_holds(row, shown, bias, error, coverage, len(covering), sure),
    )


def _error(row: Row, one: Estimate) -> float:
    assert one.value is not None
    return (one.value - one.truth) / one.truth if row.is_relative else one.value - one.truth


def _holds(
    row: Row,
    shown: Sequence[Estimate],
    bias: float | None,
    error: float | None,
    coverage: float | None,
    n: int,
    sure: float,
) -> bool:
    """Does the row do what is asked of it? Never where nothing was shown."""
    if bias is None:
        return False
    if row.claim is Claim.NAIVE:
        return True
    if row.claim in (Claim.BIASED, Claim.NARROW):
        return row.said is not None and (sure > 0 or _is_off(row, bias, error, coverage))
    if row.claim is Claim.EXACT:
        return all(abs(_error(row, one)) < 1e-9 for one in shown)
    if row.claim is Claim.UNBIASED:
        return abs(bias) <= row.limit + sure * (error or 0.0)
    if coverage is None:
        return False
    if row.claim is Claim.BOUNDS:
        return coverage == 1.0
    return coverage >= LEAST_COVERAGE - sure * sqrt(LEAST_COVERAGE * (1 - LEAST_COVERAGE) / n)


def _is_off(row: Row, bias: float, error: float | None, coverage: float | None) -> bool:
    """Is what is said to be off really off? What is not must not be told of either."""
    if row.claim is Claim.BIASED:
        return error is not None and abs(bias) > 2 * error
    return coverage is not None and coverage < 0.95
