"""What a release says of each source: its terms, its rows, and how its last day of checks ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.schema import COVERED, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from data.reference import Card

EPOCH = date(1970, 1, 1)
IMPORT = "import"
"""The card that holds for every name given to imported files."""


def source_entries(
    cards: Mapping[str, Card], coverage: pd.DataFrame, origins: pd.DataFrame
) -> list[dict[str, Any]]:
    """The manifest's `sources`: every card, then sources without one that have rows.

    `coverage`: best_of_day rows with source; `origins`: source, origin of each posting in the release. How a
    source is doing is process, not market: it stands in the journal (data.publishing.health).
    """
    counts = origins.groupby(["source", "origin"]).size()
    names = [*cards, *sorted(set(origins["source"]) - set(cards))]
    return [
        _entry(name, cards.get(name) or cards.get(IMPORT), coverage[coverage["source"] == name], counts)
        | ({} if name in cards else {"label": name, "label_fr": name})
        for name in names
    ]


def _entry(name: str, card: Card | None, coverage: pd.DataFrame, counts: pd.Series) -> dict[str, Any]:
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
        "last_outcome": _worst(last) if len(last) else None,
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
