"""How the numbers are made: the method in the reader's language, a section for each chart to point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import dcc, html

from dashboard.components import Child, lead, notice
from dashboard.method import METHOD, sections
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View


def content(view: View) -> Sequence[Child]:
    words = view.words
    parts: list[Child] = [lead(words("page.method.kicker"), words("method.message"))]
    found = sections(METHOD[view.lang])
    if not found:
        return [*parts, notice(words("chart.nothing"), words("method.absent"), "empty")]
    heads = {1: html.H2, 2: html.H2, 3: html.H3, 4: html.H4}
    for name, heading, depth, text in found:
        body = [dcc.Markdown(text, className="prose")] if text else []
        parts.append(
            html.Section([heads[depth](heading), *body], id=name, className="part method", lang=view.lang)
        )
    return parts


def layout(**query: Any) -> html.Div:
    return render("/method", content, query)


dash.register_page(__name__, path="/method", order=9, title=title_of("/method"), layout=layout)
