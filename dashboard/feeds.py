"""GET /feeds/openings.{lang}.atom: the newest openings of the release on show, for feed readers."""

from __future__ import annotations

import flask
from dash import Dash

from dashboard.shell import FEED, SHELF
from dashboard.words import LANGUAGES, Words
from data.errors import ReleaseError
from data.feed import atom_feed, feed_tag

TYPE = "application/atom+xml"


def serve_feed(lang: str) -> flask.Response:
    """The feed; 304 where the reader has this release's already."""
    if lang not in LANGUAGES:
        return flask.Response("en, fr", status=404, mimetype="text/plain")
    try:
        release = flask.current_app.config[SHELF].current()
    except ReleaseError:
        return flask.Response(Words(lang)("shell.no_release"), status=503, mimetype="text/plain")
    tag = feed_tag(release, lang)
    if tag in flask.request.if_none_match:
        answer = flask.Response(status=304)
    else:
        answer = flask.Response(atom_feed(release, lang, address=flask.request.base_url), mimetype=TYPE)
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def register(app: Dash) -> None:
    """Serve the feeds."""
    app.server.add_url_rule(FEED.format(lang="<lang>"), view_func=serve_feed)
