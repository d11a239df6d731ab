"""The adverts behind the numbers: a searchable grid, and a drawer with each one's facts and quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import Child, lead
from dashboard.drawer import posting_drawer
from dashboard.grid import SEARCH, posting_grid
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View
from data.measures import listing


def content(view: View) -> Sequence[Child]:
    words = view.words
    _, total = listing.posting_page(
        view.release, view.selection, start=0, end=0, search=view.own.get("search")
    )
    postings = words.count("posting", total)
    search = dmc.TextInput(
        id=SEARCH,
        label=words("postings.search"),
        placeholder=words("postings.search_hint"),
        value=view.own.get("search", ""),
        debounce=400,
        inputProps={"maxLength": 200},
        className="search",
    )
    csv = html.A(
        words("postings.csv"),
        href=f"/csv/postings.csv{view.query(posting=None)}",
        download="promptjobs-postings.csv",
        className="button",
    )
    return [
        lead(
            words("page.postings.kicker"),
            words("postings.message", postings=postings),
            words("postings.standfirst"),
        ),
        html.Div([search, csv], className="grid-tools"),
        html.Div(
            posting_grid(view),
            className="grid-frame",
            role="region",
            **{"aria-label": words("postings.label")},
        ),
        dcc.Store(id="page-lang", data=view.lang),
        posting_drawer(view),
    ]


def layout(**query: Any) -> html.Div:
    return render("/postings", content, query)


dash.register_page(__name__, path="/postings", order=4, title=title_of("/postings"), layout=layout)
