"""The measures against figures that others counted on the same data (material kept outside this repository)."""

import csv
import gzip
import json
import lzma
import re
from datetime import date, datetime

import pytest

from data.measures import demand, pay
from data.measures.selection import Selection
from tests.measures.markets import posting, release_of
from tests.shared import SHARED

THREADS = SHARED / "corpora" / "hackernews" / "whoishiring_2018-06_2026-01.jsonl.xz"
SALARIES = SHARED / "corpora" / "salaries" / "ai_jobs_net_salaries_2025-01-19.csv.gz"
_NAMED = re.compile(r"prompt[\s-]+engineer", re.I)
_MONTH = re.compile(r"\((\w+ \d{4})\)")


@pytest.fixture(scope="module")
def threads(tmp_path_factory):
    """The adverts of the Hacker News threads; those that name prompt engineer(ing) are `mention`."""
    if not THREADS.is_file():
        pytest.skip("the Hacker News corpus is not on this machine")
    adverts = []
    with lzma.open(THREADS, "rt", encoding="utf-8") as lines:
        for comment in map(json.loads, lines):
            found = _MONTH.search(comment["thread_title"])
            if comment["level"] == 0 and comment["text_html"] and found:
                month = datetime.strptime(found[1], "%B %Y").date()
                relation = "mention" if _NAMED.search(comment["text_html"]) else "none"
                adverts.append(posting(comment["id"], month, prompt_relation=relation))
    return release_of(tmp_path_factory.mktemp("threads"), adverts)


# METHOD: adverts that name prompt engineer(ing), percent of all, as counted independently.
YEARLY = [(2019, 0.0), (2021, 0.0), (2023, 0.12), (2024, 0.38), (2025, 0.39)]


def test_hacker_news_as_counted_by_others(threads):
    """One test, so that the adverts are read once even where tests are spread over processes."""
    yearly = demand.flow(threads, Selection(role="mention"), grain="year").frame
    shares = dict(zip(yearly["month"].dt.year, 100 * yearly["n_postings"] / yearly["n_all"], strict=True))
    assert [(year, round(shares[year], 2)) for year, _ in YEARLY] == YEARLY
    monthly = demand.flow_by_month(threads, Selection(role="mention")).frame
    holes = [day.date() for day in monthly.loc[~monthly["is_covered"], "month"]]
    assert holes == [date(2025, 11, 1), date(2025, 12, 1)]
    assert int(monthly["n_all"].sum()) == threads.query("SELECT count(*) AS n FROM postings").iloc[0]["n"]


def test_reported_salaries_of_prompt_engineers(tmp_path):
    if not SALARIES.is_file():
        pytest.skip("the salaries table is not on this machine")
    with gzip.open(SALARIES, "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["job_title"] == "Prompt Engineer"]
    base = dict.fromkeys(("experience", "employment", "country", "currency", "salary"))
    given = [
        base | {"year": int(r["work_year"]), "title": r["job_title"], "salary_usd": float(r["salary_in_usd"])}
        for r in rows
    ]
    frame = pay.reported_pay(release_of(tmp_path, [], reported_pay=given)).frame.set_index("year")
    assert frame["n"].to_dict() == {2023: 5, 2024: 36, 2025: 4}
    assert frame.loc[2024, "median"] == pytest.approx(176_481, abs=1)
    assert frame.loc[[2023, 2025], "withheld"].tolist() == ["few_openings"] * 2
