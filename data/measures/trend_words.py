"""The verdict on the trend in words (English, French)."""

from __future__ import annotations

from typing import Any

from data.measures.coverage import Measure, as_date
from data.measures.reasons import Withheld
from data.measures.trend import Verdict
from data.wording import is_missing, month, number, percent, say

_BETWEEN = " (95% interval: {low} to {high})", " (intervalle à 95 % : {low} à {high})"
_SENTENCES: dict[Verdict, tuple[str, str]] = {
    Verdict.UP: (
        f"New openings rise: {{growth}} a month{_BETWEEN[0]}, as a share of all adverts of the same sources.",
        f"Les nouveaux postes augmentent : {{growth}} par mois{_BETWEEN[1]}, rapportés à toutes les annonces des "
        "mêmes sources.",
    ),
    Verdict.DOWN: (
        f"New openings fall: {{growth}} a month{_BETWEEN[0]}, as a share of all adverts of the same sources.",
        f"Les nouveaux postes diminuent : {{growth}} par mois{_BETWEEN[1]}, rapportés à toutes les annonces des "
        "mêmes sources.",
    ),
    Verdict.LEVEL: (
        f"New openings are level, within 5% a month: {{growth}}{_BETWEEN[0]}, as a share of all adverts of the same "
        "sources.",
        f"Les nouveaux postes sont stables, à 5 % près par mois : {{growth}}{_BETWEEN[1]}, rapportés à toutes les "
        "annonces des mêmes sources.",
    ),
    Verdict.NOT_ENOUGH_DATA: (
        "Not enough data for a trend: anything from {low} to {high} a month is possible.",
        "Pas assez de données pour une tendance : tout est possible de {low} à {high} par mois.",
    ),
}
_BASIS = {
    "week": (
        "It rests on {n} new openings in {periods} complete weeks ({since} to {until}).",
        "Fondé sur {n} nouveaux postes en {periods} semaines complètes ({since} à {until}).",
    ),
    "month": (
        "It rests on {n} new openings in {periods} complete months ({since} to {until}).",
        "Fondé sur {n} nouveaux postes en {periods} mois complets ({since} à {until}).",
    ),
}
_POWER = (
    "So much data would find (4 times in 5) a growth of {detectable} a month or more.",
    "Autant de données révéleraient (4 fois sur 5) une croissance de {detectable} par mois ou plus.",
)
_NO_POWER = (
    "So much data could find no growth at all.",
    "Autant de données ne révéleraient aucune croissance.",
)


def trend_sentence(measure: Measure, lang: str) -> str:
    """The verdict of demand.trend in plain sentences (`lang`: en or fr), with what such data could have shown."""
    row = measure.frame.iloc[0].to_dict()
    if not is_missing(row["withheld"]):
        return Withheld(row["withheld"]).sentence(lang, int(row["n_openings"]))
    rates = {name: _rate(row[key], lang) for name, key in _RATES.items()}
    days = {name: month(as_date(row[name]), lang) for name in ("since", "until")}
    power = _NO_POWER if is_missing(row["detectable"]) else _POWER
    counts = {"n": int(row["n_openings"]), "periods": int(row["n_periods"])}
    pairs = (_SENTENCES[Verdict(row["verdict"])], _BASIS[row["grain"]], power)
    return " ".join(say(pair, **rates, **days, **counts)[lang] for pair in pairs)


_RATES = {"growth": "growth", "low": "growth_low", "high": "growth_high", "detectable": "detectable"}


def _rate(value: Any, lang: str) -> str:
    """A growth a month with its sign; one decimal below 10 %, no end where it has none."""
    if is_missing(value):
        return {"en": "any", "fr": "n'importe combien"}[lang]
    if value > 10:
        return {"en": f"more than +{percent(10.0, lang)}", "fr": f"plus de +{percent(10.0, lang)}"}[lang]
    digits = 0 if abs(value) >= 0.1 else 1
    sign = "+" if round(100 * value, digits) > 0 else "−" if round(100 * value, digits) < 0 else ""
    return f"{sign}{number(abs(100 * value), lang, digits)}" + {"en": "%", "fr": "\u00a0%"}[lang]
