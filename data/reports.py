"""The CSV reports: one entry a report, the same measures as the charts, and what each file rests on."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.csv_text import to_csv
from data.errors import PromptjobsError, SelectionError
from data.measures.coverage import Figure, Measure
from data.measures.selection import Selection
from data.reporting import changes, demand, employers, lifetime, pay, skills, sources, verdicts
from data.reporting.report import Report

if TYPE_CHECKING:
    from data.release import Release

EXTENSION = ".metadata.json"


_FAMILIES = (verdicts, demand, lifetime, pay, skills, employers, sources, changes)
REPORTS: dict[str, Report] = {name: report for family in _FAMILIES for name, report in family.REPORTS.items()}
"""Every report by its name, in the order they are listed."""


def export_report(release: Release, name: str, selection: Selection, out: Path, *, lang: str = "en") -> Path:
    """Write report `name` as CSV to `out` and its metadata to `{out}.metadata.json`; returns `out`.

    UTF-8, ISO dates, missing values empty, text cells that a spreadsheet would run as a formula made
    inert. Files appear whole or not at all. `lang` (en, fr) is that of the metadata's sentences; column
    names stay. Raises SelectionError for an unknown report, PromptjobsError where `out` cannot be written.
    """
    report = find_report(name)
    measure = report.measure(release, selection)
    about = metadata(release, name, selection, measure, out.name, lang=lang)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _write(out, to_csv(measure.frame, report.columns))
        _write(out.with_name(out.name + EXTENSION), json.dumps(about, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise PromptjobsError(f"{out} cannot be written ({error.strerror}): name another file.") from error
    return out


def export_text(release: Release, name: str, selection: Selection, *, lang: str = "en") -> str:
    """Report `name` as CSV text, the same as export_report writes. Raises SelectionError.

    `lang` changes nothing in the text: column names are the same in both languages.
    """
    report = find_report(name)
    return to_csv(report.measure(release, selection).frame, report.columns)


def find_report(name: str) -> Report:
    """The report of that name. Raises SelectionError that lists the reports."""
    if name not in REPORTS:
        raise SelectionError("report", name=name, allowed=", ".join(REPORTS))
    return REPORTS[name]


def metadata(
    release: Release, name: str, selection: Selection, measure: Measure, file: str, *, lang: str = "en"
) -> dict[str, Any]:
    """What report `name` rests on, JSON-able: release, method, selection, n, terms of its sources, columns."""
    report, coverage = find_report(name), measure.coverage
    return {
        "file": file,
        "report": name,
        "lang": lang,
        "title": dict(zip(("en", "fr"), report.title, strict=True)),
        "sentence": coverage.sentence(lang),
        "release": _release(release),
        "measure": measure.name,
        "method": f"docs/method.md#{coverage.method}",
        "selection": selection.to_params(),
        "command": command(name, selection, file),
        "n": {
            "unit": coverage.unit,
            "rows": len(measure.frame),
            "postings": coverage.n_postings,
            "openings": coverage.n_openings,
            "employers": coverage.n_employers,
        },
        "disclosure": coverage.disclosure,
        "figure": _figure(coverage.figure, lang),
        "note": None if coverage.note is None else dict(zip(("en", "fr"), coverage.note, strict=True))[lang],
        "since": coverage.since.isoformat() if coverage.since else None,
        "until": coverage.until.isoformat() if coverage.until else None,
        "is_provisional": coverage.provisional,
        "withheld": coverage.withheld,
        "sources": _sources(release, {*coverage.sources, *report.cites}),
        "columns": [
            {"name": c.name, "type": c.kind, "en": c.meaning[0], "fr": c.meaning[1]} for c in report.columns
        ],
    }


def command(name: str, selection: Selection, file: str) -> str:
    """The command line that writes the report again from the current release."""
    options = [part for key, value in selection.to_params().items() for part in (f"--{key}", value)]
    return shlex.join(["promptjobs", "export", name, *options, "-o", file])


def _figure(figure: Figure | None, lang: str) -> dict[str, Any] | None:
    """The report's one number with the ends of its interval and how they were found."""
    if figure is None:
        return None
    method = figure.interval.words(lang) if figure.interval else None
    given = {"value": figure.value, "low": figure.low, "high": figure.high}
    numbers = {name: None if value is None else float(value) for name, value in given.items()}
    return {**numbers, "unit": figure.unit, "interval": method}


def _release(release: Release) -> dict[str, Any]:
    kept = ("content_hash", "made_at", "rules_version", "method_version")
    return {"name": release.name} | {key: release.manifest[key] for key in kept}


# Whose rows need whose attribution: origin of rows to kind of card.
_BROUGHT = {"archive": "archive", "snapshot": "snapshots"}


def _sources(release: Release, ids: set[str]) -> list[dict[str, Any]]:
    """The cards of the sources in a report; rows of the starter archive and of snapshots bring theirs along."""
    kept = ("id", "label", "licence", "attribution", "url", "terms", "origin")
    cards = release.manifest["sources"]
    origins = {one for card in cards if card["id"] in ids for one in (card["origin"] or "").split("+")}
    brought = {_BROUGHT[one] for one in origins & _BROUGHT.keys()}
    return [
        {key: card[key] for key in kept} for card in cards if card["id"] in ids or card.get("kind") in brought
    ]


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="")
    part.replace(path)
