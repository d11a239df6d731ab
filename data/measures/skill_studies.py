"""Our shares beside those of others: the four headings of Vu and Oppenlaender, and a study of 102 adverts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Measure, cover
from data.measures.intervals import wilson
from data.measures.queries import load_query
from data.measures.selection import Condition, Selection
from data.measures.shape import from_rows
from data.measures.skill_columns import HEADINGS, STUDIES
from data.measures.skill_pairs import ancestors
from data.measures.skill_shares import share_of
from data.measures.two_shares import Sample, clustered_wilson

if TYPE_CHECKING:
    from data.release import Release

_HEADINGS_NOTE = (
    "The study read 72 adverts of LinkedIn of April 2025 with its own list of skills, shorter than ours, and does not "
    "say whether its base is all mentions or those of one kind: compare which heading weighs most, not the levels.",
    "L'étude a lu 72 annonces LinkedIn d'avril 2025 avec sa propre liste, plus courte que la nôtre, et ne dit pas si sa "
    "base est toutes les mentions ou celles d'un type : comparez l'ordre des rubriques, non leurs niveaux.",
)
_STUDIES_NOTE = (
    "The study coded 102 adverts of LinkedIn by hand. Adverts of its sample that we hold are left out of our side, "
    "unless their source is asked for. It gives each advert a place of work; ours leave it open where nothing is said.",
    "L'étude a codé à la main 102 annonces LinkedIn. Celles de son échantillon que nous avons sont écartées de notre "
    "côté, sauf si leur source est demandée. Elle donne un lieu de travail à chacune ; nous non, si rien n'est dit.",
)


def headings(release: Release, selection: Selection) -> Measure:
    """Mentions of skills and openings by heading, beside the study's shares (columns HEADINGS, four rows).

    A mention is one opening naming one skill, hard or soft. A skill falls under the heading of the nearest thing it is
    a kind of (data/reference/headings.csv). The interval of a share of mentions takes employers as the units drawn.
    """
    where, values = selection.where("p")
    hard, soft = _skill_headings(release), _listed("soft")
    lists = [list(hard), list(hard.values()), list(soft), list(soft.values())]
    sql = load_query("skill_headings").replace("{selected}", where)
    found = release.query(sql, [*values, *lists], scope=selection.scope).to_dict("records")
    by_heading = {row["heading"]: row for row in found}
    totals = {
        kind: sum(int(row["n_mentions"]) for row in found if row["kind"] == kind) for kind in ("hard", "soft")
    }
    n_all = int(found[0]["n_all"]) if found else 0
    rows = [
        _heading_row(study, by_heading.get(study["item"]), totals, n_all) for study in _studies("mentions")
    ]
    coverage = replace(cover(release, selection, method="headings"), note=_HEADINGS_NOTE)
    return Measure("skills.headings", from_rows(HEADINGS, rows), coverage)


def studies(release: Release, selection: Selection) -> Measure:
    """What a study counted in adverts, its share and ours with Wilson intervals (columns STUDIES).

    Adverts of the study's own sample are left out of ours unless the selection names their source.
    """
    asked = _studies("adverts")
    (ours,) = {study["ours"] for study in asked}
    where, values = _without(ours, selection)
    pairs = [(study["item"], counted) for study in asked for counted in study["ids"].split("|")]
    sql = load_query("skill_studies").replace("{selected}", where)
    lists = [ours, [item for item, _ in pairs], [counted for _, counted in pairs]]
    found = release.query(sql, [*values, *lists], scope=selection.scope).to_dict("records")
    by_item = {row["item"]: row for row in found}
    rows = [_study_row(study, by_item[study["item"]]) for study in asked]
    coverage = cover(
        release,
        selection,
        method="studies",
        only=_without(ours, Selection(role="all", source=selection.source)),
    )
    return Measure("skills.studies", from_rows(STUDIES, rows), replace(coverage, note=_STUDIES_NOTE))


def _without(source: str, selection: Selection) -> Condition:
    where, values = selection.where("p")
    return (
        (where, values) if source in selection.source else (f"{where} AND p.source <> ?", [*values, source])
    )


def _skill_headings(release: Release) -> dict[str, str]:
    """Skill id -> heading, for every skill of the release that falls under one."""
    frame = release.query("SELECT skill_id, parent FROM skill_names")
    parents = {
        skill: parent for skill, parent in zip(frame["skill_id"], frame["parent"], strict=True) if parent
    }
    listed = _listed("skill")
    found = {
        skill: next((listed[each] for each in (skill, *ancestors(skill, parents)) if each in listed), None)
        for skill in frame["skill_id"]
    }
    return {skill: heading for skill, heading in found.items() if heading is not None}


def _heading_row(
    study: Mapping[str, str], found: dict[str, Any] | None, totals: dict[str, int], n_all: int
) -> dict[str, Any]:
    kind = _kind(study["item"])
    k, openings, employers = (
        (int(found[name]) for name in ("n_mentions", "n_openings", "n_employers")) if found else (0, 0, 0)
    )
    total, of_kind = sum(totals.values()), totals[kind]
    share = share_of(openings, employers, n_all)
    ends = _mention_ends(found, total) if share["withheld"] is None else None
    return {
        "heading": study["item"],
        "label_en": study["label_en"],
        "label_fr": study["label_fr"],
        "kind": kind,
        "n_mentions": k,
        "n_mentions_all": total,
        "mention_share": k / total if ends else None,
        "mention_low": ends[0] if ends else None,
        "mention_high": ends[1] if ends else None,
        "mention_share_of_kind": k / of_kind if ends and of_kind else None,
        "n_openings": openings,
        "n_employers": employers,
        "n_all": n_all,
        **share,
        "study_share": float(study["share"]),
        "study": study["study"],
    }


def _mention_ends(found: dict[str, Any] | None, total: int) -> tuple[float, float] | None:
    import numpy as np

    if not total or found is None:
        return None
    k, squares, products = (np.array([float(found[name])]) for name in ("n_mentions", "squares", "products"))
    low, high = clustered_wilson(
        Sample(k, total, int(found["n_clusters"]), squares, products, float(found["sizes"]))
    )
    return float(low[0]), float(high[0])


def _study_row(study: Mapping[str, str], found: dict[str, Any]) -> dict[str, Any]:
    k, n = int(study["k"]) if study["k"] else None, int(study["n"])
    ends = wilson(k, n) if k is not None else None
    counts = {name: int(found[name]) for name in ("n_openings", "n_employers", "n_all", "n_shared")}
    return {
        **{name: study[name] for name in ("study", "item", "label_en", "label_fr")},
        "study_k": k,
        "study_n": n,
        "study_share": float(study["share"]) if k is None else k / n,
        "study_low": ends[0] if ends else None,
        "study_high": ends[1] if ends else None,
        **counts,
        **share_of(counts["n_openings"], counts["n_employers"], counts["n_all"]),
    }


def _kind(heading: str) -> str:
    return "soft" if heading in _listed("soft").values() else "hard"


@cache
def _listed(kind: str) -> dict[str, str]:
    """Id -> heading of the rows of headings.csv of one kind (skill, soft)."""
    return {row["id"]: row["heading"] for row in _read("headings") if row["kind"] == kind}


@cache
def _studies(counts: str) -> tuple[dict[str, str], ...]:
    """The rows of studies.csv that count mentions, or adverts."""
    return tuple(row for row in _read("studies") if row["counts"] == counts)


def _read(name: str) -> list[dict[str, str]]:
    file = resources.files("data") / "reference" / f"{name}.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
