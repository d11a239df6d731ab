"""Reads the rule and reference tables (CSV) that the parsers work from."""

import csv
import re
import unicodedata
from functools import cache
from itertools import product
from pathlib import Path

RULES = Path(__file__).parent.parent / "rules"
REFERENCE = Path(__file__).parent.parent.parent / "data" / "reference"

Row = dict[str, str]

# French words that are others without their accents: "ou que vous soyez" names no place.
_TURNED = re.compile(r"\b(?:où|thèses?|dès|dû)\b")

_CHOICE = re.compile(r"\{([^{}]*)\}")
_EMPTY = re.compile(r"[{|][|}\s]|\s[|}]|\s\s|^\s|\s$")


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
        reader = csv.reader(file, strict=True)
        heading = next(reader)
        rows = []
        for cells in reader:
            if len(cells) != len(heading):
                raise RuleError(
                    f"{path.name} line {reader.line_num}: has not as many cells as the heading; quote commas"
                )
            rows.append(dict(zip(heading, cells, strict=True)))
    return tuple(rows)


def alternatives(pattern: str) -> list[str]:
    """Expand `{a|b} c` into `a c`, `b c`; an empty alternative drops the word: `{ai|} agent`."""
    if "{" not in pattern:
        return [" ".join(pattern.split())]
    pieces = _CHOICE.split(pattern)
    options = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    forms = map("".join, product(*options))
    if _EMPTY.search(pattern):
        return [" ".join(form.split()) for form in forms]
    return list(forms)


def spellings(row: Row) -> list[str]:
    """Expand a row's literal; French capitals and haste often go without accents ("DEVELOPPEUR CONFIRME")."""
    pattern = row["literal"]
    forms = alternatives(pattern)
    if row.get("lang") != "fr":
        return forms
    if pattern.isascii():
        bare = []
    elif _TURNED.search(pattern):
        bare = [without_accents(form) for form in forms if not _TURNED.search(form)]
    else:
        bare = alternatives(without_accents(pattern))
    return list(dict.fromkeys([*forms, *bare]))


def without_accents(words: str) -> str:
    """Return the words with plain letters: "expérience" as "experience"."""
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
