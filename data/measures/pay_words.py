"""Sentences about pay, made from the cells of a measure's row and nothing else (English, French)."""

from __future__ import annotations

from typing import Any

from data.measures.coverage import Withheld

# Criterion of claims.CRITERIA -> what an opening that meets it does: English, French (plural).
_MEETS: dict[str, dict[str, str]] = {
    "upper_reaches_low": {
        "en": "offer {low} or more at the top of their range",
        "fr": "proposent {low} ou plus en haut de leur fourchette",
    },
    "lower_reaches_low": {
        "en": "offer {low} or more at the bottom of their range",
        "fr": "proposent {low} ou plus dès le bas de leur fourchette",
    },
    "upper_reaches_high": {
        "en": "offer {high} or more at the top of their range",
        "fr": "proposent {high} ou plus en haut de leur fourchette",
    },
    "range_inside": {
        "en": "state a range wholly within {low} to {high}",
        "fr": "indiquent une fourchette toute entière entre {low} et {high}",
    },
}
_SHARE = {
    "en": "Of {n} openings of {employers} known employers whose stated pay can tell, {k} ({share} %, 95 % interval "
    "{share_employer_low} to {share_employer_high}) {meets}.",
    "fr": "Sur {n} postes de {employers} employeurs connus dont la rémunération indiquée permet de le dire, {k} "
    "({share}\u00a0%, intervalle à 95\u00a0% de {share_employer_low} à {share_employer_high}) {meets}.",
}
_ALL = {
    "en": "Of all {n_all} openings it is between {worst_low} % if no other did and {worst_high} % if every other did.",
    "fr": "Sur l'ensemble des {n_all} postes, c'est entre {worst_low}\u00a0% si aucun autre ne le faisait et {worst_high}\u00a0% "
    "si tous les autres le faisaient.",
}
_VERDICT = {
    ("most", True): {
        "en": "Most openings do, whatever the silent ones pay.",
        "fr": "La plupart le font, quoi que paient les postes silencieux.",
    },
    ("few", True): {
        "en": "Most openings do not, whatever the silent ones pay.",
        "fr": "La plupart ne le font pas, quoi que paient les postes silencieux.",
    },
    ("most", False): {
        "en": "Most openings that state pay do; the silent ones could turn this.",
        "fr": "La plupart de ceux qui l'indiquent le font\u00a0; les silencieux pourraient renverser ce constat.",
    },
    ("few", False): {
        "en": "Most openings that state pay do not; the silent ones could turn this.",
        "fr": "La plupart de ceux qui l'indiquent ne le font pas\u00a0; les silencieux pourraient renverser ce constat.",
    },
    ("open", False): {
        "en": "Too few state pay to say whether most do.",
        "fr": "Trop peu l'indiquent pour dire si la plupart le font.",
    },
}
_NARROW_SPACE = "\u202f"


def amount(value: float, currency: str, lang: str) -> str:
    """A yearly amount: "USD 175,000", "175 000 USD" (`lang`: en or fr)."""
    whole = _whole(value, lang)
    return f"{currency} {whole}" if lang == "en" else f"{whole}\u00a0{currency}"


def _whole(value: float, lang: str) -> str:
    return f"{value:,.0f}" if lang == "en" else f"{value:,.0f}".replace(",", _NARROW_SPACE)


def _percent(share: float, lang: str) -> str:
    """In percent; with one decimal where a whole number would say none or all of what is some."""
    is_edge = 0 < share < 0.01 or 0.99 < share < 1
    text = f"{100 * share:.{1 if is_edge else 0}f}"
    return text if lang == "en" else text.replace(".", ",")


def claim_sentence(row: dict[str, Any], currency: str, lang: str) -> str:
    """A row of headline_check in words: share, interval, worst cases, verdict; or that the data is not enough."""
    low, high = (amount(row[end], currency, lang) for end in ("low", "high"))
    meets = _MEETS[row["criterion"]][lang].format(low=low, high=high)
    if row["withheld"] is not None:
        asked = {
            "en": "How many openings {} cannot be said: {}.",
            "fr": "Combien de postes {} ne peut être dit\u00a0: {}.",
        }
        return asked[lang].format(meets, Withheld(row["withheld"]).sentence(lang, int(row["n_figures"])))
    parts = ("share", "share_employer_low", "share_employer_high", "worst_low", "worst_high")
    counts = {"n": "n_figures", "k": "n_reach", "n_all": "n_openings", "employers": "n_employers"}
    values = {name: _percent(row[name], lang) for name in parts} | {"meets": meets}
    values |= {name: _whole(row[column], lang) for name, column in counts.items()}
    sentences = (_SHARE, _ALL, _VERDICT[row["verdict"], row["is_sure"]])
    return " ".join(one[lang].format(**values) for one in sentences)
