"""Finds pay in the text of an advert: candidates by shape, then context decides what each one is."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from data.annualise import annual
from nlp.parse.pay import periods
from nlp.parse.pay.amounts import scan
from nlp.parse.pay.bands import Band, join
from nlp.parse.pay.context import Refusal, Setting, Verdict, judge, period, setting
from nlp.parse.pay.currency import Mark
from nlp.parse.pay.home import Home
from nlp.parse.pay.plausibility import flag
from nlp.parse.pay.types import Pay

_CODE_NEAR = re.compile(
    r"\b(usd|cad|aud|nzd|sgd|hkd|eur|gbp|chf|inr|pln|sek|nok|dkk|brl|mxn|zar|aed|jpy|czk|huf|ron|ils|php|myr|thb|usa|us(?=\)|:|\$|[- ](?:based|only|dollars?|citizens?))|canadian|canada|australian|american)\b"
)
# A text with more numbers, or more sums of money, than this is a table or an attack and no advert: the rest is not read.
MAX_NUMBERS, MAX_JUDGED = 100_000, 500
_NEAR_CODE = {
    "us": "USD",
    "usa": "USD",
    "american": "USD",
    "canadian": "CAD",
    "canada": "CAD",
    "australian": "AUD",
}


def find_pay(
    text: str,
    *,
    country: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    location: str | None = None,
) -> list[Pay]:
    """Return every pay figure of an advert in order of position, each with its span and the rule that read it.

    `country` (ISO 3166 alpha-2, a name, or any words about the place), else `location`, and `lang` (ISO 639-1) decide
    bare currency signs, as do the places in the first line of the text or in `title`; a place named right before a
    figure decides first. Linear in the text's length; never raises.
    """
    home = Home(text, title, country, lang, location)
    read = (read_pay(text, band, verdict, around, home) for band, verdict, around in judged(text))
    return _distinct(pay for pay in read if pay is not None)


def _distinct(pays: Iterable[Pay]) -> list[Pay]:
    """Each figure once: adverts often repeat their pay at the end, or in a second language.

    What is once said to be pay on target is that everywhere.
    """
    first: dict[tuple[object, ...], Pay] = {}
    for pay in pays:
        first.setdefault(same_figure(pay), pay)
    targets = {same_figure(pay)[:-1] for pay in first.values() if pay.kind == "ote"}
    return [pay for pay in first.values() if pay.kind != "base" or same_figure(pay)[:-1] not in targets]


def same_figure(pay: Pay) -> tuple[object, ...]:
    """Return what two mentions of one figure have in common."""
    return pay.min, pay.max, pay.currency, pay.period, pay.kind


def judged(text: str) -> Iterator[tuple[Band, Verdict | Refusal, Setting]]:
    """Yield every band of a text with what its surroundings say of it, in order of position."""
    floor = 0
    for band in islice(join(text, islice(scan(text), MAX_NUMBERS)), MAX_JUDGED):
        around = setting(text, band, floor)
        verdict = judge(band, around)
        yield band, verdict, around
        if isinstance(verdict, Verdict):
            floor = band.end


def read_pay(text: str, band: Band, verdict: Verdict | Refusal, around: Setting, home: Home) -> Pay | None:
    """Return the record of an accepted band, None for a refused one."""
    return _pay(text, band, verdict, around, home) if isinstance(verdict, Verdict) else None


def _pay(text: str, band: Band, verdict: Verdict, around: Setting, home: Home) -> Pay:
    code, source = _currency(band, around, home)
    low, high = band.amounts
    span, how = period(band, around, code, verdict.kind)
    months = periods.months(around.right) if span == "month" else None
    kind = "piece" if span in ("unit", "project") and verdict.kind == "base" else verdict.kind
    start, end = band.start, band.end
    return Pay(
        min=low,
        max=high,
        currency=code,
        period=span,
        kind=kind,
        bound="point" if low == high else band.bound,
        start=start,
        end=end,
        quote=text[start:end],
        rule=f"{band.bound}:{verdict.rule}:period-{how}" + (f":{months:g}-months" if months else ""),
        currency_from=source,
        annual_min=annual(low, span, months=months),
        annual_max=annual(high, span, months=months),
        flag=flag(low, high, span, code, kind),
    )


def _currency(band: Band, around: Setting, home: Home) -> tuple[str | None, str | None]:
    mark = band.parts[-1].mark or band.low.mark
    if mark is not None and not mark.is_bare_dollar:
        return mark.code, mark.form
    near = _near_code(around, mark) or home.of_label(around.line_left, is_dollar=mark is not None)
    if near is not None:
        return near, "near"
    if mark is None:
        return _counted_in(band, home) or home.of_none()
    if around.right.startswith((" equivalent", "equivalent")):
        return "USD", "near"  # "$75 per hour equivalent": paid in any currency, counted in US dollars
    return home.of_dollar(is_behind=band.parts[-1].is_mark_behind)


def _counted_in(band: Band, home: Home) -> tuple[str, str] | None:
    """Lakhs and crores are said of rupees, cents of what is paid at home."""
    factor = band.parts[-1].factor
    if factor == "cent":
        return ("EUR", "place") if home.given == "EUR" else home.of_dollar(is_behind=False)
    return ("INR", "word") if factor in ("lakh", "crore") else None


def _near_code(around: Setting, mark: Mark | None) -> str | None:
    """A currency code in the words around: "(CAD)", "in USD", "Canada-based roles: …"."""
    for words in _codes_near(around):
        found = {_NEAR_CODE.get(word, word.upper()) for word in words}
        if len(found) == 1:
            return _fitting(found.pop(), words[0], mark)
    return None


def _codes_near(around: Setting) -> Iterator[list[str]]:
    """Yield the codes right behind a figure, the last one before it, all before it, and those of the line above."""
    yield _CODE_NEAR.findall(around.right[:14])[:1]
    before = _CODE_NEAR.findall(around.near[-60:])
    if before:
        yield [word for word in before if word not in _NEAR_CODE][-1:]
        yield before
    if not around.line_left.strip():
        yield _CODE_NEAR.findall(around.above[-60:].rstrip().rpartition("\n")[2])


def _fitting(code: str, word: str, mark: Mark | None) -> str | None:
    """Without any sign only a code is believed; a dollar sign stands for dollars and pesos only."""
    if mark is None:
        return code if word not in _NEAR_CODE else None
    return code if code in ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN") else None
