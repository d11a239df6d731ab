"""Reports about employers and places."""

from __future__ import annotations

from data.measures import columns, employers, places, who_columns
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "employers": Report(("Who hires", "Qui recrute"), columns.EMPLOYERS, employers.top_employers),
    "concentration": Report(
        ("How few employers advertise", "Concentration des employeurs"),
        who_columns.CONCENTRATION,
        employers.concentration,
    ),
    "domains": Report(("Openings by domain", "Postes par domaine"), who_columns.DOMAINS, employers.domains),
    "work-kinds": Report(
        ("Employment, contracts and piecework", "Emploi, prestation et travail à la tâche"),
        who_columns.WORK_KINDS,
        employers.work_kinds,
    ),
    "countries": Report(("Openings by country", "Postes par pays"), who_columns.COUNTRIES, places.by_country),
    "remote": Report(
        ("Remote, hybrid and on site, by year", "À distance, hybride et sur site, par an"),
        who_columns.REMOTE,
        places.remote_share,
    ),
}
