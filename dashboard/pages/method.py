"""How the numbers are made: docs/method.md, section by section, so that each chart can point at its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import dash
from dash import dcc, html

from dashboard.components import Child, lead, notice
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View

METHOD = Path(__file__).parents[2] / "docs" / "method.md"
_HEADING = re.compile(r"^(#{1,4}) +(.+?) *(?:\{#([\w-]+)\})?$", re.MULTILINE)


@cache
def sections(path: Path) -> tuple[tuple[str, str, int, str], ...]:
    """(anchor, heading, depth, text) of every heading of a Markdown file; () where there is no file."""
    if not path.is_file():
        return ()
    text = path.read_text(encoding="utf-8")
    found = list(_HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        (
            match[3] or anchor(match[2]),
            match[2].replace("`", ""),
            len(match[1]),
            text[match.end() : end].strip(),
        )
        for match, end in zip(found, ends, strict=True)
    )


def anchor(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def content(view: View) -> Sequence[Child]:
    words = view.words
    parts: list[Child] = [lead(words("page.method.kicker"), words("method.message"))]
    found = sections(METHOD)
    if not found:
        return [*parts, notice(words("chart.nothing"), words("method.absent"), "empty")]
    heads = {1: html.H2, 2: html.H2, 3: html.H3, 4: html.H4}
    for name, heading, depth, text in found:
        body = [dcc.Markdown(text, className="prose")] if text else []
        parts.append(
            html.Section([heads[depth](heading), *body], id=name, className="part method", lang="en")
        )
    return parts


def layout(**query: Any) -> html.Div:
    return render("/method", content, query)


dash.register_page(__name__, path="/method", order=9, title=title_of("/method"), layout=layout)
