"""What a synthetic labour market and its observer are like: every knob of the simulator, with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MONTH = 30.0
"""Days in which `growth` works once."""
SOURCES = ("greenhouse", "lever")
SENIORITIES = ("junior", "mid", "senior")


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Days an opening is advertised: Weibull of `shape` (1 is exponential) with the median `median`."""

    median: float
    shape: float = 1.0

    @property
    def scale(self) -> float:
        return float(self.median / 0.6931471805599453 ** (1 / self.shape))


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a share `base` of openings names, `senior` times as often (odds) among senior ones.

    `premium`: the factor its naming puts on pay. `follows`: the skill beside which it stands with probability `beside`.
    """

    id: str
    base: float
    senior: float = 1.0
    premium: float = 1.0
    follows: str | None = None
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class Pay:
    """Yearly pay in USD: log-normal. Effects are on the log; `drift` per `MONTH`.

    `disclosed`: logit of the share that states it, at the median; `selection`: its slope per unit of log pay.
    The upper bound is `spread` times the lower.
    """

    median: float = 120_000.0
    employer_sd: float = 0.0
    other_sd: float = 0.35
    seniority: tuple[float, float, float] = (0.0, 0.0, 0.0)
    drift: float = 0.0
    disclosed: float = 0.0
    selection: float = 0.0
    spread: float = 1.4
    currencies: Mapping[str, float] = field(default_factory=lambda: {"USD": 1.0})


@dataclass(frozen=True, slots=True)
class Errors:
    """How the reading of adverts errs: shares of true ones found, and of others rightly left out.

    `labelled`: adverts with a skill, and as many without, on which people measured how the reading of it errs.
    """

    relation_sensitivity: float = 1.0
    relation_specificity: float = 1.0
    skill_sensitivity: float = 1.0
    skill_specificity: float = 1.0
    labelled: int = 0


@dataclass(frozen=True, slots=True)
class Copies:
    """How one opening becomes several postings: shares of openings that do so.

    `sources`: copied to the employer's board at the other source; `cities`: one posting for each of two cities;
    `reposts`: put up again under a new id, 10 to 40 days after it was taken down, for as long again.
    """

    sources: float = 0.0
    cities: float = 0.0
    reposts: float = 0.0


@dataclass(frozen=True, slots=True)
class Watch:
    """The observer: who is watched from when, and what fails. Checks are at noon of every day.

    `late`: share of boards that are watched only from a day between a fifth and four fifths of the time on;
    `fails`: share of a board's days that fail; `partial`: that give a part; `outages`: (source, first day, last day)
    without any answer. `states_day`: adverts state the day of their publication.
    """

    late: float = 0.0
    fails: float = 0.0
    partial: float = 0.0
    outages: tuple[tuple[str, int, int], ...] = ()
    states_day: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A market of `days` days from `first_day` on. Rates are openings a day; `growth` is of the rate's log, per MONTH,
    `role_growth` that of prompt-engineer roles beyond it.

    `relations`: openings a day by relation to prompting. `batch`: openings an employer puts up at once, on average.
    `dying`: share of employers that go within the time, and with them their board and adverts. `kinds`: shares of
    work kinds. `seniorities`: at the first and at the last day, shares of SENIORITIES.
    """

    first_day: date = date(2026, 1, 1)
    days: int = 180
    employers: int = 60
    zipf: float = 1.0
    relations: Mapping[str, float] = field(default_factory=lambda: {"title": 0.6, "core": 0.4, "none": 4.0})
    growth: float = 0.0
    role_growth: float = 0.0
    batch: float = 1.0
    role_life: Lifetime = Lifetime(30.0)
    other_life: Lifetime = Lifetime(30.0)
    dying: float = 0.0
    kinds: Mapping[str, float] = field(default_factory=lambda: {"payroll": 1.0})
    seniorities: tuple[tuple[float, float, float], tuple[float, float, float]] = (
        (0.3, 0.4, 0.3),
        (0.3, 0.4, 0.3),
    )
    pay: Pay = Pay()
    skills: tuple[Skill, ...] = (Skill("python", 0.5), Skill("rag", 0.15))
    copies: Copies = Copies()
    errors: Errors = Errors()
    watch: Watch = Watch()
