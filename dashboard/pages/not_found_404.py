"""What an unknown address shows."""

from __future__ import annotations

from typing import Any

import dash
from dash import dcc, html

from dashboard.components import lead
from dashboard.titles import title_of
from dashboard.view import language_of, query_string
from dashboard.words import Words


def layout(**query: Any) -> html.Div:
    words = Words(language_of(query))
    home = "/" + query_string({"lang": words.lang} if words.lang != "en" else {})
    body = [
        lead(words("page.missing.name"), words("page.missing.message")),
        html.P(dcc.Link(words("page.missing.back"), href=home)),
    ]
    return html.Div(html.Main(body, id="main"), className="shell alone", lang=words.lang)


dash.register_page(__name__, title=title_of("missing"), layout=layout)
