"""CSV of exactly what a chart or the grid shows: the same measure for the same address."""

from __future__ import annotations

import flask
from dash import Dash

from dashboard.catalogue import CHARTS
from dashboard.shell import SHELF
from dashboard.view import View, language_of, open_view
from dashboard.words import Words
from data.csv_text import to_csv
from data.errors import ReleaseError, SelectionError
from data.frames import Column
from data.measures import listing
from data.measures.coverage import Measure
from data.release import Release

POSTINGS = "postings"


def measured(key: str, view: View) -> tuple[Measure, tuple[Column, ...]]:
    """The measure behind a chart (or the grid) and its columns."""
    if key == POSTINGS:
        found = listing.postings(view.release, view.selection, search=view.own.get("search"))
        return found, listing.LISTED
    return CHARTS[key].measure(view), CHARTS[key].columns


def csv_text(release: Release, key: str, params: dict[str, str | list[str]]) -> str:
    """The CSV for an address. Raises SelectionError that names a bad parameter."""
    measure, columns = measured(key, open_view("/csv", params, "light", release))
    return to_csv(measure.frame, columns)


def download(key: str) -> flask.Response:
    """The answer to GET /csv/{key}.csv: the file, or a sentence that says what is wrong."""
    params = {n: v[0] if len(v) == 1 else v for n, v in flask.request.args.to_dict(flat=False).items()}
    lang = language_of(params)
    if key != POSTINGS and key not in CHARTS:
        refusal = SelectionError("chart", name=key[:40], allowed=", ".join((*CHARTS, POSTINGS)))
        return _plain(refusal.sentence(lang), 404)
    try:
        release = flask.current_app.config[SHELF].current()
        text = csv_text(release, key, params)
    except SelectionError as error:
        return _plain(error.sentence(lang), 400)
    except ReleaseError as error:
        return _plain(str(error) if lang == "en" else Words(lang)("shell.no_release"), 503)
    name = f"promptjobs-{key}-{release.name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(text, mimetype="text/csv", headers=headers)


def register(app: Dash) -> None:
    """GET /csv/{chart}.csv with a page's parameters."""
    app.server.add_url_rule("/csv/<key>.csv", view_func=download)


def _plain(message: str, status: int) -> flask.Response:
    return flask.Response(message, status=status, mimetype="text/plain")
