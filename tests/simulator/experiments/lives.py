"""Lifetimes against the truth: medians and curves where adverts were up before the first look and still are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import gamma
from pathlib import Path

import numpy as np
import pandas as pd

from data.measures import lifetime
from data.measures.selection import Selection
from tests.simulator.released import released
from tests.simulator.setting import Lifetime, Setting, Watch
from tests.simulator.trial import Claim, Estimate, Experiment, Row

MARKET = Setting(
    days=150,
    employers=60,
    zipf=0.6,
    relations={"title": 0.5, "core": 0.3, "none": 1.0},
    role_life=Lifetime(30.0),
)
AT = 21


def _shown(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _lives(setting: Setting, name: str, seed: int, folder: Path) -> Iterator[Estimate]:
    _, release = released(setting, seed, folder)
    coverage = lifetime.survival(release, Selection()).coverage
    figure, life = coverage.figure, setting.role_life
    if figure is None or figure.value is None:
        yield Estimate(f"median{name}", life.median, None)
    else:
        yield Estimate(f"median{name}", life.median, figure.value, figure.low, figure.high)
    frame = lifetime.survival(release, Selection()).frame
    row = frame[frame["day"] <= AT].iloc[-1]
    left = float(np.exp(-((AT / life.scale) ** life.shape)))
    band = _shown(row["survival_low"]), _shown(row["survival_high"])
    yield Estimate(f"left{name}", left, _shown(row["survival"]), *band)
    if name:
        yield from _naive(release, life)


def _naive(release: object, life: Lifetime) -> Iterator[Estimate]:
    """What the measure does not do: the mean of adverts that were seen to close, and the age of those still open."""
    spells = release.query(  # type: ignore[attr-defined]
        "SELECT date_diff('day', p.dated_on, s.gone_by) AS days, date_diff('day', p.dated_on, s.last_seen) AS age "
        "FROM spells s JOIN postings p USING (posting_key) WHERE p.prompt_relation IN ('title', 'core')"
    )
    mean = life.scale * gamma(1 + 1 / life.shape)
    yield Estimate("closed_only", mean, float(spells["days"].mean()))
    yield Estimate("open_age", mean, float(spells.loc[spells["days"].isna(), "age"].mean()))


def _trials(seed: int, folder: Path) -> Iterator[Estimate]:
    yield from _lives(MARKET, "", seed, folder / "plain")
    shaped = replace(MARKET, role_life=Lifetime(20.0, 1.5), watch=Watch(fails=0.1, late=0.3))
    yield from _lives(shaped, "_fails", seed, folder / "fails")


SURVIVAL = Experiment(
    id="lifetime",
    measure="lifetime.survival",
    question=("How long is an opening advertised?", "Combien de temps un poste est-il affiché ?"),
    market=(
        "exponential lives with a median of 30 days over 150 days; in `fails` Weibull lives (shape 1.5, median 20 days), a "
        "tenth of looks fails and 30 % of boards join late",
        "durées exponentielles de médiane 30 jours sur 150 jours ; avec `fails`, durées de Weibull (forme 1,5, médiane "
        "20 jours), un dixième des relevés échoue et 30 % des listes arrivent tard",
    ),
    rows={
        "median": Row(("median days", "jours, médiane"), Claim.COVERS),
        "left": Row(
            ("share listed after 21 days", "part affichée après 21 jours"), Claim.COVERS, is_relative=False
        ),
        "median_fails": Row(("median days, looks fail", "jours, médiane, relevés en échec"), Claim.COVERS),
        "left_fails": Row(
            ("share listed after 21 days, looks fail", "part affichée après 21 jours, relevés en échec"),
            Claim.COVERS,
            is_relative=False,
        ),
        "closed_only": Row(
            ("mean days of those seen to close (not used)", "moyenne des seuls postes fermés (non utilisée)"),
            Claim.NAIVE,
        ),
        "open_age": Row(
            ("mean age of those still open (not used)", "âge moyen des postes encore ouverts (non utilisé)"),
            Claim.NAIVE,
        ),
    },
    run=_trials,
)

EXPERIMENTS = (SURVIVAL,)
