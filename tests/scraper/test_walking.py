"""Boards of several requests over real HTTP: pages, single postings' own pages, what fails in the middle, two crawls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from scraper.run import crawl
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, Record, environ, job, page, run
from tests.shared import SHARED

OWN = Path(__file__).parent.parent / "recordings"
QUICK = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 5}
OWLS = "https://api.smartrecruiters.com/v1/companies/SlateOwl/postings"
FJORD = "https://fjord.wd3.myworkdayjobs.com/wday/cxs/fjord/Fjord"
FINCH = "https://apply.workable.com/api"


def owl(number, name):
    template = json.loads((OWN / "smartrecruiters.json").read_text())["content"][0]
    return template | {"id": str(number), "name": name}


def advert(text):
    return {"jobAd": {"sections": {"jobDescription": {"title": "Work", "text": text}}}}


def put_owls(root, *jobs, per_page=2):
    for offset in range(0, len(jobs), per_page):
        content = list(jobs[offset : offset + per_page])
        answer = {"offset": offset, "limit": per_page, "totalFound": len(jobs), "content": content}
        put(root, f"{OWLS}?limit=100&offset={offset}", answer)


@pytest.fixture(scope="module")
def owls(tmp_path_factory):
    """Five postings on three pages; one own page answers 500, one 404; then a second crawl of an edited board."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    jobs = [owl(1, "Clerk"), owl(2, "Prompt Engineer"), owl(3, "Porter"), owl(4, "Cook"), owl(5, "Guard")]
    put_owls(root, *jobs)
    for n in (1, 2, 5):
        put(root, f"{OWLS}/{n}", advert(f"<p>Text {n}</p>"))
    put(root, f"{OWLS}/3", b"oops", status=500)
    with Replay(root) as server:
        first = run(server, home, "smartrecruiters", ["SlateOwl"], **QUICK)
        first_counts, first_documents = dict(server.counts), Record(home).documents()
        put_owls(root, *jobs[:4], jobs[4] | {"name": "Night Guard"})
        put(root, f"{OWLS}/2", advert("<p>Text 2, edited</p>"))
        put(root, f"{OWLS}/3", advert("<p>Text 3</p>"))
        second = run(server, home, "smartrecruiters", ["SlateOwl"], **QUICK)
        yield SimpleNamespace(
            first=first,
            second=second,
            first_counts=first_counts,
            first_documents=first_documents,
            counts=dict(server.counts),
            record=Record(home),
        )


def asked(counts, n):
    return counts.get(f"{OWLS}/{n}".removeprefix("https://"), 0)


def test_all_pages_and_own_pages_are_read_and_nothing_is_lost(owls):
    assert owls.record.outcomes(owls.first.run_id) == {"SlateOwl": "complete"}
    assert owls.record.postings()["SlateOwl"] == {"1", "2", "3", "4", "5"}
    texts = {i: d["html"] for i, d in owls.first_documents.items()}
    assert texts == {
        "1": "<h3>Work</h3><p>Text 1</p>",
        "2": "<h3>Work</h3><p>Text 2</p>",
        "3": "",
        "4": "",
        "5": "<h3>Work</h3><p>Text 5</p>",
    }, "a posting whose own page failed is kept with the facts of the list"
    assert owls.first_documents["3"]["title"] == "Porter"
    assert [owls.first.stats[f"details/{name}"] for name in ("read", "gone", "owed")] == [3, 1, 1]


def test_a_second_crawl_asks_for_what_is_missing_of_interest_or_renamed_only(owls):
    assert [asked(owls.counts, n) for n in range(1, 6)] == [0, 1, 1, 1, 1]
    documents = owls.record.documents()
    assert documents["1"] == owls.first_documents["1"], "not asked again, listed again"
    assert documents["2"]["html"] == "<h3>Work</h3><p>Text 2, edited</p>"
    assert documents["3"]["html"] == "<h3>Work</h3><p>Text 3</p>"
    assert documents["5"]["title"] == "Night Guard"
    assert owls.record.seen(owls.second.run_id, "SlateOwl") == {"1", "2", "3", "4", "5"}
    assert (owls.second.stats["postings/new"], owls.second.stats["postings/changed"]) == (0, 3)


def test_the_budget_bounds_own_pages_the_most_wanted_first(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    jobs = [owl(n, "Prompt Engineer" if n == 230 else f"Clerk {n}") for n in range(1, 231)]
    put_owls(root, *jobs, per_page=100)
    for n in range(1, 231):
        put(root, f"{OWLS}/{n}", advert(f"<p>Text {n}</p>"))
    with Replay(root) as server:
        first = run(server, home, "smartrecruiters", ["SlateOwl"], **QUICK)
        assert asked(server.counts, 230) == 1 and asked(server.counts, 229) == 0
        second = run(server, home, "smartrecruiters", ["SlateOwl"], **QUICK)
    assert [first.stats[f"details/{name}"] for name in ("read", "owed")] == [200, 30]
    assert [second.stats[f"details/{name}"] for name in ("read", "owed")] == [31, 0]
    assert all(d["html"] for d in Record(home).documents().values())


def test_a_host_that_fails_three_times_is_left_alone(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put_owls(root, *[owl(n, f"Clerk {n}") for n in range(1, 10)], per_page=100)
    for n in range(1, 10):
        put(root, f"{OWLS}/{n}", b"", status=503)
    with Replay(root) as server:
        result = run(server, home, "smartrecruiters", ["SlateOwl"], **QUICK)
        assert server.statuses[503] == 3
    assert result.stats["details/owed"] == 9 and len(Record(home).postings()["SlateOwl"]) == 9


def test_where_no_posting_has_a_page_of_its_own_nobody_asks_on(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put(root, GREENHOUSE.format("lantern"), page(*[job(n) for n in range(9)]))
    with Replay(root) as server:
        result = run(server, home, "greenhouse", ["lantern"], **QUICK)
        assert server.statuses[404] == 1 + 3, "robots.txt and three postings"
        assert run(server, home, "greenhouse", ["lantern"], **QUICK).checks == {"unchanged": 1}
    assert [result.stats[f"details/{name}"] for name in ("read", "gone", "owed")] == [0, 3, 0]


def test_a_stop_between_two_pages_keeps_what_was_collected(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put_ferries(root, 45, delay=2)
    command = [sys.executable, "-m", "scrapy", "crawl", "workday", "-a", "boards=fjord.wd3:Fjord"]
    with Replay(root) as server:
        env = {**os.environ, **environ(server, home), "SCRAPY_SETTINGS_MODULE": "scraper.settings"}
        child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while sum(server.counts.values()) < 3:  # robots.txt and two pages
            assert time.monotonic() < deadline
            time.sleep(0.02)
        child.terminate()
        assert child.wait(30) == 0
    record = Record(home)
    (only,) = record.runs()
    check = record.checks(only.run_id)["fjord.wd3:Fjord"]
    assert (only.status, check.outcome) == ("interrupted", "partial")
    assert "the crawl was stopped" in check.reason and len(record.postings()["fjord.wd3:Fjord"]) == 40


def ferry(n):
    return {"title": f"Ferry Pilot {n}", "externalPath": f"/job/x/Ferry-Pilot-{n}_JR-{n}", "bulletFields": []}


def put_ferries(root, n, **second_page):
    for offset in range(0, n, 20):
        body = json.dumps(
            {"appliedFacets": {}, "limit": 20, "offset": offset, "searchText": ""}, sort_keys=True
        )
        jobs = [ferry(k) for k in range(offset, min(n, offset + 20))]
        meta = second_page if offset == 20 else {}
        answer = {"total": n if offset == 0 else 0, "jobPostings": jobs}
        put(root, f"{FJORD}/jobs?{body}", answer, **meta)


def test_workday_is_paged_by_post_and_a_failing_page_makes_it_partial(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put_ferries(root, 45)
    put(root, f"{FJORD}/job/x/Ferry-Pilot-7_JR-7", (OWN / "workday_detail.json").read_bytes())
    with Replay(root) as server:
        first = run(server, home, "workday", ["fjord.wd3:Fjord"], **QUICK)
        put_ferries(root, 45, status=500)
        second = run(server, home, "workday", ["fjord.wd3:Fjord"], **QUICK)
    record = Record(home)
    assert record.outcomes(first.run_id) == {"fjord.wd3:Fjord": "complete"}
    held = record.postings()["fjord.wd3:Fjord"]
    assert len(held) == 45 and "fjord.wd3:Fjord:JR-7" in held
    assert "write prompts for ferries" in record.documents()["fjord.wd3:Fjord:JR-7"]["html"]
    check = record.checks(second.run_id)["fjord.wd3:Fjord"]
    assert (check.outcome, check.reason) == ("partial", "page 2: HTTP 500 Internal Server Error")
    assert len(record.seen(second.run_id, "fjord.wd3:Fjord")) == 20


def test_a_token_that_makes_no_address_fails_alone(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put_ferries(root, 1)
    with Replay(root) as server:
        result = run(server, home, "workday", ["nonsense", "fjord.wd3:Fjord"], **QUICK)
        again = run(server, home, "workday", ["fjord.wd3:Fjord"], **QUICK)
    assert Record(home).outcomes(result.run_id) == {"nonsense": "failed", "fjord.wd3:Fjord": "complete"}
    assert again.checks == {"complete": 1}, "a POST is never conditional"


def test_greenhouse_pay_is_read_once_where_a_prompt_posting_shows_none(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    address = "https://boards-api.greenhouse.io/v1/boards/lantern/jobs/{}?pay_transparency=true"
    put(root, GREENHOUSE.format("lantern"), page(job(1), job(2, title="Lamp Lighter")))
    ranges = [
        {"min_cents": 9000000, "max_cents": 12000000, "currency_type": "USD", "title": "NYC", "blurb": ""}
    ]
    put(root, address.format(1), job(1) | {"pay_input_ranges": ranges})
    with Replay(root) as server:
        run(server, home, "greenhouse", ["lantern"], **QUICK)
        assert server.counts[address.format(1).removeprefix("https://")] == 1
        assert server.counts[address.format(2).removeprefix("https://")] == 0
        assert (run(server, home, "greenhouse", ["lantern"], **QUICK).checks) == {"unchanged": 1}
        assert sum(server.counts.values()) == 2, "robots.txt and one 304"
        put(root, GREENHOUSE.format("lantern"), page(job(1), job(3, title="Lamp Cleaner")))
        put(root, address.format(1), b"", status=500)
        last = run(server, home, "greenhouse", ["lantern"], **QUICK)
    pay = {"min": 90000.0, "max": 120000.0, "currency": "USD", "kind": "base"}
    assert Record(home).documents()["1"]["pay"] == [pay]
    assert last.stats["postings/changed"] == 0, "pay that could not be asked again is no edit"


def test_lever_reads_on_where_an_answer_may_have_been_cut(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    template = json.loads((OWN / "lever.json").read_text())[0]
    jobs = [template | {"id": f"k{n}"} for n in range(130)]
    deaf = [template | {"id": f"d{n}"} for n in range(50)]
    site = "https://api.lever.co/v0/postings/{}?mode=json"
    put(root, site.format("cut"), jobs[:100])
    put(root, site.format("cut") + "&skip=100&limit=100", jobs[100:])
    put(root, "https://api.eu.lever.co/v0/postings/deaf", deaf)  # knows no paging
    boards = tmp_path / "boards.csv"
    boards.write_text(
        "source,board,company,status,region,evidence,last_seen\nlever,cut,,on,,x,\nlever,deaf,,on,eu,x,\n"
    )
    with Replay(root) as server:
        env = environ(server, home) | {"PROMPTJOBS_BOARDS": str(boards)}
        result = crawl("lever", environ=env, settings=QUICK)
        assert server.counts["api.eu.lever.co/v0/postings/deaf?mode=json&skip=50&limit=100"] == 1
    held = Record(home).postings()
    assert Record(home).outcomes(result.run_id) == {"cut": "complete", "deaf": "complete"}
    assert held["cut"] == {f"k{n}" for n in range(130)}


def test_workable_falls_back_to_the_v3_list(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put(root, f"{FINCH}/v1/widget/accounts/well?details=true", (OWN / "workable.json").read_bytes())
    payload = json.loads((OWN / "workable_v3.json").read_text())
    put(root, f"{FINCH}/v3/accounts/sick/jobs", {"total": 2, "results": payload["results"][1:]})
    every = {"query": "", "location": [], "department": [], "worktype": [], "remote": []}
    put(root, f"{FINCH}/v3/accounts/sick/jobs?{json.dumps(every, sort_keys=True)}", payload | {"total": 2})
    put(root, f"{FINCH}/v2/accounts/sick/jobs/CF00000003", {"description": "<p>Count gusts.</p>"})
    put(root, f"{FINCH}/v1/widget/accounts/busy?details=true", b"", status=503)
    with Replay(root) as server:
        result = run(server, home, "workable", ["well", "sick", "gone", "busy"], **QUICK)
        assert not any("v3/accounts/busy" in address for address in server.counts)
        again = run(server, home, "workable", ["well"], **QUICK)
    record = Record(home)
    assert again.checks == {"unchanged": 1}
    outcomes = {"well": "complete", "sick": "complete", "gone": "failed", "busy": "failed"}
    assert record.outcomes(result.run_id) == outcomes
    assert record.postings() == {"well": {"CF00000001", "CF00000002"}, "sick": {"CF00000003"}}
    assert record.documents()["CF00000003"]["html"] == "<p>Count gusts.</p>"
    assert record.checks(result.run_id)["gone"].reason.startswith("HTTP 404")


def test_personio_and_teamtailor_ask_what_follows_and_stay_on_their_hosts(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    german = (OWN / "personio.xml").read_text()
    empty, text = (
        "<jobDescriptions></jobDescriptions>",
        "<jobDescription><name>Tasks</name><value>Keep moss.</value></jobDescription>",
    )
    put(root, "https://moss.jobs.personio.de/xml", german)
    english = german.replace(empty, f"<jobDescriptions>{text}</jobDescriptions>")
    put(root, "https://moss.jobs.personio.de/xml?language=en", english)
    put(
        root,
        "https://bomb.jobs.personio.de/xml",
        '<!DOCTYPE a [<!ENTITY b "c">]><workzag-jobs>&b;</workzag-jobs>',
    )
    feed = json.loads((OWN / "teamtailor.json").read_text())
    first, second = ({**feed, "items": [item]} for item in feed["items"])
    put(
        root,
        "https://birch.teamtailor.com/jobs.json",
        first | {"next_url": "https://birch.teamtailor.com/jobs.json?page=2"},
    )
    put(root, "https://birch.teamtailor.com/jobs.json?page=2", second)
    elsewhere = [first["items"][0] | {"id": "a3"}]
    put(
        root,
        "https://away.teamtailor.com/jobs.json",
        {"items": elsewhere, "title": "x", "next_url": "https://127.0.0.1/jobs.json"},
    )
    put(
        root,
        "https://moved.teamtailor.com/jobs.json",
        b"",
        status=301,
        headers={"Location": "https://careers.moved.example/jobs.json"},
    )
    with Replay(root) as server:
        xml = run(server, home, "personio", ["moss", "bomb"], **QUICK)
        json_feed = run(server, home, "teamtailor", ["birch", "away", "moved"], **QUICK)
        assert not any("127.0.0.1" in address or "careers." in address for address in server.counts)
    record = Record(home)
    assert record.outcomes(xml.run_id) == {"moss": "complete", "bomb": "failed"}
    assert record.documents()["700002"]["html"] == "<h3>Tasks</h3>Keep moss."
    assert record.outcomes(json_feed.run_id) == {"birch": "complete", "away": "partial", "moved": "failed"}
    assert len(record.postings()["birch"]) == 2


# Where each shared recording is served, and how many postings its board then holds.
SERVED = {
    "workable": {
        "careerkit_workable.json": f"{FINCH}/v1/widget/accounts/zaelab?details=true",
        "michaeldinhmai_vasion_widget.json": f"{FINCH}/v1/widget/accounts/vasion",
    },
    "smartrecruiters": {
        "careerkit_smartrecruiters.json": "https://api.smartrecruiters.com/v1/companies/knight/postings",
        "michaeldinhmai_page0.json": "https://api.smartrecruiters.com/v1/companies/aa/postings",
        "michaeldinhmai_page1.json": "https://api.smartrecruiters.com/v1/companies/aa/postings?limit=100&offset=3",
        "michaeldinhmai_detail.json": "https://api.smartrecruiters.com/v1/companies/aa/postings/743999706414750",
    },
    "recruitee": {"careerkit_recruitee.json": "https://acme.recruitee.com/api/offers"},
    "personio": {
        "careerkit_personio.xml": "https://acme.jobs.personio.de/xml",
        "cpsit_api-response-multiple-positions.xml": "https://cpsit.jobs.personio.de/xml",
    },
    "teamtailor": {"careerkit_teamtailor.json": "https://career.teamtailor.com/jobs.json"},
    "workday": {
        "careerkit_workday.json": "https://salesforce.wd12.myworkdayjobs.com/wday/cxs/salesforce/Site/jobs",
        "olinares_nvidia_page1_TRANSCRIBED.json": "https://nvidia.wd5.myworkdayjobs.com/wday/cxs/nvidia/Site/jobs",
        "olinares_nvidia_job_TRANSCRIBED.json": "https://nvidia.wd5.myworkdayjobs.com/wday/cxs/nvidia/Site"
        "/job/US-VA-Remote/Senior-Solutions-Architect--Ethernet-Networking---NVIS_JR2016460",
    },
}
HELD = {
    "workable": {"zaelab": ("complete", 1), "vasion": ("complete", 2)},
    # An arranged paging: four postings are declared, the second page repeats one of three.
    "smartrecruiters": {"knight": ("complete", 1), "aa": ("partial", 3)},
    "recruitee": {"acme": ("complete", 2)},
    "personio": {"acme": ("complete", 1), "cpsit": ("complete", 2)},
    "teamtailor": {"career": ("complete", 2)},
    # 23 are declared, one page of 10 was recorded.
    "workday": {"salesforce.wd12:Site": ("complete", 2), "nvidia.wd5:Site": ("partial", 10)},
}


@pytest.mark.parametrize("source", SERVED)
def test_every_shared_recording_goes_through_its_spider(tmp_path, source):
    folder = SHARED / "recordings" / source
    if not folder.exists():
        pytest.skip("the shared recordings are not on this machine")
    root, home = tmp_path / "answers", tmp_path / "home"
    for name, url in SERVED[source].items():
        put(root, url, (folder / name).read_bytes())
    with Replay(root) as server:
        result = run(server, home, source, list(HELD[source]), **QUICK)
    record = Record(home)
    found = {
        board: (outcome, len(record.postings()[board]))
        for board, outcome in record.outcomes(result.run_id).items()
    }
    assert found == HELD[source] and not record.rejects()
    texts = [d["html"] for d in record.documents().values()]
    assert any(texts) or source == "teamtailor", "the recorder cut the texts of Teamtailor's feed"
