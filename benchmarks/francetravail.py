"""Pay of real French offers: the API's own labels, and what the words of the same offer say.

    python -m benchmarks.francetravail

Prints how many labels are read, refused (with the rule and the labels) or missed, and how often label and words agree
where both state pay. A label counts as read when both of its amounts are the label's numbers.
"""

import json
import lzma
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from nlp.parse.pay import Pay, find_pay, main_pay, read_label

OFFERS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "francetravail" / "offers_dev.jsonl.xz"
# A label that holds an amount: not the number of monthly salaries, the name of a pay scale or a link.
_AMOUNT = re.compile(r"(?<![\w/])\d[\d .,\u00a0\u202f]*(?= ?(?:€|k€|k\b|euros?|-)|$)", re.IGNORECASE)
_NO_AMOUNT = re.compile(r"https?:|^\D*1[2-6](?:ème|e)? mois\b|\bCCN ?\d", re.IGNORECASE)
_HOME = {"country": "FR", "lang": "fr"}


def states_an_amount(label: str) -> bool:
    """Say whether a label holds an amount other than zero."""
    numbers = [] if _NO_AMOUNT.search(label) else _AMOUNT.findall(label)
    return any(digit in "123456789" for number in numbers for digit in number)


def main_of(pays: list[Pay]) -> Pay | None:
    """Return the main pay of a list."""
    chosen = main_pay(pays)
    return None if chosen is None else pays[chosen]


def outcome(label: str) -> str:
    """Return what becomes of a label: read, refused with its rule, missed, or nothing said."""
    pays = read_label(label, **_HOME)
    flags = [pay.flag for pay in pays if pay.flag]
    if main_of(pays) is not None:
        return "read" if _holds(label, pays[0]) else "misread"
    if flags:
        return f"refused: {flags[0]}"
    return "missed" if states_an_amount(label) else "says nothing"


def _holds(label: str, pay: Pay) -> bool:
    """Both amounts stand in the label, in full or in thousands."""
    digits = re.sub(r"(?<=\d)[ \u00a0\u202f.](?=\d{3}(?!\d))", "", label).replace(",", ".")
    numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", digits)}
    wanted = [amount for amount in (pay.min, pay.max) if amount is not None]
    return all(amount in numbers or amount / 1000 in numbers for amount in wanted)


def agreement(offer: dict[str, Any]) -> str | None:
    """Compare an offer's words with its label: same, overlapping or different; None where one states no pay."""
    label = main_of(read_label(offer["salary"] or "", **_HOME))
    words = main_of(find_pay(offer["description"], title=offer["title"], **_HOME))
    if label is None or words is None:
        return None
    ours, theirs = _yearly(words), _yearly(label)
    if all(abs(a - b) <= 0.01 * b for a, b in zip(ours, theirs, strict=True)):
        return "same"
    return "overlapping" if ours[0] <= theirs[1] and theirs[0] <= ours[1] else "different"


def _yearly(pay: Pay) -> tuple[float, float]:
    bounds = [amount for amount in (pay.annual_min, pay.annual_max) if amount is not None]
    return min(bounds), max(bounds)


def offers() -> list[dict[str, Any]]:
    """Return the offers of the corpus."""
    with lzma.open(OFFERS, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main() -> int:
    """Print the figures; 0 also where the corpus is missing, which is said."""
    if not OFFERS.exists():
        sys.stdout.write("skipped: ../shared/corpora/francetravail is not on this machine\n")
        return 0
    rows = offers()
    labels = [offer["salary"] for offer in rows if offer["salary"]]
    outcomes = Counter(outcome(label) for label in labels)
    compared = Counter(filter(None, map(agreement, rows)))
    lines = [f"{len(rows)} offers, {len(labels)} with a label"]
    lines += [f"label {name}: {n}" for name, n in sorted(outcomes.items())]
    lines += [
        f"  {label}"
        for label in sorted({x for x in labels if outcome(x)[:7] in ("refused", "missed", "misread")})
    ]
    lines += [f"words against label, {name}: {n} of {compared.total()}" for name, n in compared.most_common()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
