"""The five questions answered in words: each number leads to the report that holds it."""

from __future__ import annotations

from dash import html

from dashboard import remembered
from dashboard.components import Child
from dashboard.view import View, query_string
from data.measures.quoted import Part
from data.measures.verdicts import Verdict
from data.reports import REPORTS
from data.wording import LANGUAGES


def answers(view: View) -> html.Dl:
    """The verdicts of the view's selection."""
    found = remembered.answers(view.release, view.selection)
    return html.Dl([_answer(view, verdict) for verdict in found], className="answers")


def _answer(view: View, verdict: Verdict) -> html.Div:
    text = html.Dd(
        [_part(view, part) for part in verdict.paragraph[view.lang]],
        className="answer" if verdict.is_enough else "answer open",
    )
    return html.Div([html.Dt(verdict.title[view.lang]), text])


def _part(view: View, part: Part) -> Child:
    if isinstance(part, str):
        return part
    title = REPORTS[part.report].title[LANGUAGES.index(view.lang)]
    return html.A(part.text[view.lang], href=report_address(view, part.report), title=title)


def report_address(view: View, report: str) -> str:
    """Where the CSV of a report is for the view's selection."""
    lang = {"lang": view.lang} if view.lang != LANGUAGES[0] else {}
    return f"/report/{report}.csv{query_string(view.selection.to_params() | lang)}"
