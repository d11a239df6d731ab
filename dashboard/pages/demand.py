"""How many openings, how often, and is it growing? Flow, share, stock, and the market beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard import remembered
from dashboard.cards import card
from dashboard.catalogue import GRAIN
from dashboard.components import Child, choices, lead, section
from dashboard.headlines import demand_headline
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View


def content(view: View) -> Sequence[Child]:
    words = view.words
    yearly = remembered.flow(view.release, view.selection, grain="year")
    message, note = demand_headline(yearly.frame.to_dict("records"), words)
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
