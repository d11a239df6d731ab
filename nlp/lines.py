"""`promptjobs extract`: JSON lines in, JSON lines out; a bad line becomes an error and the run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from nlp.extract import BadLine, Extractor, load_extractor


def extract_lines(lines: Iterable[bytes], *, with_text: bool = False) -> Iterator[dict[str, Any]]:
    """Facts for each line (see the contract in docs/extraction.md); `{id, error}` for a line that cannot be read.

    Blank lines are skipped. Invalid UTF-8 is read with replacement characters, as the offsets count characters.
    """
    extractor = load_extractor()
    for number, raw in enumerate(lines, 1):
        line = raw.decode("utf-8", "replace").strip("\ufeff \t\r\n")
        if line:
            yield _facts(line, number, extractor, with_text)


def _facts(line: str, number: int, extractor: Extractor, with_text: bool) -> dict[str, Any]:
    try:
        advert = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    try:
        return extractor.extract(advert, with_text=with_text)
    except BadLine as error:
        return {
            "id": advert.get("id") if isinstance(advert, dict) else None,
            "error": f"line {number}: {error}",
        }
