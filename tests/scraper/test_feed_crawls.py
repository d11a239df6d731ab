"""Feeds, searches and keyed sources over real HTTP: pages, cuts, settled quarters, keys that stay out of logs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.errors import SettingError
from data.reference import load_cards
from data.schema import Outcome
from data.searches import load_searches, phrases
from scraper.keys import keep_out_of_logs, without_keys
from scraper.pipelines.judge import judge
from scraper.platforms.adzuna import MARKETS
from scraper.platforms.hnjobs import quarters
from scraper.platforms.remoteok import RemoteOK
from scraper.run import crawl, planned_sources, waiting_sources
from scraper.spiders.adzuna import AdzunaSpider
from tests.replay import Replay, put
from tests.scraper.crawling import Record, environ
from tests.scraper.many import run_many
from tests.scraper.reading import read_records, recorded

KEYED = {c.id: c for c in load_cards().values() if c.keys}
KEYS = {
    "PROMPTJOBS_FRANCETRAVAIL_ID": "PAR_lantern_0a1b",
    "PROMPTJOBS_FRANCETRAVAIL_SECRET": "s3cret/of+lantern==",
    "PROMPTJOBS_USAJOBS_KEY": "usajobs-key-lantern=",
    "PROMPTJOBS_USAJOBS_EMAIL": "keeper@lantern.example",
    "PROMPTJOBS_ADZUNA_APP_ID": "my-app-id",
    "PROMPTJOBS_ADZUNA_APP_KEY": "adzuna key/of lantern",
    "PROMPTJOBS_ADZUNA_CONSENT": "1",
}


def himalayas_page(first, last, total, **more):
    """Jobs first to last (exclusive) of `total`."""
    job = json.loads(recorded("himalayas.json"))["jobs"][0]
    jobs = [job | {"guid": f"https://himalayas.app/jobs/{n}"} for n in range(first, last)]
    return {"jobs": jobs, "totalCount": total, **more}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Himalayas in six situations, Remote OK and the job stories twice each."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    put_himalayas(root)
    put(root, "https://remoteok.com/api", recorded("remoteok.json").replace(b"Seven", b"Lead of"))
    put(root, "https://hn.algolia.com/api/v1/search_by_date", recorded("hnjobs.json"))
    crawls = [
        ("himalayas", {"boards": "feed,whole,cut,same,none,shut"}),
        ("remoteok", {}),
        ("remoteok", {}),
        ("hnjobs", {}),
        ("hnjobs", {}),
    ]
    with Replay(root) as server:
        results = run_many(server, home, crawls, RETRY_TIMES=0)
        return SimpleNamespace(
            record=Record(home),
            ids=[str(result["run_id"]) for result in results],
            counts=dict(server.counts),
            statuses=dict(server.statuses),
        )


def put_himalayas(root):
    """A feed by cursor, a search of two pages, one that breaks off, one that repeats itself, one empty, one shut."""
    host = "https://himalayas.app/jobs/api"
    put(root, f"{host}?limit=20&offset=0", himalayas_page(0, 20, 45, nextCursor="c1"))
    put(root, f"{host}?limit=20&cursor=c1", himalayas_page(20, 40, 45, nextCursor="c2"))
    put(root, f"{host}?limit=20&cursor=c2", himalayas_page(40, 45, 45))
    put(root, f"{host}/search?q=whole&page=1", himalayas_page(100, 120, 22))
    put(root, f"{host}/search?q=whole&page=2", himalayas_page(118, 122, 22))
    put(root, f"{host}/search?q=cut&page=1", himalayas_page(200, 220, 60))
    put(root, f"{host}/search?q=cut&page=2", b"", status=500)
    put(root, f"{host}/search?q=same&page=1", himalayas_page(300, 320, 60))
    put(root, f"{host}/search?q=same&page=2", himalayas_page(300, 320, 60))
    put(root, f"{host}/search?q=none&page=1", himalayas_page(0, 0, 0))
    put(root, f"{host}/search?q=shut&page=1", b"", status=403)


@pytest.mark.parametrize(
    ("board", "outcome", "n_seen", "reason"),
    [
        ("feed", "complete", 45, None),
        ("whole", "complete", 22, None),
        ("cut", "partial", 20, "page 2: HTTP 500"),
        ("same", "partial", 20, "60 postings are declared, 20 came"),
        ("none", "empty", 0, "well-formed and empty"),
        ("shut", "blocked", 0, "HTTP 403"),
    ],
)
def test_pages_make_one_answer(crawled, board, outcome, n_seen, reason):
    check = crawled.record.checks(crawled.ids[0])[board]
    assert (check.outcome, check.n_seen) == (outcome, n_seen)
    assert reason is None or reason in check.reason


def test_each_page_is_asked_once(crawled):
    asked = {address: n for address, n in crawled.counts.items() if address.startswith("himalayas.app")}
    assert set(asked.values()) == {1}


def test_an_unchanged_feed_costs_one_304(crawled):
    first, second = crawled.ids[1:3]
    assert crawled.record.outcomes(first) == {"feed": "complete"}
    assert crawled.record.outcomes(second) == {"feed": "unchanged"}
    assert len(crawled.record.seen(second, "feed")) == 3


def test_quarters_that_have_settled_are_not_asked_again(crawled):
    first, second = (crawled.record.outcomes(run_id) for run_id in crawled.ids[3:5])
    now = datetime.now(UTC)
    assert len(first) in (len(quarters(now.date())), len(quarters((now - timedelta(days=1)).date())))
    assert 1 <= len(second) <= 2, "the current quarter, and the last one while it settles"
    stories = {key for key in crawled.record.posting_keys() if key.startswith("hnjobs:")}
    assert stories == {f"hnjobs:{n}" for n in (60000001, 60000002, 60000003)}


def test_records_that_are_no_jobs_are_set_aside_and_fail_nothing():
    listing, _ = read_records(RemoteOK(), RemoteOK().listing(json.loads(recorded("remoteok.json")))[2:])
    judged = judge(listing, lambda ids: False)
    assert (judged.check.outcome, len(judged.rejects), judged.postings) == (Outcome.COMPLETE, 1, ())
    known = judge(listing, lambda ids: True)
    assert known.check.outcome is Outcome.PARTIAL, "one that was taken for a job before is not ended by that"


# --- keyed sources --------------------------------------------------------------------------------


@pytest.mark.parametrize("source", KEYED)
def test_without_its_key_a_source_is_off_says_so_and_is_no_failure(source, tmp_path):
    result = crawl(source, environ={"PROMPTJOBS_HOME": str(tmp_path)})
    assert (result.status, result.is_good, result.run_id) == ("off", True, None)
    assert all(name in result.sentence for name in KEYED[source].keys) and result.sentence.startswith("off: ")
    assert not (tmp_path / "record.sqlite").exists(), "no run is opened"


def test_keyed_sources_are_planned_only_with_all_their_keys():
    cards = load_cards()
    assert set(KEYED) == {"francetravail", "usajobs", "adzuna"}
    assert set(KEYED).isdisjoint(planned_sources(cards, None, {}))
    assert waiting_sources(cards, {}) == list(KEYED) and waiting_sources(cards, KEYS) == []
    assert set(KEYED) <= set(planned_sources(cards, None, KEYS))
    for name in KEYS:
        source = next(s for s, c in KEYED.items() if name in c.keys or name == c.consent)
        assert source not in planned_sources(cards, None, {k: v for k, v in KEYS.items() if k != name})
        assert source not in planned_sources(cards, None, KEYS | {name: " "})
    assert "adzuna" not in planned_sources(cards, None, KEYS | {"PROMPTJOBS_ADZUNA_CONSENT": "yes"})


def test_scrapy_itself_does_not_start_a_source_without_its_key(monkeypatch):
    with pytest.raises(
        SettingError, match=r"PROMPTJOBS_ADZUNA_APP_ID and .* and PROMPTJOBS_ADZUNA_CONSENT=1"
    ):
        AdzunaSpider.from_crawler(None)


TOKEN = "https://entreprise.francetravail.fr/connexion/oauth2/access_token"
OFFERS = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search"


def france_page(first, n):
    offer = json.loads(recorded("francetravail.json"))["resultats"][0]
    return {"resultats": [offer | {"id": f"2{k:05}"} for k in range(first, first + n)]}


def keyed_run(server, home, source, boards=None, **settings):
    server.forget()
    env = environ(server, home) | KEYS
    return crawl(source, boards=boards, environ=env, settings={"LOG_LEVEL": "DEBUG", **settings})


def test_france_travail_asks_for_a_token_then_walks_ranges(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    put(root, TOKEN, {"access_token": "token-of-lantern", "token_type": "Bearer", "expires_in": 1499})
    for board, start, n, status in (
        ("some", 0, 150, 206),
        ("some", 150, 150, 206),
        ("some", 300, 7, 206),
        ("few", 0, 3, 200),
    ):
        url = f"{OFFERS}?motsCles={board}&sort=1&range={start}-{start + 149}"
        put(root, url, france_page(start, n), status=status, headers={"Content-Range": "offres 0-149/307"})
    put(root, f"{OFFERS}?motsCles=none&sort=1&range=0-149", b"", status=204)
    with Replay(root) as server:
        result = keyed_run(server, home, "francetravail", ["some", "few", "none"])
        asked = dict(server.counts)
    record = Record(home)
    assert result.is_good, result.sentence
    assert record.outcomes(result.run_id) == {"some": "complete", "few": "complete", "none": "empty"}
    assert record.checks(result.run_id)["some"].n_seen == 307
    body = next(address for address in asked if "access_token?" in address)
    assert "grant_type=client_credentials" in body and "scope=api_offresdemploiv2+o2dsoffre" in body
    no_key_is_kept(home, "token-of-lantern")


def test_a_refused_key_blocks_every_board_and_says_why(tmp_path):
    put(tmp_path / "answers", TOKEN, {"error": "invalid_client"}, status=401)
    with Replay(tmp_path / "answers") as server:
        result = keyed_run(server, tmp_path / "home", "francetravail")
        assert not any("offres/search" in address for address in server.counts)
    checks = Record(tmp_path / "home").checks(result.run_id)
    assert {c.outcome for c in checks.values()} == {"blocked"} and set(checks) == set(phrases(("fr",)))
    assert all("no token was given for the key: HTTP 401" in c.reason for c in checks.values())
    no_key_is_kept(tmp_path / "home")


def test_adzuna_asks_every_market_and_its_key_is_nowhere_kept(tmp_path):
    root, home = tmp_path / "answers", tmp_path / "home"
    for market in MARKETS:
        put(root, f"https://api.adzuna.com/v1/api/jobs/{market}/search/1", recorded("adzuna.json"))
    put(root, "https://api.adzuna.com/v1/api/jobs/de/search/1", b"", status=500)
    put(root, "https://api.adzuna.com/v1/api/jobs/in/search/1", b"{", truncate=0)
    put(root, "https://api.adzuna.com/v1/api/jobs/ca/search/1", b"", delay=9)
    with Replay(root) as server:
        result = keyed_run(server, home, "adzuna", RETRY_TIMES=1, DOWNLOAD_TIMEOUT=2)
        asked = [address for address in server.counts if "/search/" in address]
    assert all("app_id=my-app-id&app_key=adzuna+key%2Fof+lantern" in address for address in asked)
    outcomes = Record(home).outcomes(result.run_id)
    assert {b.split(":")[0]: o for b, o in outcomes.items()} == {
        "gb": "complete",
        "us": "complete",
        "fr": "complete",
        "ca": "failed",
        "de": "failed",
        "in": "failed",
    }
    assert "fr:ingénieur prompt" in outcomes and "gb:prompt engineer" in outcomes
    log = no_key_is_kept(home)
    assert "Gave up retrying" in log and "[key]" in log, "addresses are in the log, keys are not"


def test_usajobs_signs_with_key_and_address(tmp_path):
    put(tmp_path / "answers", "https://data.usajobs.gov/api/Search", recorded("usajobs.json"))
    with Replay(tmp_path / "answers") as server:
        result = keyed_run(server, tmp_path / "home", "usajobs", ["prompt engineer"])
        assert KEYS["PROMPTJOBS_USAJOBS_EMAIL"] in server.agents
    assert Record(tmp_path / "home").outcomes(result.run_id) == {"prompt engineer": "complete"}
    no_key_is_kept(tmp_path / "home")


def no_key_is_kept(home, *more):
    """No key in any file that the crawl wrote, as it is or as an address writes it; returns the log."""
    secrets = {name: value for name, value in KEYS.items() if name != "PROMPTJOBS_ADZUNA_CONSENT"}
    wanted = secrets | {str(n): value for n, value in enumerate(more)}
    for file in home.rglob("*"):
        if file.is_file():
            text = file.read_bytes().decode("latin-1")
            assert without_keys(text, wanted) == text, file.name
    return next(home.glob("logs/*.log")).read_text("utf-8")


def test_keys_stay_out_of_log_records_and_tracebacks():
    code = """
import logging, sys
from scraper.keys import keep_out_of_logs
secrets = {"A": "key one", "B": "kéy/two"}
keep_out_of_logs(secrets)
secrets["C"] = "later-token"
logging.basicConfig(stream=sys.stdout, level=0)
log = logging.getLogger("x")
log.info("GET https://h/?k=%s&l=%s", "key+one", "k%C3%A9y%2Ftwo")
log.info("%(url)s of 100%%", {"url": "later-token"})
try:
    raise ValueError("https://h/?k=key%20one")
except ValueError:
    log.exception("failed with key one")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    told = done.stdout + done.stderr
    assert not re.search(r"key[+ %]|k%C3|later-token", told), told
    assert told.count("[key]") == 5 and "ValueError" in told and "of 100%" in told


def test_hiding_nothing_changes_nothing():
    assert without_keys("a key", {}) == "a key" == without_keys("a key", {"A": ""})
    assert keep_out_of_logs.__doc__


# --- the table of phrases -------------------------------------------------------------------------


def test_every_market_has_the_role_in_its_language():
    languages = {lang for lang, _ in load_searches()}
    assert {"en", "fr", "de", "sv", "es"} <= languages
    assert "ingénieur prompt" in phrases(("fr",)) and "prompt engineer" in phrases(("en",))
    assert phrases(("en", "fr")).count("prompt engineer") == 1, "once, in whatever languages it stands"
    for _, langs in MARKETS.values():
        assert set(langs) <= languages
    assert all(re.match(r"^[^\s/?#&,:][^/?#&,:]*$", phrase) for _, phrase in load_searches()), (
        "may name a board"
    )


def test_a_broken_table_names_its_line(tmp_path):
    from data.errors import ReferenceDataError

    path = tmp_path / "searches.csv"
    path.write_text("lang,phrase\nen,prompt engineer\nfr,\n", "utf-8")
    with pytest.raises(ReferenceDataError, match="line 3"):
        load_searches(path)
    path.write_text("language,words\n", "utf-8")
    with pytest.raises(ReferenceDataError, match="columns"):
        load_searches(path)
