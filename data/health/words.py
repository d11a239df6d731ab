"""The sentences of a source's health, in English and French; numbers and days in each language's way."""

from __future__ import annotations

from typing import Any

from data import wording
from data.reasons import reason_in
from data.wording import LANGUAGES, Sentence

_SAID: dict[str, tuple[str, str]] = {
    "unreached": (
        "{name} could not be reached on {day}: {reason}.",
        "{name} n'a pas pu être jointe le {day} : {reason}.",
    ),
    "silent": (
        "{name} has not given a whole listing for {days} day(s): {reason} on {n} of {boards} board(s).",
        "{name} n'a pas donné de liste entière depuis {days} jour(s) : {reason}, pour {n} liste(s) sur {boards}.",
    ),
    "silent_always": (
        "{name} has not given a whole listing yet: {reason} on {n} of {boards} board(s).",
        "{name} n'a encore donné aucune liste entière : {reason}, pour {n} liste(s) sur {boards}.",
    ),
    "low_held": (
        "{name} lists {share} of its usual {usual} postings: its closings are held back until a second run agrees.",
        "{name} liste {share} de ses {usual} annonces habituelles : leurs fins sont retenues jusqu'à ce qu'un second relevé confirme.",
    ),
    "low_agreed": (
        "{name} lists {share} of its usual {usual} postings, and a second run agreed: what is missing counts as closed.",
        "{name} liste {share} de ses {usual} annonces habituelles, et un second relevé l'a confirmé : ce qui manque compte comme terminé.",
    ),
    "low": (
        "{name} gave {share} of its usual {usual} postings: look at the source before reading this as falling demand.",
        "{name} a donné {share} de ses {usual} annonces habituelles : voyez la source avant d'y lire une baisse de la demande.",
    ),
    "held": (
        "{n} of {boards} boards list far fewer postings than before on {day}: their closings are held back until a second run agrees.",
        "{n} liste(s) sur {boards} donnent bien moins d'annonces qu'avant le {day} : les fins y sont retenues jusqu'à ce qu'un second relevé confirme.",
    ),
    "few": (
        "{name} gave {seen} posting(s) on {day}; at least {expected} are usual.",
        "{name} a donné {seen} annonce(s) le {day} ; il en vient d'ordinaire au moins {expected}.",
    ),
    "unread": (
        "{share} of {name}'s records could not be read since {since}: {fault}; the source may have changed its shape.",
        "{name} : {share} des fiches sont illisibles depuis le {since} ({fault}) ; la source a peut-être changé de forme.",
    ),
    "some_boards": (
        "{n} of {boards} boards gave no whole answer on {day}, mostly: {reason}.",
        "{n} liste(s) sur {boards} sans réponse entière le {day}, surtout : {reason}.",
    ),
    "still_open": (
        "The run that began on {at} UTC has not ended: was the machine switched off?",
        "Le relevé commencé le {at} UTC n'est pas terminé : la machine a-t-elle été éteinte ?",
    ),
    "broken_off": (
        "Its last run, on {day}, ended before it was done: {reason}.",
        "Son dernier relevé, le {day}, s'est arrêté avant la fin : {reason}.",
    ),
    "failed_run": (
        "Its last run, on {day}, failed: {reason}.",
        "Son dernier relevé, le {day}, a échoué : {reason}.",
    ),
    "late": (
        "Overdue since {at} UTC: is the scheduler running?",
        "En retard depuis le {at} UTC : l'ordonnanceur tourne-t-il ?",
    ),
    "never_late": (
        "It never ran; its first run was due on {at} UTC: is the scheduler running?",
        "Jamais relevée ; son premier relevé était prévu le {at} UTC : l'ordonnanceur tourne-t-il ?",
    ),
    "by_design": (
        "Read only in part, by design: {seen} posting(s) of about {listed} on {day}.",
        "Lue en partie seulement, à dessein : {seen} annonce(s) sur environ {listed} le {day}.",
    ),
    "nearly_all": (
        "{n} of {boards} boards answered in full on {day}; the others mostly: {reason}.",
        "{n} listes sur {boards} ont répondu entièrement le {day} ; les autres, surtout : {reason}.",
    ),
    "one_board": (
        "The one board asked on {day} answered in full.",
        "La seule liste relevée le {day} a répondu entièrement.",
    ),
    "all_boards": (
        "All {boards} boards answered in full on {day}.",
        "Les {boards} listes ont répondu entièrement le {day}.",
    ),
    "nothing_asked": (
        "Its last run, on {at} UTC, had nothing to ask.",
        "Son dernier relevé, le {at} UTC, n'avait rien à demander.",
    ),
    "walked": (
        "Its last walk began on {at} UTC; what it read belongs to the boards' own sources.",
        "Son dernier parcours a commencé le {at} UTC ; ce qu'il a lu appartient aux sources des listes.",
    ),
    "imported": (
        "Taken from files, last on {day}.",
        "Reprise de fichiers, la dernière fois le {day}.",
    ),
    "reference": (
        "A table that comes with the program; not collected live.",
        "Une table livrée avec le programme ; pas de relevé en direct.",
    ),
    "archived_only": (
        "Kept in the starter archive; not collected live.",
        "Conservée dans l'archive de départ ; pas de relevé en direct.",
    ),
    "no_files": (
        "Nothing was taken from files under this name.",
        "Rien n'a été repris de fichiers sous ce nom.",
    ),
    "snapshots": (
        "Asked only when you say so; the adverts it shows belong to their own sources.",
        "Interrogée seulement sur votre demande ; les annonces qu'elle montre appartiennent à leurs sources.",
    ),
    "archived": (
        "Not collected live yet: these facts come from an archive or an import.",
        "Pas encore relevée en direct : ces faits viennent d'une archive ou d'un import.",
    ),
    "lacks_key": (
        "Waits for its key: set {keys} in the environment.",
        "Attend sa clé : renseignez {keys} dans l'environnement.",
    ),
    "wants_key": (
        "Asked only with a key of your own in the environment: {keys}.",
        "Interrogée seulement avec votre propre clé dans l'environnement : {keys}.",
    ),
    "page": (
        "Asked only for an address that you name.",
        "Interrogée seulement pour une adresse que vous nommez.",
    ),
    "off": ("Switched off.", "Désactivée."),
    "first_run": ("It never ran; its first run is due on {at} UTC.", "Jamais relevée ; premier relevé prévu le {at} UTC."),
    "never": ("Not collected yet.", "Pas encore relevée."),
}  # fmt: skip


def say(key: str, **values: object) -> Sentence:
    """The sentence `key` in both languages, filled by data.wording.say."""
    return wording.say(_SAID[key], **values)


def named(sentence: str, name: str) -> str:
    """A sentence that says whom it is about."""
    return sentence if name in sentence else f"{name}: {sentence}"


def why(reason: str | None) -> Sentence:
    """A reason of the record in both languages, without the full stop it may end in."""
    words = (reason or "no reason given").rstrip(". ")
    return {lang: reason_in(lang, words) for lang in LANGUAGES}


def fault(field: str, reason: str | None) -> Sentence:
    """What is wrong with a field of a record: `reason` as data.intake words it, with or without the field."""
    words = (reason or "").removeprefix(f"{field}: ")
    if words.startswith("KeyError"):
        return {"en": f"`{field}` is missing", "fr": f"`{field}` manque"}
    return {
        lang: f"`{field}`: {text}" if lang == "en" else f"`{field}` : {text}"
        for lang, text in why(words).items()
    }


def counted(detail: Any) -> Sentence:
    """A data.health.verdict.Detail in words, without its number."""
    if detail.kind == "reject":
        return fault(detail.name, detail.reason)
    if detail.kind == "trouble":
        return why(detail.reason or detail.name)
    return dict.fromkeys(LANGUAGES, detail.name)
