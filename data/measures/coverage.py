"""What stands beside every number: how much it rests on, or the typed reason why it is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Condition, Selection, in_columns
from data.release import Scope

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release


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
    "regression": Rule(openings=20, employers=10, top_employer_share=0.5),
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


@dataclass(frozen=True, slots=True)
class Figure:
    """The one number a measure comes down to: `value` in `unit`, ends of its 95 % interval, how they were found.

    `unit` says what the value is in (posting, opening, role, employer, share, USD per year, days, ratio ...).
    A value that may not be shown is None, and the coverage's `withheld` says why. `n`: the openings it rests on,
    where they are not those of the coverage.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    interval: Interval | None = None
    n: int | None = None


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
            n = None if self.figure is None else self.figure.n
            return self.withheld.sentence(lang, self.n_openings if n is None else n)
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
    row = release.remember(("cover", selection, only[0], *only[1]), lambda: _counts(release, selection, only))
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


def _counts(release: Release, selection: Selection, only: Condition) -> dict[str, Any]:
    where, values = selection.where("p")
    name = "coverage_market" if selection.scope is Scope.ALL and in_columns(only[0]) else "coverage"
    sql = load_query(name).replace("{selected}", where).replace("{only}", only[0])
    row: dict[str, Any] = release.query(sql, [*values, *only[1]], scope=selection.scope).to_dict("records")[0]
    return row


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
