"""Labels: pay that a source gives in one line of words of its own, such as France Travail's "Mensuel de 2300.0 Euros"."""

import re
from dataclasses import replace

from data.annualise import annual
from nlp.parse.pay.find import find_pay
from nlp.parse.pay.plausibility import flag
from nlp.parse.pay.types import Pay

_PERIODS = {
    "annuel": "year",
    "mensuel": "month",
    "hebdomadaire": "week",
    "journalier": "day",
    "horaire": "hour",
}
_FORM = re.compile(
    rf"(?P<period>{'|'.join(_PERIODS)}) de (?P<low>\d+(?:[.,]\d+)?) euros?"
    r"(?: à (?P<high>\d+(?:[.,]\d+)?) euros?)?(?: sur (?P<months>\d+(?:[.,]\d+)?) mois)?",
    re.IGNORECASE,
)
_HEADING = "Salary: "


def read_label(label: str, *, country: str | None = None, lang: str | None = None) -> list[Pay]:
    """Return the pay of a label, empty where it states none ("selon profil", "Annuel de 0.0 Euros").

    France Travail's form "Annuel de 30000,00 Euros à 35000,00 Euros sur 12 mois" is read strictly as it says: a year's
    sum under "Mensuel" stays a month's and is flagged, never repaired. Any other words are read as text that stands
    behind "salary", so that a bare "2571.89" is an amount. `start`, `end` and `quote` are empty: the label is no part
    of the advert's text; `rule` begins with "label". Never raises.
    """
    words = label.strip()
    match = _FORM.fullmatch(words)
    if match is not None:
        pay = _of_form(match)
        return [pay] if pay is not None else []
    found = find_pay(_HEADING + words, country=country, lang=lang)
    return [replace(pay, start=0, end=0, quote="", rule=f"label:{pay.rule}") for pay in found]


def _of_form(match: re.Match[str]) -> Pay | None:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    if not low or not high or low > high:
        return None
    period = _PERIODS[match["period"].lower()]
    months = _number(match["months"]) if match["months"] else None
    return Pay(
        min=low,
        max=high,
        currency="EUR",
        period=period,
        kind="base",
        bound="point" if low == high else "range",
        start=0,
        end=0,
        quote="",
        rule="label:france-travail",
        currency_from="field",
        annual_min=annual(low, period, months=months),
        annual_max=annual(high, period, months=months),
        flag=flag(low, high, period, "EUR", "base"),
    )


def _number(written: str) -> float:
    return float(written.replace(",", "."))
