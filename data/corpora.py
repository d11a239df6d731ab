"""Reading the collected corpora the starter archive is built from; they are not part of this repository."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

Raw = dict[str, Any]
NO_ADDRESS = "https://unknown.invalid/"
"""Stands for the address of an advert whose collector kept none; never leaves the record."""

_THREADS = "hackernews/whoishiring_*.jsonl.xz"
_PARTIAL_RUNS = "hackernews/raw_*.json.xz"
_ADS = "prompt_engineer_ads/ads_dev.jsonl"
_SALARIES = "salaries/ai_jobs_net_salaries_*.csv.gz"
_INDEX = "indeed/aggregate_job_postings_*.csv.gz"
_AI_SHARE = "indeed/AI_posting.csv.gz"
_MONTH = re.compile(r"\(([A-Z][a-z]+ \d{4})")
_FRIDAY = 4


@dataclass(slots=True)
class Listing:
    """The adverts of one thread or sample as records for data.intake.accept; `day` dates its coverage."""

    source: str
    board: str
    day: date
    is_whole: bool
    adverts: list[Raw] = field(default_factory=list)


def hacker_news(corpora: Path) -> list[Listing]:
    """Every thread, whole ones first, then those known from partial runs only; each advert once.

    Before May 2021 the corpus has no times: an advert is then dated by its thread's month.
    """
    threads: dict[str, Listing] = {}
    known: set[int] = set()
    for comment in _comments(corpora):
        board = str(comment["thread_id"])
        thread = threads.setdefault(board, _thread(board, comment["thread_title"], is_whole=True))
        time = comment["time"]
        thread.adverts.append(_advert(thread, comment["id"], comment["text_html"], time and time[:10]))
        known.add(comment["id"])
    for number, job in _partial_jobs(corpora).items():
        if number not in known:
            board, title = str(job["thread_id"]), job["thread_title"]
            thread = threads.setdefault(board, _thread(board, title, is_whole=False))
            posted = datetime.fromtimestamp(job["time"], UTC).date().isoformat()
            thread.adverts.append(_advert(thread, number, job["text"], posted))
    return sorted(threads.values(), key=lambda thread: (thread.day, thread.board))


def _comments(corpora: Path) -> Iterator[Raw]:
    """Top-level comments of all threads; replies are no adverts."""
    for path in sorted(corpora.glob(_THREADS)):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            yield from (comment for comment in map(json.loads, file) if comment["level"] == 0)


def _partial_jobs(corpora: Path) -> dict[int, Raw]:
    """Adverts of the partial runs by id, as the latest run has them, with their thread."""
    jobs: dict[int, Raw] = {}
    for path in sorted(corpora.glob(_PARTIAL_RUNS)):
        with lzma.open(path, "rt", encoding="utf-8") as file:
            run = json.load(file)
        thread = {
            "thread_id": run["sources"]["who_is_hiring_thread_id"],
            "thread_title": run["sources"]["who_is_hiring_thread_title"],
        }
        jobs |= {job["id"]: job | thread for job in run["jobs"] if job["source"] == "who_is_hiring"}
    return jobs


def _thread(board: str, title: str, *, is_whole: bool) -> Listing:
    found = _MONTH.search(title)
    if found is None:
        raise ValueError(f"thread {board} names no month: {title!r}")
    month = datetime.strptime(found[1], "%B %Y").date()
    return Listing("hackernews", board, month, is_whole)


def _advert(thread: Listing, number: int, html: str, posted: str | None) -> Raw:
    return {
        "source": thread.source,
        "board": thread.board,
        "external_id": str(number),
        "url": f"https://news.ycombinator.com/item?id={number}",
        "html": html,
        "posted_on": date.fromisoformat(posted) if posted else thread.day,
        "posted_basis": "stated" if posted else "thread",
    }


# --- the hand-coded sample of prompt-engineer adverts ---------------------------------------------

_WORKPLACES = {"Remote": "remote", "Hybrid": "hybrid", "On-site": "onsite"}
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SAMPLE = "prompt_engineer_ads"


def prompt_engineer_ads(corpora: Path) -> Listing:
    """The sample as one listing, dated by the last day of its collection."""
    rows = [json.loads(line) for line in (corpora / _ADS).read_text("utf-8").splitlines()]
    collected = [day for day in (read_day(row["date_scraped"]) for row in rows) if day]
    listing = Listing(SAMPLE, "sample", max(collected), is_whole=False)
    listing.adverts = [_sampled(row, listing.day) for row in rows]
    return listing


def _sampled(row: Raw, collected: date) -> Raw:
    places = [row[name].strip() for name in ("city", "state", "country") if row[name].strip()]
    posted = read_day(row["date_posted"])
    return {
        "source": SAMPLE,
        "board": "sample",
        "external_id": row["id"],
        "url": row["url"] if row["url"].startswith("http") else f"{NO_ADDRESS}{row['id']}",
        "title": row["title"].strip() or None,
        "company": row["company"].strip() or None,
        "places": (", ".join(places),) if places else (),
        "country": country_code(row["country"]),
        "text": row["description"],
        "workplace": _WORKPLACES.get(row["work_arrangement"]),
        "employment_type": row["employment_type"] or None,
        "posted_on": posted or read_day(row["date_scraped"]) or collected,
        "posted_basis": "stated" if posted else "snapshot",
    }


def read_day(text: str) -> date | None:
    """A day out of "2025-07-20c" or "7/8/2025" (month first); None where there is none."""
    iso, us = _ISO_DAY.match(text), _US_DAY.match(text)
    if not iso and not us:
        return None
    parts = iso.groups() if iso else (us[3], us[1], us[2]) if us else ()
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def country_code(name: str) -> str | None:
    """ISO 3166 alpha-2 of a country's name or code; None where it is not one."""
    import pycountry

    try:
        return str(pycountry.countries.lookup(name.strip()).alpha_2)
    except LookupError:
        return None


# --- series and tables of others ------------------------------------------------------------------


def reported_pay(corpora: Path) -> list[Raw]:
    """The CC0 salaries table as rows of data.frames.REPORTED_PAY, sorted."""
    rows = [_reported(row) for path in sorted(corpora.glob(_SALARIES)) for row in _csv_rows(path)]
    return sorted(rows, key=lambda row: (row["year"], row["title"], *map(str, row.values())))


def _reported(row: Raw) -> Raw:
    return {
        "year": int(row["work_year"]),
        "title": row["job_title"],
        "experience": row["experience_level"],
        "employment": row["employment_type"],
        "country": row["company_location"],
        "currency": row["salary_currency"],
        "salary": float(row["salary"]),
        "salary_usd": float(row["salary_in_usd"]),
    }


def benchmarks(corpora: Path) -> list[Raw]:
    """Indeed's posting index (total postings, seasonally adjusted, each Friday) and AI share (monthly means)."""
    return sorted(
        [*_index(corpora), *_ai_share(corpora)], key=lambda row: (row["series"], row["country"], row["day"])
    )


def _index(corpora: Path) -> Iterator[Raw]:
    for path in sorted(corpora.glob(_INDEX)):
        for row in _csv_rows(path):
            day = date.fromisoformat(row["date"])
            if row["variable"] == "total postings" and day.weekday() == _FRIDAY:
                value = float(row["indeed_job_postings_index_SA"])
                yield _point("indeed_postings_index", row["jobcountry"], day, value)


def _ai_share(corpora: Path) -> Iterator[Raw]:
    months: dict[tuple[str, date], list[float]] = defaultdict(list)
    for row in _csv_rows(corpora / _AI_SHARE):
        day = date.fromisoformat(row["date"])
        months[row["jobcountry"], day.replace(day=1)].append(float(row["AI_share_postings"]))
    for (country, month), values in months.items():
        yield _point("indeed_ai_share", country, month, round(sum(values) / len(values), 4))


def _point(series: str, country: str, day: date, value: float) -> Raw:
    return {"series": series, "country": country, "day": day, "value": value}


def _csv_rows(path: Path) -> Iterable[Raw]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
