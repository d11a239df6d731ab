"""Skill premium: stated pay with a skill against without it, within year, country and relation to prompting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.coverage import RULES, Measure, withhold
from data.measures.figures import cover_market, figures
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import PREMIUM
from data.measures.skill_series import labels
from data.measures.skill_shares import at_least_one
from data.measures.within_strata import Contrast, contrast
from data.release import Scope

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from data.release import Release

STRATA = ("year", "country", "relation", "seniority")
_NOTE = (
    "Openings that name the skill against openings that do not, in the same year, country, relation and seniority: an "
    "association, not what learning the skill would pay. Only openings that state pay are in it.",
    "Postes qui nomment la compétence contre ceux qui ne la nomment pas, même année, pays, relation et ancienneté : une "
    "association, non ce que rapporterait son apprentissage. Seuls les postes à rémunération indiquée y sont.",
)


def premium(
    release: Release,
    selection: Selection,
    *,
    market: str = "payroll",
    currency: str = "USD",
    strata: Sequence[str] = STRATA,
    n: int = 25,
) -> Measure:
    """Pay with each of the `n` skills that most paid openings name, against without it (columns PREMIUM).

    The difference of mean log pay within strata, each weighted n_with * n_without / (n_with + n_without): least
    squares with stratum effects. exp(difference) - 1 is the premium of the geometric mean. The interval takes the
    employer as the unit drawn, with the jackknife-like correction for employers with much weight and t quantiles:
    Bell, R. M. and McCaffrey, D. F. (2002), Survey Methodology 28, 169-181; Cameron, A. C. and Miller, D. L. (2015),
    Journal of Human Resources 50, 317-372. Withheld below 20 openings with and 20 without in strata that hold both,
    or 5 known employers with it. Only among adverts that name prompting. Raises SelectionError.
    """
    at_least_one(n)
    unknown = [name for name in strata if name not in STRATA]
    if unknown:
        raise SelectionError("not_allowed", name="strata", value=unknown[0], allowed=", ".join(STRATA))
    sql, values = figures(selection, market, currency)
    coverage = replace(cover_market(release, selection, market, method="premium"), note=_NOTE)
    if selection.scope is Scope.ALL:
        return Measure(
            "skills.premium", from_rows(PREMIUM, []), replace(coverage, withheld=Withheld.NAMED_ONLY)
        )
    where, where_values = selection.where("p")
    query = load_query("skill_premium").replace("{figures}", sql).replace("{selected}", where)
    frame = release.query(query, [*values, *where_values], scope=selection.scope)
    rows = _rows(frame, list(strata), n) if len(frame) else []
    names = labels(release, [row["skill_id"] for row in rows])
    filled = [row | names[row["skill_id"]] | {"currency": currency} for row in rows]
    return Measure("skills.premium", from_rows(PREMIUM, filled), coverage)


def _rows(frame: pd.DataFrame, strata: list[str], n: int) -> list[dict[str, Any]]:
    """One row per skill; the q-values are over the rows whose lower bounds are shown."""
    from scipy.stats import false_discovery_control

    skills, with_skill = _most_paid(frame, n)
    rows: list[dict[str, Any]] = [{"skill_id": skill, "withheld": None, "q_value": None} for skill in skills]
    for bound in ("lower", "upper"):
        for row, found in zip(rows, _bound(frame, with_skill, strata, bound), strict=True):
            row |= found | {"withheld": row["withheld"] or found["withheld"]}
    shown = [row for row in rows if row["lower_premium"] is not None]
    if shown:
        for row, q in zip(shown, false_discovery_control([row["lower_p"] for row in shown]), strict=True):
            row["q_value"] = float(q)
    return rows


def _most_paid(frame: pd.DataFrame, n: int) -> tuple[list[str], np.ndarray]:
    """The skills that most openings with a figure name, and who names them: (openings, skills) of 0 and 1."""
    import numpy as np
    import pandas as pd

    lengths = frame["skills"].map(len).to_numpy()
    named = np.concatenate([np.asarray(each, dtype=object) for each in frame["skills"]])
    codes, ids = pd.factorize(named, sort=True)
    counts = np.bincount(codes, minlength=len(ids))
    kept = [at for at in np.argsort(-counts, kind="stable")[:n] if counts[at] >= RULES["cell"].openings]
    column = np.full(len(ids), -1)
    column[kept] = np.arange(len(kept))
    opening, place = np.repeat(np.arange(len(frame)), lengths), column[codes]
    with_skill = np.zeros((len(frame), len(kept)))
    with_skill[opening[place >= 0], place[place >= 0]] = 1.0
    return [str(ids[at]) for at in kept], with_skill


def _bound(
    frame: pd.DataFrame, with_skill: np.ndarray, strata: list[str], bound: str
) -> list[dict[str, Any]]:
    """The columns of one bound for each skill."""
    import numpy as np

    pay = frame[bound].to_numpy(dtype=float)
    has = pay > 0
    if not has.any() or not with_skill.shape[1]:
        return [_withheld(bound) for _ in range(with_skill.shape[1])]
    kept, x = frame[has], with_skill[has]
    stratum = kept.groupby(strata, dropna=False, sort=False).ngroup().to_numpy()
    employer = kept["employer"].fillna("opening " + kept["opening_key"])
    cluster = employer.factorize()[0]
    found = contrast(np.log(pay[has]), x, stratum, cluster)
    known = kept["employer"].factorize()[0]
    return [
        _figures(found, at, bound, known[(x[:, at] > 0) & found.inside[:, at]]) for at in range(x.shape[1])
    ]


def _figures(found: Contrast, at: int, bound: str, known: np.ndarray) -> dict[str, Any]:
    """The columns of one skill; `known`: employer of each opening with it in mixed strata, -1 where unknown."""
    import numpy as np
    from scipy.special import stdtr, stdtrit

    n_with, n_without = int(found.n_with[at]), int(found.n_without[at])
    per_employer = np.bincount(known[known >= 0])
    n_employers = int(np.count_nonzero(per_employer))
    reason = Withheld.ONE_SIDED if n_without < RULES["premium"].openings_without else None
    reason = withhold("premium", n_with, n_employers, int(per_employer.max(initial=0))) or reason
    row = _withheld(bound) | {f"n_{bound}_with": n_with, f"n_{bound}_without": n_without, "withheld": reason}
    row |= {"n_strata": int(found.strata[at]), "n_employers": n_employers}
    if reason is not None:
        return row
    effect, error, freedom = (float(each[at]) for each in (found.effect, found.error, found.freedom))
    half = float(stdtrit(freedom, 0.975)) * error
    ends = {f"{bound}_low": np.expm1(effect - half), f"{bound}_high": np.expm1(effect + half)}
    p = 2 * float(stdtr(freedom, -abs(effect) / error)) if error else 1.0
    return row | {f"{bound}_premium": float(np.expm1(effect)), f"{bound}_p": p} | ends


def _withheld(bound: str) -> dict[str, Any]:
    """The columns of a bound that no comparable opening states."""
    figures = dict.fromkeys((f"{bound}_premium", f"{bound}_low", f"{bound}_high"), None)
    counts = {f"n_{bound}_with": 0, f"n_{bound}_without": 0, "n_strata": 0, "n_employers": 0}
    return figures | counts | {"withheld": Withheld.FEW_OPENINGS}
