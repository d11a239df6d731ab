"""Says cheaply whether the words beside an ambiguous word can support it at all, before any tokenizer is asked."""

from functools import cache
from pathlib import Path
from typing import Any

from nlp.parse.tables import reference_rows

RULES = Path(__file__).parent.parent / "rules" / "context.yml"
TARGET = "TARGET"
LONGEST = 24


@cache
def rules() -> tuple[list[Any], ...]:
    """Return the token contexts of `rules/context.yml`."""
    import yaml

    return tuple(yaml.safe_load(RULES.read_text(encoding="utf-8")))


@cache
def targets() -> tuple[str, ...]:
    """Return the ambiguous words of the lexicon, as they must be written."""
    return tuple(
        sorted({word for row in reference_rows("skills") for word in row["ambiguous"].split("|") if word})
    )


def may_support(text: str, start: int) -> bool:
    """Does a word of some context stand right before or behind the ambiguous word at `start`?

    A no is final; a yes leaves it to the tokenizer whether these are words of their own and the context complete.
    """
    before = text[max(0, start - LONGEST) : start].removesuffix(" ").lower()
    if before.endswith(_beside(-1)):
        return True
    follows = _beside(1)
    return any(
        text[start + len(target) : start + len(target) + LONGEST]
        .removeprefix(" ")
        .lower()
        .startswith(follows)
        for target in _by_letter().get(text[start], ())
        if text.startswith(target, start)
    )


@cache
def _beside(step: int) -> tuple[str, ...]:
    """Return the words that stand right before (-1) or behind (1) the target in any context."""
    words: set[str] = set()
    for rule in rules():
        at = rule.index(TARGET) + step
        if 0 <= at < len(rule):
            words |= set(rule[at])
    return tuple(sorted(words))


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target in targets():
        found.setdefault(target[0], []).append(target)
    return found
