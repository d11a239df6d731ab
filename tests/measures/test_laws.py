"""Laws that every report obeys, over small random releases: a new report joins by being in REPORTS."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.frames import TABLES
from data.measures import demand
from data.measures.reasons import Gap, Interval, Withheld
from data.measures.selection import ROLES, Selection
from data.measures.shape import DTYPES
from data.reports import REPORTS
from data.schema import PROMPT_RELATIONS, WORK_KINDS
from tests.measures.markets import checked, paid, posting, release_of, spell

FIRST, LAST = date(2026, 5, 25), date(2026, 8, 14)
HOLE = date(2025, 3, 1), date(2025, 6, 1)
SKILLS = ("python", "rag", "langchain", "few-shot")
WORLDS = 6
NAMES = sorted(REPORTS)
NOT_OF_POSTINGS = {"benchmarks", "pay-reported", "sources", "coverage", "runs"}
"""Reports whose rows are not of the selected postings: an unrelated source may add rows to them."""

CHOSEN = st.builds(
    Selection,
    source=st.sampled_from([(), ("hackernews",), ("greenhouse",), ("greenhouse", "lever")]),
    role=st.sampled_from(sorted(ROLES)),
    since=st.sampled_from([None, date(2024, 6, 1), date(2026, 7, 1)]),
    until=st.sampled_from([None, date(2026, 7, 1)]),
    country=st.sampled_from([(), ("US",), ("FR", "DE")]),
    remote=st.sampled_from([(), ("remote",)]),
    work=st.sampled_from([(), ("payroll",)]),
)
NOTHING = [
    Selection(source=("nosuch",)),
    Selection(since=date(1999, 1, 1), until=date(1999, 2, 1)),
    Selection(country=("AQ",), role="all"),
]


# --- worlds ---------------------------------------------------------------------------------------


def world(seed):
    """Tables of a small market: world 0 has no rows, 1 one row, the others up to some hundreds with all that varies."""
    rng = random.Random(seed)
    size = (0, 1, 40, 150, 300, 300)[seed]
    tables = {name: [] for name in ("postings", "spells", "skills", "soft", "salaries", "coverage")}
    for number in range(size):
        _add(tables, rng, number)
    for source in ("greenhouse", "lever") if size > 1 else ():
        for board in ("b1", "b2"):
            for offset in range((LAST - FIRST).days):
                outcome = rng.choices(("complete", "failed", "partial", "blocked"), (88, 6, 4, 2))[0]
                tables["coverage"].append(checked(source, board, FIRST + timedelta(days=offset), outcome))
    tables["skill_names"] = [
        {"skill_id": name, "label_en": name, "label_fr": name, "kind": "tool", "parent": None}
        for name in SKILLS
    ]
    return tables


def _add(tables, rng, number):
    source = rng.choices(("hackernews", "greenhouse", "lever", "sample"), (35, 35, 25, 5))[0]
    listed = source in ("greenhouse", "lever")
    seen = FIRST + timedelta(days=rng.randrange(75))
    day = seen if listed and rng.random() < 0.8 else date(2023, 1, 1) + timedelta(days=rng.randrange(1300))
    day = min(day, seen) if listed else day
    day = day.replace(month=2, day=1) if HOLE[0] <= day < HOLE[1] else day
    given = _traits(rng) | {"source": source}
    if tables["postings"] and rng.random() < 0.15:
        first = rng.choice(tables["postings"])
        given |= {name: first[name] for name in ("opening_key", "employer_key", "company")}
        given["is_repost"] = day > first["dated_on"]
    if listed:
        last = seen + timedelta(days=rng.randrange(40))
        gone = last + timedelta(days=rng.randrange(1, 4)) if last < LAST - timedelta(days=5) else None
        given |= {"lifecycle": "listing", "origin": "live", "board": rng.choice(("b1", "b2"))}
        given |= {"first_seen": seen, "last_seen": last, "gone_by": gone}
        tables["spells"].append(spell(f"{source}:{number}", seen, last, gone))
    low = rng.choice((None, 60_000.0, 150_000.0, 150_000.0, 310_000.0))
    high = rng.choice((None, low)) if low is None else rng.choice((None, low, low * 1.5))
    row = posting(number, day, **given) if low is high is None else paid(number, day, low, high, **given)
    tables["postings"].append(row)
    _add_details(tables, rng, row)


def _traits(rng):
    employer = rng.choice((None, *(f"employer {i}" for i in range(12))))
    return {
        "employer_key": employer,
        "company": employer,
        "prompt_relation": rng.choice((*PROMPT_RELATIONS, "title", "core", None)),
        "work_kind": rng.choice((*WORK_KINDS, "payroll", "payroll")),
        "countries": rng.choice(([], ["US"], ["US"], ["FR", "DE"])),
        "country": rng.choice((None, "US", "FR")),
        "remote": rng.choice(("remote", "hybrid", "unspecified")),
        "seniority": rng.choice((None, "junior", "senior")),
        "domain": rng.choice((None, "health", "law")),
    }


def _add_details(tables, rng, row):
    key = row["posting_key"]
    for skill in rng.sample(SKILLS, rng.randrange(len(SKILLS))):
        level = rng.choice(("required", "preferred", "mentioned"))
        tables["skills"].append({"posting_key": key, "skill_id": skill, "level": level, "surface": skill})
    for soft in rng.sample(("communication", "creativity"), rng.randrange(3)):
        tables["soft"].append({"posting_key": key, "soft": soft})
    if row["has_pay"]:
        figure = {"posting_key": key, "position": 0, "is_main": True, "currency": "USD", "period": "year"}
        bounds = {
            "min": row["pay_min"],
            "max": row["pay_max"],
            "kind": "base",
            "bound": "range",
            "rule": "range",
        }
        tables["salaries"].append(figure | bounds)


def _release(folder, tables):
    return release_of(folder, tables["postings"], **{k: v for k, v in tables.items() if k != "postings"})


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """(release, the same rows in another order, the same with an unrelated source) by number, each made once."""

    @cache
    def made(number):
        tables, rng = world(number), random.Random(number)
        shuffled = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
        theirs = [
            paid(
                10_000 + i,
                FIRST + timedelta(days=i),
                1.0,
                2.0,
                source="jobtech",
                employer_key=f"employer {i}",
            )
            for i in range(12)
        ]
        more = tables | {"postings": tables["postings"] + theirs}
        return tuple(_release(tmp_path_factory.mktemp("world"), rows) for rows in (tables, shuffled, more))

    return made


# --- laws -----------------------------------------------------------------------------------------


def same(frame, other):
    return frame.astype(str).equals(other.astype(str))


def of_kind(report, kind):
    return [column.name for column in report.columns if column.kind == kind]


def points(names, stem):
    """The columns whose interval is {stem}_low, {stem}_high."""
    root = stem.removesuffix("_employer")
    forms = (f"{root}_median", f"{root}_per_10k", f"{root}_premium", f"{root}_share", f"share_{root}")
    others = {"n": ("n_openings",), "worst": ("share", "stated")}.get(root, ())
    return [name for name in (root, *forms, *others) if name in names]


def stems(names):
    return [name[: -len("_low")] for name in names if name.endswith("_low") and f"{name[:-4]}_high" in names]


def is_share(name):
    words = name.split("_")
    return "disclosure" in words or ("share" in words and "10k" not in words and "change" not in words)


def check_typed(report, frame):
    assert list(frame.columns) == [column.name for column in report.columns]
    for column in report.columns:
        assert column.kind == "texts" or frame[column.name].dtype == DTYPES[column.kind], column.name


def check_intervals(report, frame):
    names = of_kind(report, "number")
    for stem in stems(names):
        low, high = frame[f"{stem}_low"], frame[f"{stem}_high"]
        # A worst case may have no limit on one side, and says so by a reason of its own.
        assert (low.isna() == high.isna()).all() or f"{stem}_withheld" in frame or "low_withheld" in frame, (
            stem
        )
        assert (low <= high).where(low.notna() & high.notna(), True).all(), stem
        for name in points([*names, *of_kind(report, "whole")], stem):
            point = frame[name].astype("float64")
            shown = point.notna() & low.notna()
            # Ends and point come from different formulas; the last digit may differ.
            assert (low[shown] <= point[shown] * (1 + 1e-12) + 1e-12).all(), name
            below = shown & high.notna()
            assert (point[below] <= high[below] * (1 + 1e-12) + 1e-12).all(), name
            assert low[point.isna()].isna().all(), f"{name} is missing but its interval is not"


def check_shares(report, frame):
    for name in of_kind(report, "number"):
        top = 10_000 if "10k" in name or (name.startswith("share_") and "share_per_10k" in frame) else 1
        if is_share(name) or "10k" in name:
            assert frame[name].dropna().between(-1e-12, top * (1 + 1e-12)).all(), name


OWN_REASON = {"share_corrected", "mention_share", "stated"}
"""Figures that may be missing for a reason of their own: `uncorrected`, or too few mentions beside enough openings."""


def check_withheld(report, frame):
    """A reason is a known one; a figure is missing exactly where a reason (or a hole) says so."""
    reasons = [column.name for column in report.columns if column.name.endswith("withheld")]
    for name in reasons:
        assert set(frame[name].dropna()) <= {str(reason) for reason in Withheld}
    names = [*of_kind(report, "number"), *of_kind(report, "whole")]
    named = {name for stem in stems(names) for name in points(names, stem)}
    figures = sorted(named - {"n_openings", *OWN_REASON})
    if not reasons or not figures:
        return
    missing = frame[figures].isna().any(axis=1)
    told = frame[reasons].notna().any(axis=1) | _says_itself(report, frame)
    assert (told | ~missing).all(), f"{figures} missing without a reason"
    if "withheld" in frame:
        assert (missing | frame["withheld"].isna()).all(), f"withheld, but {figures} are shown"


def check_cells(report, frame):
    """A share is shown over at least 5 openings of at least 3 employers, or over none."""
    share = next((name for name in ("share", "share_per_10k") if name in frame), None)
    if share is None or not {"n_openings", "n_employers", "withheld"} <= set(frame.columns):
        return
    few = (frame["n_openings"] < 5) | (frame["n_employers"] < 3)
    shown = frame[share].notna() & (frame["n_openings"] > 0) & ~_says_itself(report, frame)
    assert not (few & shown).any(), f"{share} is shown over too little"


def _says_itself(report, frame):
    """Rows whose other columns say why a figure is missing: holes, shares of nothing, and what adverts do not say."""
    told = frame.index != frame.index
    if "is_covered" in frame:
        told |= ~frame["is_covered"]
    if "n_all" in frame:
        told |= (frame["n_all"] == 0).fillna(False)
    if "index" in frame:  # the first of a chain has no growth; the first of a trailing mean are too few
        told |= frame["index"].notna() | (frame["reason"].notna() if "reason" in frame else False)
    keys = [
        name
        for name in of_kind(report, "text")
        if name in ("country", "domain", "remote", "place", "work_kind")
    ]
    return told | frame[keys].isna().any(axis=1) if keys else told


def check_counts(report, frame):
    names = [*of_kind(report, "whole"), *of_kind(report, "number")]
    counts = [name for name in names if name in ("n", "at_risk") or name.startswith("n_")]
    signed = {"n"} if "component" in frame else set()  # parts of a change
    counts = [name for name in counts if name not in {"n_low", "n_high"} | signed]
    if stems(of_kind(report, "number")):
        assert counts, "no n stands beside the figures"
    for name in counts:
        assert (frame[name].dropna() >= 0).all(), name
    if "reason" in frame and "is_covered" in frame:
        gaps = frame.loc[~frame["is_covered"], "reason"]
        assert gaps.notna().all() and all(Gap(reason.partition(":")[0]) for reason in gaps)


def check_coverage(coverage):
    figure = coverage.figure
    assert coverage.unit and coverage.method
    assert coverage.disclosure is None or 0 <= coverage.disclosure <= 1
    assert (coverage.n_openings == 0) == (coverage.disclosure is None)
    assert coverage.n_employers <= coverage.n_openings <= coverage.n_postings
    if coverage.note is not None:
        assert all(coverage.note) and len(coverage.note) == 2
    if figure is None or figure.value is None:
        assert figure is None or figure.low is figure.high is None
        return
    assert coverage.withheld is None, "a withheld figure is shown"
    assert (figure.low is None) == (figure.high is None)
    if figure.low is not None:
        assert isinstance(figure.interval, Interval)
        assert (
            figure.low <= figure.value * (1 + 1e-12) + 1e-12
            and figure.value <= figure.high * (1 + 1e-12) + 1e-12
        )


LAWS = (check_typed, check_intervals, check_shares, check_withheld, check_cells, check_counts)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(number=st.integers(0, WORLDS - 1), selection=CHOSEN)
def test_every_report_obeys_the_laws(worlds, name, number, selection):
    release, shuffled, more = worlds(number)
    report = REPORTS[name]
    measure = report.measure(release, selection)
    for law in LAWS:
        law(report, measure.frame)
    check_coverage(measure.coverage)
    again = report.measure(shuffled, selection)
    assert same(measure.frame, again.frame) and measure.coverage == again.coverage
    if selection.source and name not in NOT_OF_POSTINGS:
        beside = report.measure(more, selection)
        assert same(measure.frame, beside.frame) and measure.coverage == beside.coverage


@pytest.mark.parametrize("name", NAMES)
def test_nothing_selected_gets_a_typed_answer(worlds, name):
    for number, selection in [(4, each) for each in NOTHING] + [(0, Selection())]:
        measure = REPORTS[name].measure(worlds(number)[0], selection)
        for law in LAWS:
            law(REPORTS[name], measure.frame)
        assert measure.coverage.n_postings == 0 or name in NOT_OF_POSTINGS
        check_coverage(measure.coverage)


@settings(max_examples=30, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(number=st.integers(2, WORLDS - 1), selection=CHOSEN)
def test_the_stock_of_a_day_is_that_of_the_day_before_and_what_came_and_went(worlds, number, selection):
    frame = demand.stock_by_day(worlds(number)[0], replace(selection, since=None, until=None)).frame
    n_open = (frame["n_new"] - frame["n_closed"]).cumsum()
    assert (frame["n_open"] == n_open)[frame["is_covered"]].all()
    assert frame.loc[~frame["is_covered"], "n_open"].isna().all()
    assert (n_open >= 0).all() and (frame["n_first_check"] <= frame["n_new"]).all()
    days = list(frame["day"])
    assert all(later - day == timedelta(days=1) for day, later in pairwise(days))


def test_the_worlds_hold_what_can_go_wrong(worlds):
    """The laws are worth what they are tried on: every table has rows, and rows are withheld and shown."""
    release = worlds(5)[0]
    filled = [name for name in TABLES if release.query(f"SELECT count(*) AS n FROM {name}").iloc[0]["n"]]
    assert {"postings", "salaries", "skills", "soft", "coverage", "spells", "skill_names"} <= set(filled)
    frame = REPORTS["demand"].measure(release, Selection(role="any")).frame
    assert frame["withheld"].notna().any() and frame["share_per_10k"].notna().any()
    assert not frame["is_covered"].all() and frame["is_provisional"].any()
    assert REPORTS["pay"].measure(release, Selection(role="all")).frame["lower_median"].notna().any()


def test_every_interval_has_its_point():
    """So that the law on intervals is not tried on nothing."""
    alone = {
        (name, stem)
        for name, report in REPORTS.items()
        for stem in stems(of_kind(report, "number"))
        if not points([column.name for column in report.columns], stem)
    }
    assert alone == set()
