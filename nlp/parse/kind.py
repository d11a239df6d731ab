"""Tells payroll work, contracts and piecework apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nlp.parse.facts import Fact, stated
from nlp.parse.folding import fold
from nlp.parse.matcher import Hit, Literal, longest
from nlp.parse.reading import Evidence, Reading
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


CELL = 60  # characters of a cell of a head line that tells terms, not a story
_CONTRACT = re.compile(
    r"(?<!smart )(?<!smart-)(?<!defense )(?<!government )\b(?:contract(?:ors?)?|freelancer?s?|c2c|c2h|corp[- ]to[- ]corp|1099|b2b contract)\b"
    r"(?! (?:manage|analy|law|admin|lifecycle|negotia))"
)
_POST = re.compile(r"\b(?:full[- ]?time|fulltime|permanent|ft|fte|vollzeit|cdi|employee)\b")
_AS = (
    r"(?:\(?(?:full|part)[- ]?time\)?|ft|pt|fte|permanent|perm|employ\w+|salaried|w-?2|interns?|internships?)"
)
_NOR = r"\s*\)?,?\s*(?:or|/|,|and|&|\|)\s*\(?"
_WORK = r"(?:contract\w*|freelance\w*|c2c|c2h|1099)"
_CHOICE = re.compile(
    rf"\b(?:full[- ]?time|fulltime|ft|fte|permanent|perm|employ\w+|salaried|w-?2){_NOR}(?:{_AS}{_NOR})?{_WORK}|"
    rf"\b{_WORK}{_NOR}(?:{_AS}{_NOR})?(?:full[- ]?time|fulltime|ft\b|fte|permanent|perm\b|employ|salaried|w-?2)|"
    rf"{_WORK} (?:considered|possible|ok|also|welcome|available)"
)


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
    head = _from_head(reading)
    if head is None and _is_contract(text, title):
        return _shown("contract", text, "contract")
    return head or Fact("payroll")


def _from_head(reading: Reading) -> Fact[str] | None:
    """Return what a head line of cells says ("… | Contract | …"); work on offer as a contract or as a post is payroll."""
    if reading.is_titled or not reading.head_end:
        return None
    line = reading.folded[: reading.head_end]
    contract = next((hit for hit in _CONTRACT.finditer(line) if len(_cell(line, hit)) <= CELL), None)
    if contract is None:
        return Fact("payroll") if _POST.search(line) else None
    if _CHOICE.search(line):
        return Fact("payroll")
    return Fact("contract", Evidence(*contract.span(), "work_kind.head"))


def _cell(line: str, hit: re.Match[str]) -> str:
    return line[line.rfind("|", 0, hit.start()) + 1 :].partition("|")[0].strip()


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
    if (is_staff and "leads" in text) or not terms:
        return False  # a firm that sells such work hires engineers too
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
    return ("contract" in title and "payroll" not in title) or not payroll or len(contract) > len(payroll)


def _shown(value: str, text: Signs, *names: str) -> Fact[str]:
    """Return the value with the weightiest words of the text that say so."""
    hits = [hit for name in names for hit in text.get(name, {}).values()]
    if not hits:
        return Fact(value)
    hit = max(hits, key=lambda hit: (hit.key.weight, -hit.start))
    return stated(value, hit, f"work_kind.{hit.key.name}:{hit.key.pattern}")
