"""The method and the model card, in both languages, cut at their headings so that each chart can point at its section."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_DOCS = Path(__file__).parents[1] / "docs"
METHOD: dict[str, Path] = {"en": _DOCS / "method.md", "fr": _DOCS / "method.fr.md"}
CARD: dict[str, Path] = {"en": _DOCS / "extraction.md", "fr": _DOCS / "extraction.fr.md"}
TABLES = "<!-- accuracy -->"
_BLOCK = re.compile(rf"{TABLES}.*?<!-- /accuracy -->", re.DOTALL)
_HEADING = re.compile(r'^(?:<a id="([\w-]+)"></a>\n)?(#{1,4}) +(.+?) *$', re.MULTILINE)
_NEIGHBOUR = re.compile(r"\[([\w.-]+\.md)\]\(\1\)")
_FILE = re.compile(r"\[([^\]]+)\]\((?!https?://|#)[^)]*\)")


@cache
def sections(path: Path) -> tuple[tuple[str, str, int, str], ...]:
    """(anchor, heading, depth, text) of every heading of a Markdown file; () where there is no file.

    The anchor is the id that stands above the heading, else GitHub's. Links to files become names: the viewer
    does not serve them. Of a table of measured accuracy only the mark TABLES is left: the release has the numbers.
    """
    if not path.is_file():
        return ()
    text = _BLOCK.sub(TABLES, path.read_text(encoding="utf-8"))
    found = list(_HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        (
            match[1] or anchor(match[3]),
            match[3].replace("`", ""),
            len(match[2]),
            _FILE.sub(r"\1", _NEIGHBOUR.sub(r"`docs/\1`", text[match.end() : end].strip())),
        )
        for match, end in zip(found, ends, strict=True)
    )


def anchor(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
