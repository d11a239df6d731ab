"""The table of measured accuracy inside docs/extraction.md and its French version, made from the saved rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from data.accuracy import load_accuracy

DOCS = Path(__file__).parents[1] / "docs"
CARDS = {"en": DOCS / "extraction.md", "fr": DOCS / "extraction.fr.md"}
BLOCK = re.compile(r"<!-- accuracy -->\n.*?<!-- /accuracy -->\n?", re.DOTALL)
SUBSETS = ("all", "unread", "other", "fr")
FIELDS: dict[str, tuple[str, str]] = {
    "lang": ("language", "langue"),
    "prompt_relation": ("relation to prompting, six classes", "rapport aux prompts, six classes"),
    "is_prompt_role": ("is a prompt role (F1)", "est un poste de prompt (F1)"),
    "asks_prompting": ("asks for prompting (F1)", "demande le prompting (F1)"),
    "work_kind": ("kind of work", "type de travail"),
    "is_gig": ("is piecework (F1)", "est du travail à la tâche (F1)"),
    "coding": ("programming demanded", "programmation demandée"),
    "ml": ("machine learning demanded", "apprentissage automatique demandé"),
    "remote": ("place of work", "lieu de travail"),
    "years_min": ("years, smallest", "années, minimum"),
    "degree": ("degree", "diplôme"),
    "seniority": ("seniority", "séniorité"),
    "main_salary": ("main pay right", "rémunération principale juste"),
    "no_false_pay": ("no pay found where there is none", "aucune rémunération là où il n'y en a pas"),
    "all_salaries": ("every pay figure with its kind (F1)", "chaque rémunération avec son type (F1)"),
    "skills": ("skills (F1)", "compétences (F1)"),
    "skill_level": ("level of a matched skill", "niveau d'une compétence trouvée"),
    "skills_required": ("required skills (F1)", "compétences exigées (F1)"),
    "skills_preferred": ("preferred skills (F1)", "compétences souhaitées (F1)"),
    "skills_mentioned": ("mentioned skills (F1)", "compétences mentionnées (F1)"),
    "soft": ("soft skills (F1)", "qualités humaines (F1)"),
    "evidence": ("quotes that read as quoted", "citations exactes"),
}
_WORDS = {
    "en": {
        "head": "field|{all}|half not read|not French|French|bar",
        "all": "all", "nothing": "Not measured yet: `promptjobs evaluate GOLD --save`.",
        "source": "Measured on `{gold}` (SHA-256 {sha}…, {n} adverts, {fr} of them French) on {day} with rules `{version}`."
        " French must reach 95 % of each bar.",
    },
    "fr": {
        "head": "fait|{all}|moitié non lue|hors français|français|seuil",
        "all": "toutes", "nothing": "Pas encore mesuré : `promptjobs evaluate GOLD --save`.",
        "source": "Mesuré sur `{gold}` (SHA-256 {sha}…, {n} annonces dont {fr} françaises) le {day} avec les règles `{version}`."
        " Le français doit atteindre 95 % de chaque seuil.",
    },
}  # fmt: skip


def write_cards() -> list[str]:
    """Renew the table in each card that has its markers; returns the names of the files."""
    written = []
    for lang, path in CARDS.items():
        text = path.read_text(encoding="utf-8")
        path.write_text(with_table(text, lang, load_accuracy()), encoding="utf-8")
        written.append(path.name)
    return written


def with_table(text: str, lang: str, rows: Sequence[dict[str, Any]]) -> str:
    """A card's text with the table of `rows` between its markers."""
    block = "\n".join(["<!-- accuracy -->", *_tables(lang, rows), "<!-- /accuracy -->", ""])
    return BLOCK.sub(lambda _: block, text)


def _tables(lang: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A table for each file of labels, the largest number of fields first."""
    whole = [row for row in rows if row["value"] is None]
    golds = {row["gold"]: 0 for row in whole} | {
        gold: len({row["field"] for row in whole if row["gold"] == gold})
        for gold in {row["gold"] for row in whole}
    }
    if not whole:
        yield _WORDS[lang]["nothing"]
    for gold in sorted(golds, key=lambda name: (-golds[name], name)):
        yield from _table(lang, [row for row in whole if row["gold"] == gold])


def _table(lang: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    words, cells = _WORDS[lang], {(row["field"], row["subset"]): row for row in rows}
    head = words["head"].format(all=words["all"]).split("|")
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for field, names in FIELDS.items():
        found = [cells.get((field, subset)) for subset in SUBSETS]
        if found[0] is not None:
            scores = [_number(row["score"] if row else None, lang) for row in found]
            bar = _number(found[0]["bar"], lang)
            yield f"| {' | '.join((names[lang == 'fr'], *scores, bar))} |"
    first = rows[0]
    size = {row["subset"]: row["n"] for row in rows if row["field"] == first["field"]}
    yield ""
    yield words["source"].format(
        gold=first["gold"], sha=first["gold_sha256"], n=size["all"], fr=size.get("fr", 0),
        day=first["measured_on"], version=first["rules_version"],
    )  # fmt: skip
    yield ""


def _number(value: float | None, lang: str) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}".replace(".", "," if lang == "fr" else ".")
