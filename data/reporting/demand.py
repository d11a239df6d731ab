"""Reports about demand."""

from __future__ import annotations

from data.measures import columns, demand
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "demand": Report(
        ("Adverts and openings by month", "Annonces et postes par mois"), columns.FLOW, demand.flow_by_month
    ),
    "demand-yearly": Report(
        ("Adverts and openings by year", "Annonces et postes par an"),
        columns.FLOW,
        lambda release, selection: demand.flow(release, selection, grain="year"),
    ),
    "relations": Report(
        ("Openings by relation to prompting and month", "Postes par relation au prompting et par mois"),
        columns.RELATIONS,
        demand.by_relation_month,
    ),
    "stock": Report(
        (
            "Openings open each day, where presence is observed",
            "Postes ouverts chaque jour, là où la présence est observée",
        ),
        columns.STOCK,
        demand.stock_by_day,
    ),
    "benchmarks": Report(
        ("All postings: Indeed's index and AI share", "Toutes les offres : indice et part de l'IA d'Indeed"),
        columns.BENCHMARKS,
        demand.benchmarks,
        ("indeed_hiring_lab",),
    ),
}
