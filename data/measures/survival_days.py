"""Lives in whole days as they were observed, and how many were at risk and ended at each age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

CUT = -1
"""The cause of a life whose end was not observed."""
ROUNDS, ENOUGH = 1_000, 1e-7
"""The self-consistent estimate ends after so many rounds, or once no share changes by more."""
_FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Lives:
    """Arrays of whole days, one entry a unit.

    It came under observation at the age `entry`. It ended at an age from `early` to `late` (both inclusive, the
    same where the end is exact) by `cause` (0, 1, ...); with the cause CUT it was still there at the age
    `early`, and no more is known.
    """

    entry: np.ndarray
    early: np.ndarray
    late: np.ndarray
    cause: np.ndarray
    n_causes: int = 1

    def __len__(self) -> int:
        return len(self.entry)

    def seen(self) -> Lives:
        """Those that were at risk for a day at least."""
        kept = self.early > self.entry
        return Lives(self.entry[kept], self.early[kept], self.late[kept], self.cause[kept], self.n_causes)

    @property
    def last_day(self) -> int:
        """The highest age at which any was observed; 0 without lives."""
        import numpy as np

        return int(np.where(self.cause == CUT, self.early, self.late).max(initial=0))


def count_days(lives: Lives) -> tuple[np.ndarray, np.ndarray]:
    """(at risk, exits by cause) at the ages 0 to last_day: shapes (days,) and (causes, days).

    Whole numbers where every end is exact. An end known to a span of days is shared out over it by
    self-consistency (Turnbull 1976, JRSS B 38, 290-295), as an EM algorithm over the hazards of each day: share
    out by the present estimate, estimate anew, until nothing changes. Late entry needs no correction in this
    form, since a unit adds to the risk sets of its observed ages only (Frydman 1994, JRSS B 56, 71-74).
    """
    import numpy as np

    size = lives.last_day + 2
    ended = lives.cause != CUT
    exact = ended & (lives.early == lives.late)
    places = lives.cause[exact] * size + lives.early[exact]
    exits = np.bincount(places, minlength=lives.n_causes * size).reshape(lives.n_causes, size).astype(float)
    entered = np.bincount(lives.entry + 1, minlength=size)
    left = np.bincount(lives.early + 1, minlength=size)
    at_risk = np.cumsum(entered[:size] - left[:size]).astype(float)
    spans = _distinct(lives, ended & ~exact)
    if len(spans.weight):
        at_risk, exits = _self_consistent(spans, at_risk, exits)
    return at_risk[:-1], exits[:, :-1]


@dataclass(frozen=True, slots=True)
class _Spans:
    """The distinct (cause, early, late) with early < late, and how many lives have each."""

    cause: np.ndarray
    early: np.ndarray
    late: np.ndarray
    weight: np.ndarray


def _distinct(lives: Lives, chosen: np.ndarray) -> _Spans:
    import numpy as np

    size = int(lives.late.max(initial=0)) + 1
    keys = (lives.cause[chosen] * size + lives.early[chosen]) * size + lives.late[chosen]
    found, counts = np.unique(keys, return_counts=True)
    return _Spans(found // size // size, found // size % size, found % size, counts.astype(float))


def _self_consistent(spans: _Spans, sure: np.ndarray, exact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At risk and exits with the spans shared out; `sure` and `exact` are the counts without their inside."""
    import numpy as np

    n_causes, size = exact.shape
    density = np.ones((n_causes, size))
    before = np.zeros((n_causes, size))
    for _ in range(ROUNDS):
        at_risk, exits = _share_out(spans, density, sure, exact)
        density = _density(at_risk, exits)
        incidence = np.cumsum(density, axis=1)
        if np.abs(incidence - before).max() < ENOUGH:
            break
        before = incidence
    return at_risk, exits


def _share_out(
    spans: _Spans, density: np.ndarray, sure: np.ndarray, exact: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each span's end shared out in proportion to `density`: expected numbers at risk and ended by day."""
    import numpy as np

    n_causes, size = density.shape
    at_risk, exits = sure.copy(), exact.copy()
    for cause in range(n_causes):
        mine = spans.cause == cause
        early, late = spans.early[mine], spans.late[mine]
        running = np.append(0.0, np.cumsum(density[cause]))  # running[t]: before day t
        weight = spans.weight[mine] / (running[late + 1] - running[early])
        inside = _between(early, late, weight, size)
        exits[cause] += density[cause] * inside
        # Not ended before day t: what of the span's density lies on t or later.
        later = _between(early + 1, late, weight, size)
        ends = _between(early + 1, late, weight * running[late + 1], size)
        at_risk += ends - running[:-1] * later
    return np.maximum(at_risk, exits.sum(axis=0)), exits


def _between(first: np.ndarray, last: np.ndarray, weight: np.ndarray, size: int) -> np.ndarray:
    """On each day the sum of the weights of the spans (both ends inclusive) that hold it."""
    import numpy as np

    starts = np.bincount(first, weight, minlength=size + 1)
    stops = np.bincount(last + 1, weight, minlength=size + 1)
    running: np.ndarray = np.cumsum(starts - stops)[:size]
    return running


def _density(at_risk: np.ndarray, exits: np.ndarray) -> np.ndarray:
    """The share that ends on each day by each cause.

    Where all at risk end, a trace is kept alive: later entrants would have nothing to be shared out over.
    """
    import numpy as np

    hazards = np.divide(exits, at_risk, out=np.zeros_like(exits), where=at_risk > _FLOOR)
    kept = np.clip(1 - hazards.sum(axis=0), _FLOOR, 1.0)
    density: np.ndarray = hazards * np.append(1.0, np.cumprod(kept))[:-1]
    return density
