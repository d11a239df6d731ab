"""docs/method.md, cut at its headings so that each chart can point at its own section."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

METHOD = Path(__file__).parents[1] / "docs" / "method.md"
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
