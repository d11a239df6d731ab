"""Reposts: how many openings come back after they were taken down, how soon, and how often they were listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Figure, Measure, withhold
from data.measures.intervals import wilson
from data.measures.lifetime_columns import REPOSTS, SPELL_COUNTS
from data.measures.lifetime_lives import n_known
from data.measures.lifetime_stays import ENDINGS, REPOST_DAYS, Stays, cover_listed, stays
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.survival_clusters import by_employer
from data.measures.survival_curve import Curve, band, estimate
from data.measures.survival_days import CUT, Lives

if TYPE_CHECKING:
    from data.release import Release

_NOTE = (
    "Of openings that were taken down; breaks of up to 3 days are no end. Openings taken down lately count for as "
    "long as their board was read since.",
    "Parmi les postes retirés ; une absence de 3 jours ou moins n'est pas une fin. Les postes retirés récemment "
    "comptent tant que leur liste a été relevée depuis.",
)
_SO_FAR = (
    "As seen so far: openings that are new to us had less time to come back, so the shares of more than one are too "
    "low. The share reposted within 60 days (`reposts`) corrects for this.",
    "À ce jour : les postes récents ont eu moins de temps pour reparaître, les parts au-delà d'une présence sont "
    "donc trop basses. La part reparue sous 60 jours (`reposts`) en tient compte.",
)


def reposts(release: Release, selection: Selection) -> Measure:
    """The share of ended openings reposted by days since their end (columns REPOSTS).

    1 - Kaplan-Meier of the days from the end of an opening's first stay to its next one, cut at the last complete
    look at its boards; up to 60 days, bands robust to employers that repost together. The figure is the share
    within 60 days. Boards that are gone are left out. Withheld below the rule of cells, the figure also while no opening was followed for 60 days.
    """
    ended, gaps = _gaps(stays(release, selection))
    curve, n = by_employer(gaps, ended.employer, estimate(gaps)), len(gaps)
    reason = withhold("cell", n, n_known(ended.employer))
    rows = [_shown(row, reason) for row in _rows(curve)] if n else []
    figure, why = _figure(curve, reason, n)
    coverage = replace(cover_listed(release, selection), figure=figure, withheld=why, note=_NOTE)
    return Measure("lifetime.reposts", from_rows(REPOSTS, rows), coverage)


def spell_counts(release: Release, selection: Selection) -> Measure:
    """Openings by how often they were listed so far, with Wilson intervals (columns SPELL_COUNTS).

    Withheld below the rule of cells.
    """
    import numpy as np

    found = stays(release, selection)
    last_of_unit = np.append(found.unit[1:] != found.unit[:-1], True)[: len(found)]
    counts = np.bincount(found.number[last_of_unit] + 1)
    n_all = int(counts.sum())
    reason = withhold("cell", n_all, n_known(found.employer))
    rows = [_count_row(times, int(n), n_all, reason) for times, n in enumerate(counts) if n]
    coverage = replace(cover_listed(release, selection), withheld=reason, note=_SO_FAR)
    return Measure("lifetime.spell_counts", from_rows(SPELL_COUNTS, rows), coverage)


def _gaps(found: Stays) -> tuple[Stays, Lives]:
    """The first stays that ended on boards that went on, and the days to the next: a repost, or cut."""
    import numpy as np

    follows = np.append((found.unit[1:] == found.unit[:-1]), False)[: len(found)]
    again = np.append(found.first[1:], 0)[: len(found)] - found.gone
    is_repost = follows & (again <= REPOST_DAYS)
    days = np.where(is_repost, again, np.minimum(found.followed - found.gone, REPOST_DAYS))
    ended = ~np.isin(found.ending, (ENDINGS.index("open"), ENDINGS.index("board_gone")))
    kept = ended & (found.number == 0) & (days > 0)
    days, cause = days[kept], np.where(is_repost[kept], 0, CUT)
    return found.where(kept), Lives(np.zeros_like(days), days, days, cause)


def _rows(curve: Curve) -> Iterator[dict[str, Any]]:
    import numpy as np

    low, high = band(curve)
    for day in np.unique(np.concatenate([[0], np.flatnonzero(curve.exits[0] > 0), [curve.horizon]])):
        yield {
            "day": int(day),
            "at_risk": round(curve.at_risk[day]),
            "n_reposted": round(curve.exits[0][day]),
            "share": float(curve.incidence[0][day]),
            "share_low": float(1 - high[day]),
            "share_high": float(1 - low[day]),
        }


def _shown(row: dict[str, Any], reason: Withheld | None) -> dict[str, Any]:
    hidden = {} if reason is None else dict.fromkeys(("share", "share_low", "share_high"))
    return row | hidden | {"withheld": reason}


def _figure(curve: Curve, reason: Withheld | None, n: int) -> tuple[Figure, Withheld | None]:
    """The share reposted within REPOST_DAYS, or why it is not shown."""
    figure = Figure(None, "share", interval=Interval.CLUSTER, n=n)
    if reason is None and curve.horizon < REPOST_DAYS:
        reason = Withheld.FEW_DAYS
    if reason is not None:
        return figure, reason
    low, high = (float(end[REPOST_DAYS]) for end in band(curve))
    ends = (None, None) if low != low else (1 - high, 1 - low)
    return replace(figure, value=float(curve.incidence[0][REPOST_DAYS]), low=ends[0], high=ends[1]), None


def _count_row(times: int, n: int, n_all: int, reason: Withheld | None) -> dict[str, Any]:
    ends = wilson(n, n_all) or (None, None)
    row = {"n_spells": times, "n_openings": n, "n_all": n_all}
    return _shown(row | {"share": n / n_all, "share_low": ends[0], "share_high": ends[1]}, reason)
