"""What stands beside every number: how much it rests on, or the typed reason why it is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from data.measures.queries import load_query
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release


class Withheld(StrEnum):
    """Why a number is not shown; the value is the id that stands in a frame's `withheld` column."""

    FEW_OPENINGS = "few_openings"
    FEW_EMPLOYERS = "few_employers"
    ONE_EMPLOYER = "one_employer"
    SAMPLE = "sample"
    NOT_MEASURED = "not_measured"
    ONE_SIDED = "one_sided"
    NAMED_ONLY = "named_only"
    ONE_PERIOD = "one_period"

    def sentence(self, lang: str, n: int) -> str:
        """The reason in words (`lang`: en or fr) with the n it rests on."""
        return _SENTENCES[self][lang].format(n=n)


WHOLE_SERIES = frozenset({Withheld.SAMPLE, Withheld.NAMED_ONLY, Withheld.ONE_PERIOD})
"""Reasons that stand in a coverage only, never in a frame."""

_SENTENCES: dict[Withheld, dict[str, str]] = {
    Withheld.FEW_OPENINGS: {"en": "not enough data (n = {n})", "fr": "pas assez de données (n = {n})"},
    Withheld.FEW_EMPLOYERS: {
        "en": "not enough data (n = {n}, too few employers)",
        "fr": "pas assez de données (n = {n}, trop peu d'employeurs)",
    },
    Withheld.ONE_EMPLOYER: {
        "en": "not enough data (n = {n}, more than half from one employer)",
        "fr": "pas assez de données (n = {n}, plus de la moitié d'un seul employeur)",
    },
    Withheld.SAMPLE: {
        "en": "these adverts were picked by hand, so they cannot say how demand moves (n = {n})",
        "fr": "ces annonces ont été choisies à la main et ne disent rien de l'évolution de la demande (n = {n})",
    },
    Withheld.NOT_MEASURED: {
        "en": "how often our rules err here was not measured on enough labelled adverts (n = {n})",
        "fr": "les erreurs de nos règles n'ont pas été mesurées ici sur assez d'annonces étiquetées (n = {n})",
    },
    Withheld.ONE_SIDED: {
        "en": "not enough data (n = {n}, too few openings with or without it in comparable groups)",
        "fr": "pas assez de données (n = {n}, trop peu de postes avec ou sans elle dans des groupes comparables)",
    },
    Withheld.NAMED_ONLY: {
        "en": "counted only among adverts that name prompting: choose such a role (n = {n})",
        "fr": "compté seulement parmi les annonces qui nomment le prompting : choisissez un tel rôle (n = {n})",
    },
    Withheld.ONE_PERIOD: {
        "en": "there are no two complete periods in a row to compare (n = {n})",
        "fr": "il n'y a pas deux périodes complètes de suite à comparer (n = {n})",
    },
}


class Gap(StrEnum):
    """Why a period is a hole or provisional; a frame's `reason` is `gap` or `gap:source,source`."""

    NO_ADVERTS = "no_adverts"
    NO_CHECK = "no_check"
    BOARDS_FAILED = "boards_failed"
    BEFORE_FIRST_CHECK = "before_first_check"
    INCOMPLETE = "incomplete"
    PART_OBSERVED = "part_observed"


_GAPS: dict[Gap, dict[str, str]] = {
    Gap.NO_ADVERTS: {
        "en": "no adverts were collected for this period",
        "fr": "aucune annonce collectée sur la période",
    },
    Gap.NO_CHECK: {"en": "no board was checked", "fr": "aucune liste n'a été relevée"},
    Gap.BOARDS_FAILED: {
        "en": "some boards could not be read whole",
        "fr": "certaines listes n'ont pas pu être lues en entier",
    },
    Gap.BEFORE_FIRST_CHECK: {
        "en": "before the first check of some boards: only adverts still open then are known",
        "fr": "avant le premier relevé de certaines listes : seules les annonces encore ouvertes sont connues",
    },
    Gap.INCOMPLETE: {"en": "the period is not over yet", "fr": "la période n'est pas terminée"},
    Gap.PART_OBSERVED: {
        "en": "only part of the period was observed",
        "fr": "seule une partie de la période a été observée",
    },
}


def gap_sentence(reason: str, lang: str) -> str:
    """A frame's `reason` in words (`lang`: en or fr), its sources in brackets. Raises ValueError if unknown."""
    gap, _, sources = reason.partition(":")
    return _GAPS[Gap(gap)][lang] + (f" ({sources.replace(',', ', ')})" if sources else "")


@dataclass(frozen=True, slots=True)
class Rule:
    """Least evidence for one kind of statistic; shares are of the openings that enter it."""

    openings: int
    employers: int = 0
    top_employer_share: float = 1.0
    openings_without: int = 0
    weeks: int = 0
    exits: int = 0


# The table of small numbers, METHOD "Small numbers". `reported` has no employers to count.
RULES: dict[str, Rule] = {
    "cell": Rule(openings=5, employers=3),
    "median": Rule(openings=10, employers=5, top_employer_share=0.5),
    "reported": Rule(openings=10),
    "premium": Rule(openings=20, employers=5, top_employer_share=0.5, openings_without=20),
    "trend": Rule(openings=10, weeks=5),
    "lifetime": Rule(openings=20, exits=10),
}


def withhold(rule: str, n_openings: int, n_employers: int, top_employer: int = 0) -> Withheld | None:
    """The reason to withhold a statistic over that many openings and employers; None to show it.

    `top_employer`: openings of the employer with most of them. `rule` is a key of RULES.
    """
    least = RULES[rule]
    if n_openings < least.openings:
        return Withheld.FEW_OPENINGS
    if n_employers < least.employers:
        return Withheld.FEW_EMPLOYERS
    if top_employer > least.top_employer_share * n_openings:
        return Withheld.ONE_EMPLOYER
    return None


class Interval(StrEnum):
    """How the ends of an interval were found (docs/method.md, intervals); all are at 95 %."""

    POISSON = "poisson"
    WILSON = "wilson"
    ORDER_STATISTIC = "order_statistic"
    BOOTSTRAP = "bootstrap_by_employer"
    CLUSTER = "cluster_robust"
    GREENWOOD = "greenwood"
    DELTA = "delta"
    WORST_CASE = "worst_case"

    def words(self, lang: str) -> str:
        """Its name in words (`lang`: en or fr)."""
        return _INTERVALS[self][lang]


_INTERVALS: dict[Interval, dict[str, str]] = {
    Interval.POISSON: {"en": "exact Poisson limits", "fr": "limites exactes de Poisson"},
    Interval.WILSON: {"en": "Wilson score interval", "fr": "intervalle du score de Wilson"},
    Interval.ORDER_STATISTIC: {"en": "order statistics", "fr": "statistiques d'ordre"},
    Interval.BOOTSTRAP: {
        "en": "bootstrap over employers, fixed seed",
        "fr": "bootstrap sur les employeurs, graine fixe",
    },
    Interval.CLUSTER: {
        "en": "robust to dependence within an employer",
        "fr": "robuste à la dépendance au sein d'un employeur",
    },
    Interval.GREENWOOD: {
        "en": "Greenwood's variance, log-log scale",
        "fr": "variance de Greenwood, échelle log-log",
    },
    Interval.DELTA: {"en": "delta method", "fr": "méthode delta"},
    Interval.WORST_CASE: {
        "en": "worst cases, no interval of chance",
        "fr": "pires cas, sans intervalle d'aléa",
    },
}


@dataclass(frozen=True, slots=True)
class Figure:
    """The one number a measure comes down to: `value` in `unit`, ends of its 95 % interval, how they were found.

    `unit` says what the value is in (posting, opening, role, employer, share, USD per year, days, ratio ...).
    A value that may not be shown is None, and the coverage's `withheld` says why.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a measure rests on. Counts are of the whole selection; `since`, `until` (the window) first days of months.

    `unit` is what the measure counts: posting, opening, role or employer.
    `disclosure` is openings that state pay / all openings (0 to 1), None without openings.
    `provisional`: the window reaches into the month in which the release was made.
    `method` is the anchor of the measure in docs/method.md. `figure` is None where no single number speaks for
    the measure; `note` is what a reader must be told beside it (English, French), such as a known bias.
    """

    unit: str
    n_postings: int
    n_openings: int
    n_employers: int
    disclosure: float | None
    since: date | None
    until: date | None
    sources: tuple[str, ...]
    provisional: bool
    withheld: Withheld | None
    method: str
    figure: Figure | None = None
    note: tuple[str, str] | None = None

    def sentence(self, lang: str) -> str:
        """The coverage in words, or why the number is withheld (`lang`: en or fr)."""
        if self.withheld is not None:
            return self.withheld.sentence(lang, self.n_openings)
        share = "–" if self.disclosure is None else f"{100 * self.disclosure:.0f}"
        return _COVERAGE_SENTENCE[lang].format(
            openings=self.n_openings, employers=self.n_employers, share=share
        )


_COVERAGE_SENTENCE = {
    "en": "n = {openings} openings of {employers} employers; {share} % state pay",
    "fr": "n = {openings} postes de {employers} employeurs ; {share} % indiquent la rémunération",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's answer: its rows and what they rest on. Treat `frame` as read-only."""

    name: str
    frame: pd.DataFrame
    coverage: Coverage


def cover(
    release: Release,
    selection: Selection,
    *,
    method: str,
    unit: str = "opening",
    rule: str | None = None,
    only: Condition = ("TRUE", []),
) -> Coverage:
    """The coverage of a selection in a release; `rule` (a key of RULES) decides whether it is withheld.

    `only`: a further condition over alias p, for measures that use part of the selection.
    """
    where, values = selection.where("p")
    sql = load_query("coverage").replace("{selected}", where).replace("{only}", only[0])
    row = release.query(sql, [*values, *only[1]], scope=selection.scope).iloc[0]
    n_openings, n_employers = int(row["n_openings"]), int(row["n_employers"])
    until = as_date(row["until"])
    return Coverage(
        unit=unit,
        n_postings=int(row["n_postings"]),
        n_openings=n_openings,
        n_employers=n_employers,
        disclosure=int(row["n_paid"]) / n_openings if n_openings else None,
        since=as_date(row["since"]),
        until=until,
        sources=tuple(row["sources"]) if n_openings else (),
        provisional=until is not None and until >= current_month(release),
        withheld=withhold(rule, n_openings, n_employers) if rule else None,
        method=method,
    )


def made_on(release: Release) -> date:
    """The day the release was made, UTC."""
    return datetime.fromisoformat(str(release.manifest["made_at"])).date()


def current_month(release: Release) -> date:
    """First day of the month in which the release was made: the one that is not over."""
    return made_on(release).replace(day=1)


def as_date(value: object) -> date | None:
    """A cell of a frame as a date; None for a missing one."""
    if isinstance(value, datetime):
        return None if value != value else value.date()
    return value if isinstance(value, date) else None
