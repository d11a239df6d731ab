"""What competed with the facts of a posting and lost, fact by fact, each with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from dash import html

from dashboard.components import Child
from dashboard.plain import plain
from dashboard.quotes import in_context
from dashboard.words import Words, is_missing
from data.reasons import why_lost

Row = dict[str, Any]


def rivals_part(rows: Sequence[Row], words: Words) -> list[Child]:
    """A folded list for each fact; nothing where nothing competed. `rows` are in the order of their facts."""
    if not rows:
        return []
    groups = [(fact, list(group)) for fact, group in groupby(rows, itemgetter("fact"))]
    return [
        html.H3(words("posting.rivals")),
        html.P(words("posting.rivals_note"), className="fine"),
        *(_group(str(fact), group, words) for fact, group in groups),
    ]


def fact_name(fact: str, words: Words) -> str:
    """The name of a fact in the reader's language; the fact's own where a release knows more facts than we do."""
    return words(f"column.{fact}") if words.has(f"column.{fact}") else plain(fact, 40)


def _group(fact: str, rows: Sequence[Row], words: Words) -> html.Details:
    head = words("posting.rivals_of", fact=fact_name(fact, words), n=words.number(len(rows)))
    items = [_rival(row, words) for row in rows]
    return html.Details([html.Summary(head), html.Ol(items, className="quotes lost")], className="rivals")


def _rival(row: Row, words: Words) -> html.Li:
    """One candidate in its context, and why it lost."""
    value = "" if is_missing(row["value"]) else f"{_value(row, words)} – "
    cue = None if is_missing(row["cue"]) else plain(row["cue"], 120)
    why = why_lost(words.lang, row["fact"], plain(row["reason"], 80), cue)
    return html.Li([in_context(row, html.Del), html.P(f"{value}{why}", className="fine why")])


def _value(row: Row, words: Words) -> str:
    """What it would have said, in the words of the pages where they have one."""
    label = row[f"label_{words.lang}"]
    if not is_missing(label):
        return plain(label, 80)
    value = str(row["value"])
    kind = "kind" if row["fact"] in ("pay", "main_salary") else row["fact"]
    key = f"value.{kind}.{value}"
    return words(key) if words.has(key) else plain(value, 80)
