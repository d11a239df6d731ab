"""Bands: amounts joined into ranges, floors and ceilings by the words between and before them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nlp.parse.pay.amounts import Amount
from nlp.parse.pay.currency import DOLLARS, PESOS, Mark

_GROSS = (
    r"(?:(?:gross|brut[es]*|brutto|bruto|per annum|per year|annually|base|salary|OTE)[ \u00a0]{1,2}){0,2}"
)
_DASH = r"-{1,3}|â€“|â€”|\x96|\x97|–|—|−|‐|‑|~|〜|～|→|~>|->"
_WORD = (
    r"to|à|a|bis(?: zu)?|up to|upto|or more up to|until|till?|through|tot|do|til|och|até|hasta|al|et jusqu['’]à|jusqu['’]à|t/m"
    r"|and up to|a maximum of|up to a maximum of"
)
_JOIN = re.compile(
    rf"[\s)]{{0,4}}{_GROSS}(?:[.,;]?\s{{0,2}}(?:{_DASH})|/|\b(?:{_WORD})\b)[\s\u00a0]{{0,4}}"
    r"(?:(?:a |the )?(?:max(?:imum)?\.?(?: of)?|up to|jusqu['’]à|about|around|approx\.?|circa|ca\.)[\s]?)?[(~≈≃<>]?",
    re.IGNORECASE,
)
_MAX = re.compile(
    r"[\s.,;–-]{0,4}(?:and |to )?(?:a )?max(?:imum)?\.?(?: salary| pay)?(?: of)?[:\s]{0,3}", re.IGNORECASE
)
# "… Range Minimum: $90,000 … Range Maximum: $120,000": two lines of a form.
_FROM_MINIMUM = re.compile(
    r"\bmin(?:imum|imale?|\.)?(?: \w+){0,1}[^\w\n]{0,3}\s{0,3}(?:of |de )?\Z", re.IGNORECASE
)
_TO_MAXIMUM = re.compile(r"[^\d]{0,110}\bmax(?:imum|imale?|\.)?(?: \w+)?\W{0,6}(?:of |de )?\Z", re.IGNORECASE)
# "$75,000 base salary and up to $130,000 OTE": two figures of two kinds.
_BASE_THEN = re.compile(r"\b(?:base|fixe|fix)\b", re.IGNORECASE)
_THEN_OTE = re.compile(r"\s?(?:OTE|on[- ]target|total|all[- ]in|with (?:bonus|commission))", re.IGNORECASE)
_UP_TO = re.compile(r"[^.!?;\d\n]{2,80} (?:up )?to ", re.IGNORECASE)
_FAR = 120
_RISING = re.compile(
    r"[;,)]?\s(?:this |which |and )?(?:rising|rises|increasing|increases|going up|goes up|moving) to\s[\s\S]?",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s{1,2}(?:and|et|und|y|e|en|og|och|a|i|oraz|&)\s{1,2}(?:up to |jusqu['’]à )?", re.IGNORECASE
)
_BLANK = re.compile(r"[ \t\u00a0]{2,4}")
_BETWEEN = re.compile(
    r"\b(?:between|betw\.?|entre|zwischen|tussen|mellan|mellem|mellom|fra|od|between:|comprise? entre|ranges? (?:of|from)|ranging (?:from|between)"
    r"|range is|from|de|von|van|tra|między|od)\W{0,3}(?:US|the )?\s?\Z",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"(?:\b(?:from|starting (?:at|from|salary(?: of)?|pay(?: of)?)|starts? (?:at|from)|at least|minimum(?: of)?|min\.?|no less than|not less than|begin(?:s|ning)? (?:at|from)|more than|over|above"
    r"|min(?:imum|\.)? (?:\w+ ){0,2}(?:salary|pay|wage|rate|compensation)(?: of| is)?|ab|mindestens|à partir de|a partir de|apartir de|dès|minimum de|au moins|desde|od|vanaf|från|fra|da|plus de|upwards of|starting"
    r"|north of|partir de|at or above|mindestgehalt(?: von)?)\b|[>≥]=?)[\s:~\u00a0]{0,3}(?:de |d['’]|of |a |the )?\Z",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"(?:\b(?:up to|upto|up to a|as much as|as high as|not to exceed|max(?:imum)?\.?(?: of)?|jusqu['’]à|jusqu['’]a|bis(?: zu)?|hasta|fino a|tot|do|até|under|below|not exceed(?:ing)?"
    r"|can reach|upp till|opp til|op til|to)\b|[<≤]=?)[\s:~\u00a0]{0,3}(?:de |of |a |the )?\Z",
    re.IGNORECASE,
)
# "up to $40,000-50,000": only the larger is a bound of anything.
_UP_TO_RANGE = re.compile(r"\b(?:up to|upto|jusqu['’]à)[\s:\u00a0]{0,3}\Z", re.IGNORECASE)
_AT_MOST = re.compile(
    r"[\s\u00a0]{0,2}(?:(?:HT|bruts?|net)\b[\s\u00a0]{0,2})?(?:max(?:imum|i)?\b|au plus\b|at most\b|höchstens\b)",
    re.IGNORECASE,
)
_APPROX = re.compile(
    r"(?:\b(?:around|about|approx\.?|approximately|environ|circa|ca\.?|roughly)\s|~\s?)\Z", re.IGNORECASE
)
_OR_MORE = re.compile(
    r"\+|[ \t]\+(?! ?[^\W_])|[ \t]?(?:(?:or|and) (?:more|above|up|higher)\b|et plus\b|(?:at )?minimum\b|to start\b(?! with)|\(?min\.?\b)",
    re.IGNORECASE,
)
_BEGINNING = 8
_PAY_WORDS = (
    *(
        "salar",
        "compensation",
        "muneration",
        "munération",
        "pay",
        "rate",
        "wage",
        "tjm",
        "salaire",
        "gehalt",
        "range",
        "ctc",
    ),
    *(
        "package",
        "lohn",
        "loon",
        "lön",
        "wynagr",
        "薪",
        "年収",
        "月給",
        "base",
        "earn",
        "gross",
        "brut",
        "entgelt",
        "stipend",
        "lønn",
    ),
)


@dataclass(slots=True)
class Band:
    """One or two amounts read as one figure, `min` and `max` as written (equal for a point)."""

    low: Amount
    high: Amount | None
    bound: str
    start: int
    end: int
    is_between: bool = False

    @property
    def amounts(self) -> tuple[float | None, float | None]:
        """Lower and upper bound; the missing end of a floor or ceiling is None."""
        if self.high is not None:
            return self.low.money, self.high.money
        return (None if self.bound == "ceiling" else self.low.money), (
            None if self.bound == "floor" else self.low.money
        )

    @property
    def top(self) -> float:
        """The larger amount."""
        return self.high.money if self.high is not None else self.low.money

    @property
    def parts(self) -> tuple[Amount, ...]:
        """The amounts it is made of."""
        return (self.low,) if self.high is None else (self.low, self.high)


def join(text: str, amounts: Iterable[Amount]) -> Iterator[Band]:
    """Yield the bands of a text in order; neighbours are joined when a range word or sign parts them."""
    waiting: Amount | None = None
    for amount in amounts:
        if waiting is None:
            waiting = amount
            continue
        band = _pair(text, waiting, amount)
        if band is not None:
            waiting = None
            yield band
            continue
        if not _is_nothing(text, waiting):
            yield _single(text, waiting)
        waiting = amount
    if waiting is not None and not _is_nothing(text, waiting):
        yield _single(text, waiting)


def _is_nothing(text: str, amount: Amount) -> bool:
    """A percentage, or a bare number with no word of pay before it: most numbers of an advert end here."""
    if amount.blocked or not amount.is_bare:
        return amount.blocked is not None
    if amount.digits < 3 or amount.start <= _BEGINNING:
        return amount.digits < 3
    reach = 160 if amount.digits >= 5 else 60
    before = text[max(0, amount.start - reach) : amount.start].lower()
    return not any(word in before for word in _PAY_WORDS)


def _pair(text: str, low: Amount, high: Amount) -> Band | None:
    gap = high.start - low.end
    if gap < 0 or gap > _FAR or low.blocked or high.blocked:
        return None
    if low.is_bare and high.is_bare and (high.digits < 3 or _is_nothing(text, low)):
        return None
    before = text[max(0, low.start - 24) : low.start]
    is_far = _is_minimum_of(text, low, high, before) or _is_far_range(text, low, high, before)
    if not is_far and (gap > 40 or not _joins(text, low, high, before)):
        return None
    if _are_two_kinds(text, low, high):
        return None
    pair = _shared(low, high)
    if pair is None:
        return None
    is_between = _BETWEEN.search(before) is not None
    if _UP_TO_RANGE.search(before):
        return Band(pair[1], None, "ceiling", _reach_left(text, low.start, _CEILING), high.end)
    start = _reach_left(text, low.start, _BETWEEN) if is_between else _reach_left(text, low.start, _FLOOR)
    return Band(pair[0], pair[1], "range", start, high.end, is_between)


def _joins(text: str, low: Amount, high: Amount, before: str) -> bool:
    between = (low.end, high.start)
    if _JOIN.fullmatch(text, *between) or _MAX.fullmatch(text, *between) or _RISING.fullmatch(text, *between):
        return not (
            low.factor is None
            and low.mark is None
            and low.digits <= 2
            and high.digits == 4
            and high.mark is None
        )
    if _AND.fullmatch(text, *between) and _BETWEEN.search(before):
        return True
    return bool(low.mark and high.mark and _BLANK.fullmatch(text, *between)) and low.money >= 1000


def _is_minimum_of(text: str, low: Amount, high: Amount, before: str) -> bool:
    """The first amount is named the minimum and the second the maximum."""
    return (
        "max" in text[low.end : high.start].lower()
        and _FROM_MINIMUM.search(before) is not None
        and _TO_MAXIMUM.fullmatch(text, low.end, high.start) is not None
    )


def _is_far_range(text: str, low: Amount, high: Amount, before: str) -> bool:
    """ "ranges from $98,000/year in our lowest market up to $193,000/year": two sums of one kind in one clause."""
    is_pair = low.mark is not None and low.mark == high.mark and low.period == high.period and low.money >= 10
    if not is_pair or _UP_TO.fullmatch(text, low.end, high.start) is None:
        return False
    return _BETWEEN.search(before) is not None


def _are_two_kinds(text: str, low: Amount, high: Amount) -> bool:
    return (
        _THEN_OTE.match(text, high.end) is not None
        and _BASE_THEN.search(text, low.end, high.start) is not None
    )


def _shared(low: Amount, high: Amount) -> tuple[Amount, Amount] | None:
    """Let each share the multiplier, currency and period that only the other one shows."""
    if low.mark and high.mark and not _fit(low.mark, high.mark):
        return None
    low = _in_thousands(low, high)
    factor_low, factor_high = _factors(low, high)
    mark = high.mark if high.mark and not high.mark.is_bare_dollar else low.mark or high.mark
    period = high.period or low.period
    first = replace(low, mark=mark, factor=factor_low, period=period)
    second = replace(high, mark=mark, factor=factor_high, period=period)
    if not 0 <= first.money <= second.money or _is_stray(low, first, second):
        return None
    return first, second


def _fit(one: Mark, other: Mark) -> bool:
    """Both are one currency: a bare "$" stands for any dollar or peso, never beside "£"."""
    if one.code == other.code:
        return True
    return any(a.is_bare_dollar and b.code in DOLLARS | PESOS for a, b in ((one, other), (other, one)))


def _in_thousands(low: Amount, high: Amount) -> Amount:
    """The thousands are said once: "60 - 80.000 €", "entre 45 et 50 000 €"."""
    is_short = low.is_bare and low.digits in (2, 3) and high.mark is not None and high.factor is None
    if is_short and high.digits >= 5 and low.value * 1000 <= high.value <= low.value * 3000:
        return replace(low, value=low.value * 1000)
    return low


def _is_stray(low: Amount, first: Amount, second: Amount) -> bool:
    """A small bare number in front of a sum is something else: "GS-13/14 - $96,000", a link's end, a list's number."""
    return low.is_bare and low.digits <= 2 and second.money > 15 * first.money


def _factors(low: Amount, high: Amount) -> tuple[str | None, str | None]:
    if low.factor == high.factor:
        return low.factor, high.factor
    if low.factor is None and low.value < 1000:
        lower = high.factor if low.value <= high.value or low.value * 1000 > high.value else None
        return lower, high.factor
    if high.factor is None and high.value < 1000:
        return low.factor, low.factor
    return low.factor, high.factor


def _single(text: str, amount: Amount) -> Band:
    before = text[max(0, amount.start - 36) : amount.start]
    after = _OR_MORE.match(text, amount.end)
    end = after.end() if after else amount.end
    most = _AT_MOST.match(text, amount.end)
    is_ceiling = most is not None or _CEILING.search(before) is not None
    end = most.end() if most else end
    if (amount.is_plus and not is_ceiling) or after or _FLOOR.search(before):
        return Band(amount, None, "floor", _reach_left(text, amount.start, _FLOOR), end)
    if is_ceiling:
        return Band(amount, None, "ceiling", _reach_left(text, amount.start, _CEILING), end)
    return Band(amount, None, "point", _reach_left(text, amount.start, _APPROX), end)


def _reach_left(text: str, start: int, words: re.Pattern[str]) -> int:
    low = max(0, start - 36)
    match = words.search(text, low, start)
    return match.start() if match else start
