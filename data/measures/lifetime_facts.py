"""Facts of single openings that a reader may weigh: how long and how often listed, reworded or not. Never a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Measure, withhold
from data.measures.intervals import wilson
from data.measures.lifetime_columns import FACT_SHARES, FACTS
from data.measures.lifetime_lives import Followed, followed, lives, n_known
from data.measures.lifetime_stays import Stays, cover_listed, stays
from data.measures.queries import load_query
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_query, from_rows
from data.measures.survival_curve import band, estimate

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

LONG, VERY_LONG = 60, 180
"""Days of listing of which the shares speak."""
EARLIER = 30
"""Days by which a stated day must precede the first listing to be counted."""

_NOTE = (
    "These are facts of public adverts, and no judgement: an opening may be listed long or often because it is hard "
    "to fill, filled many times, or kept open on purpose.",
    "Ce sont des faits tirés d'annonces publiques, et non un jugement : un poste peut paraître longtemps ou souvent "
    "parce qu'il est difficile à pourvoir, pourvu plusieurs fois, ou laissé ouvert à dessein.",
)


def advert_facts(release: Release, selection: Selection) -> Measure:
    """Every opening with how long and often it was listed, reworded and dated (columns FACTS), longest first.

    A list of public adverts, so no row is withheld, whatever their number.
    """
    frame = _facts(release, selection, stays(release, selection))
    frame = frame.sort_values(["days_listed", "opening_key"], ascending=[False, True])
    coverage = replace(cover_listed(release, selection), note=_NOTE)
    return Measure("lifetime.advert_facts", from_query(FACTS, frame), coverage)


def advert_fact_shares(release: Release, selection: Selection) -> Measure:
    """How common each fact is (columns FACT_SHARES, one row a fact), each among the openings that can tell.

    Withheld below the rule of cells. The share still listed after 60 and 180 days is that of `survival`.
    """
    found = stays(release, selection)
    rows = [*_long_rows(followed(found)), *_wilson_rows(_facts(release, selection, found))]
    coverage = replace(cover_listed(release, selection), note=_NOTE)
    return Measure("lifetime.advert_fact_shares", from_rows(FACT_SHARES, rows), coverage)


def _facts(release: Release, selection: Selection, found: Stays) -> pd.DataFrame:
    where, values = selection.where("p")
    sql = load_query("lifetime_facts").replace("{selected}", where)
    told = release.query(sql, values, scope=selection.scope)
    frame = told.merge(_listed(found), on="opening", how="inner")
    day = "datetime64[s]"
    changed = frame["changed_on"].astype(day).fillna(frame["first_listed"])
    stated = frame["stated_on"].astype(day)
    unchanged = (frame["last_listed"] - changed).dt.days + 1
    frame["days_unchanged"] = unchanged.clip(0, frame["days_listed"])
    before = (frame["first_listed"] - stated).dt.days
    return frame.assign(days_stated_before=before.where(before >= 0).astype("Int64"), stated_on=stated)


def _listed(found: Stays) -> pd.DataFrame:
    """One row per opening: first and last listing, number of stays, and the length of the last one."""
    import numpy as np
    import pandas as pd

    heads = np.flatnonzero(found.number == 0)
    tails = np.append(heads[1:], len(found))[: len(heads)] - 1
    return pd.DataFrame(
        {
            "opening": found.unit[heads],
            "employer": found.employer[heads],
            "n_spells": found.number[tails] + 1,
            "first_listed": found.first[heads].astype("datetime64[D]").astype("datetime64[s]"),
            "last_listed": found.last[tails].astype("datetime64[D]").astype("datetime64[s]"),
            "is_open": found.ending[tails] == 0,
            "days_listed": found.last[tails] - found.first[tails] + 1,
            "was_listed_at_first_check": found.is_first_look[heads],
        }
    )


def _long_rows(found: Followed) -> Iterator[dict[str, Any]]:
    curve = estimate(lives(found))
    low, high = band(curve)
    for days in (LONG, VERY_LONG):
        values: Any = (None,) * 3
        if days <= curve.horizon:
            values = (curve.survival[days], low[days], high[days])
        yield _row(f"listed_{days}", found.n, found.n_employers, values)


def _wilson_rows(facts: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Facts that are shares of openings, each over those that can tell."""
    watched = ~facts["was_listed_at_first_check"]
    cases = {
        f"unchanged_{LONG}": (facts["days_unchanged"] >= LONG, facts["days_listed"] >= LONG),
        f"stated_earlier_{EARLIER}": (
            (facts["days_stated_before"] > EARLIER).fillna(False),
            watched & facts["stated_on"].notna(),
        ),
        "several_sources": (facts["sources"].str.len() > 1, facts["n_postings"] > 0),
    }
    for fact, (holds, among) in cases.items():
        n, k = int(among.sum()), int((holds & among).sum())
        ends = wilson(k, n) or (None, None)
        yield _row(fact, n, n_known(facts.loc[among, "employer"].to_numpy()), (k / n if n else None, *ends))


def _row(fact: str, n: int, n_employers: int, values: tuple[Any, Any, Any]) -> dict[str, Any]:
    reason = withhold("cell", n, n_employers)
    if reason is None and values[0] is None:
        reason = Withheld.FEW_DAYS
    share, low, high = values if reason is None else (None, None, None)
    counts = {"fact": fact, "n_openings": n, "n_employers": n_employers}
    return counts | {"share": share, "share_low": low, "share_high": high, "withheld": reason}
