"""Parts figures share: time axes in the reader's language, bands, whiskers, hatched holes, empty frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import Style
from dashboard.words import Words

DAY = 86_400_000
LONG_SPAN = 1000
MAX_TICKS = 9


def time_axis(days: Sequence[pd.Timestamp], words: Words) -> dict[str, Any]:
    """Ticks for an axis of days: years when it spans more than about three, else months, at most nine."""
    if not len(days):
        return {}
    first, last = min(days), max(days)
    if (last - first).days > LONG_SPAN:
        years = list(range(first.year, last.year + 2))
        years = years[:: max(1, -(-len(years) // MAX_TICKS))]
        return {"tickvals": [f"{year}-01-01" for year in years], "ticktext": [str(year) for year in years]}
    months = list(pd.date_range(first.replace(day=1), last, freq="MS"))
    months = months[:: max(1, -(-len(months) // (MAX_TICKS - 3)))]
    return {"tickvals": [f"{m:%Y-%m-%d}" for m in months], "ticktext": [words.month(m) for m in months]}


def iso(days: pd.Series) -> list[str]:
    """Days as plotly reads them."""
    return [f"{day:%Y-%m-%d}" for day in days]


def band(x: Sequence[Any], low: pd.Series, high: pd.Series, colour: str, name: str) -> list[go.Scatter]:
    """An interval as a filled area; broken where either end is missing."""
    traces: list[go.Scatter] = []
    for run in _runs(low.notna() & high.notna()):
        xs = [x[i] for i in run]
        ends = [*low.iloc[run].astype(float), *high.iloc[run].astype(float)[::-1]]
        traces.append(
            go.Scatter(
                x=[*xs, *xs[::-1]],
                y=ends,
                fill="toself",
                fillcolor=colour,
                line={"width": 0},
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
                name=name,
            )
        )
    return traces


def _runs(known: pd.Series) -> list[list[int]]:
    """Positions of each unbroken run of at least two known values."""
    runs: list[list[int]] = [[]]
    for position, is_known in enumerate(known):
        if is_known:
            runs[-1].append(position)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def alone(low: pd.Series) -> pd.Series:
    """True where a value has an interval and neither neighbour does: it needs whiskers, no band shows it."""
    known = low.notna()
    return known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)


def whiskers(low: pd.Series, value: pd.Series, high: pd.Series, colour: str) -> dict[str, Any]:
    """Error bars from an interval's ends."""
    return {
        "type": "data",
        "symmetric": False,
        "array": floats(high - value),
        "arrayminus": floats(value - low),
        "color": colour,
        "thickness": 1.3,
        "width": 0,
    }


def floats(values: pd.Series) -> list[float | None]:
    """Values as plotly reads them: missing ones are None."""
    return [None if pd.isna(value) else float(value) for value in values]


def holes(
    x: Sequence[str], top: float, reasons: Sequence[str], width: float, style: Style, name: str
) -> go.Bar:
    """Hatched columns over periods that were not observed: a gap is not a zero."""
    return go.Bar(
        x=list(x),
        y=[top] * len(x),
        width=width,
        marker={
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": style.colour("grey"), "size": 6, "solidity": 0.18},
            "line": {"width": 0},
        },
        customdata=list(reasons),
        hovertemplate="%{customdata}<extra></extra>",
        name=name,
    )


def top_of(*columns: pd.Series) -> float:
    """The greatest known value, with room above; 1 where nothing is known."""
    known = [float(column.max()) for column in columns if column.notna().any()]
    return max(known, default=0.0) * 1.08 or 1.0
