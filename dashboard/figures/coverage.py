"""The coverage strip: which source was read on which day, and where it failed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.parts import iso, time_axis
from dashboard.figures.theme import Style, figure
from dashboard.plain import plot_text

_ROW = 34


def strip(frame: pd.DataFrame, style: Style) -> go.Figure:
    """One mark per source and day (columns of sources.STRIP plus `label`): squares read, crosses failed."""
    words = style.words
    labels = [plot_text(label, 24) for label in dict.fromkeys(frame["label"])]
    chart = figure(style, height=110 + _ROW * len(labels))
    marks = (
        ("boards_covered", frame["boards_failed"] == 0, "square", "blue"),
        ("boards_failed", frame["boards_failed"] > 0, "x-thin", "red"),
    )
    for name, chosen, symbol, colour in marks:
        rows = frame[chosen]
        chart.add_trace(
            go.Scatter(
                x=iso(rows["day"]),
                y=[plot_text(label, 24) for label in rows["label"]],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 8,
                    "color": style.colour(colour),
                    "line": {"width": 2 if symbol == "x-thin" else 0, "color": style.colour(colour)},
                },
                customdata=[
                    f"<b>{plot_text(row.label, 24)}</b><br>{words.day(row.day)}<br>"
                    + words(
                        "hover.boards",
                        covered=words.number(row.boards_covered),
                        failed=words.number(row.boards_failed),
                    )
                    + (f"<br>{plot_text(row.reason, 80)}" if row.reason else "")
                    for row in rows.itertuples()
                ],
                hovertemplate="%{customdata}<extra></extra>",
                name=words(f"column.{name}"),
            )
        )
    chart.update_yaxes(type="category", categoryorder="array", categoryarray=labels[::-1], showgrid=True)
    chart.update_xaxes(**time_axis(list(frame["day"]), words))
    return chart
