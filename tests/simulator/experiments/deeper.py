"""Pay, skills and employers, what lies deeper: bootstraps, worst cases, growth, corrections, premiums, concentration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from data.measures import employers, pay, skills
from data.measures.selection import Selection
from data.release import Release
from tests.simulator import truth
from tests.simulator.experiments.pay import MARKET as PAYING
from tests.simulator.experiments.skills import ERRORS
from tests.simulator.experiments.skills import MARKET as READ
from tests.simulator.market import Market
from tests.simulator.released import released
from tests.simulator.setting import Pay, Setting, Skill
from tests.simulator.trial import Claim, Estimate, Experiment, Row


def _shown(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


# --- pay ------------------------------------------------------------------------------------------


def _by_employer(seed: int, folder: Path) -> Iterator[Estimate]:
    many = replace(PAYING, zipf=0.6, pay=replace(PAYING.pay, employer_sd=0.3, other_sd=0.2))
    for name, setting in (("many", many), ("few", replace(many, zipf=1.0, employers=40))):
        market, release = released(setting, seed, folder / name)
        row = pay.pay_overall(release, Selection()).frame.iloc[0]
        true = truth.pay(setting).median(disclosed=True)
        ends = _shown(row["lower_employer_low"]), _shown(row["lower_employer_high"])
        yield Estimate(f"employers_{name}", true, _shown(row["lower_median"]), *ends)
        if name == "many":
            yield _worst(market, release)


def _worst(market: Market, release: Release) -> Estimate:
    frame = pay.pay_worst_case(release, Selection()).frame
    row = frame[(frame["bound"] == "lower") & (frame["quantile"] == 0.5)].iloc[0]
    keys = release.query("SELECT posting_key FROM postings WHERE prompt_relation <> 'none'")["posting_key"]
    numbers = market.postings.set_index("posting")["opening"][keys.str.split(":").str[1].astype(int)]
    drawn = market.openings.set_index("opening").loc[numbers.unique(), "pay"].round(2)
    low, high = row["worst_low"], row["worst_high"]
    ends = (0.0 if pd.isna(low) else float(low), 1e12 if pd.isna(high) else float(high))
    return Estimate("worst", float(drawn.median()), _shown(row["stated"]), *ends)


BY_EMPLOYER = Experiment(
    id="pay-by-employer",
    measure="pay.pay_overall, pay.pay_worst_case",
    question=(
        "What is the median of stated pay where few employers decide it, and of all pay?",
        "Quelle est la médiane indiquée quand peu d'employeurs la font, et celle de tous ?",
    ),
    market=(
        "most of the spread is between employers; 80 of sizes not too unequal, or 40 of which the first posts a quarter",
        "l'essentiel de l'écart est entre employeurs ; 80 de tailles peu inégales, ou 40 dont le premier publie un quart",
    ),
    rows={
        "employers_many": Row(
            ("interval by employer, 80 employers", "intervalle par employeur, 80 employeurs"), Claim.COVERS
        ),
        "employers_few": Row(
            ("interval by employer, 40, unequal", "intervalle par employeur, 40, inégaux"), Claim.COVERS
        ),
        "worst": Row(
            (
                "worst cases hold the median of all drawn",
                "les pires cas encadrent la médiane de tous les postes tirés",
            ),
            Claim.BOUNDS,
        ),
    },
    run=_by_employer,
)

RISING = Setting(
    days=730,
    employers=40,
    zipf=0.6,
    relations={"title": 0.5, "core": 0.3},
    seniorities=((0.5, 0.4, 0.1), (0.1, 0.4, 0.5)),
    pay=Pay(disclosed=3.0, employer_sd=0.25, other_sd=0.15, drift=0.004, seniority=(0.0, 0.0, 0.0)),
)


def _growths(seed: int, folder: Path) -> Iterator[Estimate]:
    """Pay rises by 5 % a year in every employer."""
    _, release = released(RISING, seed, folder)
    frame = pay.pay_growth(release, Selection()).frame
    true = float(np.expm1(RISING.pay.drift * 365.25 / 30))
    last = frame[(frame["bound"] == "lower") & frame["growth"].notna()].groupby("series").last()
    for series in ("naive", "within_cell", "employer_effects"):
        if series not in last.index:
            yield Estimate(series, true, None)
            continue
        row = last.loc[series]
        yield Estimate(
            series, true, _shown(row["growth"]), _shown(row["growth_low"]), _shown(row["growth_high"])
        )


PAY_GROWTH = Experiment(
    id="pay-growth",
    measure="pay.pay_growth",
    question=("By how much does pay grow in a year?", "De combien la rémunération croît-elle en un an ?"),
    market=(
        "pay rises by 5 % a year in every employer; most of the spread is between 40 employers",
        "la rémunération croît de 5 % par an chez chaque employeur ; l'essentiel de l'écart est entre 40 employeurs",
    ),
    rows={
        "naive": Row(("medians of two years", "médianes de deux années"), Claim.COVERS, is_relative=False),
        "within_cell": Row(("within cells", "au sein de cellules"), Claim.COVERS, is_relative=False),
        "employer_effects": Row(
            ("with employer effects", "avec effets d'employeur"), Claim.COVERS, is_relative=False
        ),
    },
    run=_growths,
)


# --- skills ---------------------------------------------------------------------------------------


def _corrected(seed: int, folder: Path) -> Iterator[Estimate]:
    setting = replace(READ, errors=replace(ERRORS, labelled=150))
    _, release = released(setting, seed, folder)
    frame = skills.top_skills(release, Selection(), corrected=True).frame.set_index("skill_id")
    for skill in ("python", "rag"):
        row = frame.loc[skill]
        ends = _shown(row["corrected_low"]), _shown(row["corrected_high"])
        yield Estimate(skill, truth.skill_share(setting, skill), _shown(row["share_corrected"]), *ends)


CORRECTED = Experiment(
    id="skills-corrected",
    measure="skills.top_skills(corrected=True)",
    question=(
        "What share of openings names a skill, once errors of reading are taken out?",
        "Quelle part des postes cite une compétence, erreurs de lecture déduites ?",
    ),
    market=(
        "the reader finds 85 % of what is there and says 3 % of what is not, as measured on 150 adverts with and 150 without",
        "le lecteur trouve 85 % de ce qui y est et dit 3 % de ce qui n'y est pas, mesuré sur 150 annonces avec et 150 sans",
    ),
    rows={
        "python": Row(("50 %, corrected", "50 %, corrigé"), Claim.COVERS, is_relative=False),
        "rag": Row(("15 %, corrected", "15 %, corrigé"), Claim.COVERS, is_relative=False),
    },
    run=_corrected,
)

RANKED = Setting(
    days=150,
    employers=60,
    zipf=0.6,
    relations={"title": 1.5, "core": 1.0},
    skills=(
        Skill("rag", 0.3, senior=4.0, premium=1.1),
        Skill("python", 0.3),
        Skill("sql", 0.2, follows="python", beside=0.6),
    ),
    pay=Pay(disclosed=1.0, other_sd=0.25, employer_sd=0.1, seniority=(-0.3, 0.0, 0.3)),
)


def _premiums(seed: int, folder: Path) -> Iterator[Estimate]:
    _, release = released(RANKED, seed, folder)
    for name, strata in (
        ("within", ("year", "country", "relation", "seniority")),
        ("without", ("year", "country", "relation")),
    ):
        frame = skills.premium(release, Selection(), strata=strata).frame.set_index("skill_id")
        row = frame.loc["rag"]
        ends = _shown(row["lower_low"]), _shown(row["lower_high"])
        yield Estimate(name, 0.1, _shown(row["lower_premium"]), *ends)
    pairs = skills.pairs(release, Selection()).frame
    of = pairs[(pairs[["skill_a", "skill_b"]].isin(["python", "sql"])).all(axis=1)]
    lift = 0.6 / truth.skill_share(RANKED, "sql")
    if of.empty:
        yield Estimate("lift", lift, None)
    else:
        row = of.iloc[0]
        yield Estimate("lift", lift, row["lift"], row["lift_low"], row["lift_high"])


PREMIUM = Experiment(
    id="premium",
    measure="skills.premium, skills.pairs",
    question=(
        "What does a skill add to pay, and which skills go together?",
        "Qu'ajoute une compétence à la rémunération, et lesquelles vont ensemble ?",
    ),
    market=(
        "retrieval adds 10 %; senior openings, which pay a third more, name it four times as often (odds); SQL stands beside 60 % "
        "of Python and 20 % of the rest",
        "la recherche augmentée ajoute 10 % ; les postes confirmés, payés un tiers de plus, la citent quatre fois plus "
        "(cotes) ; SQL accompagne 60 % de Python et 20 % du reste",
    ),
    rows={
        "within": Row(
            ("premium, seniority among the strata", "prime, ancienneté parmi les strates"),
            Claim.COVERS,
            is_relative=False,
        ),
        "without": Row(
            ("premium, seniority left out", "prime, sans l'ancienneté"),
            Claim.BIASED,
            is_relative=False,
            said=(
                "an association, not what learning the skill would pay",
                "une association, non ce que rapporterait son apprentissage",
            ),
        ),
        "lift": Row(("lift of Python and SQL", "lift de Python et SQL"), Claim.COVERS),
    },
    run=_premiums,
)


# --- employers ------------------------------------------------------------------------------------


def _concentrations(seed: int, folder: Path) -> Iterator[Estimate]:
    for name, zipf in (("equal", 0.4), ("unequal", 1.0)):
        setting = Setting(days=120, employers=40, zipf=zipf, relations={"title": 0.6, "core": 0.4})
        _, release = released(setting, seed, folder / name)
        frame = employers.concentration(release, Selection()).frame
        row = frame[frame["year"].isna()].iloc[0]
        weights = 1.0 / np.arange(1, setting.employers + 1) ** zipf
        true = float(((weights / weights.sum()) ** 2).sum())
        yield Estimate(
            name,
            true,
            _shown(row["herfindahl"]),
            _shown(row["herfindahl_low"]),
            _shown(row["herfindahl_high"]),
        )
        if name == "equal":
            yield Estimate("observed", true, _shown(row["herfindahl_observed"]))


CONCENTRATION = Experiment(
    id="concentration",
    measure="employers.concentration",
    question=("How concentrated are openings?", "Les postes sont-ils concentrés ?"),
    market=(
        "40 employers whose sizes fall with the rank to the power 0.4 or 1; about 160 openings",
        "40 employeurs dont la taille décroît avec le rang à la puissance 0,4 ou 1 ; environ 160 postes",
    ),
    rows={
        "equal": Row(("Herfindahl, sizes alike", "Herfindahl, tailles proches"), Claim.COVERS),
        "unequal": Row(("Herfindahl, sizes unequal", "Herfindahl, tailles inégales"), Claim.COVERS),
        "observed": Row(
            ("sum of squared shares as observed", "somme des carrés des parts observées"),
            Claim.BIASED,
            said=("without the bias of small numbers", "sans le biais des petits nombres"),
        ),
    },
    run=_concentrations,
)

EXPERIMENTS = (BY_EMPLOYER, PAY_GROWTH, CORRECTED, PREMIUM, CONCENTRATION)
