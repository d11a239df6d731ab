"""What do they pay? Stated bounds with their n and disclosure, the claim, gigs and reports apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard.cards import card
from dashboard.components import Child, lead, section
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View
from dashboard.words import Words, is_missing
from data.measures import pay


def headline(row: dict[str, Any] | None, words: Words) -> tuple[str, str | None]:
    """(message, note) from the one row of pay.pay_overall, if there is one."""
    if row is None:
        return words("pay.message.thin"), None
    note = words(
        "pay.standfirst",
        n=words.number(row["n_paid"]),
        openings=words.count("opening", row["n_openings"]),
        share=words.percent(row["disclosure"]),
    )
    if is_missing(row["lower_median"]) or is_missing(row["upper_median"]):
        return words("pay.message.thin"), note
    message = words(
        "pay.message.known",
        lower=words.money(row["lower_median"]),
        upper=words.money(row["upper_median"]),
    )
    return message, note


def content(view: View) -> Sequence[Child]:
    words = view.words
    row = next(iter(pay.pay_overall(view.release, view.selection).frame.to_dict("records")), None)
    message, note = headline(row, words)
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
