"""What is true of a market: of the drawn one, counted; of the process that drew it, worked out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tests.simulator.market import ROLE, Market
from tests.simulator.observer import NOON
from tests.simulator.setting import MONTH, Setting

if TYPE_CHECKING:
    Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]


# --- of the drawn market --------------------------------------------------------------------------


def stock(market: Market, *, relations: tuple[str, ...] = ROLE, watched: bool = False) -> Numbers:
    """Openings with a posting up at noon, by day (0 to days - 1); `watched`: of boards watched by then."""
    posts = market.postings.merge(market.openings[["opening", "relation"]], on="opening")
    posts = posts[posts["relation"].isin(relations)]
    if watched:
        begins = market.boards["watched_from"].to_numpy()[posts["board"]]
        posts = posts.assign(start=np.maximum(posts["start"], begins))
    noons = np.arange(market.setting.days) + NOON
    up = (posts["start"].to_numpy()[:, None] <= noons) & (noons < posts["end"].to_numpy()[:, None])
    order = np.argsort(posts["opening"].to_numpy(), kind="stable")
    starts = np.flatnonzero(np.diff(posts["opening"].to_numpy()[order], prepend=-1))
    if not len(starts):
        return np.zeros(market.setting.days)
    return np.logical_or.reduceat(up[order], starts, axis=0).sum(axis=0).astype(float)


def n_role(market: Market) -> int:
    """Openings of prompt-engineer roles with a posting up within the time."""
    role = market.openings[market.openings["relation"].isin(ROLE)]
    return int((role["end"] > NOON).sum())


# --- of the process -------------------------------------------------------------------------------


def rate(setting: Setting, relations: tuple[str, ...] = ROLE) -> float:
    """Openings a day at the time 0."""
    return float(sum(setting.relations.get(name, 0.0) for name in relations))


def expected_starts(setting: Setting, first: float, last: float, relations: tuple[str, ...] = ROLE) -> float:
    """Openings expected to be put up between two times."""
    slope = (setting.growth + (setting.role_growth if relations == ROLE else 0.0)) / MONTH
    if abs(slope) < 1e-12:
        return rate(setting, relations) * (last - first)
    return float(rate(setting, relations) * (np.exp(slope * last) - np.exp(slope * first)) / slope)


@dataclass(frozen=True, slots=True)
class PayTruth:
    """Log pay of openings: `grid`, its density and the share that states it at each point."""

    grid: Numbers
    density: Numbers
    stating: Numbers

    @property
    def disclosure(self) -> float:
        return float((self.density * self.stating).sum() / self.density.sum())

    def median(self, *, disclosed: bool = False) -> float:
        """The median of the lower bounds of all openings, or of those that state pay."""
        weights = self.density * self.stating if disclosed else self.density
        at = np.cumsum(weights) / weights.sum()
        return float(np.exp(np.interp(0.5, at, self.grid)))

    def share_from(self, least: float, *, disclosed: bool = False) -> float:
        """The share of openings whose lower bound is at least `least`."""
        weights = self.density * self.stating if disclosed else self.density
        at = np.cumsum(weights) / weights.sum()
        return float(1 - np.interp(np.log(least), self.grid, at))


def pay(setting: Setting) -> PayTruth:
    """The distribution of pay of openings put up at the time 0, by quadrature over a mixture of normals."""
    of, shares = setting.pay, setting.seniorities[0]
    grid = np.linspace(np.log(of.median) - 4, np.log(of.median) + 4, 40_001)
    sd = float(np.hypot(of.employer_sd, of.other_sd))
    density = np.zeros_like(grid)
    for rank, named in product(range(len(shares)), product((False, True), repeat=len(setting.skills))):
        weight, mean = shares[rank], np.log(of.median) + of.seniority[rank]
        for skill, is_named in zip(setting.skills, named, strict=True):
            chance = skill_chance(setting, skill.id, rank, named)
            weight *= chance if is_named else 1 - chance
            mean += np.log(skill.premium) * is_named
        density += weight * np.exp(-0.5 * ((grid - mean) / sd) ** 2)
    stating = 1 / (1 + np.exp(-(of.disclosed + of.selection * (grid - np.log(of.median)))))
    return PayTruth(grid, density, stating)


def skill_chance(setting: Setting, skill_id: str, rank: int, named: tuple[bool, ...] = ()) -> float:
    """The chance that an opening of seniority `rank` names a skill, given which of the skills it names."""
    ids = [skill.id for skill in setting.skills]
    skill = setting.skills[ids.index(skill_id)]
    odds = skill.base / (1 - skill.base) * (skill.senior if rank == 2 else 1.0)
    if skill.follows is not None and named and named[ids.index(skill.follows)]:
        return skill.beside
    return odds / (1 + odds)


def skill_share(setting: Setting, skill_id: str) -> float:
    """The share of openings that name a skill."""
    ids = [skill.id for skill in setting.skills]
    skill = setting.skills[ids.index(skill_id)]
    alone = sum(w * skill_chance(setting, skill_id, r) for r, w in enumerate(setting.seniorities[0]))
    if skill.follows is None:
        return float(alone)
    beside = skill_share(setting, skill.follows)
    return float(beside * skill.beside + (1 - beside) * alone)
