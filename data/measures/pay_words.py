"""Sentences about pay, made from the cells of a measure's row and nothing else (English, French)."""

from __future__ import annotations

from typing import Any

from data.measures.reasons import Withheld
from data.wording import LANGUAGES, Sentence, money, say

Pair = tuple[str, str]

# Criterion of claims.CRITERIA -> what openings that meet it do (English, French).
_MEETS: dict[str, Pair] = {
    "upper_reaches_low": (
        "{low} or more at the top of the range",
        "{low} ou plus en haut de la fourchette",
    ),
    "lower_reaches_low": (
        "{low} or more at the bottom of the range",
        "{low} ou plus dès le bas de la fourchette",
    ),
    "upper_reaches_high": (
        "{high} or more at the top of the range",
        "{high} ou plus en haut de la fourchette",
    ),
    "range_inside": (
        "a range wholly within {low} to {high}",
        "une fourchette toute entière entre {low} et {high}",
    ),
}
_SHARE: Pair = (
    "Of {n} opening(s) of {employers} known employer(s) whose stated pay can tell, {k} ({share}; 95% interval "
    "{span_low} to {span_high}) stated {meets}.",
    "Sur {n} poste(s) de {employers} employeur(s) connus dont la rémunération indiquée permet de le dire, {k} "
    "({share} ; intervalle à 95 % : {span_low} à {span_high}) indiquaient {meets}.",
)
_ALL: Pair = (
    "Of all {n_all} opening(s) it is between {worst_low} if no other did and {worst_high} if every other did.",
    "Sur l'ensemble des {n_all} postes, c'est entre {worst_low} si aucun autre ne le faisait et {worst_high} si tous "
    "les autres le faisaient.",
)
_VERDICT: dict[tuple[str, bool], Pair] = {
    ("most", True): (
        "Most openings do, whatever the silent ones pay.",
        "La plupart le font, quoi que paient les postes silencieux.",
    ),
    ("few", True): (
        "Most openings do not, whatever the silent ones pay.",
        "La plupart ne le font pas, quoi que paient les postes silencieux.",
    ),
    ("most", False): (
        "Most openings that state pay do; the silent ones could turn this.",
        "La plupart de ceux qui l'indiquent le font ; les silencieux pourraient renverser ce constat.",
    ),
    ("few", False): (
        "Most openings that state pay do not; the silent ones could turn this.",
        "La plupart de ceux qui l'indiquent ne le font pas ; les silencieux pourraient renverser ce constat.",
    ),
    ("open", False): (
        "Too few state pay to say whether most do.",
        "Trop peu l'indiquent pour dire si la plupart le font.",
    ),
}
_UNKNOWN: Pair = (
    "How many openings state {meets} cannot be said: {reason}.",
    "Combien de postes indiquent {meets} ne peut être dit : {reason}.",
)
_SHIFT: Pair = (
    "Of the {n} employer(s) tried, {employer} moves the median of the lower bounds most: by {shift} when left out.",
    "Des {n} employeur(s) essayés, {employer} déplace le plus la médiane des bornes basses : de {shift} sans lui.",
)
_NO_SHIFT: Pair = (
    "No employer gives more than one figure; leaving out any of the {n} tried moves the median of the lower bounds by "
    "{shift} at most.",
    "Aucun employeur ne donne plus d'un chiffre ; retirer l'un des {n} essayés déplace la médiane des bornes basses de "
    "{shift} au plus.",
)


def claim_sentence(row: dict[str, Any], currency: str) -> Sentence:
    """A row of headline_check in words: share, interval, worst cases, verdict; or that the data is not enough."""
    ends = {end: {lang: money(row[end], lang, currency) for lang in LANGUAGES} for end in ("low", "high")}
    meets = say(_MEETS[row["criterion"]], **ends)
    if row["withheld"] is not None:
        reason = {lang: Withheld(row["withheld"]).sentence(lang, int(row["n_figures"])) for lang in LANGUAGES}
        return say(_UNKNOWN, meets=meets, reason=reason)
    counts = {"n": "n_figures", "k": "n_reach", "n_all": "n_openings", "employers": "n_employers"}
    shares = {
        "share": "share",
        "span_low": "share_employer_low",
        "span_high": "share_employer_high",
        "worst_low": "worst_low",
        "worst_high": "worst_high",
    }
    values = {name: int(row[column]) for name, column in counts.items()}
    parts = {name: float(row[column]) for name, column in shares.items()}
    said = [
        say(pair, **values, **parts, meets=meets)
        for pair in (_SHARE, _ALL, _VERDICT[row["verdict"], row["is_sure"]])
    ]
    return {lang: " ".join(sentence[lang] for sentence in said) for lang in LANGUAGES}


def shift_note(employer: str, shift: float, n: int, *, is_one_each: bool) -> Pair:
    """Whose absence moves a median most, and by how much (`shift`: ratio), of `n` employers tried."""
    if is_one_each:
        said = say(_NO_SHIFT, n=n, shift=abs(float(shift)))
    else:
        said = say(_SHIFT, n=n, employer=employer, shift=float(shift))
    return said["en"], said["fr"]
