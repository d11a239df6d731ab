"""The shape every scalar fact has: a value and, where words of the text say it, those words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.parse.matcher import Hit, Literal
from nlp.parse.reading import Evidence
from nlp.parse.tables import rule_rows, spellings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value with its evidence; evidence is None for a default or for what a field or title says."""

    value: T
    evidence: Evidence | None = None


def stated(value: T, hit: Hit, rule: str) -> Fact[T]:
    """Return a fact that rests on a hit of the text."""
    return Fact(value, Evidence(hit.start, hit.end, rule))


def rule_literals(table: str, key: Callable[[dict[str, str]], object]) -> list[Literal]:
    """Return the literals of `rules/{table}.csv`, patterns expanded, each standing for `key(row)`."""
    return [Literal(form, table, key(row)) for row in rule_rows(table) for form in spellings(row)]
