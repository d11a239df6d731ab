"""Kinds of work: employment, contracts and piecework among the openings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.measures.coverage import Measure, cover
from data.measures.partition import shares
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.who_columns import WORK_KINDS

if TYPE_CHECKING:
    from data.release import Release

KINDS: dict[str | None, tuple[str, str]] = {
    "payroll": ("Employment", "Emploi salarié"),
    "contract": ("Contract", "Contrat de prestation"),
    "gig_content": ("Piecework: content", "Travail à la tâche : contenus"),
    "gig_ai_training": ("Piecework: AI training", "Travail à la tâche : entraînement d'IA"),
    None: ("Not clear", "Incertain"),
}
GIGS = ("gig_content", "gig_ai_training")


def work_kinds(release: Release, selection: Selection) -> Measure:
    """Openings by kind of work with shares, unclear ones last (columns WORK_KINDS).

    An opening is of the kind of its latest advert that says. Every kind has a row, with a true 0 where none is of it.
    """
    where, values = selection.where("p")
    sql = load_query("work_kinds").replace("{selected}", where)
    found = release.query(sql, values, scope=selection.scope).to_dict("records")
    cells = {row["work_kind"] if isinstance(row["work_kind"], str) else None: row for row in found}
    rows = shares((_cell(kind, cells.get(kind)) for kind in KINDS), key="work_kind")
    labelled = [row | _labels(row["work_kind"]) for row in rows]
    coverage = cover(release, selection, method="work-kinds")
    return Measure("employers.work_kinds", from_rows(WORK_KINDS, labelled), coverage)


def _cell(kind: str | None, found: dict[str, Any] | None) -> dict[str, Any]:
    counts = {name: int(found[name]) if found else 0 for name in ("n_openings", "n_employers")}
    return {"work_kind": kind, **counts}


def _labels(kind: str | None) -> dict[str, str]:
    return dict(zip(("label_en", "label_fr"), KINDS[kind], strict=True))
