"""The look of every figure: two templates, one colour-blind-safe palette (Okabe and Ito 2008), one type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go

from dashboard.words import Words

FONT = "Inter, 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
# Okabe-Ito hues; the dark values are lightened, the light ones darkened, until 3:1 against the page.
PALETTE: dict[str, dict[str, str]] = {
    "light": {
        "blue": "#0072B2",
        "orange": "#B35900",
        "green": "#007A5A",
        "purple": "#A8558A",
        "sky": "#2F86B8",
        "red": "#B84300",
        "grey": "#6B7280",
    },
    "dark": {
        "blue": "#5AB0E6",
        "orange": "#F0A830",
        "green": "#35C79A",
        "purple": "#DD9DC3",
        "sky": "#8CCBF0",
        "red": "#F0803C",
        "grey": "#9AA3AE",
    },
}
_PAGE: dict[str, dict[str, str]] = {
    "light": {"ink": "#1D2430", "soft": "#4A5464", "line": "#E3E6EB", "paper": "#FFFFFF"},
    "dark": {"ink": "#E8EBF0", "soft": "#AEB7C4", "line": "#323A47", "paper": "#171C24"},
}
SERIES = ("blue", "orange", "green", "purple", "sky", "red", "grey")
_SEPARATORS = {"en": ".,", "fr": ",\u202f"}


@dataclass(frozen=True, slots=True)
class Style:
    """Language and colours of a figure."""

    words: Words
    scheme: str

    def colour(self, name: str) -> str:
        return PALETTE[self.scheme][name]

    def page(self, name: str) -> str:
        return _PAGE[self.scheme][name]

    def faint(self, name: str, opacity: float = 0.18) -> str:
        """The colour as rgba(), for bands and fills."""
        code = self.colour(name).lstrip("#")
        red, green, blue = (int(code[i : i + 2], 16) for i in (0, 2, 4))
        return f"rgba({red},{green},{blue},{opacity})"


@cache
def template(style: Style) -> go.layout.Template:
    """The plotly template of one scheme: transparent paper, quiet horizontal rules, no vertical ones."""
    axis = {
        "gridcolor": style.page("line"),
        "linecolor": style.page("line"),
        "zerolinecolor": style.page("line"),
        "tickfont": {"size": 13, "color": style.page("soft")},
        "title": {"font": {"size": 13, "color": style.page("soft")}, "standoff": 8},
        "automargin": True,
        "fixedrange": True,
    }
    layout: dict[str, Any] = {
        "font": {"family": FONT, "size": 14, "color": style.page("ink")},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [style.colour(name) for name in SERIES],
        "margin": {"l": 8, "r": 12, "t": 36, "b": 8},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 13},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "hoverlabel": {
            "bgcolor": style.page("paper"),
            "bordercolor": style.page("soft"),
            "font": {"size": 13, "color": style.page("ink"), "family": FONT},
            "align": "left",
        },
        "xaxis": axis | {"showgrid": False, "ticks": "outside", "tickcolor": style.page("line")},
        "yaxis": axis | {"rangemode": "tozero", "showline": False},
        "separators": _SEPARATORS[style.words.lang],
    }
    return go.layout.Template(layout=layout)


def figure(style: Style, *, height: int = 380, **layout: Any) -> go.Figure:
    """An empty figure in our template; `layout` overrides."""
    chart = go.Figure()
    chart.update_layout(template=template(style), height=height, hovermode="closest", **layout)
    return chart
