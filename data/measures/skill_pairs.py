"""Pairs of skills that openings name together more often than chance would have it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import RULES, Measure, Withheld, cover, withhold
from data.measures.intervals import wilson
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import PAIRS
from data.measures.skill_series import labels
from data.measures.skill_shares import at_least_one
from data.release import Scope

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp

    from data.release import Release

_Z = 1.959963984540054
_LOOKED_AT = 4
"""Times the asked number of pairs that are looked at closely before they are ranked."""


@dataclass(frozen=True, slots=True)
class _Namings:
    """Which openings (rows, 0 or 1) name which skills, and the cluster of each opening.

    `known`: the first so many clusters are known employers; every other opening is a cluster of its own.
    """

    matrix: sp.csc_matrix
    skills: list[str]
    cluster: np.ndarray
    known: int


def pairs(release: Release, selection: Selection, *, min_support: int | None = None, n: int = 50) -> Measure:
    """The `n` pairs of skills with the surest lift, surest (highest lower end) first (columns PAIRS).

    lift = n_both * n_all / (n_a * n_b): Brin, S., Motwani, R. and Silverstein, C. (1997), Beyond market baskets,
    SIGMOD, 265-276 (there "interest"). Its interval is by the delta method on the logarithm, openings of one employer
    taken as one draw where that makes it wider. Listed are pairs that at least `min_support` openings (None: those of
    the cell rule, never fewer) of enough known employers name; a skill is not paired with what it is a kind of.
    Only among adverts that name prompting: for role `all` the coverage is withheld. Raises SelectionError.
    """
    at_least_one(n)
    coverage = cover(release, selection, method="pairs")
    least = max(RULES["cell"].openings, min_support or 0)
    if selection.scope is Scope.ALL:
        return Measure("skills.pairs", from_rows(PAIRS, []), replace(coverage, withheld=Withheld.NAMED_ONLY))
    namings = _namings(release, selection, least)
    found = _surest(namings, _kin(release, namings.skills), least, n) if len(namings.skills) > 1 else []
    names = labels(release, sorted({row[side] for row in found for side in ("skill_a", "skill_b")}))
    rows = [row | _labels(names, row) for row in found]
    return Measure("skills.pairs", from_rows(PAIRS, rows), coverage)


def lift_variance(n_both: np.ndarray, n_a: np.ndarray, n_b: np.ndarray, n: int) -> np.ndarray:
    """Variance of log lift for n independent openings (multinomial delta method), element by element.

    (1/p_ab - 1/p_a - 1/p_b + 2 p_ab / (p_a p_b) - 1) / n. Agresti, A. (2013), Categorical Data Analysis, 16.1.
    """
    variance: np.ndarray = (n / n_both - n / n_a - n / n_b + 2 * n * n_both / (n_a * n_b) - 1) / n
    return variance.clip(min=0.0)


def _namings(release: Release, selection: Selection, least: int) -> _Namings:
    import numpy as np
    import pandas as pd
    from scipy import sparse

    where, values = selection.where("p")
    openings = release.query(
        load_query("skill_openings").replace("{selected}", where), values, scope=selection.scope
    )
    named = release.query(
        load_query("skill_namings").replace("{selected}", where), [*values, least], scope=selection.scope
    )
    codes, skills = pd.factorize(named["skill_id"], sort=True)
    ones = np.ones(len(named), dtype=np.int64)
    shape = (len(openings), len(skills))
    matrix = sparse.csc_matrix((ones, (named["opening"].to_numpy(), codes)), shape=shape)
    employer = openings["employer"].to_numpy().astype(np.int64)
    known = int(employer.max(initial=-1)) + 1
    unknown = employer < 0
    employer[unknown] = known + np.arange(unknown.sum())
    return _Namings(matrix, list(skills), employer, known)


def _surest(namings: _Namings, kin: np.ndarray, least: int, n: int) -> list[dict[str, Any]]:
    """The rows of the pairs with the highest lower ends."""
    import numpy as np

    together = (namings.matrix.T @ namings.matrix).toarray()
    single, n_all = together.diagonal(), len(namings.cluster)
    a, b = np.nonzero(np.triu((together >= least) & ~kin, k=1))
    both, n_a, n_b = together[a, b], single[a], single[b]
    log_lift = np.log(both * float(n_all) / (n_a * n_b))
    low = log_lift - _Z * np.sqrt(lift_variance(both, n_a, n_b, n_all))
    order = np.lexsort((b, a, -low))[: _LOOKED_AT * n]
    rows = [_pair(namings, int(a[i]), int(b[i])) for i in order]
    listed = [row for row in rows if withhold("cell", row["n_both"], row["n_employers"]) is None]
    return sorted(listed, key=lambda row: (-row["lift_low"], row["skill_a"], row["skill_b"]))[:n]


def _pair(namings: _Namings, a: int, b: int) -> dict[str, Any]:
    import numpy as np

    x, y = (namings.matrix[:, [at]].toarray().ravel() for at in (a, b))
    both, n_all = x * y, len(x)
    n_both, n_a, n_b = int(both.sum()), int(x.sum()), int(y.sum())
    lift = n_both * n_all / (n_a * n_b)
    alone = lift_variance(np.array([n_both]), np.array([n_a]), np.array([n_b]), n_all)[0]
    half = _Z * math.sqrt(max(float(alone), _clustered(namings, x, y)))
    support = wilson(n_both, n_all) or (0.0, 1.0)
    namers = namings.cluster[both > 0]
    return {
        "skill_a": namings.skills[a],
        "skill_b": namings.skills[b],
        "n_both": n_both,
        "n_a": n_a,
        "n_b": n_b,
        "n_employers": len(np.unique(namers[namers < namings.known])),
        "n_all": n_all,
        "support": n_both / n_all,
        "support_low": support[0],
        "support_high": support[1],
        "lift": lift,
        "lift_low": lift * math.exp(-half),
        "lift_high": lift * math.exp(half),
    }


def _clustered(namings: _Namings, x: np.ndarray, y: np.ndarray) -> float:
    """Variance of log lift with employers as the units drawn: the influences of their openings summed, squared."""
    import numpy as np

    n = len(x)
    influence = n * x * y / (x * y).sum() - n * x / x.sum() - n * y / y.sum() + 1
    sums = np.bincount(namings.cluster, weights=influence)
    groups = np.count_nonzero(np.bincount(namings.cluster))
    return float(groups / (groups - 1) * (sums**2).sum() / n**2) if groups > 1 else 0.0


def _kin(release: Release, skills: list[str]) -> np.ndarray:
    """True where one of two skills is a kind of the other, at any distance."""
    import numpy as np

    frame = release.query("SELECT skill_id, parent FROM skill_names WHERE parent IS NOT NULL")
    parents = dict(zip(frame["skill_id"], frame["parent"], strict=True))
    place = {skill: at for at, skill in enumerate(skills)}
    kin = np.zeros((len(skills), len(skills)), dtype=bool)
    for skill, at in place.items():
        for above in ancestors(skill, parents):
            if above in place:
                kin[at, place[above]] = kin[place[above], at] = True
    return kin


def ancestors(skill: str, parents: dict[str, str]) -> list[str]:
    """What a skill is a kind of, nearest first; a circle in the table is followed once."""
    found: list[str] = []
    while (skill := parents.get(skill, "")) and skill not in found:
        found.append(skill)
    return found


def _labels(names: dict[str, dict[str, str]], row: dict[str, Any]) -> dict[str, str]:
    return {
        f"label_{side}_{lang}": names[row[f"skill_{side}"]][f"label_{lang}"]
        for side in ("a", "b")
        for lang in ("en", "fr")
    }
