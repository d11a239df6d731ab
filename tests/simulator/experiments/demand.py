"""Demand against the truth: counts, shares, the stock, and what reposts and copies do to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from data.measures import demand
from data.measures.selection import Selection
from tests.simulator import truth
from tests.simulator.market import draw
from tests.simulator.observer import observe
from tests.simulator.recorded import recorded
from tests.simulator.released import released
from tests.simulator.setting import Copies, Lifetime, Setting, Watch
from tests.simulator.trial import Claim, Estimate, Experiment, Row

MONTH_AT = 59, 90
"""March: its first day and the day after its last, counted from the first of January 2026."""

STEADY = Setting(days=120, relations={"title": 0.15, "core": 0.1, "none": 6.0})


def _seen(life: Lifetime) -> float:
    """The share of openings that are up at one of the daily looks at least: lives may be shorter than a day."""
    ages = np.linspace(0, 1, 2_001)
    return float(np.exp(-((ages / life.scale) ** life.shape)).mean())


# --- counts and shares ----------------------------------------------------------------------------


def _flow(setting: Setting, name: str, seed: int, folder: Path) -> Iterator[Estimate]:
    _, release = released(setting, seed, folder)
    frame = demand.flow_by_month(release, Selection()).frame.set_index("month")
    row = frame.loc["2026-03-01"]
    expected = truth.expected_starts(setting, *MONTH_AT) * _seen(setting.role_life)
    yield Estimate(f"count{name}", expected, row["n_openings"], row["n_low"], row["n_high"])
    share = 1e4 * truth.rate(setting) / sum(setting.relations.values())
    if np.isnan(row["share_per_10k"]):
        yield Estimate(f"share{name}", share, None)
    else:
        yield Estimate(f"share{name}", share, row["share_per_10k"], row["share_low"], row["share_high"])


def _flows(seed: int, folder: Path) -> Iterator[Estimate]:
    rare = replace(STEADY, relations={"title": 0.06, "core": 0.04, "none": 6.0})
    batches = replace(STEADY, relations={"title": 0.6, "core": 0.4, "none": 6.0}, batch=2.0)
    copied = replace(STEADY, relations={"title": 0.6, "core": 0.4, "none": 6.0}, copies=Copies(0.3, 0.3))
    yield from _flow(rare, "_rare", seed, folder / "rare")
    yield from _flow(STEADY, "", seed, folder / "steady")
    yield from _flow(batches, "_batches", seed, folder / "batches")
    yield from _flow(copied, "_copied", seed, folder / "copied")


IN_BATCHES = ("where an employer puts up several at once", "quand un employeur en publie plusieurs à la fois")
_IN_COPIES = (
    "one opening stands in several adverts of a share",
    "un poste paraît en plusieurs annonces d'une part",
)
_WHERE_SHOWN = (
    "the shares that are shown are those of the better periods",
    "les parts montrées sont celles des meilleures périodes",
)
FLOW = Experiment(
    id="flow",
    measure="demand.flow",
    question=(
        "How many openings are published in a month, and what share of all adverts are they?",
        "Combien de postes paraissent en un mois, et quelle part de toutes les annonces est-ce ?",
    ),
    market=(
        "steady arrivals; 3, 8 and 31 openings expected a month; in `batches` an employer puts up two at once on average, "
        "in `copied` 30 % of openings stand in two cities and 30 % at two sources",
        "arrivées constantes ; 3, 8 et 31 postes attendus par mois ; avec `batches`, un employeur en publie deux à la fois "
        "en moyenne, avec `copied`, 30 % des postes paraissent dans deux villes et 30 % chez deux sources",
    ),
    rows={
        "count_rare": Row(("openings, 3 expected", "postes, 3 attendus"), Claim.COVERS),
        "count": Row(("openings, 8 expected", "postes, 8 attendus"), Claim.COVERS),
        "count_copied": Row(("openings, 31 expected, copied", "postes, 31 attendus, copiés"), Claim.COVERS),
        "count_batches": Row(
            ("openings, 31 expected, in batches", "postes, 31 attendus, par lots"),
            Claim.NARROW,
            said=IN_BATCHES,
        ),
        "share_rare": Row(("share, 3 expected", "part, 3 attendus"), Claim.BIASED, said=_WHERE_SHOWN),
        "share": Row(("share, 8 expected", "part, 8 attendus"), Claim.COVERS),
        "share_copied": Row(
            ("share, 31 expected, copied", "part, 31 attendus, copiés"), Claim.NARROW, said=_IN_COPIES
        ),
        "share_batches": Row(
            ("share, 31 expected, in batches", "part, 31 attendus, par lots"), Claim.NARROW, said=IN_BATCHES
        ),
    },
    run=_flows,
)


# --- stock ----------------------------------------------------------------------------------------


def _stocks(seed: int, folder: Path) -> Iterator[Estimate]:
    base = Setting(days=120, copies=Copies(0.2, 0.2, 0.1), dying=0.1)
    settings = {
        "stock": base,
        "stock_fails": replace(base, dying=0.0, watch=Watch(fails=0.1)),
        "stock_outage": replace(base, dying=0.0, watch=Watch(outages=(("lever", 80, 95),))),
    }
    day = {"stock": 90, "stock_fails": 90, "stock_outage": 95}
    for name, setting in settings.items():
        market, release = released(setting, seed, folder / name)
        frame = demand.stock_by_day(release, Selection()).frame
        true = truth.stock(market, watched=True)
        yield Estimate(name, true[day[name]], float(frame["n_open"][day[name]]))
        steps = frame["n_new"] - frame["n_closed"]
        gap = (frame["n_open"].diff()[1:] - steps[1:]).abs().max()
        yield Estimate("identity", 1.0, 1.0 + float(gap))


STOCK = Experiment(
    id="stock",
    measure="demand.stock_by_day",
    question=("How many openings are open on a day?", "Combien de postes sont ouverts un jour donné ?"),
    market=(
        "20 % copied to a second source, 20 % to a second city, 10 % put up again; a tenth of the boards dies; in `fails` "
        "a tenth of a board's days fails, in `outage` half of the boards answer nothing for 16 days",
        "20 % copiés chez une seconde source, 20 % dans une seconde ville, 10 % republiés ; un dixième des listes "
        "disparaît ; avec `fails`, un dixième des jours d'une liste échoue, avec `outage`, la moitié des listes se tait 16 jours",
    ),
    rows={
        "stock": Row(("stock, every look complete", "stock, relevés complets"), Claim.EXACT),
        "stock_fails": Row(
            ("stock, a tenth of looks fails", "stock, un dixième des relevés échoue"), Claim.UNBIASED
        ),
        "stock_outage": Row(
            (
                "stock on the 16th day of an outage of half the boards",
                "stock au 16e jour d'une panne de la moitié des listes",
            ),
            Claim.UNBIASED,
            limit=0.06,
        ),
        "identity": Row(
            ("stock(t) − stock(t−1) = new − closed", "stock(t) − stock(t−1) = nouveaux − fermés"), Claim.EXACT
        ),
    },
    run=_stocks,
)


# --- identity -------------------------------------------------------------------------------------


def _dedupe(seed: int, folder: Path) -> Iterator[Estimate]:
    setting = Setting(
        days=120, employers=25, copies=Copies(0.3, 0.3, 0.2), relations={"title": 0.6, "core": 0.4}
    )
    market = draw(setting, seed)
    observed = observe(market, seed)
    coverage = demand.flow_by_month(recorded(market, observed, seed, folder), Selection()).coverage
    true = float(observed.seen["opening"].nunique())
    yield Estimate("openings", true, coverage.n_openings)
    yield Estimate("postings", true, coverage.n_postings)


DEDUPE = Experiment(
    id="dedupe",
    measure="data.resolve",
    question=(
        "How many openings do the postings advertise?",
        "Combien de postes les annonces recouvrent-elles ?",
    ),
    market=(
        "30 % copied to a second source, 30 % to a second city, 20 % put up again 10 to 40 days later; sibling roles of one "
        "employer share title and 43 % of their words; through the record's own code",
        "30 % copiés chez une seconde source, 30 % dans une seconde ville, 20 % republiés 10 à 40 jours plus tard ; les postes "
        "voisins d'un employeur partagent l'intitulé et 43 % des mots ; par le code même de l'enregistrement",
    ),
    rows={
        "openings": Row(("openings", "postes"), Claim.UNBIASED, limit=0.005),
        "postings": Row(
            ("postings, taken for openings", "annonces, prises pour des postes"),
            Claim.BIASED,
            said=("belong to the same opening", "appartiennent au même poste"),
        ),
    },
    run=_dedupe,
)

EXPERIMENTS = (FLOW, STOCK, DEDUPE)
