"""Pay against the truth: medians under selection and employer effects, and the share that reaches a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data.measures import pay
from data.measures.selection import Selection
from tests.simulator import truth
from tests.simulator.released import released
from tests.simulator.setting import Pay, Setting
from tests.simulator.trial import Claim, Estimate, Experiment, Row

MARKET = Setting(
    days=90,
    employers=80,
    zipf=0.6,
    relations={"title": 0.8, "core": 0.6},
    pay=Pay(selection=1.5),
)
CLAIMED = 140_000.0


def _medians(setting: Setting, name: str, seed: int, folder: Path) -> Iterator[Estimate]:
    _, release = released(setting, seed, folder)
    row = pay.pay_overall(release, Selection()).frame.iloc[0]
    of = truth.pay(setting)
    disclosed = of.median(disclosed=True)
    lower = row["lower_median"], row["lower_low"], row["lower_high"]
    yield Estimate(f"lower{name}", disclosed, *lower)
    upper = row["upper_median"], row["upper_low"], row["upper_high"]
    yield Estimate(f"upper{name}", disclosed * setting.pay.spread, *upper)
    if not name:
        yield Estimate("of_all", of.median(), *lower)
        yield Estimate("disclosure", of.disclosure, row["disclosure"])


def _pays(seed: int, folder: Path) -> Iterator[Estimate]:
    clustered = replace(MARKET, zipf=1.0, pay=replace(MARKET.pay, employer_sd=0.3, other_sd=0.2))
    yield from _medians(MARKET, "", seed, folder / "alone")
    yield from _medians(clustered, "_employers", seed, folder / "clustered")


_OF_DISCLOSED = ("medians are of disclosed openings", "les médianes sont celles des postes qui l'indiquent")
_BY_EMPLOYER = (
    "where one employer posts many, the truth is wider",
    "quand un employeur en publie beaucoup, la vérité est plus large",
)
MEDIANS = Experiment(
    id="pay",
    measure="pay.pay_overall",
    question=("What is the median of stated pay?", "Quelle est la médiane de la rémunération indiquée ?"),
    market=(
        "log-normal pay; the better paid state it more often (logit slope 1.5, half in all); in `employers` most of the "
        "spread is between employers, and a few post much",
        "rémunération log-normale ; les mieux payés l'indiquent plus souvent (pente logit 1,5, la moitié en tout) ; avec "
        "`employers`, l'essentiel de l'écart est entre employeurs, et quelques-uns publient beaucoup",
    ),
    rows={
        "lower": Row(
            ("lower bound, of those that state it", "borne basse, de ceux qui l'indiquent"), Claim.COVERS
        ),
        "upper": Row(
            ("upper bound, of those that state it", "borne haute, de ceux qui l'indiquent"), Claim.COVERS
        ),
        "of_all": Row(
            ("the same, taken for the median of all", "la même, prise pour la médiane de tous"),
            Claim.BIASED,
            said=_OF_DISCLOSED,
        ),
        "disclosure": Row(
            ("disclosure", "part qui l'indique"), Claim.UNBIASED, is_relative=False, limit=0.01
        ),
        "lower_employers": Row(
            ("lower bound, few employers post much", "borne basse, peu d'employeurs publient beaucoup"),
            Claim.NARROW,
            said=_BY_EMPLOYER,
        ),
        "upper_employers": Row(
            ("upper bound, few employers post much", "borne haute, peu d'employeurs publient beaucoup"),
            Claim.NARROW,
            said=_BY_EMPLOYER,
        ),
    },
    run=_pays,
)


def _claims(seed: int, folder: Path) -> Iterator[Estimate]:
    market, release = released(MARKET, seed, folder)
    found = pay.claim_share(release, Selection(), low=CLAIMED, high=2 * CLAIMED).frame
    row = found.set_index("criterion").loc["lower_reaches_low"]
    of = truth.pay(MARKET)
    share = row["share"], row["share_low"], row["share_high"]
    yield Estimate("share", of.share_from(CLAIMED, disclosed=True), *share)
    yield Estimate("of_all", of.share_from(CLAIMED), *share)
    keys = release.query("SELECT posting_key FROM postings WHERE prompt_relation <> 'none'")["posting_key"]
    numbers = market.postings.set_index("posting")["opening"][keys.str.split(":").str[1].astype(int)]
    drawn = market.openings.set_index("opening").loc[numbers.unique()]
    yield Estimate(
        "bounds", float((drawn["pay"] >= CLAIMED).mean()), row["share"], row["worst_low"], row["worst_high"]
    )


CLAIM = Experiment(
    id="claim",
    measure="pay.claim_share",
    question=(
        "What share of openings pays 140,000 or more?",
        "Quelle part des postes paie 140 000 ou plus ?",
    ),
    market=MEDIANS.market,
    rows={
        "share": Row(
            ("share of those that state pay", "part de ceux qui l'indiquent"), Claim.COVERS, is_relative=False
        ),
        "of_all": Row(
            ("the same, taken for the share of all", "la même, prise pour la part de tous"),
            Claim.BIASED,
            is_relative=False,
            said=("bounds of Manski 1989", "bornes de Manski 1989"),
        ),
        "bounds": Row(
            (
                "worst cases hold the share of all drawn",
                "les pires cas encadrent la part de tous les postes tirés",
            ),
            Claim.BOUNDS,
            is_relative=False,
        ),
    },
    run=_claims,
)

EXPERIMENTS = (MEDIANS, CLAIM)
