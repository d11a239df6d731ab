"""Pairs of skills that openings name together more often than chance would have it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import RULES, Measure, cover, withhold
from data.measures.intervals import wilson
from data.measures.queries import load_query
from data.measures.reasons import Withheld
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

FALSE_DISCOVERIES = 0.05
"""Of the pairs that are listed, the share that may be there by chance."""
MOST_SKILLS = 300
_LOOKED_AT = 4
"""Times the asked number of pairs whose employers are looked at before they are ranked."""


@dataclass(frozen=True, slots=True)
class _Namings:
    """Which openings (rows, 0 or 1) name which skills, and the cluster of each opening.

    `known`: the first so many clusters are known employers; every other opening is a cluster of its own.
    """

    matrix: sp.csc_matrix
    skills: list[str]
    cluster: np.ndarray
    known: int

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the employers: how many of one size would be worth as much (Kish), less 1."""
        import numpy as np

        sizes = np.bincount(self.cluster)
        return max(2.0, float(len(self.cluster) ** 2 / (sizes.astype(float) ** 2).sum()) - 1)


def pairs(release: Release, selection: Selection, *, min_support: int | None = None, n: int = 50) -> Measure:
    """Up to `n` pairs of skills that go together beyond chance, surest (highest lower end) first (columns PAIRS).

    lift = n_both * n_all / (n_a * n_b): Brin, S., Motwani, R. and Silverstein, C. (1997), Beyond market baskets,
    SIGMOD, 265-276 (there "interest"). Thousands of pairs are looked at, so that some stand out by chance: listed are
    those left when false discoveries are held at 5 % (Benjamini, Y. and Hochberg, Y. (1995), JRSS B 57, 289-300),
    every employer having one vote, with intervals wide enough for having been picked (Benjamini, Y. and Yekutieli, D.
    (2005), JASA 100, 71-81) and for openings of one employer being alike. Looked at are the 300 most named skills;
    a pair needs `min_support` openings (None: those of the cell rule, never fewer) of enough known employers, and
    a skill is not paired with what it is a kind of. Only among adverts that name prompting: for role `all` the
    coverage is withheld. Raises SelectionError.
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
        load_query("skill_namings").replace("{selected}", where),
        [*values, least, MOST_SKILLS],
        scope=selection.scope,
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
    """The rows of the pairs beyond chance with the highest lower ends."""
    import numpy as np
    from scipy.special import stdtrit

    together = (namings.matrix.T @ namings.matrix).toarray()
    family = np.triu(~kin, k=1)
    a, b = np.nonzero(family & (together >= least))
    q = false_discoveries(_chances(namings, a, b), int(family.sum()))
    order = np.lexsort((b, a, q))[: min(_LOOKED_AT * n, int((q <= FALSE_DISCOVERIES).sum()))]
    columns = dict.fromkeys([*a[order].tolist(), *b[order].tolist()])
    dense = dict(zip(columns, namings.matrix[:, list(columns)].toarray().T.astype(np.int8), strict=True))
    tail = FALSE_DISCOVERIES / 2 * int((q <= FALSE_DISCOVERIES).sum()) / max(1, int(family.sum()))
    quantile = float(stdtrit(namings.freedom, 1 - tail))
    rows = [_pair(namings, dense, int(a[at]), int(b[at])) | {"q_value": float(q[at])} for at in order]
    found = [
        row | _lift_ends(row, quantile)
        for row in rows
        if withhold("cell", row["n_both"], row["n_employers"]) is None
    ]
    return sorted(found, key=lambda row: (-row["lift_low"], row["skill_a"], row["skill_b"]))[:n]


def _chances(namings: _Namings, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The chance of each pair, every employer having one vote that its openings share.

    As if one opening were drawn from each employer: Hoffman, E. B., Sen, P. K. and Weinberg, C. R. (2001),
    Within-cluster resampling, Biometrika 88, 1121-1134.
    """
    import numpy as np
    from scipy import sparse

    sizes = np.bincount(namings.cluster)
    votes = sparse.diags(1 / sizes[namings.cluster])
    together = (namings.matrix.T @ votes @ namings.matrix).toarray()
    single, employers = together.diagonal(), int(np.count_nonzero(sizes))
    is_more = together[a, b] * employers > single[a] * single[b]
    return np.where(is_more, by_chance(together[a, b], single[a], single[b], employers), 1.0)


def by_chance(n_both: np.ndarray, n_a: np.ndarray, n_b: np.ndarray, n: float) -> np.ndarray:
    """The chance that at least so many openings name both though the skills are independent, element by element.

    Binomial with as many draws as the rarer skill has openings: well above the mean its tail exceeds the
    hypergeometric one of Fisher's exact test (Uhlmann, W. (1966), Metrika 10, 145-158), so that small chances are
    never understated. Counts may be fractions (effective sizes).
    """
    import numpy as np
    from scipy.special import betainc

    few, many = np.minimum(n_a, n_b), np.maximum(n_a, n_b)
    chance: np.ndarray = betainc(n_both, few - n_both + 1, many / n)
    return chance


def false_discoveries(chance: np.ndarray, family: int) -> np.ndarray:
    """Benjamini-Hochberg q-values of some tests of a family of `family`, the others counting as p = 1."""
    import numpy as np

    order = np.argsort(chance)
    scaled = chance[order] * family / np.arange(1, len(chance) + 1)
    q = np.empty(len(chance))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1.0)
    return q


def _pair(namings: _Namings, dense: dict[int, np.ndarray], a: int, b: int) -> dict[str, Any]:
    import numpy as np

    x, y = dense[a], dense[b]
    both, n_all = x & y, len(x)
    n_both, n_a, n_b = int(both.sum()), int(x.sum()), int(y.sum())
    counts = np.array([[n_both], [n_a], [n_b]], dtype=float)
    alone = float(lift_variance(counts[0], counts[1], counts[2], n_all)[0])
    variance = max(alone, _clustered(namings, x, y))
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
        "lift": n_both * n_all / (n_a * n_b),
        "error": math.sqrt(variance),
    }


def _lift_ends(row: dict[str, Any], quantile: float) -> dict[str, float]:
    factor = math.exp(quantile * row["error"])
    return {"lift_low": row["lift"] / factor, "lift_high": row["lift"] * factor}


def _clustered(namings: _Namings, x: np.ndarray, y: np.ndarray) -> float:
    """Variance of log lift with employers as the units drawn: the influences of their openings summed, squared."""
    import numpy as np

    n = len(x)
    influence = (x & y) * (n / (x & y).sum()) - x * (n / x.sum()) - y * (n / y.sum()) + 1
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
