"""France Travail, the French employment service, with the user's own key: pay is a label in a fixed form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from data.reference import Board
from data.schema import Period, StructuredPay
from scraper.platforms.base import Ask, Platform, Raw, day, instant, records, structured_pay
from scraper.platforms.raw_values import amount, distinct, without

SEARCH = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search"
NOTHING = b'{"resultats": []}'  # what 204 says
PAGE = 150
LAST_START = 1000
PEOPLE = frozenset({"contact", "agence"})
PERIODS: dict[str, Period] = {"Annuel": "year", "Mensuel": "month", "Horaire": "hour"}
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_LABEL = re.compile(
    rf"^(Annuel|Mensuel|Horaire) de {_NUMBER} Euros?(?: à {_NUMBER} Euros?)?(?: sur {_NUMBER} mois)?$"
)
_IN_FRANCE = re.compile(r"^(?:\d{2,3}|2[AB])\s*-\s")


class FranceTravail(Platform):
    """A board is a search (`motsCles`). `dateCreation` is the advert's first day, `dateActualisation` its last change.

    A label of the documented form becomes structured pay as it stands, plausible or not; any other, and a
    month's pay that is paid more or less than twelve times, stays words of the text.
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
        pay = label_pay(salary.get("libelle"), unknown)
        lines = [None if pay else salary.get("libelle"), *(salary.get(name) for name in EXTRAS)]
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
            "text": "\n".join([raw["description"], *(f"Salaire : {line}" for line in distinct(lines))]),
            "posted_on": day(raw["dateCreation"]),
            "posted_basis": "stated",
            "changed_at": instant(raw.get("dateActualisation")),
            "employment_type": raw.get("typeContratLibelle") or raw.get("typeContrat"),
            "pay": pay,
        }


EXTRAS = ("commentaire", "complement1", "complement2")


def label_pay(label: str | None, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    """The pay of a label such as "Annuel de 35000.0 Euros à 50000.0 Euros sur 12.0 mois"; none of any other."""
    found = _LABEL.match(label.strip()) if label else None
    if found is None:
        return ()
    word, *numbers = found.groups()
    low, high, months = (amount(n.replace(",", ".") if n else None, "salaire", unknown) for n in numbers)
    if word == "Mensuel" and months not in (None, 12):
        return ()
    return structured_pay(low, high if numbers[1] else low, "EUR", PERIODS[word], unknown)
