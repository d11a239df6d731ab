"""Builds the viewer: a Dash app whose pages are functions of the address and of the current release."""

from __future__ import annotations

from html import escape
from pathlib import Path

import dash_mantine_components as dmc
import flask
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, page_container
from dash.development.base_component import Component

from dashboard import downloads, drawer, feeds, filters, grid
from dashboard.figures.theme import FONT
from dashboard.security import secure
from dashboard.shelf import Shelf
from dashboard.shell import FEED, SHELF
from dashboard.titles import page_title
from dashboard.view import SCHEMES, language_of
from dashboard.words import Words

COOKIE = "scheme"
_INDEX = """<!DOCTYPE html>
<html lang="{lang}" data-mantine-color-scheme="{scheme}">
<head>{{%metas%}}<title>{{%title%}}</title>
<link rel="icon" href="data:,"><link rel="alternate" type="application/atom+xml" href="{feed}">
{{%css%}}</head>
<body>{{%app_entry%}}<footer class="dash-scripts">{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body>
</html>"""
_THEME = {
    "fontFamily": FONT,
    "primaryColor": "blue",
    "defaultRadius": "sm",
    "headings": {"fontFamily": "inherit"},
}


def index_page(**parts: str) -> str:
    """The first answer's HTML: it already has the reader's language, colours and title."""
    words = Words(language_of(flask.request.args.to_dict()))
    title = escape(page_title(flask.request.path, words))
    page = _INDEX.format(lang=words.lang, feed=FEED.format(lang=words.lang), scheme=asked_scheme())
    for name, value in (parts | {"title": title}).items():
        page = page.replace(f"{{%{name}%}}", value)
    return page


def create_app(releases: Path) -> Dash:
    """The viewer over a folder of releases (which may be empty: the pages then say what to run)."""
    app = Dash(
        "dashboard",
        use_pages=True,
        serve_locally=True,
        suppress_callback_exceptions=True,  # pages bring their own components
        include_pages_meta=False,
        update_title="",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        routing_callback_inputs={"scheme_": Input("scheme", "data")},
    )
    app.interpolate_index = index_page
    app.server.config[SHELF] = Shelf(Path(releases))
    app.layout = layout
    filters.register(app)
    grid.register(app)
    drawer.register(app)
    downloads.register(app)
    feeds.register(app)
    _register_scheme(app)
    secure(app)
    return app


def layout() -> Component:
    """What stays while pages change: the address, the colour scheme, and the place where a page goes."""
    scheme = asked_scheme()
    return dmc.MantineProvider(
        html.Div(
            [
                dcc.Store(id="scheme", data=scheme),
                page_container,
            ]
        ),
        id="mantine",
        forceColorScheme=scheme,
        theme=_THEME,
    )


def asked_scheme() -> str:
    """The colours the reader chose last (a cookie that scheme.js sets); light where none."""
    scheme = flask.request.cookies.get(COOKIE, "") if flask.has_request_context() else ""
    return scheme if scheme in SCHEMES else SCHEMES[0]


def _register_scheme(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("viewer", "toggleScheme"),
        Output("scheme", "data"),
        Input("scheme-toggle", "n_clicks"),
        State("scheme", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("viewer", "applyScheme"),
        Output("mantine", "forceColorScheme"),
        Input("scheme", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("viewer", "toggleFilters"),
        Output("filters", "className"),
        Output("filters-toggle", "aria-expanded"),
        Input("filters-toggle", "n_clicks"),
        prevent_initial_call=True,
    )
