"""Amounts: numbers that could be money, with the currency, multiplier and period written beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.parse.folding import digit_runs
from nlp.parse.pay import periods
from nlp.parse.pay.currency import Mark, marks

_SPACE = "[ \u00a0\u202f\u2009]"
# Grouped by spaces, grouped by marks (also the Indian 12,00,000), or plain; always matched at the start of a run.
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d{1,3}(?:[,.'’‘]\d{2,3})*[,.'’‘]\d{3}(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,10}(?:[.,]\d{1,2})?(?!\d)"
)
_NO_DIGIT = re.compile(r"\D")
_CENTS = re.compile(r"[.,](\d{1,2})\Z")
_NO_CENTS = re.compile(r"[.,][-–—]{1,2}")
_SIGN = re.compile(rf"(?P<plus>\+| \+(?! ?[^\W_]))|{_SPACE}?(?P<percent>%)")
_LATE_K = re.compile(rf"{_SPACE}?[kK](?![^\W\d_])")
_SPACES = frozenset(" \u00a0\u202f\u2009")
_ODD = frozenset(".,")
_PERIOD_FIRST = frozenset(" \u00a0\u202f/phw,(")
_BETWEEN = " \u00a0\u202f\u2009~≈≃:"
# What is counted in most adverts, in words that begin neither a currency nor a period; a percentage has neither.
_COUNTED = re.compile(
    rf"(?P<percent>{_SPACE}?%)|[ -]?(?:years?|yrs?|days|hours|weeks|months|minutes|people|countries|ans|jours|heures|mois|personnes)\b"
)
_FACTORS = {
    "k": r"[kK](?![^\W\d_])|[kK][eE](?![^\W\d_])|[kK](?=(?:€|\$|£|EUR|USD|GBP|CHF|CAD|PLN|AUD|SEK|euros?|per|p\.a|pa|OTE|yr|brut)(?:[^a-z]|\b))",
    "thousand": r"thousand|tys\.?|tis\.?|тыс\.?|mil(?=\s?(?:€|euros|EUR))|[tT](?=€|EUR\b| €)",
    "lakh": r"(?:[Ll]akhs?|LAKHS?|[Ll]acs?)(?![^\W\d_])|(?=LPA\b|lpa\b)|L(?![^\W\d_])",
    "crore": r"[Cc]rores?\b|Cr\b",
    "cent": r"(?:¢|cents?\b)",
    "wan": r"万|萬|만|w(?=/)",
    "million": r"(?:million|millions|mio|mill?|mn|mm|MM|m|M)(?![^\W\d_])\.?|M(?=€|\$|EUR|£)",
    "huge": r"(?:billions?|bn|B|b|bio|trillions?|T|milliards?|Mds?|Mrd|Milliarden|Millionen)(?![^\W\d_])",
}
_FACTOR = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _FACTORS.items()))
_FACTOR_FIRST = frozenset("kKtтTmMlLcC¢w万萬만bB")
FACTOR = {
    "k": 1e3,
    "thousand": 1e3,
    "lakh": 1e5,
    "crore": 1e7,
    "cent": 1e-2,
    "wan": 1e4,
    "million": 1e6,
    "huge": 1e9,
}
# Currencies in which a month's or year's pay is said in millions.
_IN_MILLIONS = frozenset(["JPY", "KRW", "HUF", "IDR", "VND", "COP", "CLP", "ARS", "CRC", "NGN"])
# Scripts from here on (Chinese, Japanese, Korean) put no blanks between words and numbers.
_IDEOGRAPHS = "\u2e80"
# Why a number itself can be no pay.
PERCENT, MILLIONS, PLAN = "percent", "millions", "retirement_plan"
# Names of retirement plans, not sums: 401k, 403b.
_PLANS = frozenset((401.0, 403.0, 457.0))


@dataclass(slots=True)
class Amount:
    """One number read as a possible sum of money. `value` is before its multiplier `factor` is applied.

    `blocked` says why the number itself can be no pay: it is kept so that it parts its neighbours.
    """

    value: float
    start: int
    end: int
    mark: Mark | None = None
    factor: str | None = None
    period: str | None = None
    is_plus: bool = False
    blocked: str | None = None
    is_mark_behind: bool = False
    digits: int = 0
    number_end: int = 0

    @property
    def is_bare(self) -> bool:
        """Neither a currency, nor a multiplier, nor a period stands beside it."""
        return self.mark is None and self.factor is None and self.period is None

    @property
    def money(self) -> float:
        """The amount in units of its currency."""
        return self.value * FACTOR[self.factor] if self.factor else self.value


@cache
def _openers() -> frozenset[str]:
    """Return what the characters behind a number begin with where they say anything of it."""
    return _SPACES | _ODD | _FACTOR_FIRST | _PERIOD_FIRST | frozenset("+%") | {form[0] for form in marks()}


@cache
def _by_letters(*, is_end: bool) -> dict[str, tuple[tuple[str, Mark], ...]]:
    """Return the currency marks by their last or first two letters (or only one), the longest first."""
    found: dict[str, tuple[tuple[str, Mark], ...]] = {}
    for form, mark in sorted(marks().items(), key=lambda item: -len(item[0])):
        letters = form[-2:] if is_end else form[:2]
        found[letters] = (*found.get(letters, ()), (form, mark))
    return found


def scan(text: str) -> Iterator[Amount]:
    """Yield the numbers of a text that could be money, in order of position. Linear in the text's length."""
    reach = 0
    for start in digit_runs(text):
        if start < reach:
            continue
        match = _NUMBER.match(text, start)
        if match is None:
            continue
        reach = match.end()
        amount = _read(text, match)
        if amount is not None:
            reach = amount.end
            yield amount


def _read(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    written = match.group()
    value = to_number(written)
    if value is None:
        return None
    digits = len(written) if written.isdecimal() else sum(map(str.isdecimal, written))
    amount = Amount(value, start, end, digits=digits, number_end=end)
    _look_before(text, amount)
    is_glued = amount.start == start and start > 0 and _is_part_of_a_word(text, start)
    if is_glued and amount.digits < 3:
        return None
    if amount.mark is None and not is_glued and _is_plain(text, amount):
        return amount
    _look_after(text, amount)
    if is_glued and amount.mark is None:
        return None
    return amount if _could_be_money(amount) else None


def _is_plain(text: str, amount: Amount) -> bool:
    """Say whether nothing behind a number can make it money: most numbers are dismissed here, at a glance."""
    at = amount.end
    if text[at : at + 1] == "+":
        at += 1
    counted = _COUNTED.match(text, at)
    if counted is None and text[at : at + 1] in _openers():
        return False
    if counted is not None and counted.lastgroup:
        amount.blocked, amount.end = PERCENT, counted.end()
        return True
    amount.is_plus, amount.end = at > amount.end, at
    return amount.value < 1e8


def _is_part_of_a_word(text: str, start: int) -> bool:
    before = text[start - 1]
    if before == " ":
        return False
    return (
        (before.isalpha() and before < _IDEOGRAPHS and not text[max(0, start - 8) : start].isupper())
        or before in "_@#"
        or text[start - 2 : start] == "C+"
    )


def _look_before(text: str, amount: Amount) -> None:
    first = at = amount.start
    while at and first - at < 3 and text[at - 1] in _BETWEEN:
        at -= 1
    if not at:
        return
    ends = _by_letters(is_end=True)
    for form, mark in ends.get(text[max(0, at - 2) : at], ()) + ends.get(text[at - 1], ()):
        start = at - len(form)
        if start >= 0 and text.startswith(form, start) and not _joins_a_word(text, start):
            if form == "R" and amount.digits < 4:
                return  # a rand, or part of a name: "R2"
            amount.mark, amount.start = mark, start
            return


def _joins_a_word(text: str, start: int) -> bool:
    return start > 0 and text[start].isalpha() and text[start - 1].isalpha()


def _look_after(text: str, amount: Amount) -> None:
    """Read what follows the number: dash for no cents, plus, multiplier, currency, percent sign, period."""
    at = amount.end
    if text[at : at + 1] in _ODD and (dash := _NO_CENTS.match(text, at)):
        at = dash.end()
    if text[at : at + 1] == "+":
        amount.is_plus, at = True, at + 1
    at = _look_for_factor(text, amount, at)
    if text[at : at + 1] == "+" and amount.factor:  # "65k+ EUR"
        amount.is_plus, at = True, at + 1
    at = _look_for_mark(text, amount, at)
    if (sign := _SIGN.match(text, at)) is not None:
        amount.blocked = PERCENT if sign.group("percent") else None
        amount.is_plus, at = amount.is_plus or sign.group("plus") is not None, sign.end()
    amount.end = at
    if amount.mark or amount.factor or text[at : at + 1] in _PERIOD_FIRST:
        _look_for_period(text, amount)


def _look_for_factor(text: str, amount: Amount, at: int) -> int:
    start = at + (text[at : at + 1] in _SPACES)
    if text[start : start + 1] not in _FACTOR_FIRST:
        return at
    match = _FACTOR.match(text, start)
    if match is None or match.lastgroup is None:
        return at
    amount.factor = match.lastgroup
    return match.end()


def _look_for_mark(text: str, amount: Amount, at: int) -> int:
    start = at + (text[at : at + 1] in _SPACES)
    starts = _by_letters(is_end=False)
    for form, mark in starts.get(text[start : start + 2], ()) + starts.get(text[start : start + 1], ()):
        if text.startswith(form, start) and not _runs_on(text, start + len(form)):
            return _take_mark(text, amount, mark, start + len(form))
    return at


def _runs_on(text: str, end: int) -> bool:
    """A currency is cut out of a longer word, or belongs to the number that follows it."""
    following = text[end : end + 1]
    return following.isdigit() or (following.isalpha() and text[end - 1].isalpha())


def _take_mark(text: str, amount: Amount, mark: Mark, end: int) -> int:
    late = _LATE_K.match(text, end)
    if late and amount.factor is None:
        amount.factor, end = "k", late.end()
    if amount.mark is not None and mark.form == "word":
        return end
    amount.is_mark_behind = amount.mark is None
    if amount.mark is None or mark.form != "symbol":
        amount.mark = mark
    return end


def _look_for_period(text: str, amount: Amount) -> None:
    found = periods.after(text, amount.end)
    if found and (not amount.is_bare or found[0] != "month" or amount.digits > 2):
        amount.period, amount.end = found


def _could_be_money(amount: Amount) -> bool:
    if amount.mark is not None and amount.mark.code == "PHP" and amount.value < 100 and amount.factor is None:
        return False  # the programming language and its version
    if amount.blocked:
        return True
    amount.blocked = _nature(amount)
    if amount.blocked:
        return True
    if amount.is_bare:
        return amount.money < 1e8
    return amount.money < 1e12


def _nature(amount: Amount) -> str | None:
    """Why the written number itself is no pay: millions, or the name of a retirement plan."""
    code = amount.mark.code if amount.mark else None
    if amount.factor == "huge" or (amount.factor == "million" and code not in _IN_MILLIONS):
        return MILLIONS
    is_plan = amount.mark is None and amount.factor == "k" and amount.value in _PLANS
    return PLAN if is_plan else None


def to_number(written: str) -> float | None:
    """Return the value of a written number in any grouping style; None for what is not one.

    "1.130.000", "12,00,000", "110'000", "7 916,66" and "108,500.00" are read; "0.125" is no grouping.
    """
    body, cents = written, ""
    if written.isdigit():
        return None if written[0] == "0" and len(written) > 1 else float(written)
    tail = _CENTS.search(written)
    if tail:
        body, cents = written[: tail.start()], tail.group(1)
    if body.startswith("0") and len(body) > 1:
        return None
    digits = _NO_DIGIT.sub("", body)
    return float(f"{digits}.{cents or 0}") if digits else None
