"""Every chart once: which measure it shows and which figure draws it. Pages, tables and CSVs read this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from dashboard import remembered
from dashboard.figures import demand as demand_figures
from dashboard.figures import pay as pay_figures
from dashboard.figures import skills as skill_figures
from dashboard.figures.theme import Style
from dashboard.view import View
from data.frames import Column
from data.measures import columns, demand, skills
from data.measures.coverage import Measure
from data.measures.reported import reported_pay
from data.measures.selection import Selection

Draw = Callable[[pd.DataFrame, Style], go.Figure]
BENCHMARK_COUNTRIES = ("US", "GB", "FR", "DE", "CA")
GRAIN = "quarter"
MOST_LINES = 6
MEDIANS = ("lower_median", "upper_median")
ABSORPTION = (
    Column(
        "series",
        "text",
        (
            "role: the role itself; asks: other jobs that ask for it",
            "role : le poste lui-même ; asks : autres postes qui le demandent",
        ),
    ),
    *columns.FLOW,
)
TOP_SKILLS = (
    *columns.TOP_SKILLS,
    Column("level", "text", ("The level shown: all, or one", "Le niveau montré : tous, ou un seul")),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `values` are the columns it draws: where all are missing there is nothing to see.

    `origin` is the key of its source line: ours, or whose numbers they are.
    """

    key: str
    measure: Callable[[View], Measure]
    draw: Draw
    columns: tuple[Column, ...]
    values: tuple[str, ...]
    origin: str = "ours"


def grain_of(view: View) -> str:
    return view.own.get("grain", GRAIN)


def _flow(view: View) -> Measure:
    return remembered.flow(view.release, view.selection, grain=grain_of(view))


def _absorption(view: View, grain: str) -> Measure:
    """The flow of the role and of the jobs that ask for it, one under the other with a `series` column."""
    found = {
        role: remembered.flow(view.release, replace(view.selection, role=role), grain=grain)
        for role in ("role", "asks")
    }
    frames = [measure.frame.assign(series=role) for role, measure in found.items()]
    both = remembered.flow(view.release, replace(view.selection, role="any"), grain=grain)
    return replace(both, name="demand.absorption", frame=pd.concat(frames, ignore_index=True))


def _benchmark(view: View, series: str) -> Measure:
    countries = view.selection.country or BENCHMARK_COUNTRIES
    measure = demand.benchmarks(view.release, view.selection, countries=countries)
    frame = measure.frame[measure.frame["series"] == series].reset_index(drop=True)
    return replace(measure, frame=_inside(frame, view.selection))


def _inside(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The days within the selection's months."""
    months = frame["day"].dt.to_period("M").dt.to_timestamp()
    keep = pd.Series(True, index=frame.index)
    if selection.since:
        keep &= months >= pd.Timestamp(selection.since)
    if selection.until:
        keep &= months <= pd.Timestamp(selection.until)
    return frame[keep].reset_index(drop=True)


def _top_skills(view: View) -> Measure:
    level = view.own.get("level", "all")
    wanted = None if level == "all" else level
    measure = remembered.top_skills(view.release, view.selection, level=wanted, n=20)
    return replace(measure, frame=measure.frame.assign(level=level))


def _skills_by_year(view: View) -> Measure:
    top = remembered.top_skills(view.release, view.selection, n=MOST_LINES).frame
    ids = list(top[top["withheld"].isna()]["skill_id"])
    return skills.skills_by_year(view.release, view.selection, skill_ids=ids)


CHARTS: dict[str, Chart] = {
    chart.key: chart
    for chart in (
        Chart("flow", _flow, demand_figures.flow, columns.FLOW, ("n_openings",)),
        Chart("share", _flow, demand_figures.share, columns.FLOW, ("share_per_10k",)),
        Chart(
            "share_year",
            lambda v: remembered.flow(v.release, v.selection, grain="year"),
            demand_figures.share,
            columns.FLOW,
            ("share_per_10k",),
        ),
        Chart(
            "absorption",
            lambda v: _absorption(v, "year"),
            demand_figures.absorption,
            ABSORPTION,
            ("n_openings",),
        ),
        Chart(
            "absorption_grain",
            lambda v: _absorption(v, grain_of(v)),
            demand_figures.absorption,
            ABSORPTION,
            ("n_openings",),
        ),
        Chart(
            "stock",
            lambda v: remembered.stock_by_day(v.release, v.selection),
            demand_figures.stock,
            columns.STOCK,
            ("n_open",),
        ),
        Chart(
            "benchmark_index",
            lambda v: _benchmark(v, "indeed_postings_index"),
            demand_figures.benchmark,
            columns.BENCHMARKS,
            ("value",),
            "indeed",
        ),
        Chart(
            "benchmark_ai",
            lambda v: _benchmark(v, "indeed_ai_share"),
            demand_figures.benchmark,
            columns.BENCHMARKS,
            ("value",),
            "indeed",
        ),
        Chart(
            "pay_by_year",
            lambda v: remembered.pay_by_year(v.release, v.selection),
            pay_figures.by_year,
            columns.PAY,
            MEDIANS,
        ),
        Chart(
            "pay_distribution",
            lambda v: remembered.pay_distribution(v.release, v.selection),
            pay_figures.distribution,
            columns.DISTRIBUTION,
            ("lower", "upper"),
        ),
        Chart(
            "claim",
            lambda v: remembered.claim_share(v.release, v.selection),
            pay_figures.claim,
            columns.CLAIM,
            ("share",),
        ),
        Chart(
            "gig_by_year",
            lambda v: remembered.pay_by_year(v.release, v.selection, market="gig"),
            pay_figures.gig_by_year,
            columns.PAY,
            MEDIANS,
        ),
        Chart(
            "reported",
            lambda v: reported_pay(v.release),
            pay_figures.reported,
            columns.REPORTED,
            ("median",),
            "reported",
        ),
        Chart("top_skills", _top_skills, skill_figures.top, TOP_SKILLS, ("n_openings",)),
        Chart("skills_by_year", _skills_by_year, skill_figures.by_year, columns.SKILLS_BY_YEAR, ("share",)),
        Chart(
            "soft_skills",
            lambda v: remembered.soft_skills(v.release, v.selection),
            skill_figures.soft,
            columns.SOFT_SKILLS,
            ("share",),
        ),
    )
}
