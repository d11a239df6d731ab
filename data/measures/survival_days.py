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
    """The distinct (cause, early, late) with early < late, one after the other, written out day by day.

    weight: lives with each span. heads: where each begins among the days. cause, day: of each written-out day.
    """

    weight: np.ndarray
    heads: np.ndarray
    cause: np.ndarray
    day: np.ndarray

    def repeat(self, values: np.ndarray) -> np.ndarray:
        """A value of each span, on each of its days."""
        import numpy as np

        return np.repeat(values, np.diff(np.append(self.heads, len(self.day))))


def _distinct(lives: Lives, chosen: np.ndarray) -> _Spans:
    import numpy as np

    size = int(lives.late.max(initial=0)) + 1
    keys = (lives.cause[chosen] * size + lives.early[chosen]) * size + lives.late[chosen]
    found, counts = np.unique(keys, return_counts=True)
    cause, early, late = found // size // size, found // size % size, found % size
    widths = late - early + 1
    heads = np.cumsum(widths) - widths
    day = np.arange(int(widths.sum())) + np.repeat(early - heads, widths)
    return _Spans(counts.astype(float), heads, np.repeat(cause, widths), day)


def _self_consistent(spans: _Spans, sure: np.ndarray, exact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At risk and exits with the spans shared out; `sure` and `exact` are the counts without their inside."""
    import numpy as np

    part = spans.repeat(spans.weight / np.diff(np.append(spans.heads, len(spans.day))))
    before = np.full(len(sure), np.inf)
    for _ in range(ROUNDS):
        at_risk, exits = _shared_out(spans, part, sure, exact)
        hazards = np.divide(exits, at_risk, out=np.zeros_like(exits), where=at_risk > _FLOOR)
        # Where all at risk end, a trace goes on: later entrants would have nothing to be shared out over.
        left = np.cumsum(np.log(np.clip(1 - hazards.sum(axis=0), _FLOOR, 1.0)))
        if np.abs(np.exp(left) - before).max() < ENOUGH:
            break
        before = np.exp(left)
        left_before = np.append(0.0, left)[:-1][spans.day]
        density = hazards[spans.cause, spans.day] * np.exp(
            left_before - spans.repeat(left_before[spans.heads])
        )
        part = density * spans.repeat(spans.weight / np.add.reduceat(density, spans.heads))
    return at_risk, exits


def _shared_out(
    spans: _Spans, part: np.ndarray, sure: np.ndarray, exact: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Expected numbers at risk and ended by day, where `part` of each span's lives ended on each of its days."""
    import numpy as np

    n_causes, size = exact.shape
    added = np.bincount(spans.cause * size + spans.day, part, n_causes * size).reshape(n_causes, size)
    so_far = np.cumsum(part) - part
    still = spans.repeat(spans.weight) - (so_far - spans.repeat(so_far[spans.heads]))
    still[spans.heads] = 0.0  # on its first day a span is in `sure`
    at_risk = sure + np.bincount(spans.day, np.maximum(still, 0.0), size)
    exits = exact + added
    return np.maximum(at_risk, exits.sum(axis=0)), exits
