"""Headings in several languages: what stands below them is a duty, a demand, a wish or an offer."""

import pytest

from nlp.extract import extract_line

TEXTS = {
    "fr": "Qui sommes-nous ?\nNous éditons un logiciel.\n\nCe que vous ferez au quotidien\n- Écrire des outils en Python\n\nCE QU'IL VOUS FAUT\n- SQL\n- Docker\n\nPour vous démarquer\n- Kubernetes\n\nCe qu'on vous offre\n- Des cours de Java",
    "fr-capitals": "PRESENTATION DE LA SOCIETE\nNous éditons un logiciel.\n\nVOS PRINCIPALES RESPONSABILITES\n- Écrire des outils en Python\n\nCOMPETENCES EXIGEES\n- SQL\n- Docker\n\nCOMPETENCES APPRECIEES\n- Kubernetes\n\nREMUNERATION ET AVANTAGES\n- Des cours de Java",
    "fr-translated": "À propos de l'entreprise\nNous construisons un logiciel.\n\nÀ propos du rôle\n- Construire des outils en Python\n\nQualifications minimales\n- SQL\n- Docker\n\nQualifications préférées\n- Kubernetes\n\nCe que nous offrons\n- Des cours de Java",
    "de": "Über uns\nWir bauen Software.\n\nDeine Aufgaben\n- Werkzeuge in Python schreiben\n\nDein Profil\n- SQL\n- Docker\n\nWünschenswert\n- Kubernetes\n\nWir bieten\n- Kurse in Java",
    "es": "Sobre nosotros\nSomos una empresa.\n\nFunciones:\n- Crear herramientas en Python\n\nRequisitos mínimos:\n- SQL\n- Docker\n\nSe valorará:\n- Kubernetes\n\nQué ofrecemos:\n- Cursos de Java",
    "nl": "Over ons\nWij bouwen software.\n\nWat ga je doen?\n- Gereedschap schrijven in Python\n\nWat vragen wij?\n- SQL\n- Docker\n\nPluspunten\n- Kubernetes\n\nWat bieden wij?\n- Cursussen Java",
    "it": "Chi siamo\nSviluppiamo software.\n\nCosa farai\n- Scrivere strumenti in Python\n\nRequisiti richiesti\n- SQL\n- Docker\n\nRequisiti graditi\n- Kubernetes\n\nCosa offriamo\n- Corsi di Java",
    "pt": "Quem somos\nSomos uma empresa.\n\nResponsabilidades e atribuições\n- Escrever ferramentas em Python\n\nRequisitos e qualificações\n- SQL\n- Docker\n\nDiferenciais\n- Kubernetes\n\nO que oferecemos\n- Cursos de Java",
}  # fmt: skip
LEVELS = {"Python": "mentioned", "SQL": "required", "Docker": "required", "Kubernetes": "preferred"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_headings_decide_the_level(text):
    found = {
        skill["s"]: skill["level"]
        for skill in extract_line({"id": "x", "title": "Data", "text": text})["skills"]
    }
    assert {name: found.get(name) for name in LEVELS} == LEVELS
    assert found.get("Java", "mentioned") == "mentioned"
