"""Pay that a source gives in fields of its own: strict reading into the same record as pay found in text."""

from collections.abc import Mapping
from typing import Any

from data.annualise import annual
from nlp.parse.pay.label import read_label
from nlp.parse.pay.plausibility import flag
from nlp.parse.pay.types import Pay


def structured_pay(fields: Mapping[str, Any]) -> list[Pay]:
    """Return the pay of a posting's `pay` field: a list of {min, max, currency, period, kind}.

    Zero means "not given" at the sources and becomes None. An entry without any amount, or whose bounds
    are reversed, is left out. A source that gives its pay in words has an entry {label, country, lang} instead,
    read by `read_label`.
    """
    entries = fields.get("pay") or ()
    return [pay for entry in entries for pay in _pays(entry)]


def _pays(entry: Mapping[str, Any]) -> list[Pay]:
    if "label" in entry:
        return read_label(entry["label"], country=entry["country"], lang=entry["lang"])
    pay = _read(entry)
    return [pay] if pay is not None else []


def _read(entry: Mapping[str, Any]) -> Pay | None:
    low, high = entry.get("min") or None, entry.get("max") or None
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    period, currency, kind = entry.get("period"), entry.get("currency"), entry.get("kind") or "base"
    return Pay(
        min=low,
        max=high,
        currency=currency,
        period=period,
        kind=kind,
        bound=_bound(low, high),
        start=0,
        end=0,
        quote="",
        rule=f"field:{kind}",
        currency_from="field" if currency else None,
        annual_min=annual(low, period),
        annual_max=annual(high, period),
        flag=flag(low, high, period, currency, kind),
    )


def _bound(low: float | None, high: float | None) -> str:
    if low is None:
        return "ceiling"
    if high is None:
        return "floor"
    return "point" if low == high else "range"
