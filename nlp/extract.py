"""The extraction contract: one JSON line in, one JSON line of facts out."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from nlp.parse.reading import Reading
from nlp.read import Advert, Reader
from nlp.text import html_to_text, is_escaped

_OPTIONAL = ("title", "company", "country", "location", "lang", "source")


class BadLine(ValueError):  # noqa: N818 - says what it is about, as BadZipFile does
    """An input line that breaks the contract; the message is a sentence that names field and value."""


class Extractor:
    """Reads adverts into facts. Build one per process and use it for every advert."""

    def __init__(self) -> None:
        self._reader = Reader()

    def extract(self, line: Mapping[str, Any], *, with_text: bool = False) -> dict[str, Any]:
        """Return the facts of one input line.

        `line` holds id and text or html, and may hold title, company, country (name or ISO code), location,
        posted, lang, source and fields. Offsets are characters of the text as given, or of the plain text
        that `with_text` adds for html and for text that is escaped html. Raises BadLine.
        """
        advert, _, facts = self.read(line)
        if with_text and advert.text != line.get("text"):
            facts["text"] = advert.text
        return facts

    def read(self, line: Mapping[str, Any]) -> tuple[Advert, Reading, dict[str, Any]]:
        """Return the advert of one input line, how it was read, and its facts; raises BadLine."""
        identity, advert = _read_line(line)
        reading, facts = self._reader.read(advert)
        return advert, reading, {"id": identity, **facts}


@cache
def load_extractor() -> Extractor:
    """Return this process's extractor, built at the first call."""
    return Extractor()


def extract_line(line: Mapping[str, Any], *, with_text: bool = False) -> dict[str, Any]:
    """Return the facts of one input line (see Extractor.extract); raises BadLine."""
    return load_extractor().extract(line, with_text=with_text)


def _read_line(line: Mapping[str, Any]) -> tuple[Any, Advert]:
    if not isinstance(line, Mapping):
        raise BadLine(f"A line must be a JSON object, not {type(line).__name__}.")
    if "id" not in line or not isinstance(line["id"], str | int):
        raise BadLine("Field id is missing or is neither text nor a number; give each advert an id.")
    fields = line.get("fields") or {}
    if not isinstance(fields, dict):
        raise BadLine(f"Field fields must be an object, not {type(fields).__name__}.")
    known = {name: _optional(line, name) for name in _OPTIONAL}
    return line["id"], Advert(text=plain_text(line), fields=fields, **known)


def plain_text(line: Mapping[str, Any]) -> str:
    """Return the text that the facts' offsets refer to; raises BadLine where there is none."""
    for name in ("text", "html"):
        value = line.get(name)
        if value is not None:
            if not isinstance(value, str):
                raise BadLine(f"Field {name} must be text, not {type(value).__name__}.")
            return value if name == "text" and not is_escaped(value) else html_to_text(value)
    raise BadLine("Fields text and html are both missing; give one of them.")


def _optional(line: Mapping[str, Any], name: str) -> str | None:
    value = line.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"Field {name} must be text or null, not {type(value).__name__}.")
    return value or None
