"""Reports about demand."""

from __future__ import annotations

from data.measures import columns, demand, demand_columns
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
    "demand-weekly": Report(
        (
            "Adverts and openings by week, where listings are read",
            "Annonces et postes par semaine, listes relevées",
        ),
        columns.FLOW,
        lambda release, selection: demand.flow(release, selection, grain="week"),
    ),
    "index": Report(
        ("Index of open openings, on the same boards", "Indice des postes ouverts, sur les mêmes listes"),
        demand_columns.INDEX,
        demand.index,
    ),
    "panel-share": Report(
        (
            "Share of adverts on the same boards, four weeks",
            "Part des annonces sur les mêmes listes, quatre semaines",
        ),
        demand_columns.PANEL_SHARE,
        demand.panel_share,
    ),
    "panel-share-quarterly": Report(
        (
            "Share of adverts on the same boards, quarters",
            "Part des annonces sur les mêmes listes, trimestres",
        ),
        demand_columns.PANEL_SHARE,
        lambda release, selection: demand.panel_share(release, selection, grain="quarter"),
    ),
    "growth": Report(
        ("Growth taken apart: market and boards", "La croissance décomposée : marché et listes"),
        demand_columns.GROWTH,
        demand.growth,
    ),
    "absorption": Report(
        ("A job or a skill, by year", "Un métier ou une compétence, par an"),
        demand_columns.ABSORPTION,
        demand.absorption,
    ),
    "absorption-kinds": Report(
        (
            "A job or a skill, by year and kind of employer",
            "Un métier ou une compétence, par an et type d'employeur",
        ),
        demand_columns.ABSORPTION,
        lambda release, selection: demand.absorption(release, selection, by="kind"),
    ),
    "trend": Report(
        ("The trend of new openings, with its power", "La tendance des nouveaux postes et sa puissance"),
        demand_columns.TREND,
        demand.trend,
    ),
    "benchmarks-rebased": Report(
        ("Indeed's index on the axis of ours", "L'indice d'Indeed sur l'axe du nôtre"),
        demand_columns.REBASED,
        demand.rebased_benchmarks,
        ("indeed_hiring_lab",),
    ),
}
