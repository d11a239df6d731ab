"""Figures of pay: lower and upper bounds by year, each disclosed range, the 2023 claim, reported salaries."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.parts import alone, band, floats, top_of, whiskers
from dashboard.figures.theme import Style, figure
from dashboard.plain import plot_text
from data.measures.claims import load_claims

CLAIM = load_claims()[0]
BOUNDS: tuple[tuple[str, str, str], ...] = (("upper", "orange", "diamond"), ("lower", "blue", "circle"))
MOST_LINES = 120
_BIN = 25_000


def by_year(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Median lower and upper bound per year in USD with order-statistic bands, beside the 2023 claim."""
    chart = _bounds(frame, style, "hover.bound")
    _claim_band(chart, style)
    known = top_of(frame["upper_high"], frame["upper_median"])
    chart.update_yaxes(title_text=style.words("axis.usd_year"), range=[0, max(known, CLAIM.high * 1.1)])
    return chart


def gig_by_year(frame: pd.DataFrame, style: Style) -> go.Figure:
    """The same for gigs, in USD per hour as stated; no claim was made about them."""
    chart = _bounds(frame, style, "hover.bound_hour")
    chart.update_yaxes(
        title_text=style.words("axis.usd_hour"), range=[0, top_of(frame["upper_high"], frame["upper_median"])]
    )
    return chart


def _bounds(frame: pd.DataFrame, style: Style, hover: str) -> go.Figure:
    words, years = style.words, [int(year) for year in frame["year"]]
    chart = figure(style, height=400)
    for bound, colour, symbol in BOUNDS:
        low, high, median = (frame[f"{bound}_{part}"] for part in ("low", "high", "median"))
        for part in band(years, low, high, style.faint(colour, 0.14), words("legend.interval")):
            chart.add_trace(part)
        chart.add_trace(
            go.Scatter(
                x=years,
                y=floats(median),
                mode="lines+markers",
                line={"color": style.colour(colour), "width": 2.5},
                marker={"size": 9, "symbol": [_open(symbol, row) for row in frame["is_provisional"]]},
                error_y=whiskers(low.where(alone(low)), median, high, style.colour(colour)),
                customdata=[_bound_hover(row, bound, style, hover) for row in frame.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(f"legend.{bound}"),
                connectgaps=False,
            )
        )
    chart.update_xaxes(tickvals=years, ticktext=[str(year) for year in years])
    return chart


def _open(symbol: str, is_provisional: bool) -> str:
    return f"{symbol}-open" if is_provisional else symbol


def _bound_hover(row: Any, bound: str, style: Style, hover: str) -> str:
    words, values = style.words, row._asdict()
    return words(
        hover,
        year=int(values["year"]),
        bound=words(f"legend.{bound}"),
        median=words.money(values[f"{bound}_median"]),
        low=words.money(values[f"{bound}_low"]),
        high=words.money(values[f"{bound}_high"]),
        n=words.number(values["n_paid"]),
        share=words.percent(values["disclosure"]),
    )


def _claim_band(chart: go.Figure, style: Style) -> None:
    chart.add_hrect(
        y0=CLAIM.low, y1=CLAIM.high, fillcolor=style.faint("purple", 0.1), line_width=0, layer="below"
    )
    chart.add_annotation(
        xref="paper",
        x=0.005,
        y=CLAIM.high,
        yanchor="top",
        xanchor="left",
        text=style.words("legend.claim"),
        showarrow=False,
        font={"size": 13, "color": style.colour("purple")},
    )


def distribution(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Each disclosed opening as a line from its lower to its upper bound; bins where there are too many."""
    return _histogram(frame, style) if len(frame) > MOST_LINES else _ranges(frame, style)


def _ranges(frame: pd.DataFrame, style: Style) -> go.Figure:
    words = style.words
    rows = frame.assign(
        start=frame["lower"].fillna(frame["upper"]), end=frame["upper"].fillna(frame["lower"])
    )
    rows = rows.sort_values(["start", "end"], ignore_index=True)
    chart = figure(style, height=max(300, min(720, 90 + 9 * len(rows))))
    xs: list[float | None] = []
    ys: list[int | None] = []
    for position, row in enumerate(rows.itertuples()):
        xs += [float(row.start), float(row.end), None]
        ys += [position, position, None]
    line = {"color": style.faint("blue", 0.55), "width": 4}
    chart.add_trace(go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False))
    for bound, colour, symbol in reversed(BOUNDS):
        chart.add_trace(
            go.Scatter(
                x=floats(rows[bound]),
                y=list(rows.index),
                mode="markers",
                marker={"size": 7, "symbol": symbol, "color": style.colour(colour)},
                customdata=[_range_hover(row, style) for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(f"legend.{bound}_one"),
            )
        )
    _claim_column(chart, style)
    chart.update_yaxes(showticklabels=False, showgrid=False, title_text=words("axis.one_line"))
    chart.update_xaxes(title_text=words("axis.usd_year"), rangemode="tozero", showgrid=True)
    return chart


def _range_hover(row: Any, style: Style) -> str:
    words = style.words
    amounts = f"{words.money(row.lower)} – {words.money(row.upper)}"
    return f"<b>{plot_text(row.title)}</b><br>{plot_text(row.company)}<br>{amounts}"


def _histogram(frame: pd.DataFrame, style: Style) -> go.Figure:
    words, top = style.words, max(float(frame["upper"].max()), CLAIM.high)
    chart = figure(style, barmode="group", bargap=0.18, bargroupgap=0.04)
    for bound, colour, _ in reversed(BOUNDS):
        chart.add_trace(
            go.Histogram(
                x=floats(frame[bound].dropna()),
                xbins={"start": 0, "end": top + _BIN, "size": _BIN},
                marker={"color": style.colour(colour)},
                hovertemplate="%{x}: %{y}<extra></extra>",
                name=words(f"legend.{bound}_one"),
            )
        )
    _claim_column(chart, style)
    chart.update_xaxes(title_text=words("axis.usd_year"), rangemode="tozero")
    chart.update_yaxes(title_text=words("axis.openings"))
    return chart


def _claim_column(chart: go.Figure, style: Style) -> None:
    chart.add_vrect(
        x0=CLAIM.low, x1=CLAIM.high, fillcolor=style.faint("purple", 0.1), line_width=0, layer="below"
    )
    chart.add_annotation(
        yref="paper",
        x=CLAIM.low,
        y=0.0,
        yanchor="bottom",
        xanchor="left",
        text=style.words("legend.claim_short"),
        showarrow=False,
        font={"size": 12, "color": style.colour("purple")},
    )


def claim(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Share of openings that meet each criterion of the claim (columns of pay.CLAIM), with Wilson whiskers."""
    words, rows = style.words, frame[frame["share"].notna()]
    percent = rows["share"] * 100
    labels = [wrapped(words(f"value.criterion.{name}")) for name in rows["criterion"]]
    chart = figure(style, height=110 + 58 * len(rows), bargap=0.45)
    chart.add_trace(
        go.Bar(
            x=floats(percent),
            y=labels,
            orientation="h",
            marker={"color": style.colour("purple"), "line": {"width": 0}},
            error_x=whiskers(rows["share_low"] * 100, percent, rows["share_high"] * 100, style.page("ink")),
            customdata=[_claim_hover(row, style) for row in rows.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
        )
    )
    chart.add_trace(_claim_ends(rows, labels, style))
    chart.update_yaxes(autorange="reversed", ticksuffix="  ", showgrid=False)
    chart.update_xaxes(
        title_text=words("axis.share_figures"), range=[0, 118], tickvals=[0, 25, 50, 75, 100], showgrid=True
    )
    return chart


def _claim_ends(rows: pd.DataFrame, labels: list[str], style: Style) -> go.Scatter:
    """The share with its k of n, written after the end of each whisker."""
    words = style.words
    ends = [
        words(
            "hover.share_k_of_n",
            share=words.percent(r.share),
            k=words.number(r.n_reach),
            n=words.number(r.n_figures),
        )
        for r in rows.itertuples()
    ]
    return go.Scatter(
        x=floats(rows["share_high"] * 100),
        y=labels,
        mode="text",
        text=[f"  {end}" for end in ends],
        textfont={"size": 13, "color": style.page("soft")},
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def wrapped(text: str, width: int = 30) -> str:
    """A label on as many lines as it needs."""
    return "<br>".join(wrap(plot_text(text, 90), width))


def _claim_hover(row: Any, style: Style) -> str:
    words = style.words
    share = words(
        "hover.share",
        share=words.percent(row.share),
        low=words.percent(row.share_low),
        high=words.percent(row.share_high),
    )
    return "<br>".join(
        [share, words("hover.k_of_n", k=words.number(row.n_reach), n=words.number(row.n_figures))]
    )


def reported(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Median reported salary per year with its interval and n (columns of pay.reported_pay)."""
    words, years = style.words, [str(int(year)) for year in frame["year"]]
    chart = figure(style, height=320)
    chart.add_trace(
        go.Scatter(
            x=years,
            y=floats(frame["median"]),
            mode="markers+text",
            marker={"size": 12, "color": style.colour("green"), "symbol": "square"},
            error_y=whiskers(frame["low"], frame["median"], frame["high"], style.colour("green")),
            text=[
                f"  {words.money(row.median)}<br>  n = {words.number(row.n)}" for row in frame.itertuples()
            ],
            textposition="middle right",
            textfont={"size": 13, "color": style.page("ink")},
            hovertemplate="%{text}<extra></extra>",
            name=words("legend.reported"),
            cliponaxis=False,
        )
    )
    _claim_band(chart, style)
    chart.update_xaxes(type="category", range=[-0.5, len(years) - 0.3])
    chart.update_yaxes(title_text=words("axis.usd_year"), range=[0, CLAIM.high * 1.1])
    return chart
