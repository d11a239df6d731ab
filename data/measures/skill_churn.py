"""Churn: which skills enter and leave the list of those asked, beyond what chance would move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from data.measures.calendar import periods
from data.measures.coverage import RULES, Coverage, Figure, Measure
from data.measures.panel import cover_panel, panel_where
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import CHURN, TURNOVER
from data.measures.skill_series import check_grain, labels
from data.measures.skill_shares import TRUE_ZERO, reason_of
from data.measures.two_shares import Sample, design_effect, difference, equal_shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd

    from data.release import Release

FALSE_DISCOVERIES = 0.05
"""Of the changes called real, the share that may be chance."""

_ALL = ""  # the skill_id under which sql/skill_churn.sql counts all openings of a period
_NOTE = (
    "Only changes that chance hardly explains are named; quiet periods hide many, so turnover is a lower bound.",
    "Seuls les changements que le hasard n'explique guère sont nommés ; le renouvellement est une borne basse.",
)


@dataclass(frozen=True, slots=True)
class _Period:
    """The skills of one period in order of their ids: their openings over employers, and those the cell rule lists."""

    start: date
    sample: Sample
    employers: np.ndarray

    @property
    def is_listed(self) -> np.ndarray:
        least = RULES["cell"]
        listed: np.ndarray = (self.sample.k >= least.openings) & (self.employers >= least.employers)
        return listed


@dataclass(frozen=True, slots=True)
class _Step:
    """Two complete periods in a row, the skills named in one of them, and what was tested of these.

    `tested`: places of the tested skills in `skills`; p, q: their values; change: what each amounts to.
    """

    before: _Period
    after: _Period
    skills: list[str]
    tested: np.ndarray
    p: np.ndarray
    q: np.ndarray
    change: list[str | None]


def churn(release: Release, selection: Selection, *, grain: str = "year") -> Measure:
    """Skills whose share may have changed between complete periods in a row, one row each (columns CHURN).

    `change` names what chance hardly explains: a two-sample score test, its variance multiplied by the design effect
    of employers, false discoveries held at 5 % over the skills tested for one pair of periods (Benjamini, Y. and
    Hochberg, Y. (1995), JRSS B 57, 289-300). Tested are skills whose openings of both periods together pass the
    cell rule: a choice that does not depend on their difference (Bourgon et al. 2010, PNAS 107, 9546-9551).
    The coverage's figure is the turnover of the last pair. Raises SelectionError for an unknown grain.
    """
    steps, coverage = _steps(release, selection, grain)
    rows = [row for step in steps for row in _rows(step)]
    names = labels(release, sorted({row["skill_id"] for row in rows}))
    return Measure("skills.churn", from_rows(CHURN, [names[row["skill_id"]] | row for row in rows]), coverage)


def turnover(release: Release, selection: Selection, *, grain: str = "year") -> Measure:
    """How much of the list of asked skills was exchanged between complete periods in a row (columns TURNOVER).

    (entered + left) / (listed before + listed after), 0 to 1: Diamond, J. M. (1969), PNAS 64, 57-63. Beside it the
    same with every coming and going counted, and what that would be on average if no share had changed.
    """
    steps, coverage = _steps(release, selection, grain)
    return Measure("skills.turnover", from_rows(TURNOVER, map(_turnover, steps)), coverage)


def _steps(release: Release, selection: Selection, grain: str) -> tuple[list[_Step], Coverage]:
    check_grain(grain)
    where, values = panel_where(release, selection)
    sql = load_query("skill_churn").replace("{selected}", where).replace("{grain}", grain)
    sql = sql.replace("{least}", str(RULES["cell"].openings))
    frame = release.query(sql, values, scope=selection.scope)
    found = {day.date(): rows.set_index("skill_id") for day, rows in frame.groupby("month")}
    covered = periods(release, selection, found, grain=grain)
    steps = [
        _step(one.start, other.start, found[one.start], found[other.start])
        for one, other in pairwise(covered)
        if not (one.is_provisional or other.is_provisional) and one.start in found and other.start in found
    ]
    coverage = replace(cover_panel(release, selection, method="churn"), note=_NOTE)
    if not steps:
        return [], replace(coverage, withheld=coverage.withheld or Withheld.ONE_PERIOD)
    last = _turnover(steps[-1])
    withheld = coverage.withheld or last["withheld"]
    return steps, replace(coverage, figure=Figure(last["turnover"], "share"), withheld=withheld)


def _step(before: date, after: date, one: pd.DataFrame, other: pd.DataFrame) -> _Step:
    import numpy as np
    from scipy.stats import false_discovery_control

    skills = sorted((set(one.index) | set(other.index)) - {_ALL})
    first, second = _period(before, one, skills), _period(after, other, skills)
    least = RULES["cell"]
    # An employer of both periods counts once at least.
    employers = np.maximum(first.employers, second.employers)
    is_tested = (first.sample.k + second.sample.k >= least.openings) & (employers >= least.employers)
    tested = np.flatnonzero(is_tested)
    p = equal_shares(first.sample, second.sample)[tested]
    q = false_discovery_control(p) if len(p) else p
    order = np.lexsort((tested, p, q))
    tested, p, q = tested[order], p[order], q[order]
    is_real = q <= FALSE_DISCOVERIES
    change = [
        _change(first, second, at) if real else None
        for at, real in zip(tested.tolist(), is_real, strict=True)
    ]
    return _Step(first, second, skills, tested, p, q, change)


def _period(start: date, counts: pd.DataFrame, skills: list[str]) -> _Period:
    everything, named = counts.loc[_ALL], counts.reindex(skills)
    k, employers, squares, products = (
        named[name].fillna(0).to_numpy(dtype=float)
        for name in ("n_openings", "n_employers", "squares", "products")
    )
    n, clusters, sizes = (
        int(everything["n_openings"]),
        int(everything["n_clusters"]),
        float(everything["squares"]),
    )
    return _Period(start, Sample(k, n, clusters, squares, products, sizes), employers)


def _change(before: _Period, after: _Period, at: int) -> str | None:
    """What a real change is called. That a skill was not asked is known only among many openings."""
    is_up = after.sample.share[at] > before.sample.share[at]
    was_listed, is_listed = before.is_listed[at], after.is_listed[at]
    if was_listed and is_listed:
        return "rose" if is_up else "fell"
    if is_listed and is_up and before.sample.n >= TRUE_ZERO:
        return "entered"
    return "left" if was_listed and not is_up and after.sample.n >= TRUE_ZERO else None


def _rows(step: _Step) -> Iterator[dict[str, Any]]:
    """The rows of one pair of periods, surest first."""
    before, after = step.before.sample, step.after.sample
    gaps = [each.tolist() for each in difference(before, after)]
    effects = design_effect(before, after).tolist()
    for at, p, q, change in zip(
        step.tested.tolist(), step.p.tolist(), step.q.tolist(), step.change, strict=True
    ):
        one, one_reason = _share(step.before, at)
        other, other_reason = _share(step.after, at)
        withheld = one_reason or other_reason
        gap, low, high = (None, None, None) if withheld else (each[at] for each in gaps)
        yield {
            "month": step.after.start,
            "before": step.before.start,
            "skill_id": step.skills[at],
            "change": change,
            "n_before": int(before.k[at]),
            "n_all_before": before.n,
            "share_before": one,
            "n_openings": int(after.k[at]),
            "n_all": after.n,
            "share": other,
            "difference": gap,
            "difference_low": low,
            "difference_high": high,
            "design_effect": effects[at],
            "p_value": p,
            "q_value": q,
            "withheld": withheld,
        }


def _share(period: _Period, at: int) -> tuple[float | None, Withheld | None]:
    k, n = int(period.sample.k[at]), period.sample.n
    reason = reason_of(k, int(period.employers[at]), n)
    return (k / n if reason is None else None), reason


def _turnover(step: _Step) -> dict[str, Any]:
    before, after = step.before, step.after
    n_before, n_listed = int(before.is_listed.sum()), int(after.is_listed.sum())
    listed = n_before + n_listed
    moved = int((before.is_listed != after.is_listed).sum())
    reason = Withheld.FEW_OPENINGS if min(before.sample.n, after.sample.n) < TRUE_ZERO or not listed else None
    is_shown = reason is None
    return {
        "month": after.start,
        "before": before.start,
        "n_all_before": before.sample.n,
        "n_all": after.sample.n,
        "n_before": n_before,
        "n_listed": n_listed,
        "n_tested": len(step.tested),
        **{f"n_{change}": step.change.count(change) for change in ("entered", "left", "rose", "fell")},
        "turnover": (step.change.count("entered") + step.change.count("left")) / listed if is_shown else None,
        "turnover_raw": moved / listed if is_shown else None,
        "turnover_by_chance": _by_chance(before.sample, after.sample) / listed if is_shown else None,
        "withheld": reason,
    }


def _by_chance(before: Sample, after: Sample) -> float:
    """How many skills would on average be listed in one period and not in the other if no share had changed.

    By the number of openings only: the rule on employers makes a few more come and go.
    """
    from scipy.special import bdtrc

    p = (before.k + after.k) / (before.n + after.n)
    one, other = (bdtrc(RULES["cell"].openings - 1, sample.n, p) for sample in (before, after))
    return float((one * (1 - other) + other * (1 - one)).sum())
