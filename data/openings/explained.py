"""Why an opening is what it is: each posting with the rule that brought it, and the nearest that stayed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.openings.chains import GAP as TOO_LATE
from data.openings.chains import OTHER_REQUISITION, REPOST_DAYS, SAME_TEXT, SENIORITY, UNSPECIFIED, Advert
from data.resolve import FIRST, USER, Placed, Tie, resolve
from data.similarity import jaccard

TITLE, NO_TEXT, UNLIKE, EMPLOYER, NEARER = "title", "no_text", "unlike", "employer", "nearer"
REFUSALS = (EMPLOYER, TITLE, SENIORITY, OTHER_REQUISITION, NO_TEXT, UNLIKE, TOO_LATE, NEARER, USER)
"""Why a posting stayed out, the first that applies."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A posting of the opening. `likeness` (0 to 1) of the words of the pair in `tie`; None without both texts."""

    advert: Advert
    reason: str
    is_repost: bool
    tie: Tie | None
    likeness: float | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A posting that stayed out: `why` (REFUSALS), the member it is nearest to, how like it is, the gap in days."""

    advert: Advert
    opening_key: str
    why: str
    nearest: str
    likeness: float | None
    gap_days: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """An opening, its postings in time order, and those that nearly joined, nearest first."""

    opening_key: str
    members: tuple[Member, ...]
    refused: tuple[Refused, ...]


def explain(adverts: Iterable[Advert], placed: Mapping[str, Placed], opening_key: str) -> Explanation:
    """Explain one opening of `placed` (by posting key), given it and all adverts that could have joined."""
    known = {advert.posting_key: advert for advert in adverts}
    ruled = {one.posting_key: one for one in resolve(known.values())}
    inside = sorted(
        (known[key] for key in known if placed[key].opening_key == opening_key),
        key=lambda advert: (advert.start, advert.posting_key),
    )
    members = tuple(_member(advert, placed[advert.posting_key], ruled, known) for advert in inside)
    outside = [advert for key, advert in known.items() if placed[key].opening_key != opening_key]
    refused = [_refused(advert, inside, placed, ruled) for advert in outside]
    refused.sort(key=lambda one: (-(one.likeness or 0), one.gap_days, one.advert.posting_key))
    return Explanation(opening_key, members, tuple(refused[:SHOWN]))


def _member(
    advert: Advert, placed: Placed, ruled: Mapping[str, Placed], known: Mapping[str, Advert]
) -> Member:
    tie = ruled[advert.posting_key].tie
    if placed.reason in (FIRST, USER) or (tie is not None and tie.reason != placed.reason):
        tie = None
    likeness = None if tie is None else likeness_of(known[tie.early], known[tie.late])
    return Member(advert, placed.reason, placed.is_repost, tie, likeness)


def likeness_of(one: Advert, two: Advert) -> float | None:
    """The estimated Jaccard index of two adverts' words; None where either keeps no sketch."""
    return jaccard(one.sketch, two.sketch) if one.sketch and two.sketch else None


def gap_days(one: Advert, two: Advert) -> int:
    """Days from the last day of the earlier to the first of the later; 0 where they overlap."""
    return max(0, (two.start - one.end).days, (one.start - two.end).days)


def _refused(
    advert: Advert, inside: Sequence[Advert], placed: Mapping[str, Placed], ruled: Mapping[str, Placed]
) -> Refused:
    nearest = max(inside, key=lambda one: (likeness_of(one, advert) or 0.0, -gap_days(one, advert)))
    gap, likeness = min(gap_days(one, advert) for one in inside), likeness_of(nearest, advert)
    key = advert.posting_key
    # The rules would have it in: the user, or a release of before the rules or the record changed, says no.
    would_join = ruled[key].opening_key == ruled[nearest.posting_key].opening_key
    why = USER if would_join else _why(advert, nearest, likeness, gap)
    return Refused(advert, placed[key].opening_key, why, nearest.posting_key, likeness, gap)


def _why(advert: Advert, nearest: Advert, likeness: float | None, gap: int) -> str:
    same_employer = advert.employer_key is not None and advert.employer_key == nearest.employer_key
    numbers = {advert.requisition, nearest.requisition}
    checks = (
        (EMPLOYER, not same_employer),
        (TITLE, advert.title_key != nearest.title_key),
        (SENIORITY, len({advert.seniority, nearest.seniority} - {UNSPECIFIED}) > 1),
        (OTHER_REQUISITION, None not in numbers and len(numbers) > 1 and gap == 0),
        (NO_TEXT, likeness is None),
        (UNLIKE, likeness is not None and likeness < SAME_TEXT),
        (TOO_LATE, gap > REPOST_DAYS),
    )
    return next((why for why, applies in checks if applies), NEARER)


def places(adverts: Iterable[Advert]) -> tuple[str, ...]:
    """Every place the adverts state, in the order of first mention."""
    stated = (place.strip() for advert in adverts for place in (advert.place or "").split(";"))
    return tuple(dict.fromkeys(place for place in stated if place))


def day_range(adverts: Sequence[Advert]) -> tuple[date, date]:
    return min(a.start for a in adverts), max(a.end for a in adverts)
