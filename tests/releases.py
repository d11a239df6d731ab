"""A small release of invented rows: every table, several sources, years, currencies, gigs and gaps."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.frames import JOURNAL, TABLES, arrow_schema
from data.release_files import write_release

Row = dict[str, Any]
LAST_DAY = date(2026, 8, 1)

# source id, label, lifecycle, origin, licence
SOURCES = (
    ("hackernews", "Hacker News", "flow", "archive", "public API"),
    ("greenhouse", "Greenhouse", "listing", "live", "public job board API"),
    ("lever", "Lever", "listing", "live", "public postings API"),
)
EMPLOYERS = (
    ("northwind labs", "Northwind Labs"),
    ("blue heron ai", "Blue Heron AI"),
    ("atelier lumen", "Atelier Lumen"),
    ("quarry data", "Quarry Data Inc."),
    ("polder works", "Polder Works B.V."),
    ("sable health", "Sable Health"),
    ("kite & key", "Kite & Key"),
    ("tamarack", "Tamarack"),
    ("orchard robotics", "Orchard Robotics"),
    (None, None),
)
PLACES = (
    ("San Francisco", "US", "USD", 1.0),
    ("Berlin", "DE", "EUR", 1.1),
    ("Paris", "FR", "EUR", 1.1),
    ("London", "GB", "GBP", 1.28),
    ("Toronto", "CA", "CAD", 0.74),
    (None, None, "USD", 1.0),
)
RELATIONS = ("title", "core", "required", "preferred", "mention", "none")
RELATION_WEIGHTS = (12, 14, 12, 8, 8, 46)
TITLES = {
    "title": ("Prompt Engineer", "Senior Prompt Engineer", "Prompt Designer"),
    "core": ("AI Content Strategist", "Conversation Designer"),
    "required": ("Machine Learning Engineer", "Product Manager, AI"),
    "preferred": ("Backend Engineer", "Data Scientist"),
    "mention": ("Technical Writer", "Solutions Engineer"),
    "none": ("Accountant", "Frontend Engineer"),
}
SKILLS = (
    ("python", "Python", "Python", "language", None),
    ("prompt-engineering", "Prompt engineering", "Ingénierie de prompts", "technique", None),
    ("few-shot", "Few-shot prompting", "Prompts à exemples", "technique", "prompt-engineering"),
    ("langchain", "LangChain", "LangChain", "framework", None),
    ("rag", "Retrieval-augmented generation", "Génération augmentée", "technique", None),
    ("llm-evaluation", "LLM evaluation", "Évaluation de LLM", "technique", None),
)
SOFT_SKILLS = ("communication", "problem_solving", "creativity", "teamwork")


def make_release(folder: Path, *, n: int = 200, seed: int = 1) -> Path:
    """Write a release of `n` invented postings; returns the releases folder (`folder` itself).

    The same `n` and `seed` give the same rows. Hacker News rows are the archive's (flow, 2019-2026, no
    threads in Nov-Dec 2025); Greenhouse and Lever rows are listed daily since 2026-06-01, with failed
    days, a gone posting, relisted ones and a repost.
    """
    rng = random.Random(seed)
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for number in range(n):
        _add_posting(rows, rng, number)
    _add_coverage(rows)
    _add_context(rows)
    tables = {name: _table(name, TABLES[name], rows[name]) for name in TABLES}
    runs = pa.Table.from_pylist(_runs(), schema=arrow_schema(JOURNAL["runs"]))
    write_release(folder, tables, runs, _about(rows), now=datetime(2026, 8, 1, 18, 0, 0))
    return folder


def _table(name: str, columns: Any, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(columns))


def _add_posting(rows: dict[str, list[Row]], rng: random.Random, number: int) -> None:
    source, _, lifecycle, origin, _ = SOURCES[0] if number % 5 < 3 else SOURCES[1 + number % 2]
    relation = rng.choices(RELATIONS, RELATION_WEIGHTS)[0]
    employer_key, company = rng.choice(EMPLOYERS)
    city, country, currency, rate = rng.choice(PLACES)
    posted = _posted_on(rng, lifecycle)
    spells = _spells(rng, posted) if lifecycle == "listing" else []
    key = f"{source}:{40_000_000 + number}"
    is_repost = lifecycle == "listing" and number % 50 == 49 and bool(rows["postings"])
    pay = _pay(rng, currency, rate, relation)
    row: Row = {
        "posting_key": key,
        "opening_key": rows["postings"][-1]["opening_key"] if is_repost else key,
        "role_key": rows["postings"][-1]["role_key"]
        if is_repost
        else f"{employer_key or key} | {number % 3}",
        "opening_reason": "text" if is_repost else "first",
        "is_repost": is_repost,
        "employer_key": employer_key,
        "origin": origin,
        "source": source,
        "board": _board(source, posted, employer_key),
        "lifecycle": lifecycle,
        "url": f"https://example.org/{source}/{number}",
        "title": rng.choice(TITLES[relation]) if number % 17 else None,
        "company": company,
        "posted_on": posted,
        "posted_basis": "thread" if source == "hackernews" and posted.year < 2021 else "stated",
        "first_seen": spells[0]["first_seen"] if spells else None,
        "last_seen": spells[-1]["last_seen"] if spells else None,
        "gone_by": spells[-1]["gone_by"] if spells else None,
        "dated_on": posted,
        "month": posted.replace(day=1),
        "city": city,
        "country": country,
        "countries": [country] if country else [],
        "place": city,
        "remote": rng.choice(("remote", "hybrid", "onsite", "unspecified")),
        "lang": "fr" if country == "FR" else "en",
        "prompt_relation": relation,
        "work_kind": pay["work_kind"],
        "seniority": rng.choice(("junior", "mid", "senior", "lead", "unspecified")),
        "coding": rng.choice(("required", "preferred", "not_mentioned")),
        "ml": rng.choice(("required", "preferred", "not_mentioned")),
        "years_min": rng.choice((None, 1.0, 2.0, 3.0, 5.0)),
        "degree": rng.choice(("none_stated", "bachelor", "master")),
        "degree_level": None,
        "domain": rng.choice((None, "health care", "law", "software")),
        **pay["columns"],
        "rules_version": "invented-1",
    }
    rows["postings"].append(row)
    for i, spell in enumerate(spells):
        ending = "vanished" if spell["gone_by"] else None
        rows["spells"].append({"posting_key": key, "spell": i + 1, **spell, "exit": ending})
    _add_details(rows, rng, row, origin)


def _posted_on(rng: random.Random, lifecycle: str) -> date:
    if lifecycle == "listing":
        return date(2026, 5, 1) + timedelta(days=rng.randrange(85))
    year = rng.choice((2019, 2020, 2021, 2022, 2023, 2023, 2024, 2024, 2025, 2025, 2026))
    month = rng.randrange(1, 6 if year == 2026 else 11 if year == 2025 else 13)
    return date(year, month, rng.randrange(1, 5))


def _board(source: str, posted: date, employer_key: str | None) -> str:
    return f"{posted:%Y-%m}" if source == "hackernews" else (employer_key or "unknown").replace(" ", "")


def _spells(rng: random.Random, posted: date) -> list[Row]:
    start = max(posted, date(2026, 6, 1))
    end = min(start + timedelta(days=rng.randrange(3, 60)), LAST_DAY)
    gone = end + timedelta(days=1) if end < LAST_DAY else None
    spells = [{"first_seen": start, "last_seen": end, "gone_by": gone}]
    if gone is not None and rng.random() < 0.2 and gone + timedelta(days=20) < LAST_DAY:
        spells.append({"first_seen": gone + timedelta(days=15), "last_seen": LAST_DAY, "gone_by": None})
    return spells


def _pay(rng: random.Random, currency: str, rate: float, relation: str) -> Row:
    gig = relation in ("title", "core") and rng.random() < 0.2
    names = ("min", "max", "currency", "period", "bound", "annual_min", "annual_max", "usd_min", "usd_max")
    empty: Row = {"has_pay": False, **{f"pay_{name}": None for name in names}}
    kind = "gig_ai_training" if gig else rng.choice(("payroll", "payroll", "payroll", "contract"))
    if rng.random() < 0.4:
        return {"work_kind": kind, "columns": empty}
    low, high = (rng.randrange(15, 40), 60) if gig else (rng.randrange(70, 190) * 1000, 0)
    high = high or low + rng.randrange(10, 60) * 1000
    per_year = 2080 if gig else 1
    values = (low, high, currency, "hour" if gig else "year", "range", low * per_year, high * per_year)
    usd = (round(low * per_year * rate, 2), round(high * per_year * rate, 2))
    columns = {f"pay_{name}": value for name, value in zip(names, (*values, *usd), strict=True)}
    return {"work_kind": kind, "columns": {"has_pay": True, **columns}}


def _add_details(rows: dict[str, list[Row]], rng: random.Random, row: Row, origin: str) -> None:
    key, archived = row["posting_key"], origin == "archive"
    if row["has_pay"]:
        quote = f"{row['pay_currency']} {row['pay_min']:,.0f} to {row['pay_max']:,.0f}"
        rows["salaries"].append(
            {
                "posting_key": key,
                "position": 0,
                "is_main": True,
                "min": row["pay_min"],
                "max": row["pay_max"],
                "annual_min": row["pay_annual_min"],
                "annual_max": row["pay_annual_max"],
                "currency": row["pay_currency"],
                "period": row["pay_period"],
                "kind": "base",
                "bound": "range",
                "flag": None,
                "rule": "range",
                "quote": None if archived else quote,
            }
        )
        if not archived:
            rows["evidence"].append(_evidence(key, "pay", "0", quote, "range"))
            rows["rivals"] += [
                _rival(key, 0, "pay", "$20M", "millions", None),
                _rival(key, 1, "pay", "$2,000", "referral", "referral"),
            ]
    for skill_id, label, *_ in rng.sample(SKILLS, rng.randrange(0, 5)):
        level = rng.choice(("required", "preferred", "mentioned"))
        surface = None if archived else label
        rows["skills"].append({"posting_key": key, "skill_id": skill_id, "level": level, "surface": surface})
        if not archived and row["prompt_relation"] != "none":
            rows["evidence"].append(_evidence(key, "skill", skill_id, label, "lexicon"))
    for soft in rng.sample(SOFT_SKILLS, rng.randrange(0, 3)):
        rows["soft"].append({"posting_key": key, "soft": soft})


def _evidence(key: str, fact: str, item: str, quote: str, rule: str) -> Row:
    return {
        "posting_key": key,
        "fact": fact,
        "item": item,
        "start": 120,
        "quote": quote,
        "before": "You will work with ",
        "after": " and colleagues.",
        "rule": rule,
    }


def _rival(key: str, position: int, fact: str, quote: str, reason: str, cue: str | None) -> Row:
    return {
        "posting_key": key,
        "position": position,
        "fact": fact,
        "value": None,
        "reason": reason,
        "cue": cue,
        "start": 40,
        "quote": quote,
        "before": "We raised ",
        "after": " in June.",
    }


def _add_coverage(rows: dict[str, list[Row]]) -> None:
    for thread in sorted({row["board"] for row in rows["postings"] if row["lifecycle"] == "flow"}):
        check = _check("hackernews", thread, date.fromisoformat(f"{thread}-01"))
        rows["coverage"].append(check | {"outcome": "partial"} if thread >= "2026-01" else check)
    boards = {(row["source"], row["board"]) for row in rows["postings"] if row["lifecycle"] == "listing"}
    for source, board in sorted(boards):
        for offset in range((LAST_DAY - date(2026, 6, 1)).days + 1):
            rows["coverage"].append(_check(source, board, date(2026, 6, 1) + timedelta(days=offset)))


def _check(source: str, board: str, day: date) -> Row:
    outcome, reason = "complete", None
    if source == "lever" and date(2026, 7, 10) <= day <= date(2026, 7, 12):
        outcome, reason = "failed", "HTTP 503"
    if board == "tamarack" and day.day == 20:
        outcome, reason = "blocked", "robots.txt forbids it"
    n_seen = 10 if outcome == "complete" else 0
    return {
        "source": source,
        "board": board,
        "day": day,
        "outcome": outcome,
        "n_seen": n_seen,
        "reason": reason,
    }


def _add_context(rows: dict[str, list[Row]]) -> None:
    rows["accuracy"] += [
        _accuracy("all", "coding", None, 0.925),
        _accuracy("all", "coding", "required", 0.93),
        _accuracy("unread", "coding", None, 0.88),
    ]
    names = ("skill_id", "label_en", "label_fr", "kind", "parent")
    rows["skill_names"] += [dict(zip(names, skill, strict=True)) for skill in SKILLS]
    for country, level in (("US", 100.0), ("FR", 95.0), ("DE", 90.0)):
        for week in range(300):
            day = date(2020, 11, 6) + timedelta(weeks=week)
            value = level + week % 40
            rows["benchmarks"].append(
                {"series": "indeed_postings_index", "country": country, "day": day, "value": value}
            )
        for number in range(36):
            month = date(2023 + number // 12, number % 12 + 1, 1)
            share = {
                "series": "indeed_ai_share",
                "country": country,
                "day": month,
                "value": 1.5 + number / 20,
            }
            rows["benchmarks"].append(share)
    for number in range(40):
        rows["reported_pay"].append(
            {
                "year": 2023 + number % 3,
                "title": "Prompt Engineer",
                "experience": "MI",
                "employment": "FT",
                "country": "US",
                "currency": "USD",
                "salary": 100_000.0 + 2_000 * number,
                "salary_usd": 100_000.0 + 2_000 * number,
            }
        )


def _runs() -> list[Row]:
    failed = {"status": "failed", "reason": "The site answered HTTP 503.", "n_covered": 0, "n_failed": 9}
    rows = []
    for number, source in enumerate(("greenhouse", "lever", "hackernews")):
        row: Row = {
            "run_id": f"run-{source}",
            "source": source,
            "kind": "scrape",
            "started_at": datetime(2026, 8, 1, 6, number),
            "finished_at": datetime(2026, 8, 1, 6, number + 1),
            "status": "finished",
            "reason": None,
            "n_boards": 9,
            "n_covered": 9,
            "n_failed": 0,
            "n_seen": 90,
            "n_new": 4,
            "n_rejected": 1,
        }
        rows.append(row | failed if source == "lever" else row)
    return rows


def _about(rows: dict[str, list[Row]]) -> Row:
    return {
        "rules_version": "invented-1",
        "method_version": "1",
        "sources": [_source(rows, *source) for source in SOURCES],
        "archive": {"rules_version": "invented-1", "made_from": "invented rows"},
    }


def _source(
    rows: dict[str, list[Row]], source: str, label: str, lifecycle: str, origin: str, licence: str
) -> Row:
    live = origin == "live"
    sentence = {
        "en": f"Last complete answer on {LAST_DAY}." if live else "No run yet: these are archived facts.",
        "fr": f"Dernière réponse complète le {LAST_DAY}." if live else "Jamais relevée : faits archivés.",
    }
    return {
        "id": source,
        "label": label,
        "label_fr": label,
        "licence": licence,
        "attribution": {"en": f"From {label}", "fr": f"Source : {label}"},
        "url": f"https://example.org/{source}",
        "terms": licence,
        "lifecycle": lifecycle,
        "origin": origin,
        "n_postings": sum(row["source"] == source for row in rows["postings"]),
        "last_good_day": LAST_DAY.isoformat() if live else None,
        "last_outcome": "complete" if live else None,
        "sentence": sentence,
    }


def _accuracy(subset: str, field: str, value: str | None, score: float) -> Row:
    return {
        "subset": subset,
        "field": field,
        "value": value,
        "measure": "accuracy",
        "n": 200,
        "score": score,
        "bar": 0.92,
        "precision": score,
        "recall": score,
        "tp": 120,
        "fp": 9,
        "fn": 8,
        "tn": 63,
        "gold": "labels.jsonl",
        "gold_sha256": "0123456789abcdef",
        "measured_on": date(2026, 7, 1),
        "rules_version": "invented-0",
    }
