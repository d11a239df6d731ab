"""How well the rules of a release read adverts, as measured on adverts that people labelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

SUBSETS = ("all", "unread", "other", "fr")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One measurement on one file of labels.

    `scores`: one row a field, in the order of the table, with field, measure, n, bar and a score (0 to 1) for each of
    SUBSETS. `is_current`: measured with the very rules that read this release's adverts.
    """

    gold: str
    gold_sha256: str
    measured_on: date
    rules_version: str
    is_current: bool
    n_adverts: int
    scores: pd.DataFrame


def measured_accuracy(release: Release) -> list[Accuracy]:
    """The measurements a release carries, that with the most fields first; [] where it carries none."""
    frame = release.query("SELECT * FROM accuracy WHERE value IS NULL")
    current = release.manifest["rules_version"]
    found = [_accuracy(rows, current) for _, rows in frame.groupby("gold", sort=True)]
    return sorted(found, key=lambda each: -len(each.scores))


def _accuracy(rows: pd.DataFrame, current: str) -> Accuracy:
    whole = rows[rows["subset"] == "all"]
    wide = rows.pivot(index="field", columns="subset", values="score").reindex(columns=list(SUBSETS))
    scores = whole[["field", "measure", "n", "bar"]].merge(wide, on="field")
    first = whole.iloc[0]
    return Accuracy(
        gold=str(first["gold"]),
        gold_sha256=str(first["gold_sha256"]),
        measured_on=first["measured_on"].date(),
        rules_version=str(first["rules_version"]),
        is_current=bool(first["rules_version"] == current),
        n_adverts=int(
            whole.loc[(whole["measure"] == "accuracy") & (whole["field"] != "skill_level"), "n"].max()
        ),
        scores=scores,
    )
