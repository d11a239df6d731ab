"""France Travail, the French employment service, with the user's own key: pay is a line of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import PayLabel
from scraper.platforms.base import Ask, Platform, Raw, day, instant, records
from scraper.platforms.raw_values import distinct, without

SEARCH = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search"
NOTHING = b'{"resultats": []}'  # what 204 says
PAGE = 150
LAST_START = 1000
PEOPLE = frozenset({"contact", "agence"})
_IN_FRANCE = re.compile(r"^(?:\d{2,3}|2[AB])\s*-\s")


class FranceTravail(Platform):
    """A board is a search (`motsCles`). `dateCreation` is the advert's first day, `dateActualisation` its last change.

    The label of the pay goes on as it stands, plausible or not, to be read as a label (nlp.parse.pay.label);
    what else is said of the pay becomes words of the text.
    """

    source = "francetravail"
    token_address = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=%2Fpartenaire"
    token_scope = "api_offresdemploiv2 o2dsoffre"
    ceiling = LAST_START + PAGE

    def address(self, board: Board) -> str:
        return self._page(board, 0)

    def _page(self, board: Board, start: int) -> str:
        return f"{SEARCH}?motsCles={quote(board.board)}&sort=1&range={start}-{start + PAGE - 1}"

    def listing(self, payload: Any) -> list[Raw]:
        return [without(raw, PEOPLE) for raw in records(payload, self.source, "resultats")]

    def following(self, payload: Any, board: Board, read: Sequence[Raw]) -> Ask | None:
        more = len(payload["resultats"]) >= PAGE and len(read) <= LAST_START
        return Ask(self._page(board, len(read))) if more else None

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        place, salary = raw["lieuTravail"].get("libelle"), raw.get("salaire") or {}
        extras = distinct([salary.get(name) for name in EXTRAS])
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": (raw.get("origineOffre") or {}).get("urlOrigine")
            or f"https://candidat.francetravail.fr/offres/recherche/detail/{self.external_id(raw)}",
            "title": raw["intitule"],
            "company": (raw.get("entreprise") or {}).get("nom"),
            "places": distinct([place]),
            "country": "FR" if place and _IN_FRANCE.match(place) else None,
            "text": "\n".join([raw["description"], *(f"Salaire : {line}" for line in extras)]),
            "posted_on": day(raw["dateCreation"]),
            "posted_basis": "stated",
            "changed_at": instant(raw.get("dateActualisation")),
            "employment_type": raw.get("typeContratLibelle") or raw.get("typeContrat"),
            "pay": label_pay(salary.get("libelle")),
        }


EXTRAS = ("commentaire", "complement1", "complement2")


def label_pay(label: str | None) -> tuple[PayLabel, ...]:
    """The label of the pay, such as "Annuel de 35000.0 Euros à 50000.0 Euros sur 12.0 mois"; none where it is empty."""
    words = (label or "").strip()
    return (PayLabel(label=words[:500], country="FR", lang="fr"),) if words else ()
