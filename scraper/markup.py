"""Reading XML and HTML from outside: no entity is expanded, nothing is fetched, size is bounded. Pure."""

from __future__ import annotations

import zlib
from typing import Any

from lxml import etree
from lxml import html as lxml_html

MAX_BYTES = 16 * 1024 * 1024
_GZIP = b"\x1f\x8b"


def read_xml(body: bytes) -> Any:
    """The root element of an XML text. Raises ValueError where it is none, or holds a document type of its own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.LxmlError as error:
        raise ValueError(f"no readable XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("the XML brings a document type of its own, which is not read")
    return root


def read_html(body: bytes) -> Any:
    """The root element of an HTML page; its bytes are UTF-8 unless the page says otherwise. Raises ValueError."""
    declares = b"charset" in body[:4096].lower()
    parser = lxml_html.HTMLParser(encoding=None if declares else "utf-8", no_network=True, huge_tree=False)
    try:
        return lxml_html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ValueError(f"no readable HTML: {error}") from error


def inflated(body: bytes, limit: int = MAX_BYTES) -> bytes:
    """A gzip file's content (sitemap.xml.gz), other bytes as they are. Raises ValueError above `limit` bytes."""
    if not body.startswith(_GZIP):
        return body
    machine = zlib.decompressobj(wbits=31)
    try:
        content = machine.decompress(body, limit)
    except zlib.error as error:
        raise ValueError(f"no readable gzip: {error}") from error
    if machine.unconsumed_tail:
        raise ValueError(f"inflates to more than {limit} bytes")
    return content
