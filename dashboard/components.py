"""Small pieces every page is built from: headings, figures in words, notes, tables, links that leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import dash_mantine_components as dmc
import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.cells import cell
from dashboard.plain import web_address
from dashboard.view import OWN, View
from dashboard.words import Words
from data.frames import Column

Child: TypeAlias = Component | str
TABLE_ROWS = 60


def lead(title: str, message: Sequence[Child] | str, note: str | None = None) -> html.Div:
    """The top of a page: its question, and the answer in one sentence."""
    parts: list[Component] = [
        html.P(title, className="kicker"),
        html.H1(message if isinstance(message, str) else list(message), className="message"),
    ]
    if note:
        parts.append(html.P(note, className="standfirst"))
    return html.Div(parts, className="lead")


def big_number(value: str, label: str, basis: str) -> html.Div:
    """One number with what it counts and what it rests on; `basis` always names the n."""
    return html.Div(
        [
            html.Dt(label, className="big-label"),
            html.Dd(value, className="big-value"),
            html.Dd(basis, className="big-basis"),
        ],
        className="big",
    )


def big_numbers(items: Sequence[html.Div]) -> html.Dl:
    return html.Dl(list(items), className="bigs")


def section(title: str, children: Sequence[Child], intro: str | None = None) -> html.Section:
    head: list[Component] = [html.H2(title)]
    if intro:
        head.append(html.P(intro, className="intro"))
    return html.Section([*head, *children], className="part")


def notice(title: str, text: Sequence[Child] | str, kind: str = "info") -> html.Div:
    """A framed statement: `kind` is info, warn or empty."""
    body = [text] if isinstance(text, str) else list(text)
    role = "alert" if kind == "warn" else "note"
    return html.Div(
        [html.Strong(title, className="notice-title"), html.Div(body, className="notice-body")],
        className=f"notice notice-{kind}",
        role=role,
    )


def out_link(url: str | None, text: str) -> Child:
    """A link to another site: http(s) only, no opener, no referrer; plain text for anything else."""
    address = web_address(url)
    if address is None:
        return text
    link: Component = html.A(
        text, href=address, target="_blank", rel="noopener noreferrer nofollow", className="out"
    )
    return link


def frame_table(
    frame: pd.DataFrame, columns: tuple[Column, ...], words: Words, *, caption: str, rows: int = TABLE_ROWS
) -> html.Div:
    """`columns` of `frame` as a table that scrolls by itself, at most `rows` of it; says what was cut."""
    other = "label_en" if words.lang == "fr" else "label_fr"
    columns = tuple(column for column in columns if column.name != other)
    shown = frame[[column.name for column in columns]].head(rows)
    # One component for the whole table: Dash keeps a subscription per component, and thousands freeze the page.
    table = dmc.Table(
        data={
            "caption": caption,
            "head": [words(f"column.{c.name}") for c in columns],
            "body": [
                [cell(name, value, words)[0] for name, value in zip(shown.columns, row, strict=True)]
                for row in shown.itertuples(index=False, name=None)
            ],
        },
        className="facts",
        tabularNums=True,
    )
    parts: list[Component] = [
        html.Div(table, className="scroll", tabIndex=0, role="region", **{"aria-label": caption})
    ]
    if len(frame) > rows:
        parts.append(html.P(words("chart.cut", rows=rows, n=words.number(len(frame))), className="fine"))
    return html.Div(parts)


def choices(view: View, name: str, label: str, default: str) -> html.Nav:
    """Links that change one parameter of the page: the choice stands in the address."""
    words, current = view.words, view.own.get(name, default)
    allowed = OWN[name]
    links = [
        dcc.Link(
            words(f"{label}_{value}"),
            href=view.path + view.query(**{name: None if value == default else value}),
            className="choice active" if value == current else "choice",
        )
        for value in (allowed if isinstance(allowed, tuple) else ())
    ]
    return html.Nav([html.Span(words(label)), *links], className="choices", **{"aria-label": words(label)})
