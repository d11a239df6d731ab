"""Amounts: numbers that could be money, with the currency, multiplier and period written beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.parse.pay import periods
from nlp.parse.pay.currency import Mark, alternatives, marks

_SPACE = "[ \u00a0\u202f\u2009]"
# Grouped by spaces, grouped by marks (also the Indian 12,00,000), or plain. Ends are guarded, so runs of digits cost once.
_NUMBER = re.compile(
    rf"(?<!\d)(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?(?![\d])"
    r"|\d{1,3}(?:[,.'’‘]\d{2,3})*[,.'’‘]\d{3}(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,10}(?:[.,]\d{1,2})?(?!\d))"
)
_FACTORS = {
    "k": r"[kK](?![^\W\d_])|[kK](?=(?:€|\$|£|EUR|USD|GBP|CHF|CAD|PLN|AUD|SEK|euros?|per|p\.a|pa|OTE|yr|brut)(?:[^a-z]|\b))",
    "thousand": r"thousand|tys\.?|tis\.?|тыс\.?|mil(?=\s?(?:€|euros|EUR))|[tT](?=€|EUR\b| €)",
    "lakh": r"(?:lakhs?|lacs?)(?![^\W\d_])|(?=LPA\b|lpa\b)|L(?![^\W\d_])",
    "crore": r"crores?\b|Cr\b",
    "wan": r"万円?|萬|만\s?원?|w(?=/)",
    "million": r"(?:million|millions|mio|mill?|mn|mm|MM|m|M)(?![^\W\d_])\.?|M(?=€|\$|EUR|£)",
    "huge": r"(?:billions?|bn|B|b|bio|trillions?|T|milliards?|Mds?|Mrd|Milliarden|Millionen)(?![^\W\d_])",
}
FACTOR = {"k": 1e3, "thousand": 1e3, "lakh": 1e5, "crore": 1e7, "wan": 1e4, "million": 1e6, "huge": 1e9}
# Currencies in which a month's or year's pay is said in millions.
_IN_MILLIONS = frozenset("JPY KRW HUF IDR VND COP CLP ARS CRC NGN".split())
# Names of retirement plans, not sums: 401k, 403b.
_PLANS = frozenset((401.0, 403.0, 457.0))


@dataclass(slots=True)
class Amount:
    """One number read as a possible sum of money. `value` is before its multiplier `factor` is applied."""

    value: float
    start: int
    end: int
    mark: Mark | None = None
    factor: str | None = None
    period: str | None = None
    is_plus: bool = False
    is_percent: bool = False
    is_mark_behind: bool = False
    digits: int = 0
    number_end: int = 0

    @property
    def money(self) -> float:
        """The amount in units of its currency."""
        return self.value * FACTOR[self.factor] if self.factor else self.value


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    any_mark = alternatives(marks())
    mark_after = any_mark.replace(
        "(?<![^\\W\\d_])", ""
    )  # "45KEUR", "40 000euros": nothing need part it from the number
    factors = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FACTORS.items())
    return _Patterns(
        before=re.compile(rf"(?:({any_mark})){_SPACE}?[~≈≃]?:?{_SPACE}?$"),
        after=re.compile(
            rf"(?:[.,][-–—]{{1,2}}|\.–)?(?P<plus>\+)?{_SPACE}?(?:{factors})?(?:{_SPACE}?(?P<mark>{mark_after})(?!\d))?"
            rf"(?:(?<=[kK])?{_SPACE}?(?P<late>[kK])(?![^\W\d_]))?(?P<again>(?<=\S)\+|(?<=\s)\+(?! ?[^\W_]))?(?P<percent>{_SPACE}?%)?"
        ),
    )


def scan(text: str) -> Iterator[Amount]:
    """Yield the numbers of a text that could be money, in order of position. Linear in the text's length."""
    reach = 0
    for match in _NUMBER.finditer(text):
        if match.start() < reach:
            continue
        amount = _read(text, match)
        if amount is not None:
            reach = amount.end
            yield amount


def _read(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    value = to_number(match.group())
    if value is None:
        return None
    amount = Amount(value, start, end, digits=sum(map(str.isdigit, match.group())), number_end=end)
    _look_before(text, amount)
    if amount.start == start and start and _is_part_of_a_word(text, start):
        return None
    _look_after(text, amount)
    return amount if _could_be_money(amount) else None


def _is_part_of_a_word(text: str, start: int) -> bool:
    before = text[start - 1]
    return (
        before.isalpha()
        and not text[max(0, start - 8) : start].isupper()
        or before in "_@#"
        or text[start - 2 : start] == "C+"
    )


def _look_before(text: str, amount: Amount) -> None:
    low = max(0, amount.start - 8)
    match = _patterns().before.search(text, low, amount.start)
    if match:
        amount.mark = marks().get(match.group(1)) or marks().get(_spaced(match.group(1)))
        amount.start = match.start()


def _look_after(text: str, amount: Amount) -> None:
    match = _patterns().after.match(text, amount.end)
    if match is None:
        return
    factor = next((name for name in _FACTORS if match.group(name) is not None), None)
    after = match.group("mark")
    if after is not None:
        late = marks().get(after) or marks().get(_spaced(after))
        if late and not (amount.mark and late.form == "word"):
            amount.is_mark_behind = amount.mark is None
            amount.mark = late if late.form != "symbol" or amount.mark is None else amount.mark
    amount.factor = factor or ("k" if match.group("late") and after else None)
    amount.is_plus = bool(match.group("plus") or match.group("again"))
    amount.is_percent = bool(match.group("percent"))
    amount.end = _trimmed(text, amount.end, match)
    found = periods.after(text, amount.end)
    if found and (amount.mark or amount.factor or found[0] != "month" or amount.digits > 2):
        amount.period, amount.end = found


def _trimmed(text: str, at: int, match: re.Match[str]) -> int:
    end = match.end()
    while end > at and text[end - 1] in " \u00a0\u202f\u2009":
        end -= 1
    return end


def _spaced(form: str) -> str:
    return f"{form[:3]} {form[3:].strip()}" if len(form) > 3 else form


def _could_be_money(amount: Amount) -> bool:
    if amount.is_percent or amount.factor == "huge":
        return amount.is_percent
    if amount.factor == "million" and (amount.mark is None or amount.mark.code not in _IN_MILLIONS):
        amount.is_percent = True  # a blocker: it may not pair with a neighbour into a range
        return True
    if amount.mark is None and amount.factor == "k" and amount.value in _PLANS:
        return False
    if amount.mark is None and amount.factor is None and amount.period is None:
        return amount.money < 1e8
    return amount.money < 1e12


def to_number(written: str) -> float | None:
    """Return the value of a written number in any grouping style; None for what is not one.

    "1.130.000", "12,00,000", "110'000", "7 916,66" and "108,500.00" are read; "0.125" is no grouping.
    """
    body, cents = written, ""
    tail = re.search(r"[.,](\d{1,2})$", written)
    if tail:
        body, cents = written[: tail.start()], tail.group(1)
    if body.startswith("0") and len(body) > 1:
        return None
    digits = re.sub(r"\D", "", body)
    return float(f"{digits}.{cents or 0}") if digits else None
