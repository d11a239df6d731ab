"""What one answer from outside is: a page with its JobPosting objects and links, or a sitemap. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from data.job_posting import Node
from scraper.markup import inflated, read_html, read_xml
from scraper.schema_org import job_postings, page_links

_NAME = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z]\w*)")
# What may stand before the root element, with its end.
_BEFORE = {b"<?": b"?>", b"<!--": b"-->"}


@dataclass(frozen=True, slots=True)
class Opened:
    """`links` are pages that may hold postings, `maps` further sitemaps, `is_reserved` the owner's word against mining."""

    nodes: tuple[Node, ...] = ()
    links: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    is_map: bool = False
    is_reserved: bool = False


def open_page(body: bytes) -> Opened:
    """Read a page or a sitemap, also a gzipped one. Raises ValueError where it is neither or too large."""
    body = inflated(body)
    if root_name(body) in (b"urlset", b"sitemapindex"):
        return _sitemap(read_xml(body))
    root = read_html(body)
    return Opened(tuple(job_postings(root)), tuple(page_links(root)), is_reserved=_is_reserved(root))


def root_name(body: bytes) -> bytes:
    """The name of the first element after declarations and comments; empty where there is none."""
    text = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    for _ in range(50):
        end = next((end for start, end in _BEFORE.items() if text.startswith(start)), None)
        if end is None:
            break
        text = text.partition(end)[2].lstrip()
    found = _NAME.match(text)
    return found[1] if found else b""


def _sitemap(root: Any) -> Opened:
    found = [(entry.tag, loc.text.strip()) for entry in root for loc in entry if _is_loc(loc) and loc.text]
    maps = tuple(url for tag, url in found if str(tag).endswith("}sitemap") or tag == "sitemap")
    links = tuple(url for tag, url in found if url not in maps)
    return Opened(links=links, maps=maps, is_map=True)


def _is_loc(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.rsplit("}", 1)[-1] == "loc"


def _is_reserved(root: Any) -> bool:
    return any(
        (meta.get("name") or "").lower() == "tdm-reservation" and (meta.get("content") or "").strip() == "1"
        for meta in root.iter("meta")
    )
