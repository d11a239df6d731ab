"""How the numbers are made: the method in the reader's language, a section for each chart to point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import dcc, html

from dashboard.accuracy import accuracy_part
from dashboard.components import Child, lead, notice
from dashboard.method import CARD, METHOD, TABLES, sections
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View

HEADS = {1: html.H2, 2: html.H2, 3: html.H3, 4: html.H4}


def content(view: View) -> Sequence[Child]:
    words = view.words
    parts: list[Child] = [lead(words("page.method.kicker"), words("method.message"))]
    found = sections(METHOD[view.lang])
    if not found:
        return [*parts, notice(words("chart.nothing"), words("method.absent"), "empty")]
    parts += [_section(view, *each) for each in found]
    return parts + [
        _section(view, f"card-{name}" if depth > 1 else "card", heading, depth, text)
        for name, heading, depth, text in sections(CARD[view.lang])
    ]


def _section(view: View, name: str, heading: str, depth: int, text: str) -> html.Section:
    """One section; where the card has its table of accuracy stands what the release says of its rules."""
    body: list[Child] = []
    for index, part in enumerate(text.split(TABLES)):
        body += accuracy_part(view) if index else []
        body += [dcc.Markdown(part.strip(), className="prose")] if part.strip() else []
    return html.Section([HEADS[depth](heading), *body], id=name, className="part method", lang=view.lang)


def layout(**query: Any) -> html.Div:
    return render("/method", content, query)


dash.register_page(__name__, path="/method", order=9, title=title_of("/method"), layout=layout)
