"""Looking into a tree of Dash components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def walk(node: Any) -> Iterator[Any]:
    """Every component and text of a tree, parents first."""
    if node is None:
        return
    if isinstance(node, (list, tuple)):
        for child in node:
            yield from walk(child)
        return
    yield node
    yield from walk(getattr(node, "children", None))


def text_of(node: Any) -> str:
    """All text of a tree, joined by blanks."""
    return " ".join(str(part) for part in walk(node) if isinstance(part, (str, int, float)))


def links_of(node: Any) -> list[str]:
    """Every address a tree links to."""
    return [part.href for part in walk(node) if getattr(part, "href", None)]


def kinds_of(node: Any) -> set[str]:
    """Names of the components in a tree."""
    return {type(part).__name__ for part in walk(node)}
