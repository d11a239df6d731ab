"""Sources: what each one gave, how its checks ended, and under which terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.frames import RUNS, Column
from data.measures.coverage import Measure, cover
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_query, from_rows

if TYPE_CHECKING:
    from data.release import Release

HEALTH: tuple[Column, ...] = (
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("label", "text", ("Name", "Nom")),
    Column("origin", "text", ("live, import or archive", "live, import ou archive")),
    Column("n_postings", "whole", ("Adverts of it in the release", "Ses annonces dans la publication")),
    Column(
        "last_good_day",
        "text",
        ("Day of its last complete answer; empty where none", "Jour de sa dernière réponse complète"),
    ),
    Column("last_outcome", "text", ("How its last check ended", "Issue de son dernier relevé")),
    Column("sentence_en", "text", ("Its state in a sentence, English", "Son état en une phrase, anglais")),
    Column("sentence_fr", "text", ("Its state in a sentence, French", "Son état en une phrase, français")),
    Column(
        "boards_covered",
        "whole",
        ("Boards read completely on its last day of checks", "Listes lues entièrement le dernier jour"),
    ),
    Column(
        "boards_failed",
        "whole",
        ("Boards without a complete answer that day", "Listes sans réponse complète ce jour"),
    ),
    Column("last_day", "day", ("Its last day of checks", "Son dernier jour de relevé")),
    Column("last_run_at", "time", ("Start of its last run, UTC", "Début de sa dernière exécution, UTC")),
    Column("last_run_status", "text", ("How the last run ended", "Issue de la dernière exécution")),
    Column("last_run_reason", "text", ("Why it did not end well", "Pourquoi elle a échoué")),
    Column("n_runs", "whole", ("Runs recorded", "Exécutions enregistrées")),
    Column("n_rejected", "whole", ("Records set aside in all runs", "Enregistrements écartés en tout")),
    Column("licence", "text", ("Licence or kind of access", "Licence ou type d'accès")),
    Column("attribution", "text", ("Attribution it asks for", "Mention demandée")),
    Column("url", "text", ("Its address", "Son adresse")),
    Column("terms", "text", ("Its terms", "Ses conditions")),
)

STRIP: tuple[Column, ...] = (
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("day", "day", ("Day of the checks, UTC", "Jour des relevés, UTC")),
    Column("boards_covered", "whole", ("Boards read completely", "Listes lues entièrement")),
    Column("boards_failed", "whole", ("Boards without a complete answer", "Listes sans réponse complète")),
    Column("n_seen", "whole", ("Postings listed", "Annonces listées")),
    Column("reason", "text", ("Most frequent reason of failure", "Raison d'échec la plus fréquente")),
)
_CARD = (
    "label",
    "origin",
    "n_postings",
    "last_good_day",
    "last_outcome",
    "licence",
    "attribution",
    "url",
    "terms",
)


def source_health(release: Release) -> Measure:
    """Every source of the manifest with its last checks and run (columns HEALTH), in the manifest's order."""
    checks = release.query(load_query("source_checks"))
    by_source: dict[str, dict[str, Any]] = {row["source"]: row for row in _rows(checks)}
    rows = [_health_row(card, by_source.get(card["id"], {})) for card in release.manifest["sources"]]
    coverage = cover(release, Selection(role="all"), method="sources", unit="posting")
    return Measure("sources.source_health", from_rows(HEALTH, rows), coverage)


def coverage_strip(release: Release, selection: Selection) -> Measure:
    """Boards covered and failed by source and day (columns STRIP), for the strip under a time axis."""
    where, values = Selection(source=selection.source, role="all").where("c")
    frame = release.query(load_query("coverage_strip").replace("{source}", where), values)
    coverage = cover(release, selection, method="sources", unit="posting")
    return Measure("sources.coverage_strip", from_query(STRIP, frame), coverage)


def run_history(release: Release, selection: Selection) -> Measure:
    """The runs of the selected sources, latest first (columns data.frames.RUNS)."""
    where, values = Selection(source=selection.source, role="all").where("r")
    frame = release.query(f"SELECT r.* FROM runs r WHERE {where} ORDER BY started_at DESC, run_id", values)
    coverage = cover(release, selection, method="sources", unit="posting")
    return Measure("sources.run_history", from_query(RUNS, frame), coverage)


def _rows(frame: Any) -> list[dict[str, Any]]:
    return [
        {name: None if value != value else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


_UNCHECKED: dict[str, None] = dict.fromkeys(
    (
        "last_day",
        "boards_covered",
        "boards_failed",
        "last_run_at",
        "last_run_status",
        "last_run_reason",
        "n_runs",
        "n_rejected",
    )
)


def _health_row(card: dict[str, Any], checks: dict[str, Any]) -> dict[str, Any]:
    sentence = card["sentence"]
    row = {name: card[name] for name in _CARD} | {"source": card["id"]}
    return row | _UNCHECKED | checks | {"sentence_en": sentence["en"], "sentence_fr": sentence["fr"]}
