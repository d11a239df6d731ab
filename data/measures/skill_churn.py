"""Churn: which skills enter and leave the list of those asked, beyond what chance would move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from data.measures.calendar import periods
from data.measures.coverage import RULES, Coverage, Figure, Measure, Withheld, as_date, withhold
from data.measures.panel import cover_panel, panel_where
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import CHURN, TURNOVER
from data.measures.skill_series import check_grain, labels
from data.measures.skill_shares import TRUE_ZERO, share_of
from data.measures.two_shares import Sample, design_effect, difference, equal_shares

if TYPE_CHECKING:
    from data.release import Release

FALSE_DISCOVERIES = 0.05
"""Of the changes called real, the share that may be chance."""

_ALL = ""  # the skill_id under which sql/skill_churn.sql counts all openings of a period
_NOTE = (
    "Only changes that chance hardly explains are named; quiet periods hide many, so turnover is a lower bound.",
    "Seuls les changements que le hasard n'explique guère sont nommés ; le renouvellement est une borne basse.",
)


@dataclass(frozen=True, slots=True)
class _Count:
    """A skill in one period: its openings over employers, and whether the cell rule lists it."""

    sample: Sample
    employers: int

    @property
    def is_listed(self) -> bool:
        return withhold("cell", self.sample.k, self.employers) is None


@dataclass(frozen=True, slots=True)
class _Step:
    """Two complete periods in a row, the counts of the skills named in them, and the rows of those tested."""

    before: date
    after: date
    sizes: tuple[int, int]
    skills: dict[str, tuple[_Count, _Count]]
    tested: list[dict[str, Any]] = field(default_factory=list)


def churn(release: Release, selection: Selection, *, grain: str = "year") -> Measure:
    """Skills whose share may have changed between complete periods in a row, one row each (columns CHURN).

    `change` names what chance hardly explains: a two-sample score test, its variance multiplied by the design effect
    of employers, false discoveries held at 5 % over the skills tested for one pair of periods (Benjamini, Y. and
    Hochberg, Y. (1995), JRSS B 57, 289-300). Tested are skills whose openings of both periods together pass the
    cell rule: a choice that does not depend on their difference (Bourgon et al. 2010, PNAS 107, 9546-9551).
    The coverage's figure is the turnover of the last pair. Raises SelectionError for an unknown grain.
    """
    steps, coverage = _steps(release, selection, grain)
    rows = [row for step in steps for row in step.tested]
    names = labels(release, sorted({row["skill_id"] for row in rows}))
    ordered = sorted(rows, key=lambda row: (row["month"], row["q_value"], row["p_value"], row["skill_id"]))
    return Measure("skills.churn", from_rows(CHURN, [names[r["skill_id"]] | r for r in ordered]), coverage)


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
    found: dict[date, dict[str, dict[str, Any]]] = {}
    for row in release.query(sql, values, scope=selection.scope).to_dict("records"):
        month = as_date(row["month"])
        if month is not None:
            found.setdefault(month, {})[row["skill_id"]] = row
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


def _step(
    before: date, after: date, one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]
) -> _Step:
    ids = sorted((one.keys() | other.keys()) - {_ALL})
    counts = {skill: (_count(one, skill), _count(other, skill)) for skill in ids}
    step = _Step(before, after, (int(one[_ALL]["n_openings"]), int(other[_ALL]["n_openings"])), counts)
    step.tested.extend(_tested(step))
    return step


def _count(period: dict[str, dict[str, Any]], skill: str) -> _Count:
    everything, row = period[_ALL], period.get(skill)
    n, clusters, sizes = (
        int(everything["n_openings"]),
        int(everything["n_clusters"]),
        float(everything["squares"]),
    )
    if row is None:
        return _Count(Sample(0, n, clusters, 0.0, 0.0, sizes), 0)
    sample = Sample(int(row["n_openings"]), n, clusters, row["squares"], row["products"], sizes)
    return _Count(sample, int(row["n_employers"]))


def _tested(step: _Step) -> list[dict[str, Any]]:
    """The rows of one pair of periods, each with its q-value and what it amounts to."""
    from scipy.stats import false_discovery_control

    rows = [_row(step, skill, *counts) for skill, counts in step.skills.items() if _is_tested(*counts)]
    if not rows:
        return []
    for row, q in zip(rows, false_discovery_control([row["p_value"] for row in rows]), strict=True):
        row["q_value"] = float(q)
        row["change"] = _change(*step.skills[row["skill_id"]]) if q <= FALSE_DISCOVERIES else None
    return rows


def _is_tested(before: _Count, after: _Count) -> bool:
    """Do both periods together pass the cell rule? An employer of both counts once at least."""
    employers = max(before.employers, after.employers)
    return withhold("cell", before.sample.k + after.sample.k, employers) is None


def _row(step: _Step, skill: str, before: _Count, after: _Count) -> dict[str, Any]:
    one, other = (share_of(each.sample.k, each.employers, each.sample.n) for each in (before, after))
    withheld = one["withheld"] or other["withheld"]
    gap, low, high = difference(before.sample, after.sample) if withheld is None else (None, None, None)
    return {
        "month": step.after,
        "before": step.before,
        "skill_id": skill,
        "n_before": before.sample.k,
        "n_all_before": before.sample.n,
        "share_before": one["share"],
        "n_openings": after.sample.k,
        "n_all": after.sample.n,
        "share": other["share"],
        "difference": gap,
        "difference_low": low,
        "difference_high": high,
        "design_effect": design_effect(before.sample, after.sample),
        "p_value": equal_shares(before.sample, after.sample),
        "withheld": withheld,
    }


def _change(before: _Count, after: _Count) -> str | None:
    """What a real change is called. That a skill was not asked is known only among many openings."""
    is_up = after.sample.share > before.sample.share
    if before.is_listed and after.is_listed:
        return "rose" if is_up else "fell"
    if after.is_listed and is_up and before.sample.n >= TRUE_ZERO:
        return "entered"
    return "left" if before.is_listed and not is_up and after.sample.n >= TRUE_ZERO else None


def _turnover(step: _Step) -> dict[str, Any]:
    n_before, n_listed = (sum(counts[at].is_listed for counts in step.skills.values()) for at in (0, 1))
    listed = n_before + n_listed
    changes = [row["change"] for row in step.tested]
    moved = sum(one.is_listed != other.is_listed for one, other in step.skills.values())
    reason = Withheld.FEW_OPENINGS if min(step.sizes) < TRUE_ZERO or not listed else None
    is_shown = reason is None
    return {
        "month": step.after,
        "before": step.before,
        "n_all_before": step.sizes[0],
        "n_all": step.sizes[1],
        "n_before": n_before,
        "n_listed": n_listed,
        "n_tested": len(step.tested),
        **{f"n_{change}": changes.count(change) for change in ("entered", "left", "rose", "fell")},
        "turnover": (changes.count("entered") + changes.count("left")) / listed if is_shown else None,
        "turnover_raw": moved / listed if is_shown else None,
        "turnover_by_chance": _by_chance(step) / listed if is_shown else None,
        "withheld": reason,
    }


def _by_chance(step: _Step) -> float:
    """How many skills would on average be listed in one period and not in the other if no share had changed.

    By the number of openings only: the rule on employers makes a few more come and go.
    """
    import numpy as np
    from scipy.special import bdtrc

    named = np.array([[one.sample.k, other.sample.k] for one, other in step.skills.values()])
    p = named.sum(axis=1) / sum(step.sizes)
    one, other = (bdtrc(RULES["cell"].openings - 1, n, p) for n in step.sizes)
    return float((one * (1 - other) + other * (1 - one)).sum())
