"""Indeed's series as others can read them from its files (material kept outside this repository)."""

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta

import pytest

from data.measures import demand
from data.publishing.archived import read_archive
from data.settings import ARCHIVE
from tests.measures.markets import release_of
from tests.shared import SHARED

FILES = SHARED / "corpora" / "indeed"
COUNTRIES = ("AU", "CA", "DE", "FR", "GB", "IE", "US")
# METHOD: the AI share of postings on 30 June 2026 as the tracker's page gave it, percent.
AI_SHARE = {"US": 5.9, "CA": 17.9, "GB": 9.4, "FR": 3.9}


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """A release with the benchmarks of the starter archive."""
    if not FILES.is_dir():
        pytest.skip("Indeed's files are not on this machine")
    tables, _ = read_archive(ARCHIVE)
    folder = tmp_path_factory.mktemp("indeed")
    return release_of(folder, [], benchmarks=tables["benchmarks"].to_pylist())


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def series(release, name, country):
    frame = demand.benchmarks(release, countries=(country,)).frame
    kept = frame[frame["series"] == name]
    return {stamp.date(): value for stamp, value in zip(kept["day"], kept["value"], strict=True)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_index_is_that_of_the_file_on_every_friday(release, country):
    """Recomputed here from the file, by its own path: the seasonally adjusted series of all postings."""
    theirs = {
        date.fromisoformat(row["date"]): float(row["indeed_job_postings_index_SA"])
        for row in rows(FILES / f"aggregate_job_postings_{country}.csv.gz")
        if row["variable"] == "total postings"
    }
    ours = series(release, "indeed_postings_index", country)
    fridays = [day for day in sorted(theirs) if day.weekday() == 4]
    assert list(ours) == fridays and theirs[date(2020, 2, 1)] == 100
    assert [ours[day] for day in fridays] == [theirs[day] for day in fridays]


def test_the_ai_share_is_the_mean_of_the_file_and_of_what_the_tracker_says(release):
    months, last = defaultdict(list), {}
    for row in rows(FILES / "AI_posting.csv.gz"):
        day, value = date.fromisoformat(row["date"]), float(row["AI_share_postings"])
        months[row["jobcountry"], day.replace(day=1)].append(value)
        if day == date(2026, 6, 30):
            last[row["jobcountry"]] = value
    assert {country: round(last[country], 1) for country in AI_SHARE} == AI_SHARE
    for country in AI_SHARE:
        ours = series(release, "indeed_ai_share", country)
        theirs = {month: sum(values) / len(values) for (of, month), values in months.items() if of == country}
        assert ours == pytest.approx(theirs, abs=5.1e-5)


def test_rebased_it_keeps_its_growth(release):
    """From the first week of July 2026 to the last, whatever the base."""
    first = date(2026, 6, 1)
    frame = demand.rebased_benchmarks(release, base=first, countries=("US",)).frame
    ours = {stamp.date(): value for stamp, value in zip(frame["day"], frame["rebased"], strict=True)}
    theirs = series(release, "indeed_postings_index", "US")
    inside = [theirs[day] for day in theirs if first <= day < first + timedelta(days=28)]
    low, high = date(2026, 7, 3), date(2026, 7, 31)
    assert ours[high] / ours[low] == pytest.approx(theirs[high] / theirs[low])
    assert ours[low] == pytest.approx(100 * theirs[low] * len(inside) / sum(inside))
