"""Concentration: how few employers advertise the openings, with what few openings alone would feign taken out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Figure, Measure, cover, made_on, withhold
from data.measures.intervals import poisson
from data.measures.queries import load_query
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.who_columns import CONCENTRATION

if TYPE_CHECKING:
    from data.release import Release

NOTE = (
    "Shares of the largest are of the openings observed: among few, they overstate. The index is corrected for that. "
    "{unknown} of {n} openings have no known employer and are left out.",
    "Les parts des premiers sont celles des postes observés : peu nombreux, elles exagèrent. L'indice en est corrigé. "
    "{unknown} postes sur {n} n'ont pas d'employeur connu et sont laissés de côté.",
)
_FIGURES = (
    *("top1_share", "top4_share", "top10_share", "herfindahl_observed", "herfindahl", "herfindahl_low"),
    *("herfindahl_high", "effective", "effective_low", "effective_high", "effective_withheld"),
)


def concentration(release: Release, selection: Selection) -> Measure:
    """How openings spread over known employers, over all years and in each (columns CONCENTRATION).

    The first row (year missing) is of all years; its effective number of employers is the figure, in
    employers. An opening counts in every year it is advertised in. Withheld below the cell rule.
    """
    where, values = selection.where("p")
    sql = load_query("employer_openings").replace("{selected}", where)
    found = release.query(sql, values, scope=selection.scope).to_dict("records")
    this_year = made_on(release).year
    coverage = cover(release, selection, method="concentration", unit="employer")
    rows = [_row(one) for one in found]
    for row in rows:
        row["is_provisional"] = coverage.provisional if row["year"] is None else row["year"] >= this_year
    total = rows[0] if rows else _empty()
    figure = Figure(
        total["effective"], "employer", total["effective_low"], total["effective_high"], Interval.JACKKNIFE
    )
    english, french = (words.format(unknown=total["n_unknown"], n=total["n_openings"]) for words in NOTE)
    measure = replace(
        coverage,
        withheld=total["withheld"] or total["effective_withheld"],
        figure=figure,
        note=(english, french),
    )
    return Measure("employers.concentration", from_rows(CONCENTRATION, rows), measure)


def simpson(counts: Sequence[int]) -> float | None:
    """Probability that two openings drawn without replacement are of one employer; None below two openings.

    sum n(n-1) / N(N-1), unbiased for sum p^2: Simpson, E. H. (1949), Measurement of diversity, Nature 163, 688.
    """
    n = sum(counts)
    return sum(k * (k - 1) for k in counts) / (n * (n - 1)) if n > 1 else None


def simpson_interval(counts: Sequence[int], level: float = 0.95) -> tuple[float, float] | None:
    """Interval of sum p^2 after `counts` openings of each employer; None below three openings.

    On the logit scale, with the jackknife's variance over openings and Student's t with one degree of freedom less
    than employers, since the jackknife's values differ only between employers. Simpson's estimate is a
    U-statistic, for which it errs to the wide side (Efron and Stein 1981, The jackknife estimate of variance, Annals of
    Statistics 9, 586-596). Never narrower than what the number of pairs of one employer alone leaves open (Garwood's
    Poisson limits): the jackknife knows no chance where no two openings share an employer.
    """
    n = sum(counts)
    if n < 3:
        return None
    pairs, all_pairs = sum(k * (k - 1) for k in counts) // 2, n * (n - 1) // 2
    low, high = (end / all_pairs for end in poisson(pairs, level))
    if 0 < pairs < all_pairs:
        point = pairs / all_pairs
        half = _student(level, max(1, len(counts) - 1)) * _jackknife(counts) / (point * (1 - point))
        odds = point / (1 - point)
        low, high = min(low, _share(odds * math.exp(-half))), max(high, _share(odds * math.exp(half)))
    return low, min(1.0, high)


def _student(level: float, df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def _share(odds: float) -> float:
    return odds / (1 + odds)


def _jackknife(counts: Sequence[int]) -> float:
    """Standard error of Simpson's estimate, leaving out each opening in turn."""
    n, ordered = sum(counts), sum(k * (k - 1) for k in counts)
    left = [((ordered - 2 * (k - 1)) / ((n - 1) * (n - 2)), k) for k in counts]
    mean = sum(value * k for value, k in left) / n
    return math.sqrt((n - 1) / n * sum(k * (value - mean) ** 2 for value, k in left))


def _row(found: dict[str, Any]) -> dict[str, Any]:
    counts = [int(k) for k in found["counts"]]
    n_known = sum(counts)
    row = _empty() | {
        "year": None if found["is_total"] else int(found["year"]),
        "n_openings": int(found["n_openings"]),
        "n_known": n_known,
        "n_unknown": int(found["n_unknown"]),
        "n_employers": len(counts),
        "withheld": withhold("cell", n_known, len(counts)),
    }
    return row if row["withheld"] else row | _figures(counts)


def _empty() -> dict[str, Any]:
    none = {"n_openings": 0, "n_unknown": 0, "withheld": withhold("cell", 0, 0)}
    return dict.fromkeys(_FIGURES) | none


def _figures(counts: Sequence[int]) -> dict[str, Any]:
    n, index, ends = sum(counts), simpson(counts), simpson_interval(counts)
    low, high = ends or (None, None)
    return {
        "top1_share": sum(counts[:1]) / n,
        "top4_share": sum(counts[:4]) / n,
        "top10_share": sum(counts[:10]) / n,
        "herfindahl_observed": sum((k / n) ** 2 for k in counts),
        "herfindahl": index,
        "herfindahl_low": low,
        "herfindahl_high": high,
        **_effective(index, low, high),
    }


def _effective(index: float | None, low: float | None, high: float | None) -> dict[str, Any]:
    """The effective number of employers, or why not: it has no value where no two openings share an employer."""
    if not index:
        return dict.fromkeys(("effective", "effective_low", "effective_high")) | {
            "effective_withheld": Withheld.NO_PAIRS
        }
    ends = {"effective_low": _inverse(high), "effective_high": _inverse(low)}
    return {"effective": 1 / index, **ends, "effective_withheld": None}


def _inverse(share: float | None) -> float | None:
    return 1 / share if share else None
