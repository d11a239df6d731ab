"""Reads the lexicon of hard skills into literals: labels and aliases, and what each stands for."""

import re
from dataclasses import dataclass

from nlp.parse.folding import fold
from nlp.parse.matcher import Literal
from nlp.parse.tables import alternatives, reference_rows

TABLE = "skills"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon."""

    id: str
    label: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What a literal stands for.

    `written` is the only spelling that counts; `ambiguous` words need support; `need` is "" (a name: counts
    anywhere), "asked" (an everyday notion: only where required or preferred) or "cue" (an everyday word: only where
    words beside it ask for it).
    """

    entry: Entry
    written: str | None
    ambiguous: bool
    need: str


def literals() -> list[Literal]:
    """Return every label and alias of `skills.csv`."""
    found: dict[str, Literal] = {}
    for row in reference_rows(TABLE):
        plain = Sense(Entry(row["id"], row["label_en"], row["kind"], row["parent"]), None, False, row["need"])
        cased, ambiguous = row["cased"].split("|"), row["ambiguous"].split("|")
        named = forms(row)
        for form, folded in zip(named, fold("\n".join(named)).split("\n"), strict=True):
            is_ambiguous = form in ambiguous
            if is_ambiguous or form in cased:
                sense = Sense(plain.entry, form, is_ambiguous, row["need"])
                found.setdefault(form, Literal(form, TABLE, sense))
            else:
                found.setdefault(folded, Literal(form, TABLE, plain))
    return list(found.values())


def forms(row: dict[str, str]) -> list[str]:
    """Return label and aliases of a row, each also with its hyphens and spaces exchanged."""
    named = [row["label_en"], row["label_fr"], *aliases(row)]
    named = [form for form in named if form]
    hyphened = [form.replace(" ", "-") for form in named if " " in form and "-" not in form]
    return named + hyphened + [form.replace("-", " ") for form in named if "-" in form]


def aliases(row: dict[str, str]) -> list[str]:
    """Return the aliases of a row, braces expanded."""
    parts = [part for part in re.split(r"\|(?![^{]*\})", row["aliases"]) if part]
    return [form for part in parts for form in alternatives(part)]
