"""The newest prompt-engineer openings of a release: what the feed and the digest tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.measures.queries import load_query
from data.schema import ROLE_RELATIONS

if TYPE_CHECKING:
    from data.release import Release

MOST = 100


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening by the advert of it that was seen first. `quote` is the advert's own words on its pay."""

    key: str
    source: str
    title: str | None
    company: str | None
    place: str | None
    remote: str
    url: str | None
    first_seen: date
    dated_on: date
    quote: str | None
    pay_min: float | None
    pay_max: float | None
    pay_currency: str | None
    pay_period: str | None


def newest_openings(release: Release, *, most: int = MOST) -> list[Opening]:
    """The openings seen first by us on the latest days, latest first; none of the archive's.

    An advert read long after its day (an old thread, say) is no new opening.
    """
    frame = release.query(load_query("newest_openings"), [sorted(ROLE_RELATIONS), most])
    return [
        Opening(**{str(name): _plain(value) for name, value in row.items()})
        for row in frame.astype(object).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """None for a missing value, a day for a time."""
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    return value.date() if hasattr(value, "date") else value
