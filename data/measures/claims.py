"""The pay claims of claims.yml, and the share of openings whose stated pay reaches one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from data.errors import ReferenceDataError, SelectionError
from data.measures.columns import CLAIM
from data.measures.coverage import Coverage, Figure, Measure, withhold
from data.measures.figures import cover_market, figures
from data.measures.intervals import wilson
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    from data.release import Release

# Criterion (a column of sql/claim.sql) -> English, French.
CRITERIA: dict[str, tuple[str, str]] = {
    "upper_reaches_low": (
        "The upper bound reaches the claim's lower end",
        "La borne haute atteint le bas de l'affirmation",
    ),
    "lower_reaches_low": (
        "The lower bound reaches the claim's lower end",
        "La borne basse atteint le bas de l'affirmation",
    ),
    "upper_reaches_high": (
        "The upper bound reaches the claim's upper end",
        "La borne haute atteint le haut de l'affirmation",
    ),
    "range_inside": (
        "The whole range lies inside the claim",
        "Toute la fourchette est dans l'affirmation",
    ),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: yearly pay from `low` to `high` in `currency`; label and source are (English, French)."""

    id: str
    low: int
    high: int
    currency: str
    year: int
    label: tuple[str, str]
    source: tuple[str, str]


@cache
def load_claims() -> tuple[Claim, ...]:
    """Every claim, in the file's order. Raises ReferenceDataError where a field is missing or senseless."""
    import yaml

    text = (resources.files("data") / "reference" / "claims.yml").read_text(encoding="utf-8")
    try:
        return tuple(_claim(row) for row in yaml.safe_load(text))
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceDataError(
            f"claims.yml: {error!r}; every claim needs the fields of the first."
        ) from error


def _claim(row: dict[str, object]) -> Claim:
    low, high, year = row["low"], row["high"], row["year"]
    if not (isinstance(low, int) and isinstance(high, int) and isinstance(year, int) and low <= high):
        raise ValueError(f"claim {row['id']!r}: low, high and year are whole numbers with low <= high")
    return Claim(
        id=str(row["id"]),
        low=low,
        high=high,
        currency=str(row["currency"]),
        year=year,
        label=_both(row["label"]),
        source=_both(row["source"]),
    )


def _both(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no text in en and fr")
    return str(value["en"]), str(value["fr"])


def claim_share(
    release: Release,
    selection: Selection,
    *,
    low: float = 175_000,
    high: float = 300_000,
    currency: str = "USD",
) -> Measure:
    """How many payroll openings reach a claimed yearly range, by criterion (columns CLAIM).

    Shares are of the openings whose figures can tell, with Wilson intervals; worst_low and worst_high
    bound the share of all openings whatever the undisclosed pay is: Manski, C. F. (1989), Anatomy of the
    selection problem, Journal of Human Resources 24, 343-360. The defaults are the claim of 2023
    (claims.yml). Raises SelectionError where low > high.
    """
    if not low <= high:
        raise SelectionError("claim", low=low, high=high)
    sql, values = figures(selection, "payroll", currency)
    query = load_query("claim").replace("{figures}", sql)
    found = release.query(query, [low, high, *values], scope=selection.scope).iloc[0].to_dict()
    rows = [_claim_row(name, found) | {"low": low, "high": high} for name in CRITERIA]
    coverage = cover_market(release, selection, "payroll", method="claim")
    return Measure("pay.claim_share", from_rows(CLAIM, rows), _with_figure(coverage, rows[0]))


def _with_figure(coverage: Coverage, row: dict[str, Any]) -> Coverage:
    """The share of the first criterion: the upper bound reaches the claim's lower end."""
    ends = (row["share_low"], row["share_high"], Interval.WILSON)
    return replace(
        coverage, figure=Figure(row["share"], "share", *ends, n=row["n_figures"]), withheld=row["withheld"]
    )


def _claim_row(name: str, found: dict[str, Any]) -> dict[str, Any]:
    k, n, n_all = int(found[f"{name}_reach"]), int(found[f"{name}_figures"]), int(found["n_openings"])
    reason = withhold("cell", n, int(found[f"{name}_employers"]))
    english, french = CRITERIA[name]
    row = {"criterion": name, "label_en": english, "label_fr": french, "withheld": reason}
    counts = {
        "n_reach": k,
        "n_figures": n,
        "n_openings": n_all,
        "n_employers": int(found[f"{name}_employers"]),
    }
    return row | counts | _shares(k, n, n_all, reason)


def _shares(k: int, n: int, n_all: int, reason: Withheld | None) -> dict[str, float | None]:
    names = ("share", "share_low", "share_high", "worst_low", "worst_high")
    ends = wilson(k, n)
    if reason is not None or ends is None:
        return dict.fromkeys(names)
    return dict(zip(names, (k / n, *ends, k / n_all, (k + n_all - n) / n_all), strict=True))
