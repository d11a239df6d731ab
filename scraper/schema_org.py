"""Finds schema.org JobPosting objects in a page: JSON-LD at any depth, and microdata. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from data.job_posting import Node, as_list, is_a, nodes

# Comment and CDATA marks that pages wrap around their JSON.
_WRAP = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_COMMA = re.compile(r",(\s*[}\]])")
_VALUES = {"meta": "content", "link": "href", "a": "href", "img": "src", "time": "datetime", "data": "value"}
UNREADABLE = "unreadable"


def job_postings(root: Any) -> list[Node]:
    """Every JobPosting of a page, in order; a JSON-LD block that cannot be read comes as {"unreadable": its start}."""
    found: list[Node] = []
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            found += _in_script(script.text_content())
    return found + [microdata(element) for element in root.iter() if _is_posting_element(element)]


def page_links(root: Any) -> list[str]:
    """Addresses that an ItemList of the page names without saying what is there."""
    found: list[str] = []
    for script in root.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json"):
            for node in nodes(_loaded(script.text_content())):
                item = node.get("item")
                url = item if isinstance(item, str) else node.get("url")
                if is_a(node, "ListItem") and isinstance(url, str) and not isinstance(item, dict):
                    found.append(url)
    return list(dict.fromkeys(found))


# --- JSON-LD --------------------------------------------------------------------------------------


def _in_script(text: str) -> list[Node]:
    if not text.strip():
        return []
    loaded = _loaded(text)
    if loaded is None:
        return [{UNREADABLE: text.strip()[:500]}] if "JobPosting" in text else []
    return [node for node in nodes(loaded) if is_a(node, "JobPosting")]


def _loaded(text: str) -> Any:
    """The JSON of a script: as it is, without its wrapping, without commas too many; None where it is none."""
    bare = _WRAP.sub("", text.strip()).strip()
    for attempt in (bare, _COMMA.sub(r"\1", bare), html.unescape(bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


# --- microdata ------------------------------------------------------------------------------------


def _is_posting_element(element: Any) -> bool:
    kinds = element.get("itemtype") if isinstance(element.tag, str) else None
    return any(kind.rsplit("/", 1)[-1] == "JobPosting" for kind in (kinds or "").split())


def microdata(scope: Any) -> Node:
    """An element with itemscope as a JSON-LD object; values that repeat become lists."""
    kinds = [kind.rsplit("/", 1)[-1] for kind in (scope.get("itemtype") or "").split()]
    node: Node = {"@type": kinds[0] if kinds else None}
    for element in _properties(scope):
        value = microdata(element) if element.get("itemscope") is not None else _value(element)
        for name in element.get("itemprop").split():
            node[name] = [*as_list(node[name]), value] if name in node else value
    return node


def _properties(scope: Any) -> Iterator[Any]:
    """The elements with itemprop that belong to `scope` itself and not to an item inside it."""
    for child in scope:
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop"):
            yield child
        if child.get("itemscope") is None:
            yield from _properties(child)


def _value(element: Any) -> str:
    if element.get("content") is not None:
        return str(element.get("content"))
    name = _VALUES.get(element.tag)
    if name and element.get(name) is not None:
        return str(element.get(name)).strip()
    if element.get("itemprop") in ("title", "name") or not len(element):
        return " ".join(element.text_content().split())
    inner = html.escape(element.text or "")
    return inner + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
