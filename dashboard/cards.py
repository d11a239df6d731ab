"""A chart as the reader meets it: title, figure, what it rests on, source, CSV, method and table."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.catalogue import CHARTS, Chart
from dashboard.components import frame_table, notice
from dashboard.figures.theme import Style
from dashboard.view import View
from dashboard.words import Words, is_missing
from data.measures.coverage import Coverage, Measure
from data.measures.reasons import Withheld
from data.wording import LANGUAGES

CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "showTips": False,
}


def card(view: View, key: str, *, title: str | None = None, extra: Sequence[Component] = ()) -> html.Article:
    """The card of one chart of the catalogue for this view; `extra` stands above the figure."""
    chart, words = CHARTS[key], view.words
    measure = chart.measure(view)
    reason = empty_reason(chart, measure, words)
    head = [
        html.H3(title or words(f"chart.{key}.title"), id=f"chart-{key}-title"),
        html.P(words(f"chart.{key}.subtitle"), className="subtitle"),
    ]
    body = _empty(words, reason) if reason else _figure(view, chart, measure)
    foot = [
        html.P(coverage_line(measure.coverage, words, chart.origin), className="coverage"),
        *_withheld_line(measure.frame, words),
        *_note_line(measure.coverage, words),
        html.P(source_line(view, chart, measure), className="source-line"),
        _actions(view, chart, measure),
        *([] if measure.frame.empty else [_table(chart, measure, words)]),
    ]
    label = {"aria-labelledby": f"chart-{key}-title"}
    return html.Article([*head, *extra, *body, *foot], className="card", id=f"chart-{key}", **label)


def empty_reason(chart: Chart, measure: Measure, words: Words) -> str | None:
    """Why there is nothing to draw, as a sentence; None where there is something."""
    coverage, frame = measure.coverage, measure.frame
    if coverage.withheld is not None:
        return coverage.withheld.sentence(words.lang, coverage.n_openings)
    if frame.empty or (chart.origin == "ours" and not coverage.n_openings):
        return words("chart.empty")
    if frame[list(chart.values)].notna().to_numpy().any():
        return None
    reasons = frame["withheld"].dropna() if "withheld" in frame else pd.Series(dtype=object)
    if reasons.empty:
        return words("chart.unobserved")
    return Withheld(reasons.iloc[0]).sentence(words.lang, coverage.n_openings)


def _empty(words: Words, reason: str) -> list[Component]:
    text = [
        html.P(reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else ".")),
        html.P(words("chart.empty_todo")),
    ]
    return [notice(words("chart.nothing"), text, "empty")]


def _figure(view: View, chart: Chart, measure: Measure) -> list[Component]:
    figure = chart.draw(measure.frame, Style(view.words, view.scheme))
    state = f"{view.query()} {view.scheme} {view.release.name}".encode()
    graph = dcc.Graph(
        # A new id draws a new figure: plotly's update in place can hang on another number of traces.
        id=f"figure-{chart.key}-{crc32(state):08x}",
        figure=figure,
        config=CONFIG,
        className="graph",
        style={"height": f"{figure.layout.height}px"},
    )
    alt = f"{view.words(f'chart.{chart.key}.title')}. {coverage_line(measure.coverage, view.words, chart.origin)}"
    return [html.Div([graph], className="figure", role="img", **{"aria-label": alt})]


def coverage_line(coverage: Coverage, words: Words, origin: str = "ours") -> str:
    """What the numbers rest on: openings, employers, disclosure, period; for others' numbers, whose they are."""
    if origin != "ours":
        return words(f"origin.{origin}_basis")
    parts = [
        f"n = {words.count('opening', coverage.n_openings)}",
        words.count("posting", coverage.n_postings),
        words.count("employer", coverage.n_employers),
    ]
    if coverage.disclosure is not None:
        parts.append(words("coverage.disclosure", share=words.percent(coverage.disclosure)))
    if coverage.since is not None:
        parts.append(words.span(coverage.since, coverage.until))
    if coverage.provisional:
        parts.append(words("coverage.provisional"))
    return " · ".join(parts)


def _withheld_line(frame: pd.DataFrame, words: Words) -> list[Component]:
    """Names the years or skills that are not shown, each with its n."""
    if "withheld" not in frame or "year" not in frame or "skill_id" in frame:
        return []
    rows = frame[frame["withheld"].notna()]
    if rows.empty:
        return []
    counted = "n_lower" if "n_lower" in rows else "n"
    items = [
        _year_line(int(row["year"]), Withheld(row["withheld"]).sentence(words.lang, int(row[counted])), words)
        for row in rows.to_dict("records")
    ]
    return [html.P(f"{words('chart.not_shown')} {'; '.join(items)}.", className="fine")]


def _note_line(coverage: Coverage, words: Words) -> list[Component]:
    """What must be said beside the number, such as a known bias."""
    if coverage.note is None:
        return []
    return [html.P(coverage.note[LANGUAGES.index(words.lang)], className="fine")]


def _year_line(year: int, sentence: str, words: Words) -> str:
    return words("word.says", name=year, text=sentence)


def source_line(view: View, chart: Chart, measure: Measure) -> str:
    """Where the numbers come from, and the release they are of."""
    words = view.words
    if chart.origin != "ours":
        return words(f"origin.{chart.origin}", release=view.release.name)
    labels = {source["id"]: _named(source, words) for source in view.release.manifest["sources"]}
    names = [labels[name] for name in measure.coverage.sources if name in labels]
    listed = ", ".join(names[:6]) + (words("origin.more", n=len(names) - 6) if len(names) > 6 else "")
    return words("origin.ours", sources=listed or "–", release=view.release.name)


def _named(source: dict[str, str], words: Words) -> str:
    name = words.source(source)
    return words("origin.archive", name=name) if source["origin"] == "archive" else name


def _actions(view: View, chart: Chart, measure: Measure) -> html.P:
    words = view.words
    csv = html.A(
        words("chart.csv"),
        href=f"/csv/{chart.key}.csv{view.query()}",
        download=f"promptjobs-{chart.key}.csv",
        className="button",
        **{"aria-label": words("chart.csv_of", title=words(f"chart.{chart.key}.title"))},
    )
    parts: list[Component] = [csv]
    if not is_missing(measure.coverage.method):
        link = view.link("/method") + f"#{measure.coverage.method}"
        parts.append(dcc.Link(words("chart.method"), href=link, className="button"))
    return html.P(parts, className="actions")


def _table(chart: Chart, measure: Measure, words: Words) -> html.Details:
    caption = words(f"chart.{chart.key}.title")
    table = frame_table(measure.frame, chart.columns, words, caption=caption)
    return html.Details([html.Summary(words("chart.table")), table], className="table-view")
