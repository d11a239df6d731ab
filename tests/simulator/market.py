"""Drawing a market: its openings, postings and boards as they truly are, whoever looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tests.simulator.setting import MONTH, SENIORITIES, SOURCES, Lifetime, Setting, Skill

if TYPE_CHECKING:
    Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]

ROLE = ("title", "core")
FOR_EVER = 1e9


@dataclass(frozen=True, slots=True)
class Market:
    """One drawn market. Times are days since the first day (fractions; negative before it).

    openings: opening, employer, relation, kind, seniority, start, end, pay (lower bound, USD a year; per hour for
        gigs), states_pay, currency, and one flag a skill (its id).
    postings: posting, opening, board, start, end, city, is_repost.
    boards: board, source, employer, watched_from, dies (FOR_EVER where it does not).
    """

    setting: Setting
    openings: pd.DataFrame
    postings: pd.DataFrame
    boards: pd.DataFrame


def draw(setting: Setting, seed: int) -> Market:
    """The market of `setting`; the same seed gives the same market."""
    rng = np.random.default_rng(seed)
    dies = np.where(
        rng.random(setting.employers) < setting.dying,
        rng.uniform(0, setting.days, setting.employers),
        FOR_EVER,
    )
    openings = _openings(setting, rng, dies)
    postings = _postings(setting, rng, openings, dies)
    # An opening is open from the first of its postings to the last.
    ends = postings.groupby("opening")["end"].max()
    openings["end"] = openings["opening"].map(ends)
    return Market(setting, openings, postings, _boards(setting, rng, dies))


# --- openings -------------------------------------------------------------------------------------


def _openings(setting: Setting, rng: np.random.Generator, dies: Numbers) -> pd.DataFrame:
    parts = []
    for relation, rate in setting.relations.items():
        life = setting.role_life if relation in ROLE else setting.other_life
        growth = setting.growth + (setting.role_growth if relation in ROLE else 0.0)
        starts = _arrivals(setting, rng, rate, growth, 8 * life.median)
        sizes = rng.geometric(1 / setting.batch, len(starts))
        employer = rng.choice(setting.employers, len(starts), p=_sizes(setting))
        start = np.repeat(starts, sizes)
        part = pd.DataFrame({"start": start, "employer": np.repeat(employer, sizes), "relation": relation})
        part["end"] = start + _lives(rng, life, len(part))
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["start"] < dies[frame["employer"]]].sort_values("start", ignore_index=True)
    frame["end"] = np.minimum(frame["end"], dies[frame["employer"]])
    frame.insert(0, "opening", np.arange(len(frame)))
    return _with_pay(setting, rng, _with_traits(setting, rng, frame))


def _sizes(setting: Setting) -> Numbers:
    weights = 1.0 / np.arange(1, setting.employers + 1) ** setting.zipf
    return weights / weights.sum()


def _arrivals(
    setting: Setting, rng: np.random.Generator, rate: float, growth: float, before: float
) -> Numbers:
    """Times of events (employers that put up a batch): rate * exp(growth * t / MONTH) / batch, from -before on."""
    slope = growth / MONTH
    low, high = -before, float(setting.days)
    if abs(slope) < 1e-12:
        mean = rate * (high - low)
        times = rng.uniform(low, high, rng.poisson(mean / setting.batch))
    else:
        ends = np.exp(slope * low), np.exp(slope * high)
        mean = rate * (ends[1] - ends[0]) / slope
        times = np.log(rng.uniform(*sorted(ends), rng.poisson(mean / setting.batch))) / slope
    return np.sort(times)


def _lives(rng: np.random.Generator, life: Lifetime, n: int) -> Numbers:
    return life.scale * rng.weibull(life.shape, n)


def _with_traits(setting: Setting, rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    first, last = (np.array(shares) for shares in setting.seniorities)
    at = np.clip(frame["start"].to_numpy() / setting.days, 0, 1)[:, None]
    shares = np.cumsum(first * (1 - at) + last * at, axis=1)
    rank = (rng.random(len(frame))[:, None] > shares).sum(axis=1)
    frame["rank"] = np.minimum(rank, len(SENIORITIES) - 1)
    frame["seniority"] = np.array(SENIORITIES)[frame["rank"]]
    frame["kind"] = _choice(rng, setting.kinds, len(frame))
    for skill in setting.skills:
        frame[skill.id] = _named(rng, skill, frame)
    return frame


def _choice(rng: np.random.Generator, shares: Mapping[str, float], n: int) -> np.ndarray:
    return rng.choice(list(shares), n, p=list(shares.values()))


def _named(rng: np.random.Generator, skill: Skill, frame: pd.DataFrame) -> np.ndarray:
    chance = np.full(len(frame), skill.base)
    if skill.senior != 1.0:
        odds = skill.base / (1 - skill.base) * np.where(frame["rank"] == 2, skill.senior, 1.0)
        chance = odds / (1 + odds)
    if skill.follows is not None:
        chance = np.where(frame[skill.follows], skill.beside, chance)
    return rng.random(len(frame)) < chance


def _with_pay(setting: Setting, rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    pay = setting.pay
    by_employer = rng.normal(0, pay.employer_sd, setting.employers)[frame["employer"]]
    log_pay = np.log(pay.median) + by_employer + np.array(pay.seniority)[frame["rank"]]
    log_pay += pay.drift * frame["start"].to_numpy() / MONTH + rng.normal(0, pay.other_sd, len(frame))
    for skill in setting.skills:
        log_pay += np.log(skill.premium) * frame[skill.id].to_numpy()
    chance = 1 / (1 + np.exp(-(pay.disclosed + pay.selection * (log_pay - np.log(pay.median)))))
    frame["pay"] = np.where(frame["kind"].str.startswith("gig"), np.exp(log_pay) / 2_080, np.exp(log_pay))
    frame["states_pay"] = rng.random(len(frame)) < chance
    frame["currency"] = _choice(rng, pay.currencies, len(frame))
    return frame


# --- postings and boards --------------------------------------------------------------------------


def _postings(
    setting: Setting, rng: np.random.Generator, openings: pd.DataFrame, dies: Numbers
) -> pd.DataFrame:
    copies, n = setting.copies, len(openings)
    home = openings["employer"] % len(SOURCES)
    first = pd.DataFrame(
        {
            "opening": openings["opening"],
            "board": openings["employer"] * len(SOURCES) + home,
            "start": openings["start"],
            "end": openings["end"],
            "city": 0,
            "is_repost": False,
        }
    )
    city = first[rng.random(n) < copies.cities].assign(city=1)
    other = first[rng.random(n) < copies.sources]
    away = openings["employer"].to_numpy()[other["opening"]] * len(SOURCES) + 1 - home[other["opening"]]
    again = first[rng.random(n) < copies.reposts].copy()
    again["start"] = again["end"] + rng.uniform(10, 40, len(again))
    life = first["end"] - first["start"]
    again["end"] = np.minimum(
        again["start"] + life[again.index], dies[openings["employer"].to_numpy()[again["opening"]]]
    )
    again = again[again["start"] < again["end"]].assign(is_repost=True)
    frame = pd.concat([first, city, other.assign(board=away.to_numpy()), again], ignore_index=True)
    frame = frame[frame["start"] < setting.days].sort_values(["start", "board", "city"], ignore_index=True)
    frame.insert(0, "posting", np.arange(len(frame)))
    return frame


def _boards(setting: Setting, rng: np.random.Generator, dies: Numbers) -> pd.DataFrame:
    """Both boards of an employer are watched from the same day on."""
    employer = np.repeat(np.arange(setting.employers), len(SOURCES))
    late = rng.random(setting.employers) < setting.watch.late
    begins = np.where(late, rng.uniform(0.2, 0.8, setting.employers) * setting.days, 0).astype(int)
    board = np.arange(len(employer))
    source = np.array(SOURCES)[board % len(SOURCES)]
    return pd.DataFrame(
        {
            "board": board,
            "source": source,
            "employer": employer,
            "watched_from": begins[employer],
            "dies": dies[employer],
        }
    )
