"""CSV of exactly what a chart or the grid shows: the same measure for the same address."""

from __future__ import annotations

from collections.abc import Callable

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
from data.reports import REPORTS, export_text

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


def report_text(release: Release, name: str, params: dict[str, str | list[str]]) -> str:
    """The CSV of a report for an address. Raises SelectionError that names a bad parameter."""
    return export_text(release, name, open_view("/report", params, "light", release).selection)


def download(key: str) -> flask.Response:
    """The answer to GET /csv/{key}.csv: the file, or a sentence that says what is wrong."""
    if key != POSTINGS and key not in CHARTS:
        return _refused(SelectionError("chart", name=key[:40], allowed=", ".join((*CHARTS, POSTINGS))))
    return _answer(key, csv_text)


def download_report(name: str) -> flask.Response:
    """The answer to GET /report/{name}.csv: what `promptjobs export` writes, or a sentence that says what is wrong."""
    if name not in REPORTS:
        return _refused(SelectionError("report", name=name[:40], allowed=", ".join(REPORTS)))
    return _answer(name, report_text)


def _asked() -> dict[str, str | list[str]]:
    return {n: v[0] if len(v) == 1 else v for n, v in flask.request.args.to_dict(flat=False).items()}


def _refused(refusal: SelectionError) -> flask.Response:
    return _plain(refusal.sentence(language_of(_asked())), 404)


def _answer(key: str, write: Callable[[Release, str, dict[str, str | list[str]]], str]) -> flask.Response:
    params = _asked()
    lang = language_of(params)
    try:
        release = flask.current_app.config[SHELF].current()
        text = write(release, key, params)
    except SelectionError as error:
        return _plain(error.sentence(lang), 400)
    except ReleaseError as error:
        return _plain(str(error) if lang == "en" else Words(lang)("shell.no_release"), 503)
    name = f"promptjobs-{key}-{release.name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(text, mimetype="text/csv", headers=headers)


def register(app: Dash) -> None:
    """GET /csv/{chart}.csv and /report/{report}.csv with a page's parameters."""
    app.server.add_url_rule("/csv/<key>.csv", view_func=download)
    app.server.add_url_rule("/report/<name>.csv", view_func=download_report)


def _plain(message: str, status: int) -> flask.Response:
    return flask.Response(message, status=status, mimetype="text/plain")
