"""A trend as small as a word: bars from zero, drawn as an SVG image."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboard.figures.theme import Style

WIDTH, HEIGHT, _BAR, _GAP = 140, 32, 8, 2


def spark(values: Sequence[int], style: Style) -> str:
    """A data: address of an image of `values`, at most 14, latest last in full colour; a day of 0 is a line."""
    top, shown = max(values, default=0), list(values)[-14:]
    bars = []
    for place, value in enumerate(shown):
        height = max(1.0, HEIGHT * value / top) if top else 1.0
        colour = style.colour("blue") if place == len(shown) - 1 else style.colour("grey")
        x = place * (_BAR + _GAP)
        bars.append(
            f'<rect x="{x}" y="{HEIGHT - height:.1f}" width="{_BAR}" height="{height:.1f}" fill="{colour}"/>'
        )
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(bars)}</svg>'
    return f"data:image/svg+xml,{quote(svg)}"
