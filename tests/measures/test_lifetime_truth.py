"""Lifetimes against a known truth: boards that join late, fail and are given up, daily looks, one seed each."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from data.measures import lifetime
from data.measures.selection import Selection
from tests.measures.markets import checked, posting, release_of, spell

BEGIN = date(2025, 9, 1)
DAYS, WARM, BOARDS = 150, 500, 60


def on(number):
    return BEGIN + timedelta(days=int(number))


def looks(rng, p_fail):
    """The days on which one board was read completely: some join late, some are given up, some are out for a week."""
    start = 0 if rng.random() < 0.6 else rng.integers(1, DAYS // 2)
    stop = DAYS if rng.random() < 0.8 else rng.integers(start + 20, DAYS + 20)
    read = rng.random(DAYS) >= p_fail
    out = rng.integers(0, DAYS)
    read[out : out + 7] = False
    return [d for d in range(int(start), int(min(stop, DAYS))) if read[d]]


def observed(rng, read, lasts, rate):
    """(stated day, first, last, gone or None) of what looks at a quarter past the day's start saw of one board."""
    n = rng.poisson(rate * (DAYS + WARM))
    start = rng.uniform(-WARM, DAYS, n)
    end = start + lasts(rng, n)
    at = np.array(read) + 0.25
    first, after = np.searchsorted(at, start), np.searchsorted(at, end)
    for a, z, began in zip(first, after, start, strict=True):
        if z > a:
            yield int(np.floor(began)), read[a], read[z - 1], read[z] if z < len(read) else None


def market(folder, seed, lasts, *, p_fail=0.03, rate=0.12, stated=0.7):
    """A release of what was seen, and the lengths of those seen to end."""
    rng = np.random.default_rng(seed)
    rows, spells, coverage, ended = [], [], [], []
    for board in range(BOARDS):
        name, read = f"board {board}", looks(rng, p_fail)
        coverage += [checked("lever", name, on(d)) for d in read]
        for began, first, last, gone in observed(rng, read, lasts, rate):
            known = (
                {"posted_on": on(began), "posted_basis": "stated"}
                if rng.random() < stated
                else {"posted_on": None}
            )
            about = {"source": "lever", "lifecycle": "listing", "origin": "live", "board": name}
            row = posting(len(rows), on(first), **about, **known, employer_key=name)
            rows.append(row)
            spells.append(spell(row["posting_key"], on(first), on(last), None if gone is None else on(gone)))
            if gone is not None:
                ended.append(gone - first)
    return release_of(folder, rows, spells=spells, coverage=coverage), ended


MARKETS = [
    ("exponential", lambda rng, n: rng.exponential(40, n), 40 * np.log(2), {}),
    ("wearing out", lambda rng, n: 45 * rng.weibull(1.6, n), 45 * np.log(2) ** (1 / 1.6), {}),
    ("many failures", lambda rng, n: rng.exponential(40, n), 40 * np.log(2), {"p_fail": 0.35}),
    ("nothing stated", lambda rng, n: rng.exponential(40, n), 40 * np.log(2), {"stated": 0.0}),
]


@pytest.mark.parametrize(("name", "lasts", "true", "given"), MARKETS, ids=[row[0] for row in MARKETS])
def test_the_median_is_the_true_one(tmp_path, name, lasts, true, given):
    """Within two days of the truth (looks are a day apart) and inside its interval."""
    release, _ = market(tmp_path, 11, lasts, **given)
    figure = lifetime.survival(release, Selection()).coverage.figure
    assert abs(figure.value - true) <= 2
    assert figure.low - 1 <= true <= figure.high


def test_what_is_not_done_would_mislead(tmp_path):
    """Here the median of the ended ones alone is a third too low."""
    release, ended = market(tmp_path, 12, MARKETS[0][1])
    true = MARKETS[0][2]
    figure = lifetime.survival(release, Selection()).coverage.figure
    assert abs(np.median(ended) - true) > 5 > abs(figure.value - true)


@pytest.mark.parametrize("p_fail", [0.03, 0.35])
def test_the_curve_is_near_the_true_one_at_every_age(tmp_path, p_fail):
    release, _ = market(tmp_path, 13, MARKETS[0][1], p_fail=p_fail)
    frame = lifetime.survival(release, Selection()).frame.query("day <= 120")
    assert np.abs(frame["survival"] - np.exp(-frame["day"] / 40)).max() < 0.04
    assert (frame["survival_employer_low"] <= frame["survival_low"]).all()
