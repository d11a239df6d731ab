"""Reports about pay."""

from __future__ import annotations

from data.measures import columns, pay, pay_columns
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "pay": Report(
        ("Employees' pay by year, USD", "Rémunération des salariés par an, USD"), columns.PAY, pay.pay_by_year
    ),
    "pay-gigs": Report(
        ("Gig pay per hour by year, USD", "Rémunération horaire des piges par an, USD"),
        columns.PAY,
        lambda release, selection: pay.pay_by_year(release, selection, market="gig"),
    ),
    "pay-openings": Report(
        (
            "The pay that each opening states, USD per year",
            "La rémunération indiquée par chaque poste, USD par an",
        ),
        columns.DISTRIBUTION,
        pay.pay_distribution,
    ),
    "claim": Report(
        (
            "Openings that reach the pay claimed in 2023",
            "Postes qui atteignent la rémunération annoncée en 2023",
        ),
        columns.CLAIM,
        pay.claim_share,
    ),
    "headline": Report(
        (
            "The pay claimed in 2023: how many openings reach it, and a verdict",
            "La rémunération annoncée en 2023 : combien de postes l'atteignent, et un verdict",
        ),
        pay_columns.HEADLINE,
        pay.headline_check,
    ),
    "pay-worst-case": Report(
        ("What undisclosed pay could change", "Ce que la rémunération tue pourrait changer"),
        pay_columns.WORST_CASE,
        pay.pay_worst_case,
    ),
    "pay-growth": Report(
        ("How stated pay moves, three ways", "L'évolution de la rémunération indiquée, de trois façons"),
        pay_columns.GROWTH,
        pay.pay_growth,
    ),
    "pay-without-employer": Report(
        ("Medians without one employer", "Médianes sans un employeur"),
        pay_columns.WITHOUT,
        pay.pay_without_employer,
    ),
    "pay-mandate": Report(
        (
            "Pay where the law demands it in adverts",
            "La rémunération là où la loi l'exige dans les annonces",
        ),
        pay_columns.MANDATE,
        pay.pay_under_mandate,
    ),
    "pay-periods": Report(
        ("Pay by period and currency, as stated", "La rémunération par période et devise, telle quelle"),
        pay_columns.PERIODS,
        pay.pay_by_period,
    ),
    "pay-reported": Report(
        ("Self-reported salaries of prompt engineers", "Salaires déclarés de prompt engineers"),
        columns.REPORTED,
        lambda release, _: pay.reported_pay(release),
        ("ai_jobs_net_salaries",),
    ),
}
