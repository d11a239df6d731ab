"""How well the rules read, as measured: a sentence and a table for each file of labels."""

from __future__ import annotations

import dash_mantine_components as dmc
import pandas as pd
from dash import html

from dashboard.components import Child, notice
from dashboard.plain import plain
from dashboard.view import View
from dashboard.words import Words, is_missing
from data.accuracy_card import FIELDS
from data.measures.accuracy import SUBSETS, Accuracy, measured_accuracy


def accuracy_part(view: View) -> list[Child]:
    """Every measurement the release carries, or a sentence that there is none."""
    found = measured_accuracy(view.release)
    if not found:
        return [notice(view.words("chart.nothing"), view.words("accuracy.none"), "empty")]
    return [part for each in found for part in _measurement(each, view)]


def _measurement(found: Accuracy, view: View) -> list[Child]:
    words = view.words
    said = words(
        "accuracy.measured",
        n=words.number(found.n_adverts),
        gold=plain(found.gold, 60),
        hash=plain(found.gold_sha256, 16),
        day=words.day(found.measured_on),
        rules=plain(found.rules_version, 20),
    )
    now = plain(str(view.release.manifest["rules_version"]), 20)
    then = words("accuracy.current") if found.is_current else words("accuracy.changed", now=now)
    table = _table(found.scores, words)
    caption = words("accuracy.caption", gold=plain(found.gold, 60))
    return [
        html.P([said, " ", html.Strong(then) if not found.is_current else then]),
        html.Div(table, className="scroll whole", tabIndex=0, role="region", **{"aria-label": caption}),
    ]


def _table(scores: pd.DataFrame, words: Words) -> dmc.Table:
    head = ["field", "n", *SUBSETS, "bar"]
    return dmc.Table(
        data={
            "caption": words("accuracy.title"),
            "head": [words(f"accuracy.{name}") for name in head],
            "body": [_row(row, words) for row in scores.to_dict("records")],
        },
        className="facts",
        tabularNums=True,
    )


def _row(row: dict[str, object], words: Words) -> list[str]:
    names = FIELDS.get(str(row["field"]))
    name = names[words.lang == "fr"] if names else plain(str(row["field"]), 40)
    cells = [None if is_missing(row[key]) else float(str(row[key])) for key in (*SUBSETS, "bar")]
    return [name, words.number(float(str(row["n"]))), *(words.number(cell, 3) for cell in cells)]
