"""What do they pay? Stated bounds with their n and disclosure, the claim, gigs and reports apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard import remembered
from dashboard.cards import card
from dashboard.components import Child, lead, section
from dashboard.headlines import pay_headline
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View


def content(view: View) -> Sequence[Child]:
    words = view.words
    row = next(iter(remembered.pay_overall(view.release, view.selection).frame.to_dict("records")), None)
    message, note = pay_headline(row, words)
    other = html.Div([card(view, "gig_by_year"), card(view, "reported")], className="pair")
    return [
        lead(words("page.pay.kicker"), message, note),
        section(words("pay.salaries"), [card(view, "pay_by_year"), card(view, "pay_distribution")]),
        section(words("pay.claim"), [card(view, "claim")]),
        section(words("pay.other"), [other], words("pay.other_intro")),
    ]


def layout(**query: Any) -> html.Div:
    return render("/pay", content, query)


dash.register_page(__name__, path="/pay", order=2, title=title_of("/pay"), layout=layout)
