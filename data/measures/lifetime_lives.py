"""From stays on the calendar to lives in days of age: origins, late entries, cuts and spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures.coverage import withhold
from data.measures.lifetime_stays import ENDINGS, REPOST_DAYS, Stays
from data.measures.reasons import Withheld
from data.measures.survival_days import CUT, Lives

if TYPE_CHECKING:
    import numpy as np

EXITS = ("vanished", "emptied", "board_gone", "reposted")
"""How a stay ends, in the order of the causes of `lives_by_exit`."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The first stays of the units whose start is known and that were under observation for a day or more."""

    stays: Stays
    is_reposted: np.ndarray
    n_undated: int

    @property
    def n(self) -> int:
        """Units."""
        return len(self.stays)

    @property
    def n_employers(self) -> int:
        """Known employers of these units."""
        return n_known(self.stays.employer)

    def withheld(self) -> Withheld | None:
        """Why no share of them may be shown, by the rule of cells; None where it may."""
        return withhold("cell", self.n, self.n_employers)


def n_known(employers: np.ndarray) -> int:
    """Distinct employers among hashes, 0 being none."""
    import numpy as np

    return int(np.count_nonzero(np.unique(employers)))


def followed(stays: Stays) -> Followed:
    """The first stay of each unit, where it can enter a curve."""
    firsts = stays.number == 0
    again = is_reposted(stays)
    at_risk = stays.cut > stays.entry
    ended = stays.ending != ENDINGS.index("open")
    at_risk |= ended & (stays.last >= stays.entry)
    kept = firsts & stays.is_dated & at_risk
    undated = firsts & ~stays.is_dated & at_risk
    return Followed(stays.where(kept), again[kept], int(undated.sum()))


def is_reposted(stays: Stays) -> np.ndarray:
    """Whether each stay's unit was listed again at most REPOST_DAYS after the stay ended."""
    import numpy as np

    found = np.zeros(len(stays), dtype=bool)
    follows = stays.unit[1:] == stays.unit[:-1]
    found[:-1] = follows & (stays.first[1:] - stays.gone[:-1] <= REPOST_DAYS)
    return found


def lives(
    found: Followed, *, origin: str = "middle", end: str = "span", cuts: tuple[str, ...] = ("board_gone",)
) -> Lives:
    """Days from first listing to the end, one cause; stays that ended as `cuts` say are cut.

    `origin`: early, late or middle of the days the stay can have begun on. `end`: early, late (exact, for the two
    extremes) or span. A stay ends on the first day on which it is not listed.
    """
    import numpy as np

    stays = found.stays
    began = _origin(stays, origin)
    cut = np.isin(stays.ending, [ENDINGS.index(name) for name in ("open", *cuts)])
    first_missing, missed = stays.last + 1, np.maximum(stays.gone, stays.last + 1)
    early = missed if end == "late" else first_missing
    late = first_missing if end == "early" else missed
    return Lives(
        entry=stays.entry - began,
        early=np.where(cut, stays.cut, early) - began,
        late=np.where(cut, stays.cut, late) - began,
        cause=np.where(cut, CUT, 0),
    )


def lives_by_exit(found: Followed) -> Lives:
    """The same with a cause for each of EXITS; only those still listed are cut."""
    import numpy as np

    plain = lives(found, cuts=())
    cause = np.where(found.is_reposted, EXITS.index("reposted"), found.stays.ending - 1)
    cause = np.where(plain.cause == CUT, CUT, cause)
    return Lives(plain.entry, plain.early, plain.late, cause, len(EXITS))


def _origin(stays: Stays, which: str) -> np.ndarray:
    if which == "early":
        return stays.start_early
    if which == "late":
        return stays.start_late
    middle: np.ndarray = (stays.start_early + stays.start_late) // 2
    return middle
