"""The README of the starter archive: where it comes from, under which terms, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEAD = """# The starter archive

Facts only: no advert text and no quotes, but month, title, employer, link, place, remote, role relation,
work kind, pay figures and skill ids, read by this project's own pipeline (rules `{rules}`). A release shows
these rows with `origin` = `archive`; what a live source has collected since takes their place.

Rebuild it from the collected corpora with `promptjobs archive build --from FOLDER`, where FOLDER holds
`corpora/hackernews`, `corpora/prompt_engineer_ads`, `corpora/salaries` and `corpora/indeed`. The same
corpora and rules give the same bytes; `manifest.json` holds the files' SHA-256.

## What is in it

| table | rows | from |
|---|---|---|
"""
_FROM = {
    "postings": "Hacker News threads, prompt-engineer adverts",
    "salaries": "the same adverts: every pay figure",
    "skills": "the same adverts: skill ids and levels",
    "soft": "the same adverts: soft skills",
    "coverage": "one row a thread or sample: whole or partial",
    "benchmarks": "Indeed Hiring Lab",
    "reported_pay": "ai-jobs.net salaries",
}
_TAIL = """
`data/frames.py` explains every column; columns that would hold words of adverts, or days of our own looks,
are left out of the files.

## How it was made

- **Hacker News "Who is hiring?"**: the top-level comments of 90 monthly threads, June 2018 to January 2026,
  as collected by others (replies left out), and what partial runs of January to May 2026 add, each comment
  once by its id. November and December 2025 are missing: a hole, not a dip. Threads known from partial runs
  only are `partial` in `coverage`. Before May 2021 the corpus has no times: adverts are then dated by their
  thread's month (`posted_basis` = `thread`).
- **Prompt-engineer adverts**: a sample published with its collectors' codes, of which we use title, employer,
  place and workplace as given and read all else from the text. Where the day of posting cannot be read, the
  day of collection stands (`posted_basis` = `snapshot`). Their addresses were not kept.
- **Indeed**: the index is the total postings index, seasonally adjusted, 1 February 2020 = 100, its value
  (a seven-day trailing mean) on each Friday; the AI share is the mean of a month's daily shares, in percent.
- **ai-jobs.net**: the table as of 19 January 2025, rows sorted, not changed. Reported pay is not advertised pay.

{intake}

## Terms

| source | licence | attribution |
|---|---|---|
"""
_MONTHS = """
## Hacker News adverts by month

| year | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def readme(manifest: Mapping[str, Any]) -> str:
    """The README's text for an archive with this manifest."""
    tables = [f"| {name} | {n:,} | {_FROM[name]} |\n" for name, n in manifest["counts"].items()]
    terms = [f"| {s['label']} | {s['licence']} | {s['attribution']['en']} |\n" for s in manifest["sources"]]
    head = _HEAD.format(rules=manifest["rules_version"])
    tail = _TAIL.format(intake=_intake(manifest["n_rejected"]))
    return head + "".join(tables) + tail + "".join(terms) + _MONTHS + _by_year(manifest["months"])


def _intake(n_rejected: int) -> str:
    if n_rejected == 0:
        return "Every advert passed intake."
    return f"Adverts that did not pass intake and are left out: {n_rejected}."


def _by_year(months: Mapping[str, int]) -> str:
    years = sorted({month[:4] for month in months})
    return "".join(_year(year, months) for year in years)


def _year(year: str, months: Mapping[str, int]) -> str:
    cells = [str(months.get(f"{year}-{number:02}", "–")) for number in range(1, 13)]
    return f"| {year} | {' | '.join(cells)} |\n"
