"""A quote in its context, as text nodes: markup in an advert stays text."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.plain import QUOTE_LENGTH, plain

_CONTEXT = 120


def in_context(row: dict[str, Any], mark: type[html.Mark] | type[html.Del] = html.Mark) -> html.P:
    """The quote of an evidence or rival row, marked, between the words that stand around it."""
    before, after = str(row["before"]), str(row["after"])
    parts = [
        f"…{plain(before, _CONTEXT)}{_gap(before[-1:])}" if before else "",
        mark(plain(row["quote"], QUOTE_LENGTH)),
        f"{_gap(after[:1])}{plain(after, _CONTEXT)}…" if after else "",
    ]
    return html.P(parts, className="quote", dir="auto")


def _gap(neighbour: str) -> str:
    """A blank where the advert has one beside the quote: plain text has lost it."""
    return " " if neighbour.isspace() else ""
