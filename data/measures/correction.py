"""Shares corrected for what the rules miss and wrongly find (Rogan-Gladen), with the interval of Lang and Reiczigel."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from data.measures.reasons import Withheld

if TYPE_CHECKING:
    from data.release import Release

LEAST_LABELS = 20
"""Labelled adverts with the fact, and without it, from which its error rates are taken as measured."""


@dataclass(frozen=True, slots=True)
class Errors:
    """How often the rules erred about one yes-or-no fact on labelled adverts: said and there, said only, ..."""

    tp: int
    fp: int
    fn: int
    tn: int
    subset: str

    @property
    def is_measured(self) -> bool:
        """Were there enough adverts with the fact and without it?"""
        return min(self.tp + self.fn, self.fp + self.tn) >= LEAST_LABELS

    def correct(self, k: int, n: int) -> tuple[float, float, float] | None:
        """`corrected_share` of k in n with these errors."""
        return corrected_share(k, n, self.tp, self.fp, self.fn, self.tn)


def corrected_share(
    k: int, n: int, tp: int, fp: int, fn: int, tn: int, level: float = 0.95
) -> tuple[float, float, float] | None:
    """(share, low, high) that k of n comes to once errors are taken out; all in [0, 1].

    The share is (k/n + specificity - 1) / (sensitivity + specificity - 1), cut to [0, 1]: Rogan, W. J. and
    Gladen, B. (1978), Estimating prevalence from the results of a screening test, Am. J. Epidemiology 107, 71-76.
    The interval counts in that sensitivity tp/(tp+fn) and specificity tn/(tn+fp) are themselves estimates:
    Lang, Z. and Reiczigel, J. (2014), Confidence limits for prevalence of disease adjusted for estimated
    sensitivity and specificity, Preventive Veterinary Medicine 113, 13-22.
    None where n, tp + fn or tn + fp is 0, or where the rules tell no better than chance (sensitivity +
    specificity <= 1). Raises ValueError for negative counts or k > n.
    """
    if min(k, tp, fp, fn, tn) < 0 or k > n:
        raise ValueError(f"counts must be positive and k <= n, not {(k, n, tp, fp, fn, tn)}")
    with_it, without = tp + fn, tn + fp
    if not n or not with_it or not without or tp / with_it + tn / without <= 1:
        return None
    value = _cut((k / n + tn / without - 1) / (tp / with_it + tn / without - 1))
    z = NormalDist().inv_cdf((1 + level) / 2)
    n_more, sensitivity, specificity = n + z * z, (tp + 1) / (with_it + 2), (tn + 1) / (without + 2)
    apparent, gain = (k + z * z / 2) / n_more, sensitivity + specificity - 1
    centre = (apparent + specificity - 1) / gain
    missed = sensitivity * (1 - sensitivity) / (with_it + 2)
    alarms = specificity * (1 - specificity) / (without + 2)
    variance = apparent * (1 - apparent) / n_more + centre**2 * missed + (1 - centre) ** 2 * alarms
    centre += 2 * z * z * (centre * missed - (1 - centre) * alarms)
    half = z * math.sqrt(variance) / gain
    return value, min(value, _cut(centre - half)), max(value, _cut(centre + half))


def measured_errors(release: Release, field: str) -> dict[str, Errors]:
    """Value of `field` -> its errors on the labels with most adverts.

    Of the half whose misses nobody read while the rules were written (subset `unread`) where it is measured and
    large enough, else of all labelled adverts.
    """
    sql = (
        "SELECT value, subset, n, tp, fp, fn, tn FROM accuracy WHERE field = ? AND value IS NOT NULL "
        "AND tn IS NOT NULL AND subset IN ('unread', 'all') ORDER BY subset = 'unread', n"
    )
    found: dict[str, Errors] = {}
    for row in release.query(sql, [field]).to_dict("records"):
        counts = {name: int(row[name]) for name in ("tp", "fp", "fn", "tn")}
        errors = Errors(**counts, subset=str(row["subset"]))
        if row["value"] not in found or errors.is_measured:
            found[row["value"]] = errors
    return found


NOT_CORRECTED: Mapping[str, object] = dict.fromkeys(
    (
        "share_corrected",
        "corrected_low",
        "corrected_high",
        "sensitivity",
        "specificity",
        "measured_on",
        "uncorrected",
    )
)


def correction(k: int, n: int, errors: Errors | None, withheld: object) -> dict[str, Any]:
    """The columns of a corrected share, or in `uncorrected` the reason why there is none.

    A share that is `withheld` is not corrected either; `errors` None: they were not measured.
    """
    row = dict(NOT_CORRECTED)
    if withheld is not None or not n:
        return row | {"uncorrected": withheld}
    found = errors.correct(k, n) if errors is not None and errors.is_measured else None
    if errors is None or found is None:
        return row | {"uncorrected": Withheld.NOT_MEASURED}
    value, low, high = found
    return row | {
        "share_corrected": value,
        "corrected_low": low,
        "corrected_high": high,
        "sensitivity": errors.tp / (errors.tp + errors.fn),
        "specificity": errors.tn / (errors.tn + errors.fp),
        "measured_on": errors.subset,
    }


_NOTE = (
    "Corrected as if our rules erred here as often as on the labelled adverts they were measured on; each share by "
    "itself, so that shares that exclude each other need not add up.",
    "Corrigé comme si nos règles se trompaient ici aussi souvent que sur les annonces étiquetées ; chaque part pour "
    "elle-même, si bien que des parts qui s'excluent ne s'additionnent pas forcément.",
)
_OLDER = (
    "The errors were measured with other rules than those that read this release.",
    "Les erreurs ont été mesurées avec d'autres règles que celles qui ont lu cette publication.",
)


def correction_note(release: Release) -> tuple[str, str]:
    """What must be said beside corrected shares (English, French), also where the rules have changed since."""
    versions = release.query("SELECT DISTINCT rules_version FROM accuracy WHERE value IS NOT NULL")[
        "rules_version"
    ]
    if set(versions) <= {release.manifest["rules_version"]}:
        return _NOTE
    english, french = (f"{note} {older}" for note, older in zip(_NOTE, _OLDER, strict=True))
    return english, french


def _cut(share: float) -> float:
    return min(1.0, max(0.0, share))
