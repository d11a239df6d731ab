"""The kind of work and the way of working of short French adverts, one row each."""

import pytest

from nlp.extract import extract_line

ROWS = [
    ("annotateur", "Annotateur de données francophone (télétravail)", "Nous recherchons des locuteurs natifs du français pour noter la pertinence de résultats de recherche. Missions à la carte, rémunérées 12 € de l'heure, statut de micro-entrepreneur. Vous travaillez quand vous voulez.", "gig_ai_training", "hybrid"),
    ("medecins", "Contributeur IA - médecins", "Participez à l'entraînement d'un modèle de langage médical : vous corrigez les réponses du modèle et rédigez des questions difficiles. 60 €/h, en indépendant, sans engagement d'horaires.", "gig_ai_training", "unspecified"),
    ("pigiste", "Pigiste web (h/f)", "Rédaction d'articles sur le jardinage, 25 € par article de 600 mots, paiement à la publication. Auto-entreprise exigée.", "gig_content", "unspecified"),
    ("fiches", "Rédacteur de fiches produits à domicile", "Écrivez des fiches produits payées 0,03 € le mot. Pas d'horaires, volume libre.", "gig_content", "unspecified"),
    ("encadrement", "Chef de projet annotation", "CDI. Vous encadrez une équipe de dix annotateurs et les prestataires. Mutuelle, RTT.", "payroll", "unspecified"),
    ("regie", "Consultant SAP - régie", "Prestation en régie de 12 mois chez notre client, freelances bienvenus ou CDI. TJM 500 €.", "contract", "unspecified"),
    ("au-choix", "Développeur Python (CDI ou freelance)", "Poste en CDI (45 k€) ou en freelance (400 €/jour) à Lyon.", "payroll", "unspecified"),
    ("titre", "Rédactrice technique - 100 % télétravail", "CDI, temps plein, dans une équipe de cinq personnes.", "payroll", "remote"),
    ("cantine", "Comptable", "CDI. Restaurant d'entreprise sur site, parking sur place, entretien dans nos locaux.", "payroll", "unspecified"),
    ("non", "Comptable", "CDI à Tours. Télétravail : non.", "payroll", "onsite"),
    ("moteur", "Mécanicien", "CDI. Vous entretenez des véhicules à propulsion électrique et hybride.", "payroll", "unspecified"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "kind", "remote"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_kind_and_place_of_work(title, text, kind, remote):
    found = extract_line({"id": "x", "title": title, "text": text, "country": "France"})
    assert (found["work_kind"], found["remote"]) == (kind, remote)
