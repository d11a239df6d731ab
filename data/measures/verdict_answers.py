"""What is said to each of the five questions: phrases of verdicts.yml and the numbers that fill them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from data import wording
from data.measures import demand, employers, lifetime, pay, places, quoted, skills
from data.measures.coverage import Measure, withhold
from data.measures.quoted import Quoted
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.trend import Verdict as Trend
from data.measures.work_kinds import GIGS
from data.wording import LANGUAGES, is_missing

if TYPE_CHECKING:
    from data.release import Release

Said = tuple[str, dict[str, Quoted]]
"""Key of a phrase of verdicts.yml, and what fills its places."""
Row = dict[str, Any]
RARE = 100
"""Per 10,000: what lies below it with its whole interval is called rare."""


# --- are the jobs real? ---------------------------------------------------------------------------


def _real(release: Release, selection: Selection) -> Iterator[Said]:
    yearly = demand.flow(release, selection, grain="year")
    own = yearly.coverage
    if not own.n_openings or own.since is None or own.until is None:
        yield "none", {}
        return
    reason = own.withheld or withhold("cell", own.n_openings, own.n_employers)
    if reason is not None:
        yield "thin", {"reason": _why(reason, own.n_openings, "demand-yearly")}
        return
    yield (
        "openings",
        {
            "openings": quoted.whole(own.n_openings, "demand-yearly"),
            "employers": quoted.whole(own.n_employers, "demand-yearly"),
            "since": _month(own.since, "demand"),
            "until": _month(own.until, "demand"),
        },
    )
    yield from _share(yearly)
    yield from _job_or_skill(release, selection)
    yield from _gigs(release, selection)


def _share(yearly: Measure) -> Iterator[Said]:
    row = _last_whole(yearly)
    if row is None:
        return
    if is_missing(row["share_per_10k"]):
        reason = row["withheld"] or Withheld.FEW_OPENINGS
        yield "share_thin", {"reason": _why(reason, row["n_openings"], "demand-yearly")}
        return
    numbers = {"share": "share_per_10k", "low": "share_low", "high": "share_high"}
    yield (
        "share" if row["share_high"] < RARE else "share_common",
        {
            "year": quoted.plain(str(row["month"].year), "demand-yearly"),
            **{name: quoted.decimal(row[column], "demand-yearly") for name, column in numbers.items()},
            "k": quoted.whole(int(row["n_postings"]), "demand-yearly"),
            "n": quoted.whole(int(row["n_all"]), "demand-yearly"),
        },
    )


def _job_or_skill(release: Release, selection: Selection) -> Iterator[Said]:
    row = _last_whole(demand.absorption(release, selection))
    if row is None or is_missing(row["ratio"]):
        return
    low, high = row["ratio_low"], row["ratio_high"]
    key = "skill" if high < 1 else "job" if low > 1 else "either"
    numbers = {"ratio": row["ratio"], "low": low, "high": high}
    year = {"year": quoted.plain(str(row["month"].year), "absorption")}
    yield key, year | {name: quoted.decimal(value, "absorption", 2) for name, value in numbers.items()}


def _gigs(release: Release, selection: Selection) -> Iterator[Said]:
    rows = _rows(employers.work_kinds(release, selection))
    gigs = [row for row in rows if row["work_kind"] in GIGS]
    n_known, k = int(rows[0]["n_known"]), sum(int(row["n_openings"]) for row in gigs)
    if withhold("cell", n_known, sum(int(row["n_employers"]) for row in rows)) is None:
        yield "gigs", {"gigs": quoted.whole(k, "work-kinds"), "known": quoted.whole(n_known, "work-kinds")}


# --- what do they pay? ----------------------------------------------------------------------------


def _pay(release: Release, selection: Selection) -> Iterator[Said]:
    row = next(iter(_rows(pay.pay_overall(release, selection))), None)
    if row is None:
        yield "none", {}
        return
    counts = {
        "paid": quoted.whole(int(row["n_paid"]), "pay"),
        "openings": quoted.whole(int(row["n_openings"]), "pay"),
        "share": quoted.share(row["disclosure"], "pay"),
    }
    if is_missing(row["lower_median"]) or is_missing(row["upper_median"]):
        n = min(int(row["n_lower"]), int(row["n_upper"]))
        yield "thin", counts | {"reason": _why(row["withheld"], n, "pay")}
    else:
        medians = {"lower": "lower_median", "upper": "upper_median"}
        yield "medians", counts | _amounts(row, medians, "pay")
        ends = {f"{bound}_{end}": f"{bound}_{end}" for bound in medians for end in ("low", "high")}
        if not any(is_missing(row[column]) for column in ends.values()):
            yield "intervals", _amounts(row, ends, "pay")
        yield from _worst_case(release, selection)
    sentence = pay.headline_check(release, selection)
    yield "headline", {"sentence": _sentence(lambda lang: pay.headline_sentence(sentence, lang), "headline")}


def _worst_case(release: Release, selection: Selection) -> Iterator[Said]:
    rows = _rows(pay.pay_worst_case(release, selection))
    row = next((row for row in rows if row["bound"] == "lower" and row["quantile"] == 0.5), None)
    if row is None or row["withheld"]:
        return
    if is_missing(row["worst_low"]) or is_missing(row["worst_high"]):
        yield "silent", {}
    else:
        yield "worst", _amounts(row, {"low": "worst_low", "high": "worst_high"}, "pay-worst-case")


# --- what do they ask for? ------------------------------------------------------------------------


def _skills(release: Release, selection: Selection) -> Iterator[Said]:
    found = skills.top_skills(release, selection, n=3)
    rows = _rows(found)
    if not found.coverage.n_openings:
        yield "none", {}
        return
    if len(rows) < 3 or any(is_missing(row["share"]) for row in rows):
        yield "thin", {"n": quoted.whole(found.coverage.n_openings, "skills")}
        return
    values = {"n": quoted.whole(int(rows[0]["n_all"]), "skills")}
    for place, row in zip(("first", "second", "third"), rows, strict=True):
        values[place] = _label(row, "skills")
        values[f"{place}_share"] = quoted.share(row["share"], "skills")
    yield "top", values
    for row in _rows(skills.demands(release, selection)):
        if row["level"] == "required" and not is_missing(row["share"]):
            yield str(row["fact"]), _interval(row, "share", "skill-demands")


# --- who hires, and where? ------------------------------------------------------------------------


def _who(release: Release, selection: Selection) -> Iterator[Said]:
    found = next(iter(_rows(employers.concentration(release, selection))), None)
    if found is None or not found["n_employers"]:
        yield "none", {}
        return
    names = {"employers": "n_employers", "openings": "n_known", "unknown": "n_unknown"}
    yield (
        "employers",
        {name: quoted.whole(int(found[column]), "concentration") for name, column in names.items()},
    )
    if is_missing(found["top1_share"]):
        yield "spread_thin", {"reason": _why(found["withheld"], int(found["n_known"]), "concentration")}
    else:
        yield "spread", {"top": quoted.share(found["top1_share"], "concentration")}
    yield from _domain(release, selection)
    yield from _country(release, selection)
    for row in _rows(places.remote_share(release, selection, grain="all")):
        if row["remote"] == "remote" and not is_missing(row["share_known"]):
            yield "remote", _interval(row, "share_known", "remote")


def _domain(release: Release, selection: Selection) -> Iterator[Said]:
    rows = [row for row in _rows(employers.domains(release, selection)) if row["domain"] is not None]
    first = rows[0] if rows else None
    if first is None or not first["n_openings"] or is_missing(first["share_known"]):
        return
    counts = {"known": int(first["n_known"]), "all": int(first["n_all"])}
    yield (
        "domain",
        {name: quoted.whole(n, "domains") for name, n in counts.items()}
        | {"name": _label(first, "domains"), "share": quoted.share(first["share_known"], "domains")},
    )


def _country(release: Release, selection: Selection) -> Iterator[Said]:
    rows = [row for row in _rows(places.by_country(release, selection)) if row["country"] is not None]
    if rows and rows[0]["n_openings"] and not is_missing(rows[0]["share"]):
        share = quoted.share(rows[0]["share"], "countries")
        yield "country", {"name": _label(rows[0], "countries"), "share": share}


# --- will they last? ------------------------------------------------------------------------------


def _last(release: Release, selection: Selection) -> Iterator[Said]:
    trend = demand.trend(release, selection)
    if not trend.coverage.n_openings:
        yield "none", {}
        return
    yield "trend", {"sentence": _sentence(lambda lang: demand.trend_sentence(trend, lang), "trend")}
    coverage = lifetime.survival(release, selection).coverage
    figure = coverage.figure
    if figure is None or figure.value is None:
        reason = coverage.withheld or Withheld.FEW_OPENINGS
        yield "lifetime_thin", {"reason": _why(reason, coverage.n_openings, "lifetime")}
        verdict = next((row["verdict"] for row in _rows(trend)), None)
        if is_missing(verdict) or verdict == Trend.NOT_ENOUGH_DATA:
            yield "open", {}
    else:
        days = {"days": figure.value, "low": figure.low, "high": figure.high}
        known = {
            name: quoted.decimal(value, "lifetime", 0) for name, value in days.items() if value is not None
        }
        yield ("lifetime" if len(known) == len(days) else "lifetime_open"), known
    yield "caveat", {}


QUESTIONS: dict[str, Callable[[Release, Selection], Iterator[Said]]] = {
    "real": _real,
    "pay": _pay,
    "skills": _skills,
    "who": _who,
    "last": _last,
}


def _rows(measure: Measure) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in measure.frame.to_dict("records")]


def _last_whole(measure: Measure) -> Row | None:
    """The latest period that is over and was observed."""
    whole = [row for row in _rows(measure) if row["is_covered"] and not row["is_provisional"]]
    return whole[-1] if whole else None


def _why(reason: object, n: int, report: str) -> Quoted:
    found = Withheld(str(reason))
    return quoted.named({lang: found.sentence(lang, n) for lang in LANGUAGES}, report)


def _month(day: Any, report: str) -> Quoted:
    return quoted.named({lang: wording.month(day, lang) for lang in LANGUAGES}, report)


def _label(row: Row, report: str) -> Quoted:
    return quoted.named({lang: str(row[f"label_{lang}"]) for lang in LANGUAGES}, report)


def _sentence(of: Callable[[str], str], report: str) -> Quoted:
    return quoted.named({lang: of(lang) for lang in LANGUAGES}, report)


def _amounts(row: Row, names: Mapping[str, str], report: str) -> dict[str, Quoted]:
    return {name: quoted.pay(float(row[column]), report) for name, column in names.items()}


def _interval(row: Row, column: str, report: str) -> dict[str, Quoted]:
    names = {"share": column, "low": f"{column}_low", "high": f"{column}_high"}
    return {name: quoted.share(float(row[found]), report) for name, found in names.items()}
