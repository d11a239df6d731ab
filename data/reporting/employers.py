"""Reports about employers and places."""

from __future__ import annotations

from data.measures import columns, employers
from data.reporting.report import Report

REPORTS: dict[str, Report] = {
    "employers": Report(("Who hires", "Qui recrute"), columns.EMPLOYERS, employers.top_employers),
}
