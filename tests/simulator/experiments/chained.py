"""Growth against the truth: the index of the same boards, the parts of a change, the ratio, the share and the trend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from data.measures import demand
from data.measures.selection import Selection
from tests.simulator import truth
from tests.simulator.experiments.demand import IN_BATCHES
from tests.simulator.released import released
from tests.simulator.setting import MONTH, Copies, Setting, Watch
from tests.simulator.trial import Claim, Estimate, Experiment, Row

JOINING = Setting(
    days=120,
    employers=40,
    zipf=0.6,
    relations={"title": 1.2, "core": 0.8, "none": 4.0},
    watch=Watch(late=0.5, fails=0.03, outages=(("lever", 70, 80),)),
)
BASE_DAYS, LAST_DAYS = 28, 7


def expected_index(setting: Setting) -> float:
    """The expected stock of the last seven days over that of the first 28, times 100: arrivals grow, lives do not."""
    level = np.exp(setting.growth / MONTH * np.arange(setting.days))
    return float(100 * level[-LAST_DAYS:].mean() / level[:BASE_DAYS].mean())


def _index(setting: Setting, name: str, seed: int, folder: Path, *, raw: bool = False) -> Iterator[Estimate]:
    _, release = released(setting, seed, folder)
    frame = demand.index(release, Selection()).frame
    last, true = frame.iloc[-1], expected_index(setting)
    yield Estimate(
        name, true, _shown(last["index_7d"]), _shown(last["index_7d_low"]), _shown(last["index_7d_high"])
    )
    if raw:
        yield Estimate(f"{name}_raw", true, _shown(frame["raw_index"][-LAST_DAYS:].mean()))


def _shown(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _indices(seed: int, folder: Path) -> Iterator[Estimate]:
    few = replace(JOINING, employers=80, zipf=1.0, relations={"title": 0.3, "core": 0.2, "none": 1.0})
    yield from _index(JOINING, "level", seed, folder / "level", raw=True)
    yield from _index(replace(JOINING, growth=0.15), "growing", seed, folder / "growing")
    yield from _index(few, "small", seed, folder / "small")
    copied = replace(JOINING, watch=Watch(), copies=Copies(0.2, 0.4))
    market, release = released(copied, seed, folder / "copied")
    n_open = float(demand.index(release, Selection()).frame["n_open"].iloc[-1])
    yield Estimate("counted", float(truth.stock(market)[-1]), n_open)
    # An employer that goes takes its adverts with it, and its demand is gone.
    dying = replace(JOINING, watch=Watch(), dying=0.4)
    market, release = released(dying, seed, folder / "dying")
    true = truth.stock(market)
    value = demand.index(release, Selection()).frame["index_7d"].iloc[-1]
    yield Estimate("dying", 100 * true[-LAST_DAYS:].mean() / true[:BASE_DAYS].mean(), _shown(value))


INDEX = Experiment(
    id="index",
    measure="demand.index",
    question=(
        "How did the stock of openings move since the base window?",
        "Comment le stock de postes a-t-il évolué depuis la fenêtre de base ?",
    ),
    market=(
        "half of the boards are watched only from some later day on, 3 % of looks fail, half of the boards answer nothing for "
        "11 days; in `growing` arrivals grow by 15 % a month, in `small` most boards list less than one opening, in `dying` "
        "40 % of employers go; in the row of the stock 40 % of openings stand in two cities and 20 % at two sources",
        "la moitié des listes n'est relevée qu'à partir d'un jour ultérieur, 3 % des relevés échouent, la moitié des listes "
        "se tait 11 jours ; avec `growing`, les arrivées croissent de 15 % par mois, avec `small`, la plupart des listes "
        "portent moins d'un poste, avec `dying`, 40 % des employeurs disparaissent ; à la ligne du stock, 40 % des postes "
        "paraissent dans deux villes et 20 % chez deux sources",
    ),
    rows={
        "level": Row(("index, no growth", "indice, sans croissance"), Claim.COVERS),
        "level_raw": Row(
            ("raw count as an index, no growth", "compte brut en indice, sans croissance"),
            Claim.BIASED,
            said=(
                "Growth of the stock may be growth of the list of boards",
                "Le stock peut croître parce que nous relevons plus de listes",
            ),
        ),
        "growing": Row(("index, 15 % a month", "indice, 15 % par mois"), Claim.COVERS),
        "small": Row(("index, small boards", "indice, petites listes"), Claim.COVERS),
        "counted": Row(
            ("stock of the last day, copied openings", "stock du dernier jour, postes copiés"), Claim.EXACT
        ),
        "dying": Row(
            (
                "index, employers go, against the whole market",
                "indice, des employeurs disparaissent, face au marché entier",
            ),
            Claim.BIASED,
            said=(
                "the end of an employer does not lower it",
                "la fin d'un employeur ne le fait donc pas baisser",
            ),
        ),
    },
    run=_indices,
)


# --- the parts of a change ------------------------------------------------------------------------


def _parts(seed: int, folder: Path) -> Iterator[Estimate]:
    setting = replace(JOINING, copies=Copies(0.2, 0.2, 0.1), growth=0.1, dying=0.1)
    _, release = released(setting, seed, folder)
    days = [setting.first_day + timedelta(days=day) for day in (20, 110)]
    frame = demand.growth(release, Selection(), since=days[0], until=days[1]).frame
    stock = demand.stock_by_day(release, Selection()).frame.set_index("day")["n_open"]
    for basis, part in frame.groupby("basis"):
        n = part.set_index("component")["n"]
        whole = float(n["end"] - n["start"])
        yield Estimate("sum", 1000.0, 1000.0 + float(n.drop(["start", "end"]).sum()) - whole)
        if basis == "stock":
            yield Estimate("ends", float(stock[pd.Timestamp(days[1])]), float(n["end"]))
            yield Estimate("ends", float(stock[pd.Timestamp(days[0])]), float(n["start"]))


PARTS = Experiment(
    id="growth",
    measure="demand.growth",
    question=("What made the stock change?", "Qu'est-ce qui a fait changer le stock ?"),
    market=INDEX.market,
    rows={
        "sum": Row(("sum of the parts (plus 1,000)", "somme des parts (plus 1 000)"), Claim.EXACT),
        "ends": Row(("stock at both ends", "stock aux deux bouts"), Claim.EXACT),
    },
    run=_parts,
)


# --- a job, or a skill ----------------------------------------------------------------------------

ASKING = Setting(days=180, relations={"title": 0.15, "required": 0.3, "preferred": 0.1, "none": 2.0})


def _ratios(seed: int, folder: Path) -> Iterator[Estimate]:
    for name, setting in (("ratio", ASKING), ("ratio_batches", replace(ASKING, batch=2.0))):
        _, release = released(setting, seed, folder / name)
        row = demand.absorption(release, Selection()).frame.iloc[-1]
        yield Estimate(name, 0.375, _shown(row["ratio"]), _shown(row["ratio_low"]), _shown(row["ratio_high"]))


ABSORPTION = Experiment(
    id="absorption",
    measure="demand.absorption",
    question=(
        "How many openings for prompt engineers to one of another title that asks for prompting?",
        "Combien de postes de prompt engineer pour un poste d'un autre intitulé qui demande le prompting ?",
    ),
    market=(
        "30 and 70 openings expected within the year; in `batches` an employer puts up two at once on average",
        "30 et 70 postes attendus dans l'année ; avec `batches`, un employeur en publie deux à la fois en moyenne",
    ),
    rows={
        "ratio": Row(("ratio", "rapport"), Claim.COVERS, limit=0.1),
        "ratio_batches": Row(("ratio, in batches", "rapport, par lots"), Claim.NARROW, said=IN_BATCHES),
    },
    run=_ratios,
)


# --- share of the same boards ---------------------------------------------------------------------


def _panel_shares(seed: int, folder: Path) -> Iterator[Estimate]:
    setting = replace(
        JOINING, relations={"title": 0.6, "core": 0.4, "none": 9.0}, watch=Watch(late=0.3, fails=0.03)
    )
    _, release = released(setting, seed, folder)
    frame = demand.panel_share(release, Selection()).frame
    whole = frame[frame["is_covered"] & ~frame["is_provisional"]]
    row = whole.iloc[-1]
    yield Estimate(
        "share", 1_000.0, _shown(row["share_per_10k"]), _shown(row["share_low"]), _shown(row["share_high"])
    )
    yield Estimate(
        "change", 0.0, _shown(row["change"]), _shown(row["change_low"]), _shown(row["change_high"])
    )


PANEL_SHARE = Experiment(
    id="panel-share",
    measure="demand.panel_share",
    question=(
        "What share of the adverts of the same boards are for the role, and does it change?",
        "Quelle part des annonces des mêmes listes concerne le rôle, et change-t-elle ?",
    ),
    market=(
        "28 of 280 adverts expected in four weeks are for the role, steadily; 30 % of boards join late",
        "28 des 280 annonces attendues en quatre semaines concernent le rôle, de façon stable ; 30 % des listes arrivent tard",
    ),
    rows={
        "share": Row(("openings per 10,000 adverts", "postes pour 10 000 annonces"), Claim.COVERS),
        "change": Row(("change, percentage points", "variation, points"), Claim.COVERS, is_relative=False),
    },
    run=_panel_shares,
)


# --- trend ----------------------------------------------------------------------------------------


def expected_trend(setting: Setting) -> float:
    """Growth a month of the expected new openings of the role against all adverts: Poisson's fit to expected counts."""
    weeks = np.arange(0, setting.days // 7 * 7, 7)
    role = np.array([truth.expected_starts(setting, day, day + 7) for day in weeks])
    everything = role + np.array([truth.expected_starts(setting, day, day + 7, ("none",)) for day in weeks])
    design = np.column_stack([np.ones(len(weeks)), weeks / (365.25 / 12)])
    slope = np.array([np.log(role.sum() / everything.sum()), 0.0])
    for _ in range(20):  # Newton's steps
        mean = everything * np.exp(design @ slope)
        slope = slope + np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (role - mean))
    return float(np.expm1(slope[1]))


def _trends(seed: int, folder: Path) -> Iterator[Estimate]:
    level = Setting(days=180, relations={"title": 0.6, "core": 0.4, "none": 3.0}, employers=30)
    settings = {
        "level": level,
        "growing": replace(level, role_growth=0.2),
        "level_batches": replace(level, batch=2.0),
    }
    for name, setting in settings.items():
        _, release = released(setting, seed, folder / name)
        row = demand.trend(release, Selection()).frame.iloc[0]
        ends = _shown(row["growth_low"]), _shown(row["growth_high"])
        yield Estimate(name, expected_trend(setting), _shown(row["growth"]), *ends)


TREND = Experiment(
    id="trend",
    measure="demand.trend",
    question=(
        "By how much do new openings grow a month?",
        "De combien les nouveaux postes croissent-ils par mois ?",
    ),
    market=(
        "7 new openings a week over half a year beside 21 others, level or growing by 20 % a month (13 % against all); in `batches` an employer puts up two at "
        "once on average",
        "7 nouveaux postes par semaine pendant six mois face à 21 autres, stables ou croissant de 20 % par mois (13 % face à toutes) ; avec `batches`, un employeur "
        "en publie deux à la fois en moyenne",
    ),
    rows={
        "level": Row(
            ("growth a month, none", "croissance mensuelle, nulle"), Claim.COVERS, is_relative=False
        ),
        "growing": Row(
            ("growth a month, growing", "croissance mensuelle, en hausse"), Claim.COVERS, is_relative=False
        ),
        "level_batches": Row(
            ("growth a month, none, in batches", "croissance mensuelle, nulle, par lots"),
            Claim.COVERS,
            is_relative=False,
        ),
    },
    run=_trends,
)

EXPERIMENTS = (INDEX, PARTS, ABSORPTION, PANEL_SHARE, TREND)
