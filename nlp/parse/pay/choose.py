"""Chooses the main pay of an advert: the base pay of its most relevant role."""

import re
from collections.abc import Sequence

from nlp.parse.pay.currency import scale_of
from nlp.parse.pay.types import Pay
from nlp.parse.places import find_places

_ORDER = ("base", "ote", "piece", "stipend")
_LABEL = 90
_ZONE = re.compile(
    r"\b(?:tier|zone|geo|region|metros?|bay area|remote|based in|locations?|locals?|elsewhere|other (?:states|areas|cities)"
    r"|cost of living|labor market)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\n;|•*]|[.!?] ")
_WORD = re.compile(r"[^\W\d_]{2,}")


def main_pay(pays: Sequence[Pay], *, title: str | None = None, text: str | None = None) -> int | None:
    """Return the index of the base pay of the first role offered, None without any unflagged one.

    A range is preferred to a single figure of the same currency and period that comes before it. With the advert's
    `text`, ranges labelled by places or zones, or told once in each currency, yield the widest of them, and ranges labelled by roles or levels the one
    whose label the `title` holds.
    """
    for kind in _ORDER:
        candidates = [i for i, pay in enumerate(pays) if pay.kind == kind and pay.flag is None]
        if candidates:
            first = _first_range(pays, candidates)
            rivals = [i for i in candidates if i >= first and _alike(pays[i], pays[first])]
            return _labelled(pays, rivals, title, text) if text and len(rivals) > 1 else first
    return None


def _first_range(pays: Sequence[Pay], candidates: Sequence[int]) -> int:
    first = pays[candidates[0]]
    alike = (i for i in candidates if (pays[i].currency, pays[i].period) == (first.currency, first.period))
    return (
        next((i for i in alike if pays[i].bound == "range"), candidates[0])
        if first.bound == "point"
        else candidates[0]
    )


def _alike(pay: Pay, first: Pay) -> bool:
    return pay.bound == first.bound == "range" and pay.period == first.period


def _labelled(pays: Sequence[Pay], rivals: Sequence[int], title: str | None, text: str) -> int:
    first = _once_a_currency(pays, rivals)
    if first:
        return max(first, key=lambda i: (_width(pays[i]), -i))
    labels = {i: _label(text, pays[i]) for i in rivals}
    if all(_is_place(label) for label in labels.values()):
        return max(rivals, key=lambda i: (_width(pays[i]), -i))
    words = set(_WORD.findall((title or "").lower()))
    named = {i: set(_WORD.findall(label.lower())) for i, label in labels.items()}
    told = [i for i in rivals if len(named[i]) > 1 and named[i] <= words]
    return max(told, key=lambda i: (len(named[i]), -i), default=rivals[0])


def _once_a_currency(pays: Sequence[Pay], rivals: Sequence[int]) -> Sequence[int]:
    """The first role's ranges where each role tells one in every currency ("£80-100k … $130-170k", then the next role's)."""
    currencies = [pays[i].currency for i in rivals]
    n = len(set(currencies))
    is_told_so = n > 1 and len(rivals) % n == 0 and currencies == currencies[:n] * (len(rivals) // n)
    return rivals[:n] if is_told_so else ()


def _width(pay: Pay) -> float:
    """How far a range reaches, in rough US dollars."""
    return ((pay.max or 0) - (pay.min or 0)) / scale_of(pay.currency).per_usd


def _label(text: str, pay: Pay) -> str:
    """The words that stand before a figure in its line or clause."""
    before = text[max(0, pay.start - _LABEL) : pay.start]
    return _PARTS.split(before)[-1].strip(" \t-–—:(,")


def _is_place(label: str) -> bool:
    return bool(label) and (_ZONE.search(label) is not None or bool(find_places(label)))


def main_reasons(
    pays: Sequence[Pay], chosen: int | None = None, *, title: str | None = None
) -> list[str | None]:
    """Return, for each figure, why it is not the main pay: implausible, other_kind, or not_preferred; None for the main one.

    `chosen` is what `main_pay` returned for the advert; without it the choice is made again from `pays` and `title`.
    """
    chosen = main_pay(pays, title=title) if chosen is None else chosen
    kind = None if chosen is None else pays[chosen].kind
    return [None if i == chosen else _lost(pay, kind) for i, pay in enumerate(pays)]


def _lost(pay: Pay, kind: str | None) -> str:
    if pay.flag is not None:
        return "implausible"
    return "not_preferred" if pay.kind == kind else "other_kind"
