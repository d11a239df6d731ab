"""A claim about pay held against the adverts: how many reach it, what silence could hide, and a verdict in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.claims import claim_share, load_claims
from data.measures.coverage import Measure
from data.measures.pay_columns import HEADLINE
from data.measures.pay_words import claim_sentence
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

MAIN = "upper_reaches_low"


def headline_check(
    release: Release,
    selection: Selection,
    *,
    claim: str = "press_2023",
    low: float | None = None,
    high: float | None = None,
    currency: str = "USD",
) -> Measure:
    """What claim_share finds of a claim, with employers, a verdict and a sentence for each row (columns HEADLINE).

    `claim` is an id of claims.yml; `low` and `high` (yearly, in `currency`; one alone is both) put a range of one's
    own in its place. verdict: most, few or open, as the interval of the share of openings that state pay lies above a half,
    below, or holds it; is_sure: it would stand whatever the silent openings pay. The figure is the share whose upper
    bound reaches the claim's lower end. Raises SelectionError.
    """
    if low is None and high is None:
        known = {one.id: one for one in load_claims()}
        if claim not in known:
            raise SelectionError("not_allowed", name="claim", value=claim, allowed=", ".join(known))
        low, high, currency = known[claim].low, known[claim].high, known[claim].currency
    ends = [end for end in (low, high) if end is not None]
    measure = claim_share(release, selection, low=ends[0], high=ends[-1], currency=currency)
    rows = [_row(row, currency) for row in measure.frame.to_dict("records")]
    coverage = replace(measure.coverage, method="headline")
    return Measure("pay.headline_check", from_rows(HEADLINE, rows), coverage)


def headline_sentence(measure: Measure, lang: str) -> str:
    """The verdict of headline_check in words (`lang`: en or fr): its row about the claim's lower end."""
    frame = measure.frame.set_index("criterion")
    return str(frame.loc[MAIN, f"sentence_{lang}"])


def _row(found: dict[str, Any], currency: str) -> dict[str, Any]:
    row = found | {"verdict": None, "is_sure": False}
    if found["withheld"] is None:
        row["verdict"] = (
            "most" if found["share_low"] > 0.5 else "few" if found["share_high"] < 0.5 else "open"
        )
        row["is_sure"] = (row["verdict"] == "most" and found["worst_low"] > 0.5) or (
            row["verdict"] == "few" and found["worst_high"] < 0.5
        )
    return row | {f"sentence_{lang}": claim_sentence(row, currency, lang) for lang in ("en", "fr")}
