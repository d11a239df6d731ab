"""How many openings, how often, and is it growing? Flow, share, stock, and the market beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard.cards import card
from dashboard.catalogue import GRAIN
from dashboard.components import Child, choices, lead, section
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View
from dashboard.words import Words
from data.measures import demand

LEAST = 10
"""Openings a year must have before two years are compared in words (METHOD, "trend verdict")."""


def headline(rows: list[dict[str, Any]], words: Words) -> tuple[str, str | None]:
    """(message, note): the last two complete years of demand.FLOW rows compared by their intervals."""
    whole = [row for row in rows if row["is_covered"] and not row["is_provisional"]]
    if len(whole) < 2 or min(row["n_openings"] for row in whole[-2:]) < LEAST:
        return words("demand.message.thin"), None
    before, last = whole[-2:]
    apart_up, apart_down = last["n_low"] > before["n_high"], last["n_high"] < before["n_low"]
    key = "up" if apart_up else "down" if apart_down else "level"
    message = words(
        f"demand.message.{key}",
        last=last["month"].year,
        last_n=words.number(last["n_openings"]),
        before=before["month"].year,
        before_n=words.number(before["n_openings"]),
    )
    note = words(
        "demand.standfirst",
        last=last["month"].year,
        last_low=words.number(last["n_low"]),
        last_high=words.number(last["n_high"]),
        before=before["month"].year,
        before_low=words.number(before["n_low"]),
        before_high=words.number(before["n_high"]),
    )
    return message, note


def content(view: View) -> Sequence[Child]:
    words = view.words
    yearly = demand.flow(view.release, view.selection, grain="year")
    message, note = headline(yearly.frame.to_dict("records"), words)
    switch = choices(view, "grain", "demand.grain", GRAIN)
    flows = [card(view, "flow"), card(view, "share"), card(view, "absorption_grain")]
    others = html.Div([card(view, "benchmark_index"), card(view, "benchmark_ai")], className="pair")
    return [
        lead(words("page.demand.kicker"), message, note),
        section(words("demand.flow"), [switch, *flows]),
        section(words("demand.stock"), [card(view, "stock")], words("demand.stock_intro")),
        section(words("demand.others"), [others], words("demand.others_intro")),
    ]


def layout(**query: Any) -> html.Div:
    return render("/demand", content, query)


dash.register_page(__name__, path="/demand", order=1, title=title_of("/demand"), layout=layout)
