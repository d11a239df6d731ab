"""Pay reading measured on outside material: the public tables and the feed of Himalayas. Floors are what was reached."""

import html
import json
import lzma
import re
from collections.abc import Iterator
from typing import Any

import pytest

from nlp.parse.pay import Pay, find_pay, main_pay
from nlp.text import html_to_text
from tests.shared import SHARED

pytestmark = pytest.mark.skipif(not (SHARED / "tables").is_dir(), reason="../shared is not on this machine")

# Share of the rows without `policy` that are read right.
FLOORS = {
    "edwardross": 1.0,
    "everjobs": 1.0,
    "french": 1.0,
    "jobseek": 0.98,
    "searchsteward": 0.92,
    "small": 1.0,
}
COUNTRIES = {"GERMANY": "DE", "USA": "US"}
PERIODS = {"annual": "year", "hourly": "hour", "monthly": "month"}
Row = dict[str, Any]


def close(got: float | None, want: float) -> bool:
    return got is not None and abs(got - want) <= max(0.01, 0.005 * abs(want))


def main_of(text: str, **known: str | None) -> Pay | None:
    pays = find_pay(text, **known)
    chosen = main_pay(pays, title=known.get("title"), text=text)
    return None if chosen is None else pays[chosen]


def is_right(row: Row, pay: Pay | None) -> bool:
    """Same amounts, currency and period as far as the table states them; one amount may be either bound."""
    wanted = [v for v in (row["min"], row["max"]) if v is not None]
    if row["negative"] or not wanted:
        return (pay is None) or not row["negative"]
    if pay is None:
        return False
    bounds = (pay.annual_min, pay.annual_max) if row.get("annualised") else (pay.min, pay.max)
    period = "year" if row.get("annualised") else pay.period
    amounts = (
        all(map(close, bounds, wanted)) if len(wanted) == 2 else any(close(b, wanted[0]) for b in bounds)
    )
    told = row["period"] is None or row.get("period_hint") or period == row["period"]
    return bool(amounts and told and (row["currency"] in (None, pay.currency)))


@pytest.mark.parametrize("name", FLOORS)
def test_tables(name: str):
    lines = (SHARED / "tables" / f"salary_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not row.get("policy")]
    right = sum(
        is_right(row, main_of(html.unescape(row["text"]), country=country(name, row), lang=row["lang"]))
        for row in rows
    )
    assert right / len(rows) >= FLOORS[name]


def country(name: str, row: Row) -> str | None:
    return "AU" if name == "edwardross" else COUNTRIES.get(row.get("country_hint") or "")


def himalayas() -> Iterator[tuple[Row, str]]:
    with lzma.open(SHARED / "corpora/himalayas/items_dev.json.xz", "rt", encoding="utf-8") as file:
        for job in json.load(file)["jobs"]:
            yield job, html_to_text(job["description"])


def says(text: str, amount: float) -> bool:
    """The text holds the number: grouped, in thousands or with cents."""
    forms = [f"{amount:.0f}", f"{amount / 1000:g}[kK]", f"{amount:.2f}", f"{amount:g}"]
    return (
        re.search(rf"(?<![\d.])(?:{'|'.join(forms)})(?!\d)", re.sub(r"(?<=\d)[,.\s](?=\d{3})", "", text))
        is not None
    )


def agrees(job: Row, pay: Pay | None) -> bool:
    """The main pay has both amounts, currency and period; of an amount the feed gives twice, a floor or ceiling will do."""
    if pay is None or pay.currency != job["currency"] or pay.period != PERIODS[job["salaryPeriod"]]:
        return False
    low, high = (pay.max if pay.min is None else pay.min), (pay.min if pay.max is None else pay.max)
    return close(low, job["minSalary"]) and close(high, job["maxSalary"])


def test_himalayas():
    right = stated = fires = 0
    for job, text in himalayas():
        pay = main_of(
            text, country=",".join(job["locationRestrictions"] or []) or None, lang="en", title=job["title"]
        )
        if job["minSalary"] and job["maxSalary"]:
            if says(text, job["minSalary"]) and says(text, job["maxSalary"]):
                stated, right = stated + 1, right + agrees(job, pay)
        elif not job["minSalary"] and not job["maxSalary"]:
            fires += pay is not None
    assert stated > 100
    assert right / stated >= 0.95
    assert fires <= 1
