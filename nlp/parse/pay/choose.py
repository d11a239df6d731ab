"""Chooses the main pay of an advert: the base pay of its most relevant role."""

from collections.abc import Sequence

from nlp.parse.pay.types import Pay

_ORDER = ("base", "ote", "piece", "stipend")


def main_pay(pays: Sequence[Pay], *, title: str | None = None) -> int | None:
    """Return the index of the base pay of the first role offered, None without any unflagged one.

    A range is preferred to a single figure of the same currency and period that comes before it.
    """
    for kind in _ORDER:
        candidates = [i for i, pay in enumerate(pays) if pay.kind == kind and pay.flag is None]
        if candidates:
            return _first_range(pays, candidates)
    return None


def _first_range(pays: Sequence[Pay], candidates: Sequence[int]) -> int:
    first = pays[candidates[0]]
    alike = (i for i in candidates if (pays[i].currency, pays[i].period) == (first.currency, first.period))
    return (
        next((i for i in alike if pays[i].bound == "range"), candidates[0])
        if first.bound == "point"
        else candidates[0]
    )


def main_reasons(pays: Sequence[Pay], *, title: str | None = None) -> list[str | None]:
    """Return, for each figure, why it is not the main pay: implausible, other_kind, or not_preferred; None for the main one."""
    chosen = main_pay(pays, title=title)
    kind = None if chosen is None else pays[chosen].kind
    return [None if i == chosen else _lost(pay, kind) for i, pay in enumerate(pays)]


def _lost(pay: Pay, kind: str | None) -> str:
    if pay.flag is not None:
        return "implausible"
    return "not_preferred" if pay.kind == kind else "other_kind"
