"""The data dictionary (docs/data-dictionary.md), made from the tables of a release and the reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from data.frames import JOURNAL, TABLES, Column
from data.reports import REPORTS

_KINDS = {
    "text": "text",
    "texts": "list of texts",
    "whole": "whole number",
    "number": "number",
    "flag": "true or false",
    "day": "day (ISO 8601)",
    "time": "time, UTC (ISO 8601)",
}
_HEAD = """# Data dictionary · Dictionnaire des données

Every column of the reports (`promptjobs export NAME`) and of the tables of a release. Made by
`python -m data.dictionary > docs/data-dictionary.md`; a test fails when it is out of date.

Toutes les colonnes des rapports (`promptjobs export NOM`) et des tables d'une publication. Produit par
`python -m data.dictionary > docs/data-dictionary.md` ; un test échoue s'il n'est plus à jour.

In CSV, days are `YYYY-MM-DD`, missing values are empty, lists are joined by `; `, and a text that a spreadsheet
could run as a formula starts with an apostrophe. Beside each CSV stands `FILE.metadata.json`.
"""


def data_dictionary() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *_reports(), *_tables()])


def _reports() -> Iterator[str]:
    yield "# Reports · Rapports\n"
    for name, report in REPORTS.items():
        yield f"## {name}\n\n{report.title[0]} · {report.title[1]}\n"
        yield _table(report.columns)


def _tables() -> Iterator[str]:
    yield "# Tables of a release · Tables d'une publication\n"
    for name, columns in {**TABLES, **JOURNAL}.items():
        yield f"## table {name}\n"
        yield _table(columns)


def _table(columns: tuple[Column, ...]) -> str:
    rows = [f"| `{c.name}` | {_KINDS[c.kind]} | {c.meaning[0]} | {c.meaning[1]} |" for c in columns]
    return "\n".join(["| column | type | meaning | signification |", "|---|---|---|---|", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
