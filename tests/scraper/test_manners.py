"""Manners: robots.txt, waits, the user agent, the card's budget, and where requests may go."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from types import SimpleNamespace

import brotli
import pytest
import zstandard
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.misc import build_from_crawler
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from data.errors import ReferenceDataError
from data.reference import load_cards
from scraper.board_spider import BoardSpider
from scraper.middlewares.backoff import retry_after
from scraper.middlewares.reserved import Reserved
from scraper.middlewares.resolver import PrivateAddressError, PublicResolver
from scraper.middlewares.robots import RobotsForbiddenError
from scraper.middlewares.scope import OutOfScopeError, Scope
from scraper.middlewares.upstream import bring_back, send_to
from scraper.spiders.lever import LeverSpider
from tests.replay import Replay, put
from tests.scraper.crawling import Record, run

# The host of one board each: its robots.txt, what becomes of the check, and why.
ROBOTS = {
    "nobody": (b"User-agent: *\nDisallow: /", {}, "blocked", "disallowed by robots.txt"),
    "not-us": (
        b"User-agent: promptjobs\nDisallow: /api/\n\nUser-agent: *\nAllow: /",
        {},
        "blocked",
        "disallowed",
    ),
    "elsewhere": (b"User-agent: *\nDisallow: /api/other/", {}, "empty", None),
    "without": (b"<html>Disallow: /</html>", {"status": 404}, "empty", None),
    "unwell": (b"User-agent: *\nDisallow:", {"status": 503}, "failed", "robots.txt could not be read"),
}


@pytest.fixture(scope="module")
def robots(tmp_path_factory):
    """One crawl of boards with hosts of their own."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    for name, (body, meta, _, _) in ROBOTS.items():
        plain = {"Content-Type": "text/plain"}
        put(root, f"https://{name}.recruitee.com/robots.txt", body, headers=plain, **meta)
        put(root, f"https://{name}.recruitee.com/api/offers", {"offers": []})
    with Replay(root) as server:
        result = run(server, home, "recruitee", list(ROBOTS), RETRY_TIMES=0)
        asked, agents = dict(server.counts), list(server.agents)
    assert len(agents) == 1 and agents[0].startswith("promptjobs/")
    return Record(home).checks(result.run_id), asked


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_txt_of_each_host_decides(robots, name):
    checks, asked = robots
    _, _, outcome, reason = ROBOTS[name]
    assert checks[name].outcome == outcome and (reason is None or reason in checks[name].reason)
    assert asked.get(f"{name}.recruitee.com/api/offers", 0) == (outcome == "empty")
    assert asked[f"{name}.recruitee.com/robots.txt"] == 1


def test_every_spider_has_a_card_and_every_scraped_card_a_spider():
    loader = SpiderLoader.from_settings(_project())
    assert set(loader.list()) == {c.id for c in load_cards().values() if c.is_scraped}
    for name in loader.list():
        spider = loader.load(name)
        assert issubclass(spider, BoardSpider) and spider.platform.source == name


def test_a_spider_without_a_card_does_not_run():
    class Stray(BoardSpider):
        name = "stray"

    with pytest.raises(ReferenceDataError, match="stray has no card"):
        Stray.update_settings(Settings())


def test_the_cards_budget_is_in_force_and_a_replay_has_none():
    live, replay = Settings(), Settings({"PROMPTJOBS_REPLAY": True})
    LeverSpider.update_settings(live)
    LeverSpider.update_settings(replay)
    budget = load_cards()["lever"].budget
    assert live.getfloat("DOWNLOAD_DELAY") == budget.delay
    assert live.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == budget.concurrency
    assert replay.getfloat("DOWNLOAD_DELAY") == 0


def _project():
    settings = get_project_settings()
    settings.setmodule("scraper.settings")
    return settings


def test_defaults_are_polite():
    settings = _project()
    assert settings.getbool("ROBOTSTXT_OBEY") and settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 0.5 and settings.getint("RETRY_TIMES") <= 3
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") and settings.getint("REDIRECT_MAX_TIMES") <= 5
    for off in ("COOKIES_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "METAREFRESH_ENABLED"):
        assert not settings.getbool(off), off
    assert {s for s, handler in settings.getdict("DOWNLOAD_HANDLERS").items() if handler} == {"http", "https"}


NOW = datetime(2026, 7, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Wed, 01 Jul 2026 12:00:30 GMT", 30),
        (b"Wed, 01 Jul 2026 11:00:00 GMT", 0),
        (b"Wed, 01 Jul 2026 12:00:30", None),
        (b"soon", None),
        (b"-5", None),
        (b"9" * 40, None),
        (None, None),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("url", "away"),
    [
        ("https://a.example/b/c?d=e&f=%2F", "http://127.0.0.1:9/a.example/b/c?d=e&f=%2F"),
        ("https://a.example", "http://127.0.0.1:9/a.example/"),
        ("https://a.example/robots.txt", "http://127.0.0.1:9/a.example/robots.txt"),
    ],
)
def test_upstream_addresses(url, away):
    assert send_to("http://127.0.0.1:9", url) == away
    assert bring_back("http://127.0.0.1:9", away).rstrip("/") == url
    assert bring_back("http://127.0.0.1:9", "/relative") == "/relative"


@pytest.mark.parametrize(("value", "outcome"), [("1", "blocked"), (" 1 ", "blocked"), ("0", "complete")])
def test_a_reservation_against_mining_is_honoured(value, outcome):
    """Without a crawl: the header alone decides, for every source."""
    response = Response(url="https://a.example/", headers={"TDM-Reservation": value})
    if outcome == "complete":
        assert Reserved().process_response(Request("https://a.example/"), response) is response
        return
    with pytest.raises(RobotsForbiddenError, match="text and data mining"):
        Reserved().process_response(Request("https://a.example/"), response)


# --- what comes in: nothing grows without bound ---------------------------------------------------

SPACE = b" " * 3_000_000
PACKED = {
    "gzip": gzip.compress(SPACE),
    "deflate": zlib.compress(SPACE),
    "br": brotli.compress(SPACE, quality=1),
    "zstd": zstandard.compress(SPACE),
    "gzip, gzip": gzip.compress(gzip.compress(SPACE)),
}


@pytest.mark.parametrize("coding", PACKED)
def test_a_body_that_inflates_beyond_the_bound_is_refused(coding):
    """Every coding the downloader understands, also one inside another: it stops while it inflates."""
    answer = Response("https://a.example/", headers={"Content-Encoding": coding}, body=PACKED[coding])
    small, large = (_inflater(size) for size in (1_000_000, 4_000_000))
    assert len(PACKED[coding]) < 10_000
    with pytest.raises(IgnoreRequest, match="DOWNLOAD_MAXSIZE"):
        small.process_response(Request("https://a.example/"), answer)
    assert large.process_response(Request("https://a.example/"), answer).body == SPACE


def _inflater(size):
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": size})
    crawler.spider = SimpleNamespace()
    return build_from_crawler(HttpCompressionMiddleware, crawler)


# --- where requests go: nowhere private, nowhere that forbids it ----------------------------------


@pytest.mark.parametrize(
    ("address", "is_public"),
    [("127.0.0.1", False), ("10.0.0.1", False), ("169.254.169.254", False), ("93.184.216.34", True)],
)
def test_a_name_is_judged_by_what_it_resolves_to_each_time(monkeypatch, address, is_public):
    """Also from the cache, and also when the same name was public before (DNS rebinding)."""
    cache = LocalCache()
    cache.update({"a.example": address, "own.example": address})
    monkeypatch.setattr("scrapy.resolver.dnscache", cache)
    resolver = PublicResolver(SimpleNamespace(getThreadPool=lambda: None), 10, 5.0)
    resolver.spared = frozenset({"own.example"})
    found = []
    resolver.getHostByName("a.example").addBoth(found.append)
    assert found == [address] if is_public else isinstance(found[0].value, PrivateAddressError)
    resolver.getHostByName("own.example").addBoth(found.append)
    assert found[1] == address, "what the user set up may be private"


def test_the_user_spares_only_what_he_set_up(monkeypatch):
    monkeypatch.setattr("scraper.middlewares.resolver.getproxies", lambda: {"https": "http://proxy.lan:3128"})
    crawler = SimpleNamespace(
        settings=Settings({"PROMPTJOBS_UPSTREAM": "http://127.0.0.1:9", "DNS_TIMEOUT": 5, "DNSCACHE_SIZE": 9})
    )
    resolver = PublicResolver.from_crawler(crawler, SimpleNamespace(getThreadPool=lambda: None))
    assert resolver.spared == {"127.0.0.1", "proxy.lan"}


ELSEWHERE = [
    "http://127.0.0.1/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::1]/",
    "http://[::127.0.0.1]/",
    "https://a.example:8080/",
    "https://user:word@a.example/",
    "ftp://a.example/",
    "https://www.linkedin.com/jobs/view/1",
    "https://fr.indeed.com/viewjob?jk=1",
]


@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("source", ["page", "lever"])
def test_a_redirect_leads_nowhere_that_may_not_be_asked(source, url):
    """The middleware sees every request, those of redirects too."""
    scope = Scope(SimpleNamespace(spider=SimpleNamespace(name=source)))
    with pytest.raises(OutOfScopeError):
        scope.process_request(Request(url))
    good = "https://api.lever.co/v0/postings/a" if source == "lever" else "https://lantern.example/jobs"
    assert scope.process_request(Request(good)) is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/html,x", "s3://bucket/key"])
def test_other_schemes_have_no_handler_and_no_way_through(url):
    with pytest.raises(OutOfScopeError):
        Scope(SimpleNamespace(spider=SimpleNamespace(name="page"))).process_request(Request(url))
