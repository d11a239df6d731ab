"""The report of the verdicts."""

from __future__ import annotations

from data.measures import verdicts
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "verdicts": Report(
        ("The five questions answered", "Réponses aux cinq questions"), verdicts.VERDICTS, verdicts.verdicts
    ),
}
