"""Reasons in words: those the record keeps in English, said in French, and why a candidate for a fact lost."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_RIVALS = Path(__file__).parent / "reference" / "rival_reasons.csv"
_QUOTES = {"en": "{} (“{}”)", "fr": "{} (« {} »)"}

# What is not matched stays as it is: host names, error classes and the words of a server have no language.
_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), french)
    for pattern, french in (
        (r"^The crawl was stopped before it ended", "La collecte a été arrêtée avant la fin"),
        (r"^The crawl ended early: ", "La collecte a fini trop tôt : "),
        (r"^the crawl ended before its answer was read", "la collecte a fini avant que sa réponse soit lue"),
        (
            r"\bthe crawl was stopped while it waited to ask again",
            "la collecte a été arrêtée pendant l'attente",
        ),
        (r"^None of (\d+) boards could be read\.", r"Aucune des \1 listes n'a pu être lue."),
        (r" The first, (\S+): ", r" La première, \1 : "),
        (r"\bpage (\d+) of the thread index: ", r"page \1 de l'index des fils : "),
        (r"\bthe thread index: ", "l'index des fils : "),
        (r"^An import closes nothing", "Un import ne ferme rien"),
        (r"^no reason given", "aucune raison indiquée"),
        (
            r"^Snapshots that could not be read: (\d+); the first, (\S+) (\S+) of (\S+): ",
            r"Instantanés illisibles : \1 ; le premier, \2 \3 du \4 : ",
        ),
        (r"Snapshots not played back this time: (\d+)\.", r"Instantanés non rendus cette fois : \1."),
        (
            r"Requests sent: (\d+); boards left for the next walk: (\d+)\.",
            r"Requêtes envoyées : \1 ; listes laissées à la prochaine visite : \2.",
        ),
        (r"^the archive asks for a pause: ", "l'archive demande une pause : "),
        (r"^the archive's index does not answer: ", "l'index de l'archive ne répond pas : "),
        (r"^the archive's index cannot be read: ", "l'index de l'archive est illisible : "),
        (r"\bno snapshot came: ", "aucun instantané n'est venu : "),
        (r"\bthe archive leads to another address", "l'archive mène à une autre adresse"),
        (r"\bthe archive leads in circles", "l'archive tourne en rond"),
        (r"\bthe snapshot is of another address", "l'instantané est celui d'une autre adresse"),
        (r"^snapshot of the web archive", "instantané de l'archive du web"),
        (
            r"\bthe archive holds the board's page, which closes nothing",
            "l'archive tient la page de la liste, qui ne ferme rien",
        ),
        (
            r"\bonly the first page of the listing was archived",
            "seule la première page de la liste a été archivée",
        ),
        (r"\bdisallowed by robots\.txt", "interdit par robots.txt"),
        (
            r"\brobots\.txt could not be read, so nothing was asked: ",
            "robots.txt n'a pas pu être lu, rien n'a donc été demandé : ",
        ),
        (r"\(asks to wait ([^)]*)\)", r"(demande d'attendre \1)"),
        (r"\bThe site answered HTTP (\d+)", r"Le site a répondu HTTP \1"),
        (r"(\S+) is not a host of the source's card", r"\1 n'est pas un hôte de la fiche de la source"),
        (r"\bnested too deeply", "imbriqué trop profondément"),
        (r"^no token was given for the key: ", "aucun jeton n'a été donné pour la clé : "),
        (
            r"\bthe site reserves its pages against text and data mining \(TDM-Reservation\)",
            "le site réserve ses pages contre la fouille de textes et de données (TDM-Reservation)",
        ),
        (
            r"^only (\d+) of (\d+) linked pages were asked for",
            r"seulement \1 des \2 pages liées ont été demandées",
        ),
        (
            r"\bmay not be asked: (\S+) is no public host",
            r"ne peut être demandée : \1 n'est pas un hôte public",
        ),
        (r"\bmay not be asked: ", "ne peut être demandée : "),
        (r"\bthe page's JSON-LD cannot be read", "le JSON-LD de la page est illisible"),
        (r"^page (\d+): unreadable way on: ", r"page \1 : suite illisible : "),
        (r"^page (\d+): ", r"page \1 : "),
        (
            r"\bthe crawl was stopped before its next page",
            "la collecte a été arrêtée avant la page suivante",
        ),
        (r"\bmore than (\d+) pages$", r"plus de \1 pages"),
        (
            r"^the platform shows at most (\d+) postings of a board",
            r"la plateforme montre au plus \1 annonces d'une liste",
        ),
        (r"^(\d+) postings are declared, (\d+) came", r"\1 annonces sont déclarées, \2 sont venues"),
        (r"^the listing is well-formed and empty", "la liste est bien formée et vide"),
        (
            r"\bthe XML declares a document type, which the feed does not",
            "le XML déclare un type de document, ce que le flux ne fait pas",
        ),
        (
            r"\b(\d+) of (\d+) open postings of the source would close at once: ",
            r"\1 annonces en ligne de la source sur \2 disparaîtraient d'un coup : ",
        ),
        (
            r"\b(\d+) of (\d+) open postings would close at once: ",
            r"\1 annonces en ligne sur \2 disparaîtraient d'un coup : ",
        ),
        (r"waits for a second listing$", "attend un second relevé"),
        (r"the next listing did not bear it out$", "le relevé suivant ne l'a pas confirmé"),
        (r"^partial$", "réponse partielle"),
        (r"^empty$", "réponse vide"),
        (r"^failed$", "échec"),
        (r"^blocked$", "accès bloqué"),
        (r"^bounds more than (\d+) to 1 apart", r"bornes à plus de \1 pour 1 l'une de l'autre"),
        (r"^below (\d+) USD (?:a|per) year", r"moins de \1 USD par an"),
        (r"^above (\d+) USD (?:a|per) year", r"plus de \1 USD par an"),
    )
)


def reason_in(lang: str, reason: str) -> str:
    """`reason` in a language (en or fr) as far as its words are ours."""
    if lang != "fr":
        return reason
    for pattern, french in _FRENCH:
        reason = pattern.sub(french, reason)
    return reason


def why_lost(lang: str, fact: str, reason: str, cue: str | None = None) -> str:
    """Why a candidate for `fact` lost, in a language (en or fr), with the words that decided; `reason` as in
    reference/rival_reasons.csv, by itself where it is not there (a release of other rules).
    """
    sentence = rival_reasons().get((fact, reason), {}).get(lang, reason)
    return _QUOTES[lang].format(sentence, reason_in(lang, cue)) if cue else sentence


@cache
def rival_reasons() -> dict[tuple[str, str], dict[str, str]]:
    """(fact, reason) to the sentence by language: en and fr."""
    with _RIVALS.open(encoding="utf-8", newline="") as file:
        return {
            (row["fact"], row["reason"]): {"en": row["en"], "fr": row["fr"]} for row in csv.DictReader(file)
        }
