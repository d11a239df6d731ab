"""Candidates: every figure of an advert that looks like money, with what was decided about it and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nlp.parse.pay import cues
from nlp.parse.pay.amounts import Amount, scan
from nlp.parse.pay.bands import Band
from nlp.parse.pay.context import Refusal, Setting, counted_noun, referral
from nlp.parse.pay.find import MAX_NUMBERS, judged, read_pay, same_figure
from nlp.parse.pay.home import Home
from nlp.parse.pay.types import Pay

# Why an accepted figure is left out of the list of an advert's pay, or out of measures.
REPEATED, IMPLAUSIBLE = "repeated", "implausible"
_NEAR, _FAR = 70, 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One figure that looks like money. `text[start:end] == quote`.

    `kind` is what it was read as (base, ote, bonus …), None when it was refused. `reason` says why it was refused or
    lost, None for a figure that stands: a `Refusal` (referral, other_money_before, other_money_after, count,
    bare_number, no_sign_of_pay, zero), what its number is (millions, retirement_plan), `repeated` or `implausible`.
    `cue` is the (start, end) of the words that decided, None where no words did; `pay` is the record of an accepted
    figure (its `rule` and `flag` say the rest).
    """

    start: int
    end: int
    quote: str
    kind: str | None
    reason: str | None
    cue: tuple[int, int] | None
    cue_quote: str | None
    pay: Pay | None


def pay_candidates(
    text: str,
    *,
    country: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    location: str | None = None,
) -> list[Candidate]:
    """Return every candidate of a text in order of position; arguments as in `find_pay`, which reads the same."""
    found = [*_bands(text, Home(text, title, country, lang, location)), *_blocked(text)]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.end))


def _bands(text: str, home: Home) -> Iterator[Candidate]:
    seen: set[tuple[object, ...]] = set()
    for band, verdict, around in judged(text):
        pay = read_pay(text, band, verdict, around, home)
        if pay is None:
            cue = _cue(text, band, around, Refusal(str(verdict)))
            yield _candidate(text, band, reason=str(verdict), cue=cue)
            continue
        repeated = REPEATED if same_figure(pay) in seen else None
        seen.add(same_figure(pay))
        yield _candidate(text, band, reason=repeated or (IMPLAUSIBLE if pay.flag else None), pay=pay)


def _blocked(text: str) -> Iterator[Candidate]:
    """Sums in millions and names of retirement plans; percentages are no money at all."""
    for amount in islice(scan(text), MAX_NUMBERS):
        if amount.blocked and amount.blocked != "percent" and (amount.mark or amount.blocked != "millions"):
            yield _candidate(text, amount, reason=amount.blocked)


def _candidate(
    text: str,
    found: Band | Amount,
    *,
    reason: str | None,
    cue: tuple[int, int] | None = None,
    pay: Pay | None = None,
) -> Candidate:
    return Candidate(
        start=found.start,
        end=found.end,
        quote=text[found.start : found.end],
        kind=pay.kind if pay else None,
        reason=reason,
        cue=cue,
        cue_quote=text[slice(*cue)] if cue else None,
        pay=pay,
    )


def _cue(text: str, band: Band, around: Setting, reason: Refusal) -> tuple[int, int] | None:
    """Where the words stand that refused a band."""
    before = text[max(0, band.low.start - _FAR) : band.low.start]
    behind = text[band.end : band.end + _NEAR]
    if reason is Refusal.OTHER_MONEY_BEFORE:
        return _backwards(before, cues.word(cues.BLOCK, around.near), band.low.start)
    if reason is Refusal.OTHER_MONEY_AFTER:
        return _forwards(behind, cues.opening(cues.BLOCK, around.right), band.end)
    if reason is Refusal.COUNT and (noun := counted_noun(around.right)):
        return _forwards(behind, noun.group(), band.end)
    if reason is Refusal.REFERRAL:
        word = referral(around)
        return _backwards(before, word, band.low.start) or _forwards(behind, word, band.end)
    return None


def _backwards(window: str, word: str, end: int) -> tuple[int, int] | None:
    """The nearest place of a word of small letters in the window that ends at `end`."""
    places = [m.span() for m in re.finditer(re.escape(word), window, re.IGNORECASE)] if word.strip() else []
    return (end - len(window) + places[-1][0], end - len(window) + places[-1][1]) if places else None


def _forwards(window: str, word: str, start: int) -> tuple[int, int] | None:
    """The nearest place of a word of small letters in the window that begins at `start`."""
    match = re.search(re.escape(word.strip()), window, re.IGNORECASE) if word.strip() else None
    return (start + match.start(), start + match.end()) if match else None
