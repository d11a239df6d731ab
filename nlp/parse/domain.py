"""Names the employer's field of business, where its words make it plain."""

from collections import Counter

from nlp.parse.facts import rule_literals
from nlp.parse.matcher import Literal
from nlp.parse.reading import Reading

TABLE = "domains"
LEAST = 2


def literals() -> list[Literal]:
    """Return the words of `rules/domains.csv`."""
    return rule_literals(TABLE, lambda row: row["domain"])


def find_domain(reading: Reading) -> str | None:
    """Return the domain that is named most, at least twice; None where nothing stands out."""
    named = Counter(hit.key for hit in reading.found(TABLE)).most_common(1)
    return str(named[0][0]) if named and named[0][1] >= LEAST else None
