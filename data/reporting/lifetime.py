"""Reports about how long and how often adverts are listed."""

from __future__ import annotations

from data.measures import lifetime, lifetime_columns
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "lifetime": Report(
        ("Median days advertised", "Médiane des jours de parution"),
        lifetime_columns.MEDIANS,
        lifetime.medians,
    ),
    "survival": Report(
        ("Share of openings still listed, by days", "Part des postes encore présents, par jour de parution"),
        lifetime_columns.SURVIVAL,
        lifetime.survival,
    ),
    "exits": Report(
        ("How openings leave the listings", "Comment les postes quittent les listes"),
        lifetime_columns.EXITS,
        lifetime.exits,
    ),
    "reposts": Report(
        ("Openings that come back", "Postes qui reparaissent"), lifetime_columns.REPOSTS, lifetime.reposts
    ),
    "spells": Report(
        ("How often openings were listed", "Nombre de présences des postes"),
        lifetime_columns.SPELL_COUNTS,
        lifetime.spell_counts,
    ),
    "advert-facts": Report(
        ("How each opening was advertised", "Comment chaque poste a été annoncé"),
        lifetime_columns.FACTS,
        lifetime.advert_facts,
    ),
    "advert-facts-shares": Report(
        ("How common these facts are", "Fréquence de ces faits"),
        lifetime_columns.FACT_SHARES,
        lifetime.advert_fact_shares,
    ),
}
