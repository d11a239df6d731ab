"""Lifetime: days advertised, from listings that are checked; how stays end, reposts, and facts of single adverts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import RULES, Coverage, Figure, Interval, Measure, Withheld
from data.measures.lifetime_columns import MEDIANS, SURVIVAL
from data.measures.lifetime_exits import exits
from data.measures.lifetime_facts import advert_fact_shares, advert_facts
from data.measures.lifetime_lives import Followed, followed, lives
from data.measures.lifetime_reposts import reposts, spell_counts
from data.measures.lifetime_stays import UNITS, cover_listed, stays
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.survival_curve import Curve, Quantile, band, estimate, quantile

if TYPE_CHECKING:
    import numpy as np

    from data.release import Release

__all__ = [
    "advert_fact_shares",
    "advert_facts",
    "exits",
    "medians",
    "reposts",
    "spell_counts",
    "survival",
]


def survival(release: Release, selection: Selection, *, unit: str = "opening") -> Measure:
    """The share still listed by days since the first listing, with bands (columns SURVIVAL).

    Kaplan-Meier with late entry, cut at the last complete look at each board; ends between two looks are shared
    out over the days between (data.measures.survival_curve). `unit`: opening, posting (their first stays) or
    spell. Rows: day 0, each day with an exit, the last day. Shares are withheld below the rule of cells; the
    figure is the median in days, withheld below the rule of lifetimes. Raises ValueError for another unit.
    """
    found = followed(stays(release, selection, unit=unit))
    curve = estimate(lives(found))
    reason = found.withheld()
    rows = list(_rows(found, curve, reason)) if found.n else []
    coverage = _covered(cover_listed(release, selection, unit=unit), found, curve)
    return Measure("lifetime.survival", from_rows(SURVIVAL, rows), coverage)


def medians(release: Release, selection: Selection) -> Measure:
    """The median days advertised by unit, with what it rests on (columns MEDIANS, one row a unit).

    The coverage is that of openings. Withheld by the rule of lifetimes.
    """
    rows, coverage = [], cover_listed(release, selection)
    for unit in UNITS:
        found = followed(stays(release, selection, unit=unit))
        curve = estimate(lives(found))
        rows.append({"unit": unit} | _median_row(found, curve))
        if unit == "opening":
            coverage = _covered(coverage, found, curve)
    return Measure("lifetime.medians", from_rows(MEDIANS, rows), coverage)


def _rows(found: Followed, curve: Curve, reason: Withheld | None) -> Iterator[dict[str, Any]]:
    import numpy as np

    total = curve.exits.sum(axis=0)
    days = np.flatnonzero(total > 0)
    days = np.unique(np.concatenate([[0], days, [curve.horizon]]))
    low, high = band(curve)
    extremes = {f"survival_{end}": _extreme(found, end, days) for end in ("early", "late")}
    columns = {"survival": curve.survival[days], "survival_low": low[days], "survival_high": high[days]}
    columns |= extremes
    for place, day in enumerate(days):
        counts = {"day": int(day), "at_risk": float(curve.at_risk[day]), "n_exits": float(total[day])}
        yield counts | _shown({name: values[place] for name, values in columns.items()}, reason)


def _shown(values: dict[str, Any], reason: Withheld | None) -> dict[str, Any]:
    """The values and no reason, or none of them and the reason."""
    if reason is not None:
        values = dict.fromkeys(values)
    return values | {"withheld": reason}


def _extreme(found: Followed, end: str, days: np.ndarray) -> np.ndarray:
    """Survival on `days` if every stay had begun and ended so that it was shortest (early) or longest (late)."""
    import numpy as np

    curve = _extreme_curve(found, end)
    known = np.append(curve.survival, np.nan)
    values: np.ndarray = known[np.minimum(days, len(known) - 1)]
    return values


def _extreme_curve(found: Followed, end: str) -> Curve:
    return estimate(lives(found, origin="late" if end == "early" else "early", end=end))


def _median(found: Followed, curve: Curve) -> tuple[Quantile | None, Withheld | None]:
    """The median, or why it is withheld (METHOD, small numbers)."""
    n_exits, least = _n_exits(found), RULES["lifetime"]
    if found.n < least.openings:
        return None, Withheld.FEW_OPENINGS
    if n_exits < least.exits:
        return None, Withheld.FEW_EXITS
    middle = quantile(curve)
    if middle is None or curve.survival.min() >= 0.5:
        return None, Withheld.NOT_HALVED if curve.horizon == curve.last_day else Withheld.UNSEEN_AGES
    return middle, None


def _n_exits(found: Followed) -> int:
    return int((lives(found).cause >= 0).sum())


def _median_row(found: Followed, curve: Curve) -> dict[str, Any]:
    middle, reason = _median(found, curve)
    figures: dict[str, Any] = dict.fromkeys(("median_days", "median_low", "median_high"))
    figures |= dict.fromkeys(("median_early", "median_late"))
    if middle is not None:
        figures |= {"median_days": middle.day, "median_low": middle.low, "median_high": middle.high}
        for end in ("early", "late"):
            extreme = quantile(_extreme_curve(found, end))
            figures[f"median_{end}"] = None if extreme is None else extreme.day
    counts = {"n": found.n, "n_exits": _n_exits(found), "n_employers": found.n_employers}
    return counts | {"n_undated": found.n_undated, **figures, "withheld": reason}


def _covered(coverage: Coverage, found: Followed, curve: Curve) -> Coverage:
    """The coverage with the median as its figure, and what it rests on in words."""
    middle, reason = _median(found, curve)
    figure = Figure(None, "days", interval=Interval.GREENWOOD)
    if middle is not None:
        figure = replace(figure, value=middle.day, low=middle.low, high=middle.high)
    counts = {"n": found.n, "exits": _n_exits(found), "undated": found.n_undated}
    note = (_NOTE[0].format(**counts), _NOTE[1].format(**counts))
    return replace(coverage, figure=figure, withheld=reason, note=note)


_NOTE = (
    "Days advertised, not time to fill. It rests on {n} whose start is known; {exits} of them were seen to end, the "
    "others count for as long as they were observed. {undated} more were up before our first look and are left out, "
    "since nothing dates their start.",
    "Jours de parution, et non délai de recrutement. Le chiffre repose sur {n} unités au début connu, dont {exits} "
    "ont été vues disparaître ; les autres comptent tant qu'elles ont été observées. {undated} autres, déjà là à "
    "notre premier relevé, sont écartées : rien ne date leur début.",
)
