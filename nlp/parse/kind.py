"""Tells payroll work, contracts and piecework apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nlp.parse.facts import Fact, stated
from nlp.parse.folding import fold
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Reading
from nlp.parse.tables import alternatives, rule_rows

TABLE = "work_kind"
GIG_AI = "gig_ai_training"
GIG_CONTENT = "gig_content"
# Weights that a gig must reach: its work, its terms, and both together less what speaks for a payroll.
LEAST_WORK = 3
LEAST_TERMS = 2
LEAST = 6
PLATFORM = 3
IN_TITLE = 2
STAFF = 6
STAFF_SIGN = "staff"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a literal speaks for, how strongly, and the pattern it comes from."""

    name: str
    pattern: str
    weight: int


def literals() -> list[Literal]:
    """Return the signs of `rules/work_kind.csv`, its patterns expanded."""
    signs = [
        (row["literal"], Sign(row["sign"], row["literal"], int(row["weight"])))
        for row in rule_rows(TABLE)
        if row["sign"] != STAFF_SIGN
    ]
    return [Literal(form, TABLE, sign) for pattern, sign in signs for form in alternatives(pattern)]


@cache
def _staff() -> re.Pattern[str]:
    """Return the words that make a title one of a staff: read in titles only, they are everywhere in texts."""
    rows = [row["literal"] for row in rule_rows(TABLE) if row["sign"] == STAFF_SIGN]
    forms = sorted({form for row in rows for form in alternatives(row)})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})s?\b")


def find_kind(reading: Reading) -> Fact[str]:
    """Return payroll (where nothing contrary is said), contract, gig_content or gig_ai_training."""
    text, title = _signs(reading.found(TABLE)), _signs(reading.title_hits.get(TABLE, []))
    if _trains_ai(text, title, is_staff=bool(_staff().search(fold(reading.title)))):
        return _shown(GIG_AI, text, "gig_ai", "gig_terms")
    if _is_paid_by_piece(text, title):
        return _shown(GIG_CONTENT, text, "gig_content")
    if _is_contract(text, title):
        return _shown("contract", text, "contract")
    return Fact("payroll")


Signs = Mapping[str, Mapping[str, Hit]]


def _signs(hits: list[Hit]) -> Signs:
    """Return for each sign its patterns, each with the first hit; of overlapping hits of a sign, the longest."""
    named: dict[str, list[Hit]] = {}
    for hit in hits:
        named.setdefault(hit.key.name, []).append(hit)
    signs: dict[str, dict[str, Hit]] = {}
    for name, found in named.items():
        kept = signs[name] = {}
        for hit in longest(found):
            kept.setdefault(hit.key.pattern, hit)
    return signs


def _weight(signs: Signs, name: str) -> int:
    return sum(hit.key.weight for hit in signs.get(name, {}).values())


def _trains_ai(text: Signs, title: Signs, *, is_staff: bool) -> bool:
    """Is it piecework that rates, annotates or writes data for models, on terms that no payroll has?"""
    work = _weight(text, "gig_ai") + IN_TITLE * _weight(title, "gig_ai")
    terms = _weight(text, "gig_terms") + _weight(title, "gig_terms")
    platform = PLATFORM if "gig_platform" in text else 0
    if is_staff and "leads" in text:
        return False
    against = _weight(text, "benefits") + (STAFF if is_staff else 0)
    return (
        work >= LEAST_WORK and terms + platform >= LEAST_TERMS and work + terms + platform - against >= LEAST
    )


def _is_paid_by_piece(text: Signs, title: Signs) -> bool:
    """Is it writing paid by the article or word, and no post with benefits?"""
    pieces = _weight(text, "gig_content") + (_weight(text, "gig_terms") > 0)
    writes = "writes" in text or "writes" in title
    return pieces >= LEAST_WORK and "gig_content" in text and writes and not _weight(text, "benefits")


def _is_contract(text: Signs, title: Signs) -> bool:
    contract, payroll = text.get("contract", {}), text.get("payroll", {})
    if not contract and "contract" not in title:
        return False
    return "contract" in title or not payroll or len(contract) > len(payroll)


def _shown(value: str, text: Signs, *names: str) -> Fact[str]:
    """Return the value with the weightiest words of the text that say so."""
    hits = [hit for name in names for hit in text.get(name, {}).values()]
    if not hits:
        return Fact(value)
    hit = max(hits, key=lambda hit: (hit.key.weight, -hit.start))
    return stated(value, hit, f"work_kind.{hit.key.name}:{hit.key.pattern}")
