"""The frame of every page: header, filters, the page's content, footer; and what is shown when there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from urllib.parse import quote

import flask
from dash import html
from dash.development.base_component import Component

from dashboard import filters
from dashboard.components import Child, lead, notice
from dashboard.plain import plain
from dashboard.shelf import Shelf
from dashboard.titles import PAGES
from dashboard.view import Params, View, language_of, open_view, query_string
from dashboard.words import LANGUAGES, Words
from data.errors import ReleaseError, SelectionError

Content = Callable[[View], Sequence[Child]]
SHELF = "SHELF"
FEED = "/feeds/openings.{lang}.atom"
"""Where the feed of a language is (dashboard.feeds)."""
_log = logging.getLogger(__name__)


def render(path: str, content: Content, query: Params) -> html.Div:
    """A whole page for an address; a bad filter or a missing release gets a page that says what to do."""
    params = {name: value for name, value in query.items() if name != "scheme_"}
    scheme = query.get("scheme_")
    words = Words(language_of(params))
    try:
        shelf: Shelf = flask.current_app.config[SHELF]
        view = open_view(path, params, scheme if isinstance(scheme, str) else "light", shelf.current())
    except SelectionError as error:
        return _frame(path, words, "", [_bad_filter(path, words, error)])
    except ReleaseError as error:
        _log.info("No release to show: %s", error)
        return _frame(path, words, "", [_no_release(words)])
    body = [filters.bar(view), *content(view)]
    return _frame(path, words, view.link(""), body, view)


def _frame(path: str, words: Words, search: str, body: Sequence[Child], view: View | None = None) -> html.Div:
    return html.Div(
        [
            html.A(words("shell.skip"), href="#main", className="skip"),
            _header(path, words, search, view),
            html.Main(list(body), id="main", tabIndex=-1),
            _footer(words, view),
        ],
        className="shell",
        lang=words.lang,
    )


def _header(path: str, words: Words, search: str, view: View | None) -> html.Header:
    from dash import dcc

    links = [
        dcc.Link(
            words(f"page.{key}.name"),
            href=target + search,
            className="nav-link active" if target == path else "nav-link",
        )
        for target, key in PAGES.items()
    ]
    brand = dcc.Link(
        [html.Span("prompt", className="brand-a"), html.Span("jobs", className="brand-b")],
        href="/" + search,
        className="brand",
    )
    tools = html.Div([*_languages(path, words, view), _scheme_button(words)], className="tools")
    nav = html.Nav(links, className="nav", **{"aria-label": words("shell.nav")})
    return html.Header(html.Div([brand, nav, tools], className="bar"), className="top")


def _languages(path: str, words: Words, view: View | None) -> list[Component]:
    """Links to the same view in the other languages; a full load, so that the page's lang is the server's."""
    found: list[Component] = []
    for lang, name in LANGUAGES.items():
        if lang == words.lang:
            continue
        change = None if lang == "en" else lang
        search = view.query(lang=change) if view else query_string({"lang": change} if change else {})
        found.append(html.A(name, href=quote(path) + search, lang=lang, hrefLang=lang, className="tool"))
    return found


def _scheme_button(words: Words) -> html.Button:
    return html.Button(
        words("shell.scheme"),
        id="scheme-toggle",
        className="tool",
        type="button",
        title=words("shell.scheme_title"),
    )


def _footer(words: Words, view: View | None) -> html.Footer:
    parts: list[Child] = [html.P(words("shell.promise"))]
    if view is not None:
        made = str(view.release.manifest["made_at"])[:16].replace("T", " ")
        name = html.Code(view.release.name)
        feed = html.A(words("shell.feed"), href=FEED.format(lang=words.lang))
        parts.append(html.P([words("shell.release"), " ", name, f" ({made} UTC) · ", feed], className="fine"))
    return html.Footer(html.Div(parts, className="bar"), className="bottom")


def _bad_filter(path: str, words: Words, error: SelectionError) -> html.Div:
    from dash import dcc

    clear = dcc.Link(
        words("shell.clear"), href=path + query_string({"lang": "fr"} if words.lang == "fr" else {})
    )
    text = [
        html.P(plain(error.sentence(words.lang), 600), className="said"),
        html.P([words("shell.bad_filter_todo"), " ", clear]),
    ]
    return html.Div([notice(words("shell.bad_filter"), text, "warn")], className="alone")


def _no_release(words: Words) -> html.Div:
    text = [
        html.P(words("shell.no_release_why")),
        html.Pre(html.Code("promptjobs publish")),
        html.P(words("shell.no_release_then")),
        html.Pre(html.Code("promptjobs update")),
        html.P(words("shell.no_release_wait")),
    ]
    return html.Div(
        [
            lead(words("shell.no_release_kicker"), words("shell.no_release")),
            notice(words("shell.todo"), text, "empty"),
        ],
        className="alone",
    )
