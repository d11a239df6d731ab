"""Titles of the browser's tab, in the language of the address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import flask
from dash import ctx

from dashboard.view import language_of
from dashboard.words import Words

# Path -> key of the page in the locales, in the order of the navigation.
PAGES: dict[str, str] = {
    "/": "overview",
    "/demand": "demand",
    "/pay": "pay",
    "/skills": "skills",
    "/postings": "postings",
    "/sources": "sources",
}
ADDRESS = "_pages_location"
"""Id of the address component that Dash Pages brings: writing to its `search` draws the page anew."""
OTHERS: dict[str, str] = {"/method": "method"}


def page_title(path: str, words: Words) -> str:
    """Title of the browser's tab for a page."""
    key = (PAGES | OTHERS).get(path, "missing")
    return f"{words(f'page.{key}.name')} · promptjobs"


def title_of(path: str) -> Callable[[], str]:
    """What Dash asks for a page's title after a change of address."""

    def title() -> str:
        return page_title(path, Words(_current_language()))

    return title


def _current_language() -> str:
    """The language of the address: of the request itself, or of the routing callback's address."""
    if not flask.has_request_context():
        return "en"
    if flask.request.method == "GET":
        return language_of(flask.request.args.to_dict())
    search = ctx.inputs.get(f"{ADDRESS}.search") or ""
    return language_of({name: value[0] for name, value in parse_qs(search.lstrip("?")).items()})
