"""What a release says of each source: its terms, its rows, and one sentence on how it is doing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from data.reasons import reason_in
from data.schema import COVERED, Outcome

if TYPE_CHECKING:
    import pandas as pd

Sentence = dict[str, str]
EPOCH = date(1970, 1, 1)


class Card(Protocol):
    """What is read of a source's card (data.reference.Card)."""

    @property
    def label(self) -> str: ...
    @property
    def label_fr(self) -> str | None: ...
    @property
    def kind(self) -> Any: ...
    @property
    def licence(self) -> str: ...
    @property
    def attribution(self) -> Any: ...
    @property
    def terms(self) -> str | None: ...
    @property
    def lifecycle(self) -> Any: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def hosts(self) -> tuple[str, ...]: ...
    @property
    def republish(self) -> tuple[Any, ...]: ...
    @property
    def enabled(self) -> bool: ...
    @property
    def closing_checks(self) -> int: ...


def source_entries(
    cards: Mapping[str, Card], coverage: pd.DataFrame, origins: pd.DataFrame, runs: pd.DataFrame
) -> list[dict[str, Any]]:
    """The manifest's `sources`: every card, then sources without one that have rows.

    `coverage`: best_of_day rows with source; `origins`: source, origin of each posting in the release;
    `runs`: the journal, oldest first.
    """
    counts = origins.groupby(["source", "origin"]).size()
    names = [*cards, *sorted(set(origins["source"]) - set(cards))]
    broken = _broken_runs(runs)
    return [
        _entry(name, cards.get(name), coverage[coverage["source"] == name], counts, broken.get(name))
        for name in names
    ]


def _broken_runs(runs: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Day and reason of each source's last run, where it failed before it could ask any board."""
    last = runs.drop_duplicates("source", keep="last")
    broken = last[(last["status"] == "failed") & (last["n_boards"] == 0)]
    return {
        row.source: (f"{row.started_at:%Y-%m-%d}", str(row.reason or "no reason given").rstrip(". "))
        for row in broken.itertuples()
    }


def _entry(
    name: str,
    card: Card | None,
    coverage: pd.DataFrame,
    counts: pd.Series,
    broken: tuple[str, str] | None,
) -> dict[str, Any]:
    by_origin = {origin: int(n) for (source, origin), n in counts.items() if source == name}
    good = coverage.loc[coverage["outcome"].isin([o.value for o in COVERED]), "day"]
    last = coverage[coverage["day"] == coverage["day"].max()]
    return {
        "id": name,
        **_terms(name, card),
        "origin": "+".join(sorted(by_origin)) or None,
        "n_by_origin": by_origin,
        "n_postings": sum(by_origin.values()),
        "last_day": _iso(last["day"].max()) if len(last) else None,
        "last_good_day": _iso(good.max()) if len(good) else None,
        "last_outcome": Outcome.FAILED.value if broken else _worst(last) if len(last) else None,
        "sentence": _unreached(*broken) if broken else _sentence(last, by_origin, card),
    }


def _terms(name: str, card: Card | None) -> dict[str, Any]:
    if card is None:
        unknown = {
            "en": "Source without a card: terms unknown.",
            "fr": "Source sans fiche : conditions inconnues.",
        }
        return {
            "label": name,
            "label_fr": name,
            "licence": None,
            "attribution": unknown,
            "url": None,
            "terms": None,
            "lifecycle": None,
        }
    words = card.attribution
    return {
        "label": card.label,
        "label_fr": card.label_fr or card.label,
        "kind": card.kind,
        "licence": card.licence,
        "attribution": {"en": words.en, "fr": words.fr},
        "url": card.terms or (f"https://{card.hosts[0]}" if card.hosts else None),
        "terms": card.terms,
        "lifecycle": card.lifecycle,
    }


def _iso(day: Any) -> str:
    return (EPOCH + timedelta(days=int(day))).isoformat()


def _worst(last: pd.DataFrame) -> str:
    """The source's outcome on its last day: covered only if every board was; else the commonest trouble."""
    trouble = last.loc[~last["outcome"].isin([o.value for o in COVERED]), "outcome"]
    if trouble.empty:
        return Outcome.COMPLETE.value
    counts = trouble.value_counts()
    if len(trouble) < len(last):
        return Outcome.PARTIAL.value
    return str(sorted(counts.index[counts == counts.max()])[0])


def _sentence(last: pd.DataFrame, by_origin: Mapping[str, int], card: Card | None) -> Sentence:
    if last.empty:
        return _never_asked(by_origin, card)
    day, asked = _iso(last["day"].max()), len(last)
    if set(by_origin) == {"import"}:
        return {
            "en": f"Taken from files, last on {day}.",
            "fr": f"Reprise de fichiers, la dernière fois le {day}.",
        }
    trouble = last[~last["outcome"].isin([o.value for o in COVERED])]
    if asked == 1:
        return _only_board(day, trouble)
    if trouble.empty:
        return {
            "en": f"All {asked:,} boards answered in full on {day}.",
            "fr": f"Les {asked} listes ont répondu entièrement le {day}.",
        }
    why = _commonest_reason(trouble)
    if len(trouble) == asked:
        return {
            "en": f"None of the {asked:,} boards asked on {day} gave a whole answer: {why}.",
            "fr": f"Aucune des {asked} listes relevées le {day} n'a répondu entièrement : {reason_in('fr', why)}.",
        }
    return {
        "en": f"{len(trouble):,} of {asked:,} boards gave no whole answer on {day}, mostly: {why}.",
        "fr": f"{len(trouble)} listes sur {asked} n'ont pas répondu entièrement le {day}, surtout : {reason_in('fr', why)}.",
    }


def _unreached(day: str, reason: str) -> Sentence:
    return {
        "en": f"Could not be reached on {day}: {reason}.",
        "fr": f"N'a pas pu être jointe le {day} : {reason_in('fr', reason)}.",
    }


def _only_board(day: str, trouble: pd.DataFrame) -> Sentence:
    if trouble.empty:
        return {
            "en": f"The one board asked on {day} answered in full.",
            "fr": f"La seule liste relevée le {day} a répondu entièrement.",
        }
    why = _commonest_reason(trouble)
    return {
        "en": f"The one board asked on {day} gave no whole answer: {why}.",
        "fr": f"La seule liste relevée le {day} n'a pas répondu entièrement : {reason_in('fr', why)}.",
    }


def _commonest_reason(trouble: pd.DataFrame) -> str:
    reasons = trouble["reason"].fillna(trouble["outcome"]).value_counts()
    return str(min(reasons.index[reasons == reasons.max()])).rstrip(". ")


def _never_asked(by_origin: Mapping[str, int], card: Card | None) -> Sentence:
    if card is not None and card.kind == "reference":
        return {
            "en": "A table that comes with the program; not collected live.",
            "fr": "Une table livrée avec le programme ; pas de relevé en direct.",
        }
    if card is not None and card.kind in ("archive", "import"):
        return {
            "en": "Kept in the starter archive; not collected live.",
            "fr": "Conservée dans l'archive de départ ; pas de relevé en direct.",
        }
    if by_origin:
        return {
            "en": "Not collected live yet: these facts come from the starter archive or an import.",
            "fr": "Pas encore relevée en direct : ces faits viennent de l'archive de départ ou d'un import.",
        }
    if card is not None and card.keys:
        names = ", ".join(card.keys)
        return {
            "en": f"Asked only with a key of your own in the environment: {names}.",
            "fr": f"Interrogée seulement avec votre propre clé dans l'environnement : {names}.",
        }
    if card is not None and card.kind == "page":
        return {
            "en": "Asked only for an address that you name.",
            "fr": "Interrogée seulement pour une adresse que vous nommez.",
        }
    if card is not None and not card.enabled:
        return {"en": "Switched off.", "fr": "Désactivée."}
    return {"en": "Not collected yet.", "fr": "Pas encore relevée."}
