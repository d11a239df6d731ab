"""Tells payroll work, contracts and piecework apart."""

from nlp.parse.facts import Fact, rule_literals, stated
from nlp.parse.matcher import Hit, Literal
from nlp.parse.reading import Reading

TABLE = "work_kind"
GIG_AI = "gig_ai_training"
GIG_CONTENT = "gig_content"


def literals() -> list[Literal]:
    """Return the signs of `rules/work_kind.csv`, each standing for (sign, literal)."""
    return rule_literals(TABLE, lambda row: (row["sign"], row["literal"]))


def find_kind(reading: Reading) -> Fact[str]:
    """Return payroll (where nothing contrary is said), contract, gig_content or gig_ai_training."""
    signs: dict[str, dict[str, Hit]] = {}
    for table in (reading.hits, reading.title_hits):
        for hit in table.get(TABLE, []):
            signs.setdefault(hit.key[0], {}).setdefault(hit.key[1], hit)
    training, terms = signs.get("gig_ai", {}), signs.get("gig_terms", {})
    payroll = signs.get("payroll", {})
    if _is_gig(len(training), len(terms), len(payroll), platform="gig_platform" in signs):
        return _shown(reading, GIG_AI, [*training.values(), *terms.values()])
    if "gig_content" in signs and terms and len(payroll) <= 1:
        return _shown(reading, GIG_CONTENT, [*signs["gig_content"].values()])
    if _is_contract(reading, signs):
        return _shown(reading, "contract", [*signs["contract"].values()])
    return Fact("payroll")


def _is_gig(training: int, terms: int, payroll: int, *, platform: bool) -> bool:
    if platform and training and terms:
        return True
    return training >= 2 and terms >= 2 and terms > payroll // 2


def _is_contract(reading: Reading, signs: dict[str, dict[str, Hit]]) -> bool:
    contract = signs.get("contract", {})
    if not contract:
        return False
    in_title = any(hit.key[0] == "contract" for hit in reading.title_hits.get(TABLE, []))
    return in_title or not signs.get("payroll") or len(contract) > len(signs["payroll"])


def _shown(reading: Reading, value: str, hits: list[Hit]) -> Fact[str]:
    for hit in hits:
        if hit in reading.found(TABLE):
            return stated(value, hit, f"work_kind.{hit.key[0]}:{hit.key[1]}")
    return Fact(value)
