"""Reasons of the record in French: the known phrases, alone and inside others; the rest stays."""

from __future__ import annotations

import pytest

from data.reasons import reason_in


@pytest.mark.parametrize(
    ("reason", "french"),
    [
        ("The site answered HTTP 503.", "Le site a répondu HTTP 503."),
        ("disallowed by robots.txt", "interdit par robots.txt"),
        (
            "None of 12 boards could be read. The first, acme: disallowed by robots.txt",
            "Aucune des 12 listes n'a pu être lue. La première, acme : interdit par robots.txt",
        ),
        ("The crawl was stopped before it ended.", "La collecte a été arrêtée avant la fin."),
        ("below 600 USD a year", "moins de 600 USD par an"),
        ("bounds more than 15 to 1 apart", "bornes à plus de 15 pour 1 l'une de l'autre"),
        ("TimeoutError: 30 s", "TimeoutError: 30 s"),
        ("blocked", "accès bloqué"),
        (
            "no token was given for the key: HTTP 401 Unauthorized",
            "aucun jeton n'a été donné pour la clé : HTTP 401 Unauthorized",
        ),
        (
            "only 200 of 731 linked pages were asked for",
            "seulement 200 des 731 pages liées ont été demandées",
        ),
        (
            "snapshot of the web archive: the archive holds the board's page, which closes nothing",
            "instantané de l'archive du web: l'archive tient la page de la liste, qui ne ferme rien",
        ),
        (
            "Snapshots that could not be read: 3; the first, lever loom of 2023-05-10: no snapshot came: HTTP 404.",
            "Instantanés illisibles : 3 ; le premier, lever loom du 2023-05-10 : aucun instantané n'est venu : HTTP 404.",
        ),
        (
            "Snapshots not played back this time: 2. Requests sent: 400; boards left for the next walk: 7.",
            "Instantanés non rendus cette fois : 2. Requêtes envoyées : 400 ; listes laissées à la prochaine visite : 7.",
        ),
        (
            "http://10.0.0.1/ may not be asked: 10.0.0.1 is no public host",
            "http://10.0.0.1/ ne peut être demandée : 10.0.0.1 n'est pas un hôte public",
        ),
    ],
)
def test_a_reason_is_said_in_french(reason: str, french: str) -> None:
    assert reason_in("fr", reason) == french
    assert reason_in("en", reason) == reason
