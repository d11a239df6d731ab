"""Figures of skills: what adverts ask for, at which level, and how that moved."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.parts import floats, whiskers
from dashboard.figures.theme import SERIES, Style, figure
from dashboard.plain import plot_text

LEVELS: tuple[tuple[str, str], ...] = (("required", "blue"), ("preferred", "sky"), ("mentioned", "grey"))
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "star")
_ROW = 30


def _label(row: Any, style: Style) -> str:
    return plot_text(getattr(row, f"label_{style.words.lang}"), 34)


def top(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Openings that name each skill, split by level, the commonest on top.

    Columns of skills.TOP plus `level`: all, or the one level that is shown.
    """
    words, chosen = style.words, str(frame["level"].iloc[0])
    levels = [(level, colour) for level, colour in LEVELS if chosen in ("all", level)]
    labels = [_label(row, style) for row in frame.itertuples()]
    chart = figure(style, height=110 + _ROW * len(frame), barmode="stack", bargap=0.28)
    for level, colour in levels:
        chart.add_trace(
            go.Bar(
                x=floats(frame[f"n_{level}"]),
                y=labels,
                orientation="h",
                marker={"color": style.colour(colour), "line": {"width": 0}},
                customdata=[_skill_hover(row, style) for row in frame.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(f"value.level.{level}"),
            )
        )
    _name_totals(chart, frame, "n_openings" if chosen == "all" else f"n_{chosen}", labels, style)
    chart.update_yaxes(autorange="reversed", ticksuffix="  ", showgrid=False)
    chart.update_xaxes(title_text=words("axis.openings"), showgrid=True, range=[0, _room(frame, chosen)])
    return chart


def _room(frame: pd.DataFrame, chosen: str) -> float:
    """End of the axis: the longest bar with room for its percentage on a narrow screen."""
    return 1.16 * max(1.0, float(frame["n_openings" if chosen == "all" else f"n_{chosen}"].max()))


def _name_totals(chart: go.Figure, frame: pd.DataFrame, total: str, labels: list[str], style: Style) -> None:
    words = style.words
    texts = [words.percent(share) if pd.notna(share) else "" for share in frame["share"]]
    chart.add_trace(
        go.Scatter(
            x=floats(frame[total]),
            y=labels,
            mode="text",
            text=[f" {text}" for text in texts],
            textposition="middle right",
            textfont={"size": 13, "color": style.page("soft")},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    )


def _skill_hover(row: Any, style: Style) -> str:
    words = style.words
    lines = [f"<b>{_label(row, style)}</b>"]
    lines += [
        f"{words(f'value.level.{level}')}: {words.number(getattr(row, f'n_{level}'))}" for level, _ in LEVELS
    ]
    if pd.notna(row.share):
        low, high = words.percent(row.share_low), words.percent(row.share_high)
        lines.append(words("hover.share", share=words.percent(row.share), low=low, high=high))
    return "<br>".join(lines)


def by_year(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Share of openings that name each skill per year (columns of skills.skills_by_year)."""
    words = style.words
    chart = figure(style, height=420)
    years = sorted({int(year) for year in frame["year"]})
    groups = frame.groupby("skill_id", sort=False)
    for colour, symbol, (_, rows) in zip(SERIES, SYMBOLS, groups, strict=False):
        label = _label(next(rows.itertuples()), style)
        chart.add_trace(
            go.Scatter(
                x=[int(year) for year in rows["year"]],
                y=[None if value is None else 100 * value for value in floats(rows["share"])],
                mode="lines+markers",
                line={"color": style.colour(colour), "width": 2.5},
                marker={"size": 9, "symbol": symbol},
                customdata=[_year_hover(row, label, style) for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=label,
                connectgaps=False,
            )
        )
    chart.update_xaxes(tickvals=years, ticktext=[str(year) for year in years])
    chart.update_yaxes(title_text=words("axis.share_openings"))
    return chart


def _year_hover(row: Any, label: str, style: Style) -> str:
    words = style.words
    return "<br>".join(
        [
            f"<b>{label}</b>, {int(row.year)}",
            words(
                "hover.share",
                share=words.percent(row.share),
                low=words.percent(row.share_low),
                high=words.percent(row.share_high),
            ),
            words("hover.k_of_n", k=words.number(row.n_openings), n=words.number(row.n_all)),
        ]
    )


def soft(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Share of openings that ask for each soft skill with its interval (columns of skills.soft_skills)."""
    words = style.words
    rows = frame.dropna(subset=["share"])
    labels = [_label(row, style) for row in rows.itertuples()]
    chart = figure(style, height=100 + _ROW * len(rows), bargap=0.3)
    percent = rows["share"] * 100
    chart.add_trace(
        go.Bar(
            x=floats(percent),
            y=labels,
            orientation="h",
            marker={"color": style.colour("green"), "line": {"width": 0}},
            error_x=whiskers(rows["share_low"] * 100, percent, rows["share_high"] * 100, style.page("ink")),
            customdata=[
                words("hover.k_of_n", k=words.number(row.n_openings), n=words.percent(row.share))
                for row in rows.itertuples()
            ],
            hovertemplate="%{y}: %{customdata}<extra></extra>",
            showlegend=False,
        )
    )
    chart.update_yaxes(autorange="reversed", ticksuffix="  ", showgrid=False)
    chart.update_xaxes(title_text=words("axis.share_openings"), showgrid=True, rangemode="tozero")
    return chart
