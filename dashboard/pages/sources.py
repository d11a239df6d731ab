"""Where the numbers come from: each source's health, coverage, runs, licence, and the release itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import dash
import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.accuracy import accuracy_part
from dashboard.cards import CONFIG
from dashboard.components import Child, frame_table, lead, notice, out_link, section
from dashboard.figures.coverage import strip
from dashboard.figures.theme import Style
from dashboard.plain import plain
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View
from dashboard.words import Words, is_missing
from data.frames import RUNS
from data.measures import sources
from data.measures.selection import Selection

GOOD = frozenset({"complete", "unchanged"})
BAD = frozenset({"failed", "blocked", "partial", "empty", "suspect"})
RUN_COLUMNS = tuple(column for column in RUNS if column.name not in ("run_id", "finished_at"))


def health_item(row: dict[str, Any], words: Words) -> html.Li:
    """One source: name, sentence, numbers. The mark is never colour alone: the sentence says it."""
    tried = not is_missing(row["last_outcome"])
    mark = "idle" if not tried else "good" if row["last_outcome"] in GOOD else "bad"
    return html.Li(
        [
            html.Span(className=f"mark mark-{mark}", **{"aria-hidden": "true"}),
            html.Div(
                [
                    html.Strong(plain(words.source(row))),
                    html.Span(_origin(row["origin"], words), className="tag"),
                    html.P(plain(row[f"sentence_{words.lang}"], 400)),
                    *(
                        [html.P(_answered(row, words), className="fine")]
                        if tried or row["n_postings"]
                        else []
                    ),
                ]
            ),
        ]
    )


def _answered(row: dict[str, Any], words: Words) -> str:
    """How many adverts a source gave, and when it last answered well."""
    day = (
        words("sources.never")
        if is_missing(row["last_good_day"])
        else words.day(date.fromisoformat(str(row["last_good_day"])[:10]))
    )
    last = words("word.says", name=words("sources.last_good"), text=day)
    return f"{words.count('posting', row['n_postings'])} · {last}"


def _origin(origin: object, words: Words) -> str:
    """How its adverts came here; nothing for a source that has given none yet."""
    return (
        ""
        if is_missing(origin)
        else ", ".join(words(f"value.origin.{one}") for one in str(origin).split("+"))
    )


def unreached(rows: list[dict[str, Any]], words: Words) -> Component:
    """The sources whose last check was no good, in their own sentences."""
    bad = [
        row
        for row in rows
        if row["last_outcome"] in BAD or row["last_run_status"] in ("failed", "interrupted")
    ]
    if all(is_missing(row["last_outcome"]) and is_missing(row["last_run_status"]) for row in rows):
        return html.P(words("sources.runs_none"))
    if not bad:
        return html.P(words("sources.unreached_none"))
    return html.Ul([html.Li(_bad_sentence(row, words)) for row in bad], className="prose-list")


def _bad_sentence(row: dict[str, Any], words: Words) -> str:
    text = plain(row[f"sentence_{words.lang}"], 400)
    return words("word.says", name=plain(words.source(row)), text=text)


def licence(text: str | None, words: Words) -> str:
    """A licence in the reader's language; as the source names it where it is a name."""
    key = f"value.licence.{text}"
    return words(key) if words.has(key) else plain(text, 200)


def licence_item(row: dict[str, Any], words: Words) -> list[Component]:
    parts = [
        plain(row[f"attribution_{words.lang}"], 500),
        licence(row["licence"], words),
        plain(row["terms"], 400),
    ]
    text = " · ".join(dict.fromkeys(part for part in parts if part))
    return [html.Dt(out_link(row["url"], plain(words.source(row)))), html.Dd(text)]


def release_facts(view: View) -> html.Dl:
    """Name, hash, time and versions of the release on show."""
    words, manifest = view.words, view.release.manifest
    counts = ", ".join(f"{name} {words.number(rows)}" for name, rows in sorted(manifest["counts"].items()))
    items = [
        ("name", html.Code(view.release.name)),
        ("hash", html.Code(manifest["content_hash"])),
        ("made", f"{str(manifest['made_at']).replace('T', ' ')} UTC"),
        ("rules", plain(str(manifest["rules_version"]))),
        ("method", plain(str(manifest["method_version"]))),
        ("counts", counts),
        ("archive", _archive(manifest["archive"], words)),
    ]
    pairs = [[html.Dt(words(f"sources.{name}")), html.Dd(value)] for name, value in items if value]
    return html.Dl([part for pair in pairs for part in pair], className="fact-list wide")


def _archive(archive: dict[str, Any] | None, words: Words) -> str:
    if not archive:
        return ""
    return " · ".join(
        words("word.says", name=_archive_name(name, words), text=plain(str(value), 200))
        for name, value in sorted(archive.items())
        if isinstance(value, (str, int))
    )


def _archive_name(name: str, words: Words) -> str:
    key = f"sources.archive_{name}"
    return words(key) if words.has(key) else plain(name)


def _runs(view: View) -> Component:
    frame = sources.run_history(view.release, Selection(role="all")).frame
    if frame.empty:
        return notice(view.words("chart.nothing"), view.words("sources.runs_none"), "empty")
    return frame_table(frame, RUN_COLUMNS, view.words, caption=view.words("sources.runs"), rows=40)


def _coverage(view: View, labels: dict[str, str]) -> list[Component]:
    frame = sources.coverage_strip(view.release, Selection(role="all")).frame
    if frame.empty:
        return [notice(view.words("chart.nothing"), view.words("sources.runs_none"), "empty")]
    figure = strip(_named(frame, labels), Style(view.words, view.scheme))
    alt = view.words("sources.coverage_intro")
    graph = dcc.Graph(
        figure=figure, config=CONFIG, className="graph", style={"height": f"{figure.layout.height}px"}
    )
    return [html.Div(graph, className="figure card", role="img", **{"aria-label": alt})]


def _named(frame: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    return frame.assign(label=[labels.get(source, source) for source in frame["source"]])


def content(view: View) -> Sequence[Child]:
    words = view.words
    measure = sources.source_health(view.release)
    rows = measure.frame.to_dict("records")
    labels = {row["source"]: words.source(row) for row in rows}
    message = words(
        "sources.message",
        n=words.number(len(rows)),
        postings=words.count("posting", measure.coverage.n_postings),
    )
    licences = html.Dl(
        [part for row in rows for part in licence_item(row, words)], className="fact-list wide"
    )
    to_card = dcc.Link(words("accuracy.card_link"), href=f"{view.link('/method')}#card", className="button")
    card = html.P(to_card, className="actions")
    link = dcc.Link(words("sources.method_link"), href=view.link("/method"), className="button")
    return [
        lead(words("page.sources.kicker"), message, words("sources.standfirst")),
        section(
            words("sources.health"), [html.Ul([health_item(row, words) for row in rows], className="health")]
        ),
        section(words("sources.unreached"), [unreached(rows, words)]),
        section(words("sources.coverage"), _coverage(view, labels), words("sources.coverage_intro")),
        section(words("sources.runs"), [_runs(view)]),
        section(words("accuracy.title"), [*accuracy_part(view), card], words("accuracy.intro")),
        section(words("sources.licences"), [licences]),
        section(words("sources.release"), [release_facts(view), html.P(link, className="actions")]),
    ]


def layout(**query: Any) -> html.Div:
    return render("/sources", content, query)


dash.register_page(__name__, path="/sources", order=5, title=title_of("/sources"), layout=layout)
