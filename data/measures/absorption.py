"""Absorption: is prompting a job of its own, or a skill that other jobs ask for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.calendar import Period, periods
from data.measures.coverage import Coverage, Figure, Measure, as_date, withhold
from data.measures.demand_columns import ABSORPTION
from data.measures.exact import clopper_pearson
from data.measures.panel import TOGETHER, cover_panel, panel_where
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

# What counts as the job -> condition over alias p; the other openings that ask for prompting are those beside it.
JOBS: dict[str, str] = {
    "title": "p.prompt_relation = 'title'",
    "role": "p.prompt_relation IN ('title', 'core')",
}
# How the openings are told apart -> the column of postings.
GROUPS: dict[str | None, str] = {None: "CAST(NULL AS VARCHAR)", "kind": "p.domain", "work": "p.work_kind"}


def absorption(
    release: Release,
    selection: Selection,
    *,
    grain: str = "year",
    by: str | None = None,
    job: str = "title",
) -> Measure:
    """Openings for prompt engineers against openings of other titles that ask for prompting (columns ABSORPTION).

    One row per period of `grain` (month, quarter, year), or per period and group: `by` is "kind" (field of the
    employer or role) or "work" (kind of work). `job` is "title" (the title says it) or "role" (or prompt work is a
    main duty). The selection's role is not applied. `ratio` = n_job / n_other, withheld below the cell rule over
    both and where there is no other opening. Given their sum, n_job of two Poisson counts is binomial, so the
    interval of the ratio is that of the odds of their share (Przyborowski & Wilenski 1940, Biometrika 31, 313-323)
    with exact limits (Clopper & Pearson 1934, Biometrika 26, 404-413). Raises SelectionError for unknown options,
    KeyError for an unknown grain.
    """
    _check("by", by, GROUPS)
    _check("job", job, JOBS)
    panel, values = panel_where(release, replace(selection, role="any"))
    sql = load_query("absorption").replace("{panel}", panel).replace("{grain}", grain)
    sql = sql.replace("{group}", GROUPS[by]).replace("{job}", JOBS[job])
    counts: dict[date, list[dict[str, Any]]] = {}
    for row in release.query(sql, values, scope=replace(selection, role="any").scope).to_dict("records"):
        month = as_date(row["month"])
        if month is not None:
            counts.setdefault(month, []).append(row)
    rows = [
        _row(period, group)
        for period in periods(release, selection, counts, grain=grain)
        for group in _groups(period, counts.get(period.start, []), by)
    ]
    whole = cover_panel(release, replace(selection, role="any"), method="absorption")
    coverage = replace(whole, note=TOGETHER)
    return Measure("demand.absorption", from_rows(ABSORPTION, rows), _spoken(coverage, rows, by))


def _check(name: str, value: str | None, allowed: dict[Any, str]) -> None:
    if value not in allowed:
        raise SelectionError(
            "not_allowed", name=name, value=str(value), allowed=", ".join(key for key in allowed if key)
        )


def _groups(period: Period, found: Sequence[dict[str, Any]], by: str | None) -> list[dict[str, Any]]:
    """The counts of a period by group; a hole has one row without, an observed one without any, a true 0."""
    none = {"group_key": None, "n_job": 0, "n_other": 0, "n_employers": 0}
    return list(found) or [none if period.is_covered else dict.fromkeys(none)]


def _row(period: Period, counts: dict[str, Any]) -> dict[str, object]:
    n_job, n_other = counts["n_job"], counts["n_other"]
    return {
        "month": period.start,
        "group": counts["group_key"],
        "n_job": n_job,
        "n_other": n_other,
        "n_employers": counts["n_employers"],
        **(_ratio(n_job, n_other, counts["n_employers"]) if period.is_covered else dict.fromkeys(_VALUES)),
        "is_provisional": period.is_provisional,
        "is_covered": period.is_covered,
        "reason": period.reason,
    }


_VALUES = ("share", "share_low", "share_high", "ratio", "ratio_low", "ratio_high", "withheld")


def _ratio(n_job: int, n_other: int, n_employers: int) -> dict[str, object]:
    n = n_job + n_other
    ends, reason = clopper_pearson(n_job, n), withhold("cell", n, n_employers)
    if reason is not None or ends is None:
        return dict.fromkeys(_VALUES) | {"withheld": reason}
    low, high = ends
    return {
        "share": n_job / n,
        "share_low": low,
        "share_high": high,
        "ratio": n_job / n_other if n_other else None,
        "ratio_low": low / (1 - low),
        "ratio_high": high / (1 - high) if n_other else None,
        "withheld": None if n_other else Withheld.NO_COMPARISON,
    }


def _spoken(coverage: Coverage, rows: Sequence[dict[str, Any]], by: str | None) -> Coverage:
    """The ratio of the latest complete period stands for the series (of the latest, where none is complete)."""
    covered = [row for row in rows if row["is_covered"]]
    if by is not None or not covered or coverage.withheld is not None:
        return coverage
    last = ([row for row in covered if not row["is_provisional"]] or covered)[-1]
    if last["ratio"] is None:
        return replace(coverage, figure=Figure(None, "ratio"), withheld=last["withheld"])
    figure = Figure(last["ratio"], "ratio", last["ratio_low"], last["ratio_high"], Interval.CLOPPER_PEARSON)
    return replace(coverage, figure=figure, provisional=bool(last["is_provisional"]))
