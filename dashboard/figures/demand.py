"""Figures of demand: flow, share, absorption, stock, and others' benchmarks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.parts import DAY, band, floats, holes, iso, time_axis, top_of, whiskers
from dashboard.figures.theme import SERIES, Style, figure
from dashboard.places import country_name
from data.measures.reasons import gap_sentence

_GRAIN_DAYS = {"month": 26, "quarter": 78, "year": 310}
GROUPS: tuple[tuple[str, str], ...] = (("role", "blue"), ("asks", "orange"))


def grain_of(days: pd.Series) -> str:
    """The grain of a series from the distance of its first days: month, quarter or year."""
    steps = days.drop_duplicates().sort_values().diff().dropna().dt.days
    if steps.empty:
        return "month"
    return "year" if steps.min() > 300 else "quarter" if steps.min() > 80 else "month"


def _reason(row: Any, style: Style, label: str) -> str:
    return f"{label}<br>{gap_sentence(row.reason, style.words.lang)}" if row.reason else label


def _period_hover(row: Any, style: Style, grain: str) -> str:
    words = style.words
    lines = [
        f"<b>{words.period(row.month, grain)}</b>",
        words("hover.openings", n=words.number(row.n_openings)),
        words("hover.interval", low=words.number(row.n_low, 1), high=words.number(row.n_high, 1)),
        words("hover.of_all", n=words.number(row.n_all)),
    ]
    if row.is_provisional:
        lines.append(words("hover.provisional"))
    return "<br>".join(lines)


def _add_holes(chart: go.Figure, frame: pd.DataFrame, top: float, style: Style, grain: str) -> None:
    missing = frame[~frame["is_covered"]]
    if missing.empty:
        return
    reasons = [_reason(row, style, style.words.period(row.month, grain)) for row in missing.itertuples()]
    width = _GRAIN_DAYS[grain] * DAY
    chart.add_trace(holes(iso(missing["month"]), top, reasons, width, style, style.words("legend.hole")))


def flow(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Openings per period (columns of demand.FLOW) with Poisson whiskers; provisional periods are pale."""
    grain = grain_of(frame["month"])
    shown, words = frame[frame["is_covered"]], style.words
    chart = figure(style, barmode="overlay")
    for provisional, name in ((False, "legend.openings"), (True, "legend.provisional")):
        rows = shown[shown["is_provisional"] == provisional]
        if rows.empty:
            continue
        chart.add_trace(
            go.Bar(
                x=iso(rows["month"]),
                y=floats(rows["n_openings"]),
                width=_GRAIN_DAYS[grain] * DAY,
                marker={
                    "color": style.faint("blue", 0.35) if provisional else style.colour("blue"),
                    "line": {"width": 0},
                },
                error_y=whiskers(rows["n_low"], rows["n_openings"], rows["n_high"], style.page("ink")),
                customdata=[_period_hover(row, style, grain) for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(name),
            )
        )
    _add_holes(chart, frame, top_of(shown["n_high"]), style, grain)
    chart.update_xaxes(**time_axis(list(frame["month"]), words))
    chart.update_yaxes(title_text=words(f"axis.openings_{grain}"))
    return chart


def share(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Adverts per 10,000 (columns of demand.FLOW) with the Wilson band; withheld periods are open marks."""
    grain, words = grain_of(frame["month"]), style.words
    x = iso(frame["month"])
    chart = figure(style)
    for part in band(
        x, frame["share_low"], frame["share_high"], style.faint("blue"), words("legend.interval")
    ):
        chart.add_trace(part)
    chart.add_trace(
        go.Scatter(
            x=x,
            y=floats(frame["share_per_10k"]),
            mode="lines+markers",
            line={"color": style.colour("blue"), "width": 2.5},
            marker={"size": 7, "symbol": ["circle-open" if p else "circle" for p in frame["is_provisional"]]},
            customdata=[_share_hover(row, style, grain) for row in frame.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            name=words("legend.share"),
            connectgaps=False,
        )
    )
    _add_withheld(chart, frame, style, grain)
    _add_holes(chart, frame, top_of(frame["share_high"]), style, grain)
    chart.update_xaxes(**time_axis(list(frame["month"]), words))
    chart.update_yaxes(title_text=words("axis.per_10k"))
    return chart


def _share_hover(row: Any, style: Style, grain: str) -> str:
    words = style.words
    if pd.isna(row.share_per_10k):
        return words.period(row.month, grain)
    lines = [
        f"<b>{words.period(row.month, grain)}</b>",
        words("hover.per_10k", n=words.number(row.share_per_10k, 1)),
        words("hover.interval", low=words.number(row.share_low, 1), high=words.number(row.share_high, 1)),
        words("hover.postings_of_all", n=words.number(row.n_postings), all=words.number(row.n_all)),
    ]
    return "<br>".join([*lines, words("hover.provisional")] if row.is_provisional else lines)


def _add_withheld(chart: go.Figure, frame: pd.DataFrame, style: Style, grain: str) -> None:
    rows = frame[frame["withheld"].notna()]
    if rows.empty:
        return
    words = style.words
    texts = [
        f"<b>{words.period(row.month, grain)}</b><br>{words('hover.withheld', n=words.number(row.n_openings))}"
        for row in rows.itertuples()
    ]
    chart.add_trace(
        go.Scatter(
            x=iso(rows["month"]),
            y=[0] * len(rows),
            mode="markers",
            marker={"symbol": "x-thin", "size": 8, "line": {"width": 1.6, "color": style.colour("grey")}},
            customdata=texts,
            hovertemplate="%{customdata}<extra></extra>",
            name=words("legend.withheld"),
            cliponaxis=False,
        )
    )


def absorption(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Openings with the role beside openings of other jobs that ask for it; demand.FLOW plus `series`."""
    grain, words = grain_of(frame["month"]), style.words
    chart = figure(style)
    for series, colour in GROUPS:
        rows = frame[frame["series"] == series].reset_index(drop=True)
        x = iso(rows["month"])
        for part in band(x, rows["n_low"], rows["n_high"], style.faint(colour), words("legend.interval")):
            chart.add_trace(part)
        chart.add_trace(
            go.Scatter(
                x=x,
                y=floats(rows["n_openings"]),
                mode="lines+markers",
                line={
                    "color": style.colour(colour),
                    "width": 2.5,
                    "dash": "solid" if series == "role" else "dot",
                },
                marker={
                    "size": 8,
                    "symbol": ["circle-open" if p else "circle" for p in rows["is_provisional"]],
                },
                customdata=[_period_hover(row, style, grain) for row in rows.itertuples()],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(f"legend.{series}"),
            )
        )
    first = frame[frame["series"] == "role"]
    _add_holes(chart, first, top_of(frame["n_high"]), style, grain)
    chart.update_xaxes(**time_axis(list(frame["month"]), words))
    chart.update_yaxes(title_text=words(f"axis.openings_{grain}"))
    return chart


def stock(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Openings open at each day's end (columns of demand.STOCK); days without a check are hatched."""
    words, x = style.words, iso(frame["day"])
    chart = figure(style, height=340)
    chart.add_trace(
        go.Scatter(
            x=x,
            y=floats(frame["n_open"]),
            mode="lines+markers" if len(frame) < 40 else "lines",
            line={"color": style.colour("green"), "width": 2.5, "shape": "hv"},
            customdata=[_stock_hover(row, style) for row in frame.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
            name=words("legend.stock"),
        )
    )
    missing = frame[~frame["is_covered"]]
    if len(missing):
        reasons = [_reason(row, style, words.day(row.day)) for row in missing.itertuples()]
        chart.add_trace(
            holes(iso(missing["day"]), top_of(frame["n_open"]), reasons, DAY, style, words("legend.hole"))
        )
    chart.update_xaxes(**time_axis(list(frame["day"]), words))
    chart.update_yaxes(title_text=words("axis.stock"))
    return chart


def _stock_hover(row: Any, style: Style) -> str:
    words = style.words
    lines = [
        f"<b>{words.day(row.day)}</b>",
        words("hover.stock", n=words.number(row.n_open)),
        words("hover.stock_change", new=words.number(row.n_new), closed=words.number(row.n_closed)),
        words(
            "hover.boards", covered=words.number(row.boards_covered), failed=words.number(row.boards_failed)
        ),
    ]
    return "<br>".join(lines)


def benchmark(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Others' series by country (columns of demand.BENCHMARKS, one series), each labelled at its end."""
    words = style.words
    unit = "percent" if (frame["series"] == "indeed_ai_share").any() else "index"
    chart = figure(style, height=320)
    for colour, (code, rows) in zip(SERIES, frame.groupby("country", sort=True), strict=False):
        name = country_name(str(code), words.lang)
        chart.add_trace(
            go.Scatter(
                x=iso(rows["day"]),
                y=floats(rows["value"]),
                mode="lines",
                line={"color": style.colour(colour), "width": 2},
                hovertemplate=f"<b>{name}</b><br>%{{x|%Y-%m-%d}}<br>%{{y:.1f}}<extra></extra>",
                name=name,
            )
        )
    chart.update_xaxes(**time_axis(list(frame["day"]), words))
    chart.update_yaxes(title_text=words(f"axis.{unit}"))
    return chart
