"""Reads the rule and reference tables (CSV) that the parsers work from."""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent.parent / "rules"
REFERENCE = Path(__file__).parent.parent.parent / "data" / "reference"

Row = dict[str, str]

# French words that are others without their accents: "ou que vous soyez" names no place.
_TURNED = re.compile(r"\b(?:où|thèses?|dès|dû)\b")


class RuleError(ValueError):
    """A rule table that cannot be used; the message names file, line and column."""


@cache
def rule_rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `nlp/rules/{name}.csv`."""
    return _rows(RULES / f"{name}.csv")


@cache
def reference_rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `data/reference/{name}.csv`."""
    return _rows(REFERENCE / f"{name}.csv")


def _rows(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise RuleError(
                    f"{path.name} line {reader.line_num}: has not as many cells as the heading; quote commas"
                )
            rows.append(row)
    return tuple(rows)


def alternatives(pattern: str) -> list[str]:
    """Expand `{a|b} c` into `a c`, `b c`; an empty alternative drops the word: `{ai|} agent`."""
    if "{" not in pattern:
        return [" ".join(pattern.split())]
    head, rest = pattern.split("{", 1)
    options, tail = rest.split("}", 1)
    return [word for option in options.split("|") for word in alternatives(head + option + tail)]


def spellings(row: Row) -> list[str]:
    """Expand a row's literal; French capitals and haste often go without accents ("DEVELOPPEUR CONFIRME")."""
    forms = alternatives(row["literal"])
    if row.get("lang") != "fr":
        return forms
    bare = [without_accents(form) for form in forms if not _TURNED.search(form)]
    return list(dict.fromkeys([*forms, *bare]))


def without_accents(words: str) -> str:
    """Return the words with plain letters: "expérience" as "experience"."""
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
