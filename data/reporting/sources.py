"""Reports about the adverts themselves, their sources and their collection."""

from __future__ import annotations

from data.frames import RUNS
from data.measures import listing, source_columns, sources
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "postings": Report(("The adverts", "Les annonces"), listing.LISTED, listing.postings),
    "sources": Report(
        ("The sources and their state", "Les sources et leur état"),
        source_columns.SOURCE_HEALTH,
        lambda release, _: sources.source_health(release),
    ),
    "coverage": Report(
        ("Boards read and failed by day", "Listes lues et en échec par jour"),
        source_columns.COVERAGE_STRIP,
        sources.coverage_strip,
    ),
    "runs": Report(("Runs of the collection", "Exécutions de la collecte"), RUNS, sources.run_history),
}
