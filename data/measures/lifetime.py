"""Lifetime: days advertised, from listings that are checked; how stays end, reposts, and facts of single adverts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import RULES, Coverage, Figure, Measure
from data.measures.lifetime_columns import MEDIANS, SURVIVAL
from data.measures.lifetime_exits import exits
from data.measures.lifetime_facts import advert_fact_shares, advert_facts
from data.measures.lifetime_lives import Followed, followed, lives
from data.measures.lifetime_reposts import reposts, spell_counts
from data.measures.lifetime_stays import Stays, cover_listed, stays, stays_by_unit
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.survival_clusters import by_employer
from data.measures.survival_curve import Curve, Quantile, band, estimate, quantile
from data.measures.survival_days import CUT

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
    figure is the median in days with its interval by employer, withheld below the rule of lifetimes. Raises
    ValueError for another unit.
    """
    known = _known(stays(release, selection, unit=unit))
    rows = list(_rows(known)) if known.found.n else []
    coverage = _covered(cover_listed(release, selection, unit=unit), known)
    return Measure("lifetime.survival", from_rows(SURVIVAL, rows), coverage)


def medians(release: Release, selection: Selection) -> Measure:
    """The median days advertised by unit, with what it rests on (columns MEDIANS, one row a unit).

    The coverage is that of openings. Withheld by the rule of lifetimes.
    """
    known = {unit: _known(its) for unit, its in stays_by_unit(release, selection).items()}
    rows = [{"unit": unit} | _median_row(its) for unit, its in known.items()]
    coverage = _covered(cover_listed(release, selection), known["opening"])
    return Measure("lifetime.medians", from_rows(MEDIANS, rows), coverage)


@dataclass(frozen=True, slots=True)
class _Known:
    """Stays and their curve; `wide`: with the variance for employers whose openings end together, if larger."""

    found: Followed
    curve: Curve
    wide: Curve
    n_exits: int

    def extreme(self, end: str) -> Curve:
        """The curve if every stay had begun and ended so that it was shortest (early) or longest (late)."""
        return estimate(lives(self.found, origin="late" if end == "early" else "early", end=end))


def _known(its_stays: Stays) -> _Known:
    found = followed(its_stays)
    its_lives = lives(found)
    curve = estimate(its_lives)
    wide = by_employer(its_lives, found.stays.employer, curve)
    return _Known(found, curve, wide, int((its_lives.cause != CUT).sum()))


def _rows(known: _Known) -> Iterator[dict[str, Any]]:
    import numpy as np

    curve, reason = known.curve, known.found.withheld()
    total = curve.exits.sum(axis=0)
    days = np.unique(np.concatenate([[0], np.flatnonzero(total > 0), [curve.horizon]]))
    bands = {"survival": band(curve), "survival_employer": band(known.wide)}
    columns = {"survival": curve.survival[days]}
    columns |= {f"{name}_low": low[days] for name, (low, _) in bands.items()}
    columns |= {f"{name}_high": high[days] for name, (_, high) in bands.items()}
    columns |= {f"survival_{end}": _on(known.extreme(end), days) for end in ("early", "late")}
    for place, day in enumerate(days):
        counts = {"day": int(day), "at_risk": float(curve.at_risk[day]), "n_exits": float(total[day])}
        yield counts | _shown({name: values[place] for name, values in columns.items()}, reason)


def _on(curve: Curve, days: np.ndarray) -> np.ndarray:
    """Survival on `days`; nan beyond the curve."""
    import numpy as np

    padded = np.append(curve.survival, np.nan)
    values: np.ndarray = padded[np.minimum(days, len(padded) - 1)]
    return values


def _shown(values: dict[str, Any], reason: Withheld | None) -> dict[str, Any]:
    """The values and no reason, or none of them and the reason."""
    if reason is not None:
        values = dict.fromkeys(values)
    return values | {"withheld": reason}


def _median(known: _Known) -> tuple[Quantile | None, Withheld | None]:
    """The median, or why it is withheld (METHOD, small numbers)."""
    curve, least = known.curve, RULES["lifetime"]
    if known.found.n < least.openings:
        return None, Withheld.FEW_OPENINGS
    if known.n_exits < least.exits:
        return None, Withheld.FEW_EXITS
    if curve.survival[-1] >= 0.5:
        return None, Withheld.NOT_HALVED if curve.horizon == curve.last_day else Withheld.UNSEEN_AGES
    return quantile(curve), None


def _median_row(known: _Known) -> dict[str, Any]:
    middle, reason = _median(known)
    figures: dict[str, Any] = dict.fromkeys(c.name for c in MEDIANS if c.name.startswith("median"))
    if middle is not None:
        figures |= {"median_days": middle.day, "median_days_low": middle.low, "median_days_high": middle.high}
        others = {
            "early": quantile(known.extreme("early")),
            "late": quantile(known.extreme("late")),
        }
        figures |= {f"median_days_{end}": other and other.day for end, other in others.items()}
        wide = quantile(known.wide)
        if wide is not None:
            figures |= {"median_days_employer_low": wide.low, "median_days_employer_high": wide.high}
    counts = {"n": known.found.n, "n_exits": known.n_exits, "n_employers": known.found.n_employers}
    return counts | {"n_undated": known.found.n_undated, **figures, "withheld": reason}


def _covered(coverage: Coverage, known: _Known) -> Coverage:
    """The coverage with the median as its figure, and what it rests on in words."""
    middle, reason = _median(known)
    figure = Figure(None, "days", interval=Interval.CLUSTER, n=known.found.n)
    wide = quantile(known.wide)
    if middle is not None and wide is not None:
        figure = replace(figure, value=middle.day, low=wide.low, high=wide.high)
    counts = {"n": known.found.n, "exits": known.n_exits, "undated": known.found.n_undated}
    note = (_NOTE[0].format(**counts), _NOTE[1].format(**counts))
    return replace(coverage, figure=figure, withheld=reason, note=note)


_NOTE = (
    "Days advertised, not time to fill. It rests on {n} whose start is known; {exits} of them were seen to end, the "
    "others count for as long as they were observed. {undated} more are left out, since nothing dates their start. "
    "What comes and goes between two looks is never seen.",
    "Jours de parution, et non délai de recrutement. Le chiffre repose sur {n} unités au début connu, dont {exits} "
    "ont été vues disparaître ; les autres comptent tant qu'elles ont été observées. {undated} autres sont écartées, "
    "faute de date de début. Ce qui paraît et disparaît entre deux relevés n'est jamais vu.",
)
