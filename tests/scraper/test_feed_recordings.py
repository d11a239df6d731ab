"""Every shared recording of a feed, search or page goes through its spider over real HTTP (skipped where they are missing)."""

from __future__ import annotations

import json
import lzma
from collections import Counter

import pytest

from scraper.platforms.francetravail import FranceTravail
from scraper.platforms.himalayas import Himalayas
from scraper.platforms.hnjobs import HNJobs
from tests.replay import Replay, put
from tests.scraper.crawling import Record
from tests.scraper.many import run_many
from tests.scraper.reading import read_records
from tests.shared import SHARED

RECORDINGS = SHARED / "recordings"
pytestmark = pytest.mark.skipif(
    not RECORDINGS.exists(), reason="the shared recordings are not on this machine"
)
MUSE = "https://www.themuse.com/api/public/jobs"
# Where each recording is asked for; `{}` wraps a recording of one record in its envelope.
SERVED = {
    "https://remotive.com/api/remote-jobs": "remotive/lcarlini_remotive.json",
    "https://www.arbeitnow.com/api/job-board-api": "arbeitnow/lcarlini_arbeitnow.json",
    "https://jobicy.com/api/v2/remote-jobs": "jobicy/lcarlini_jobicy.json",
    "https://himalayas.app/jobs/api?limit=20&offset=0": "himalayas/0xquinto_himalayas.json",
    "https://himalayas.app/jobs/api/search": "himalayas/michaeldinhmai_himalayas.json",
    "https://weworkremotely.com/remote-jobs.rss": "wwr/0xquinto_wwr_rss.xml",
    "https://weworkremotely.com/categories/remote-sales.rss": "wwr/michaeldinhmai_wwr_feed.rss",
    "https://jobsearch.api.jobtechdev.se/search": "jobtech/sokannonser_platsannons_results_eng.json",
    "https://historical.api.jobtechdev.se/search": "jobtech/sokannonser_platsannons_results_eng.json",
    "https://api.adzuna.com/v1/api/jobs/us/search/1": "adzuna/subhradeepbiswas_adzuna_jobs_REPAIRED_46.json",
}
PAGES = {
    "meta": "colophon_jsonld_meta_software_engineer.html",
    "neura": "colophon_jsonld_neura_robotics_manager.html",
    "diode": "everjobs_detail-diode-senior.html",
    "fermi": "everjobs_detail-fermi-4248451.html",
    "loombotic": "everjobs_detail-loombotic-software.html",
    "avalanche": "everjobs_open-positions.html",
}
CRAWLS = [
    ("remotive", {}),
    ("remoteok", {}),
    ("arbeitnow", {}),
    ("jobicy", {"boards": "feed,prompt engineer"}),
    ("himalayas", {"boards": "feed,prompt engineer"}),
    ("themuse", {"boards": "Design and UX"}),
    ("wwr", {"boards": "feed,remote-sales"}),
    ("jobtech", {"boards": "java,historical:java"}),
    ("adzuna", {"boards": "us:software engineer"}),
    *(("page", {"url": f"https://{name}.example/jobs"}) for name in PAGES),
]


def recording(name: str) -> bytes:
    return (RECORDINGS / name).read_bytes()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The record after every recording was collected in one go."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    for url, name in SERVED.items():
        put(root, url, recording(name))
    both = [json.loads(recording(f"remoteok/{who}_remoteok.json")) for who in ("lcarlini", "michaeldinhmai")]
    put(root, "https://remoteok.com/api", [*both[0], *both[1][1:]])
    job = json.loads(recording("themuse/lcarlini_themuse_PROMPT_job.json"))
    put(root, MUSE, {"page": 0, "page_count": 1, "total": 1, "results": [job]})
    for name, file in PAGES.items():
        put(root, f"https://{name}.example/jobs", recording(f"jsonld/{file}"))
    keys = {f"PROMPTJOBS_ADZUNA_{name}": "1" for name in ("APP_ID", "APP_KEY", "CONSENT")}
    with Replay(root) as server:
        run_many(server, home, CRAWLS, env=keys)
    return Record(home)


@pytest.mark.parametrize(
    ("source", "n"),
    [
        ("remotive", 5),
        ("remoteok", 2),
        ("arbeitnow", 5),
        ("jobicy", 5),
        ("himalayas", 6),
        ("themuse", 1),
        ("wwr", 6),
        ("jobtech", 2),
        ("adzuna", 46),
        ("page", 14),
    ],
)
def test_every_recorded_posting_is_in_the_record(crawled, source, n):
    keys = [key for key in crawled.posting_keys() if key.startswith(f"{source}:")]
    assert len(keys) == n


def test_only_what_is_no_job_is_set_aside(crawled):
    assert Counter(r.field for r in crawled.rejects()) == {"not a job": 4}


def test_checks_are_complete_where_the_recording_is(crawled):
    record = crawled
    outcomes = {f"{r.source}:{b}": o for r in record.runs() for b, o in record.outcomes(r.run_id).items()}
    trimmed = {b: o for b, o in outcomes.items() if o != "complete"}
    declared = {"himalayas:feed", "himalayas:prompt engineer", "jobtech:java", "jobtech:historical:java"}
    assert set(trimmed) == declared | {"adzuna:us:software engineer"} and set(trimmed.values()) == {"partial"}


def document(crawled, external_id):
    return crawled.documents()[external_id]


def test_recorded_fields(crawled):
    found = crawled.documents()
    assert found["2090903"]["html"].startswith("<p>Salary: $18 - $22/hr</p>")
    assert "Please mention the word" not in str(found) and "â\\x80" not in str(found)
    jobicy = found["150172"]
    assert jobicy["pay"] == [
        {"min": 122600.0, "max": 204400.0, "currency": "USD", "period": "year", "kind": "base"}
    ]
    assert jobicy["department"] == "Project & Program Management"
    assert found["19374060"]["company"] == "TikTok"
    assert "<strong>" not in found["1660394283"]["title"] and not found["1660394283"]["pay"]
    assert found["23174210"]["places"] == ["Nacka, Stockholms län, Sverige"]
    assert "donotemail" not in str(found["23174210"]) and "John Doe" not in str(found["23174210"])


def test_recorded_pages(crawled):
    pages = {d["title"]: d for d in crawled.documents().values() if d["source"] == "page"}
    diode = pages["Senior Software Engineer"]
    assert diode["pay"] == [
        {"min": 140000.0, "max": 240000.0, "currency": "USD", "period": "year", "kind": "base"}
    ]
    meta = pages["Software Engineer, Infrastructure"]
    assert meta["country"] == "US" and {"Bellevue, WA", "Austin, TX"} <= set(meta["places"])
    assert "Qualifications</h3>" in meta["html"]
    assert pages["Manager Ecosystem Integration & Certification (Human)"]["country"] == "DE"
    nested = [d for d in pages.values() if d["company"] == "Avalanche Energy"]
    assert len(nested) == 9 and all(d["is_truncated"] and d["country"] == "US" for d in nested)


def test_a_recorded_search_that_answers_with_comments_brings_no_posting():
    payload = json.loads(recording("hackernews/0xquinto_hn_algolia_search.json"))
    assert len(payload["hits"]) == 3 and HNJobs().listing(payload) == []


def test_himalayas_corpus_is_read_whole():
    items = json.loads(lzma.decompress((SHARED / "corpora/himalayas/items_dev.json.xz").read_bytes()))["jobs"]
    listing, unknown = read_records(Himalayas(), items)
    assert len(listing.postings) == 261 and not listing.rejects and not unknown
    paid = [p for p in listing.postings if p.pay]
    assert len(paid) == sum(i["minSalary"] is not None or i["maxSalary"] is not None for i in items) == 147
    assert all(p.pay[0].period and p.pay[0].currency for p in paid)


def test_france_travail_corpus_in_the_apis_form():
    path = SHARED / "corpora/francetravail/offers_dev.jsonl.xz"
    rows = [json.loads(line) for line in lzma.decompress(path.read_bytes()).decode().splitlines()]
    offers = [_offer(row) for row in rows]
    listing, unknown = read_records(FranceTravail(), offers, "prompt engineer")
    assert len(listing.postings) == 485 and not listing.rejects
    labels = {row["offer_id"]: (row["salary"] or "").strip() for row in rows}
    told = {p.external_id: p.pay[0].label if p.pay else "" for p in listing.postings}
    assert told == labels and sum(map(bool, told.values())) == 269 and not unknown


def _offer(row):
    return {
        "id": row["offer_id"],
        "intitule": row["title"],
        "description": row["description"],
        "dateCreation": row["published_date"],
        "lieuTravail": {"libelle": row["location"]},
        "entreprise": {"nom": row["company"]} if row["company"] else {},
        "typeContratLibelle": row["contract_type"],
        "salaire": {"libelle": row["salary"]} if row["salary"] else {},
        "origineOffre": {"urlOrigine": row["url"]},
    }
