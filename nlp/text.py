"""Turns an advert's HTML into plain text whose lines are the page's lines."""

import html as entities
import re
from collections.abc import Iterator
from typing import Any

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
PARAGRAPH = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "section", "article"]
)
DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "head",
        "textarea",
        "canvas",
        "audio",
        "video",
    ]
)
CELL = frozenset(("td", "th"))
ITEM = "- "
SOFT = "\v"

_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_RAGGED = re.compile(r" ?\n ?")
_BESIDE_HARD = re.compile(r"[ \v]*\n[ \v]*")
_SOFT = re.compile(r" *\v[ \v]*")
_BLANKS = re.compile(r"\n{3,}")
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A closing tag with its brackets escaped, as Greenhouse's API gives them: nobody writes that in plain words.
_ESCAPED = re.compile(r"&lt;(?:/[a-z][a-z0-9]{0,9}|br ?/?) ?&gt;", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w+);")


def html_to_text(html: str) -> str:
    """Return the readable text: blocks on their own lines, list items behind a dash, entities decoded.

    Scripts, styles and embedded objects are left out. Broken markup, control characters and lone
    surrogates are survived; the same html always gives the same text. Markup whose brackets are escaped
    is decoded first. Linear in the html's length.
    """
    if is_escaped(html):
        html = entities.unescape(html)
    clean = _UNSAFE.sub(" ", html)
    if not _TAG.search(clean):
        return tidy(clean)
    root = _parse(clean)
    return "" if root is None else tidy(_lines("".join(_pieces(root))))


def is_escaped(text: str) -> bool:
    """Is it html that was escaped once more (`&lt;p&gt;`), and so reads as markup instead of words?"""
    return "&lt;" in text and "</" not in text and _ESCAPED.search(text) is not None


def tidy(text: str) -> str:
    """Collapse spaces within lines and more than one blank line between them."""
    text = _SPACES.sub(" ", text.replace("\r\n", "\n"))
    return _BLANKS.sub("\n\n", _RAGGED.sub("\n", text)).strip()


def _lines(text: str) -> str:
    """Turn the soft breaks around blocks into one line break, none where a hard one stands already."""
    return _SOFT.sub("\n", _BESIDE_HARD.sub("\n", text))


def _parse(html: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(html.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def _pieces(root: Any) -> Iterator[str]:
    """Yield text and line breaks in document order; a stack, since pages can nest thousands deep."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "end":
            yield _after(tag)
            yield _inline(node.tail)
        elif tag in DROPPED:
            walker.skip_subtree()
        else:
            yield _before(tag)
            yield node.text or "" if tag == "pre" else _inline(node.text)


def _inline(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


def _before(tag: str) -> str:
    if tag == "li":
        return SOFT + ITEM
    if tag in PARAGRAPH:
        return "\n\n"
    if tag == "br":
        return "\n"
    return SOFT if tag in BLOCK else ""


def _after(tag: str) -> str:
    if tag in CELL:
        return " "
    if tag in PARAGRAPH:
        return "\n\n"
    return SOFT if tag in BLOCK else ""
