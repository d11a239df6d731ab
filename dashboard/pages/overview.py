"""Are the jobs real? The verdict in a sentence, the numbers under it, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard.answers import answers
from dashboard.cards import card
from dashboard.components import Child, lead, section
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.verdict import claim_sentence, find, numbers, unknown, verdict
from dashboard.view import View


def content(view: View) -> Sequence[Child]:
    words, found = view.words, find(view)
    span = words.span(found.coverage.since, found.coverage.until)
    note = words("overview.standfirst", span=span)
    return [
        lead(
            words("page.overview.kicker"), verdict(view, found), note if found.coverage.n_openings else None
        ),
        numbers(view, found),
        section(words("overview.answers"), [answers(view)], words("overview.answers_intro")),
        section(
            words("overview.real"),
            [html.Div([card(view, "absorption"), card(view, "share_year")], className="pair")],
            words("overview.real_intro"),
        ),
        section(
            words("overview.paid"),
            [
                html.P(claim_sentence(view, found), className="finding"),
                html.Div([card(view, "pay_by_year"), card(view, "claim")], className="pair"),
            ],
            words("overview.paid_intro"),
        ),
        section(words("overview.unknown"), [unknown(view, found)]),
    ]


def layout(**query: Any) -> html.Div:
    return render("/", content, query)


dash.register_page(__name__, path="/", order=0, title=title_of("/"), layout=layout)
