"""Reports about pay."""

from __future__ import annotations

from data.measures import columns, pay
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
    "pay-reported": Report(
        ("Self-reported salaries of prompt engineers", "Salaires déclarés de prompt engineers"),
        columns.REPORTED,
        lambda release, _: pay.reported_pay(release),
        ("ai_jobs_net_salaries",),
    ),
}
