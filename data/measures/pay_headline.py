"""A claim about pay held against the adverts: how many reach it, what silence could hide, and a verdict in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.errors import SelectionError
from data.measures.claims import CRITERIA, claim_share, load_claims
from data.measures.coverage import Coverage, Figure, Measure
from data.measures.figures import figures
from data.measures.pay_columns import HEADLINE
from data.measures.pay_shares import share_by_employer
from data.measures.pay_words import claim_sentence
from data.measures.queries import load_query
from data.measures.reasons import Interval
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
    own in its place. verdict: most, few or open, as the interval by employer of the share of openings that state pay lies above
    a half, below, or holds it; is_sure: it would stand whatever the silent openings pay. The figure is the share whose upper
    bound reaches the claim's lower end. Raises SelectionError.
    """
    if low is None and high is None:
        known = {one.id: one for one in load_claims()}
        if claim not in known:
            raise SelectionError("not_allowed", name="claim", value=claim, allowed=", ".join(known))
        low, high, currency = known[claim].low, known[claim].high, known[claim].currency
    ends = [end for end in (low, high) if end is not None]
    low, high = ends[0], ends[-1]
    measure = claim_share(release, selection, low=low, high=high, currency=currency)
    spans = _spans(release, selection, low, high, currency)
    rows = [_row(row, spans[row["criterion"]], currency) for row in measure.frame.to_dict("records")]
    coverage = _with_figure(measure.coverage, next(row for row in rows if row["criterion"] == MAIN))
    return Measure("pay.headline_check", from_rows(HEADLINE, rows), coverage)


def headline_sentence(measure: Measure, lang: str) -> str:
    """The verdict of headline_check in words (`lang`: en or fr): its row about the claim's lower end."""
    frame = measure.frame.set_index("criterion")
    return str(frame.loc[MAIN, f"sentence_{lang}"])


def _spans(
    release: Release, selection: Selection, low: float, high: float, currency: str
) -> dict[str, tuple[float, float] | None]:
    """By criterion the interval of its share by employer."""
    sql, values = figures(selection, "payroll", currency)
    query = load_query("claim_openings").replace("{figures}", sql)
    found = release.query(query, [low, high, *values], scope=selection.scope)
    sides = found["side"].to_numpy(dtype=str)
    known = {name: found[name].notna().to_numpy() for name in CRITERIA}
    return {
        name: share_by_employer(found.loc[can_tell, name].to_numpy(dtype=bool), sides[can_tell])
        for name, can_tell in known.items()
    }


def _row(found: dict[str, Any], span: tuple[float, float] | None, currency: str) -> dict[str, Any]:
    low, high = span if span is not None and found["withheld"] is None else (None, None)
    row = found | {"share_employer_low": low, "share_employer_high": high, "verdict": None, "is_sure": False}
    if low is not None and high is not None:
        row["verdict"] = "most" if low > 0.5 else "few" if high < 0.5 else "open"
        row["is_sure"] = (row["verdict"] == "most" and found["worst_low"] > 0.5) or (
            row["verdict"] == "few" and found["worst_high"] < 0.5
        )
    return row | {f"sentence_{lang}": text for lang, text in claim_sentence(row, currency).items()}


def _with_figure(coverage: Coverage, row: dict[str, Any]) -> Coverage:
    ends = (row["share_employer_low"], row["share_employer_high"], Interval.CLUSTER)
    value = None if row["withheld"] is not None else row["share"]
    figure = Figure(value, "share", *ends, n=int(row["n_figures"]))
    return replace(coverage, figure=figure, method="headline")
