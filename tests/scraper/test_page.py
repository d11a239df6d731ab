"""Any page: JSON-LD at every depth, microdata, lists and sitemaps; and what is refused of addresses from outside."""

from __future__ import annotations

import contextlib
import gzip
import json
from datetime import date
from time import perf_counter
from types import SimpleNamespace

import pytest

from data.errors import SettingError
from data.schema import StructuredPay
from scraper.addresses import is_private, not_public
from scraper.markup import inflated
from scraper.opened import open_page, root_name
from scraper.platforms.page import Page
from scraper.run import crawl
from scraper.spiders.page import OnePageSpider
from tests.replay import Replay, put
from tests.scraper.crawling import Record
from tests.scraper.many import run_many
from tests.scraper.reading import read_records, recorded

HERE = "https://lantern.example/work/"


def read(body, page=HERE):
    nodes = Page().listing(Page().decode(body if isinstance(body, bytes) else body.encode())[0])
    return read_records(Page(), [{"page": page, "node": node} for node in nodes])


def ld(*nodes):
    """A page with these objects as JSON-LD."""
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    return f"<!doctype html><html><head>{scripts}</head><body><h1>Work</h1></body></html>"


def job(**changes):
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Prompt Engineer",
        "description": "<p>You write prompts.</p>",
        "hiringOrganization": {"@type": "Organization", "name": "Lantern Works"},
    } | changes


# --- reading --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page():
    return read(recorded("page.html"))


def test_every_posting_of_a_page_is_found_and_a_cut_block_is_set_aside(page):
    listing, _ = page
    assert [p.title for p in listing.postings] == [
        "Prompt Engineer & Tester",
        "Lamp Keeper",
        "Wick Analyst",
        "Night Prompt Writer",
    ]
    assert [r.reason for r in listing.rejects] == ["record: ValueError the page's JSON-LD cannot be read"]
    assert listing.lost_ids == (None,), "what it held is not known, so the page is not complete"


def test_json_ld_in_a_graph_with_comment_marks_and_a_comma_too_many(page):
    first = page[0].postings[0]
    assert first.external_id == "lantern.example:LW-1" and first.url == "https://lantern.example/jobs/1#apply"
    assert first.html == "<p>You write prompts.</p>\n<h3>Responsibilities</h3>Measure them"
    assert (first.places, first.country, first.company) == (("Lyon, FRA",), "FR", "Lantern Works")
    assert first.posted_on == date(2026, 8, 10), "the day as the employer writes it"
    assert first.employment_type == "FULL_TIME, CONTRACTOR"
    assert first.pay == (StructuredPay(min=52000, max=64000, currency="EUR", period="year"),)


def test_entries_of_a_list_are_postings_of_their_own(page):
    second, third = page[0].postings[1:3]
    assert second.url == third.url == HERE and second.external_id != third.external_id
    assert (second.text, second.is_truncated) == ("Lamp Keeper", True), "the list says no more"
    assert (second.company, second.places, second.posted_basis) == ("Quiet Harbour", ("Bellevue, WA",), None)
    assert (third.workplace, third.places) == ("remote", ("Sweden",))
    assert third.pay == (StructuredPay(min=35, max=35, currency="USD"),), "an estimate is not stated pay"
    assert page[1]["datePosted=August 2026"] == 1 and third.posted_on is None


def test_microdata(page):
    last = page[0].postings[3]
    assert last.html == "<p>You write <b>prompts</b> at night.</p><ul><li>Quietly</li></ul>"
    assert (last.url, last.company, last.posted_on) == (
        "https://lantern.example/jobs/4",
        "Quiet Harbour",
        date(2026, 8, 9),
    )
    assert (last.places, last.country) == (("Oslo, Norway",), "NO")
    assert last.pay == (StructuredPay(min=300, max=300, currency="NOK", period="hour"),)


def test_nobodys_contact_is_kept(page):
    nodes = Page().listing(Page().decode(recorded("page.html"))[0])
    assert "Ann Lantern" not in str(nodes)


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (
            {"currency": "USD", "value": {"minValue": 1, "maxValue": 2, "unitText": "HOUR"}},
            [(1, 2, "USD", "hour")],
        ),
        ({"currency": "USD", "minValue": 1, "maxValue": 2, "unitText": "DAY"}, [(1, 2, "USD", "day")]),
        ({"currency": "USD", "value": "90,000", "unitText": "year"}, [(90000, 90000, "USD", "year")]),
        ({"currency": "USD", "value": {"value": 5, "unitText": "WEEK"}}, [(5, 5, "USD", "week")]),
        ({"currency": "USD", "value": {"minValue": 7, "unitText": "MONTH"}}, [(7, None, "USD", "month")]),
        (
            [{"value": 1, "currency": "EUR"}, {"value": 2, "currency": "CHF"}],
            [(1, 1, "EUR", None), (2, 2, "CHF", None)],
        ),
        ("120000", [(120000, 120000, None, None)]),
        ({"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, []),
        ({"currency": "USD", "value": {"minValue": 9, "maxValue": 2, "unitText": "YEAR"}}, []),
        ({"currency": "dollars", "value": {"minValue": 1, "unitText": "FORTNIGHT"}}, [(1, None, None, None)]),
        ("competitive", []),
        ({}, []),
        (None, []),
    ],
)
def test_pay_in_every_writing(salary, pay):
    listing, _ = read(ld(job(baseSalary=salary)))
    assert [(p.min, p.max, p.currency, p.period) for p in listing.postings[0].pay] == pay


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"hiringOrganization": "Lantern Works"}, "company", "Lantern Works"),
        ({"hiringOrganization": [{"name": "Lantern Works"}]}, "company", "Lantern Works"),
        ({"hiringOrganization": None}, "company", None),
        ({"jobLocation": {"address": "Lyon, France"}}, "places", ("Lyon, France",)),
        ({"jobLocation": "Lyon"}, "places", ("Lyon",)),
        (
            {"jobLocation": [{"address": {"addressLocality": "Lyon"}}, {"name": "Nice"}]},
            "places",
            ("Lyon", "Nice"),
        ),
        ({"jobLocation": {"address": {"addressCountry": "Germany"}}}, "country", "DE"),
        ({"jobLocation": {"address": {"addressCountry": "Narnia"}}}, "country", None),
        ({"jobLocation": {"address": {"addressRegion": "N/A"}}}, "country", None),
        ({"datePosted": "2026-08-10"}, "posted_on", date(2026, 8, 10)),
        ({"datePosted": ["2026-08-10T23:59:00Z"]}, "posted_on", date(2026, 8, 10)),
        ({"datePosted": "10/08/2026"}, "posted_on", None),
        ({"title": ["Prompt Engineer", "Other"]}, "title", "Prompt Engineer"),
        ({"identifier": "7"}, "external_id", "lantern.example:7"),
        ({"identifier": {"value": 7}}, "external_id", "lantern.example:7"),
        ({"url": "https://elsewhere.example/1"}, "url", "https://elsewhere.example/1"),
        ({"url": ""}, "url", HERE),
        ({"description": "Plain\nwords & more"}, "html", "Plain<br>\nwords &amp; more"),
        (
            {"skills": ["Prompts", {"name": "Lamps"}]},
            "html",
            "<p>You write prompts.</p>\n<h3>Skills</h3><p>Prompts</p><p>Lamps</p>",
        ),
        ({"skills": "You write prompts."}, "html", "<p>You write prompts.</p>"),
        ({"@type": "http://schema.org/JobPosting"}, "title", "Prompt Engineer"),
        ({"@type": "schema:JobPosting"}, "title", "Prompt Engineer"),
    ],
)
def test_fields_in_every_writing(changes, field, value):
    listing, _ = read(ld(job(**changes)))
    assert getattr(listing.postings[0], field) == value


def test_an_employers_name_is_no_id_of_a_posting():
    same = {"@type": "PropertyValue", "name": "id", "value": "Lantern Works"}
    listing, _ = read(ld(job(identifier=same), job(identifier=same, title="Lamp Keeper")))
    assert len({p.external_id for p in listing.postings}) == 2


@pytest.mark.parametrize("node", [job(title=None), {"@type": "JobPosting"}, job(url="javascript:alert(1)")])
def test_a_bad_posting_costs_only_itself(node):
    listing, _ = read(ld(node, job(identifier="9")))
    assert [p.external_id for p in listing.postings] == ["lantern.example:9"] and len(listing.rejects) == 1


@pytest.mark.parametrize("depth", [5, 40, 3000])
def test_depth_is_bounded(depth):
    text = '{"a": ' * depth + json.dumps(job()) + "}" * depth
    listing, _ = read(f'<html><script type="application/ld+json">{text}</script></html>')
    assert (len(listing.postings), len(listing.rejects)) == ((1, 0) if depth < 60 else (0, 1))


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x00\xff\xfe", b"plain words", b"%PDF-1.7", b"{}", b"<html></html>"]
)
def test_a_page_without_postings_is_no_error_or_says_that_it_is_none(body):
    try:
        assert open_page(body).nodes == ()
    except ValueError as error:
        assert "no readable HTML" in str(error)


def test_text_that_is_no_utf8_says_so_in_the_page():
    body = ld(job(title="Développeur de prompts")).replace("<head>", '<head><meta charset="iso-8859-1">')
    listing, _ = read(body.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    assert listing.postings[0].title == "Développeur de prompts"
    listing, _ = read(json_bytes("Développeur de prompts"))
    assert listing.postings[0].title == "Développeur de prompts", "UTF-8 where the page says nothing"


def json_bytes(title):
    text = json.dumps(job(title=title), ensure_ascii=False)
    return f'<html><script type="application/ld+json">{text}</script></html>'.encode()


def sitemap(*urls, kind="urlset", entry="url"):
    rows = "".join(f"<{entry}><loc> {url} </loc></{entry}>" for url in urls)
    return f'<?xml version="1.0"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{kind}>'.encode()


def test_sitemaps_and_their_index():
    opened = open_page(sitemap("https://a.example/jobs/1", "https://a.example/jobs/2"))
    assert opened.is_map and opened.links == ("https://a.example/jobs/1", "https://a.example/jobs/2")
    index = open_page(
        gzip.compress(sitemap("https://a.example/jobs.xml", kind="sitemapindex", entry="sitemap"))
    )
    assert (index.maps, index.links, index.is_map) == (("https://a.example/jobs.xml",), (), True)


def test_an_xml_bomb_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(ValueError, match="document type"):
        from scraper.markup import read_xml

        read_xml(bomb + b"<urlset><url><loc>&b;</loc></url></urlset>")


def test_a_gzip_bomb_is_refused_before_it_is_whole():
    bomb = gzip.compress(b"0" * 5_000_000)
    with pytest.raises(ValueError, match="more than 100000 bytes"):
        inflated(bomb, 100_000)
    assert inflated(b"plain") == b"plain" and inflated(gzip.compress(b"small"), 100) == b"small"
    with pytest.raises(ValueError, match="no readable gzip"):
        inflated(b"\x1f\x8b\x08broken")


# --- what may be asked ----------------------------------------------------------------------------

REFUSED = [
    "file:///etc/passwd",
    "ftp://lantern.example/jobs",
    "data:text/html,x",
    "javascript:alert(1)",
    "//lantern.example/jobs",
    "lantern.example/jobs",
    "",
    "http://",
    "http://localhost/",
    "http://localhost./",
    "http://intranet/",
    "http://printer.local/",
    "http://db.internal:80/",
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.9/",
    "http://192.168.1.1/jobs",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://2130706433/",
    "https://lantern.example:8443/",
    "https://lantern.example:99999/",
    "https://user:word@lantern.example/",
    "https://[broken/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_not_asked(url):
    assert not_public(url)
    with pytest.raises(SettingError, match="cannot be asked"):
        OnePageSpider(url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://lantern.example/jobs?id=1",
        "http://8.8.8.8/",
        "https://LANTERN.example:443/",
        "http://[2606:4700::1]/",
    ],
)
def test_addresses_that_may_be_asked(url):
    assert not_public(url) is None and OnePageSpider(url=url).url == url


def test_a_page_must_be_named():
    with pytest.raises(SettingError, match="none was given"):
        OnePageSpider()


def test_private_addresses():
    assert is_private("10.0.0.1") and is_private("::ffff:127.0.0.1") and is_private("fe80::1%eth0")
    assert not is_private("lantern.example") and not is_private("9.9.9.9")


def test_the_name_of_a_page_is_the_same_in_every_run():
    one, two = (
        OnePageSpider(url="https://lantern.example/jobs/?a=1&b=2").boards()[0].board for _ in range(2)
    )
    assert one == two and one.startswith("lantern.example:")
    assert one != OnePageSpider(url="https://lantern.example/jobs/?a=1").boards()[0].board


# --- crawls ---------------------------------------------------------------------------------------

SITE = "https://lantern.example"
BOMB = gzip.compress(b"<html>" + b" " * 40_000_000, 9)
# host → how it answers at /jobs, and what the check says.
REFUSED_BODIES = {
    "tdm-header": ({"headers": {"TDM-Reservation": "1"}}, ld(job()), "blocked", "text and data mining"),
    "tdm-meta": (
        {},
        ld(job()).replace("<head>", '<head><meta name="tdm-reservation" content="1">'),
        "blocked",
        "text and data mining",
    ),
    "bomb": ({"headers": {"Content-Encoding": "gzip"}, "gzip": False}, BOMB, "failed", "DOWNLOAD_MAXSIZE"),
    "large": ({"gzip": False}, b"<html>" + b" " * 9_000_000, "failed", "size"),
    "to-file": ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, b"", "failed", "HTTP 302"),
    "to-private": (
        {"status": 301, "headers": {"Location": "https://127.0.0.1/"}},
        b"",
        "failed",
        "no public host",
    ),
    "gone": ({"status": 404}, b"", "failed", "HTTP 404"),
    "none": ({}, b"<html><body>no jobs today</body></html>", "empty", "well-formed and empty"),
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A sitemap, one page twice, and every page that is refused."""
    root, home = tmp_path_factory.mktemp("answers"), tmp_path_factory.mktemp("home")
    put_site(root)
    for name, (meta, body, _, _) in REFUSED_BODIES.items():
        put(root, f"https://{name}.example/jobs", body, **meta)
    urls = [f"{SITE}/sitemap.xml", f"{SITE}/jobs/1", f"{SITE}/jobs/1"]
    urls += [f"https://{name}.example/jobs" for name in REFUSED_BODIES]
    with Replay(root) as server:
        results = run_many(server, home, [("page", {"url": url}) for url in urls], RETRY_TIMES=0)
        asked = {address for address in server.counts if "robots" not in address}
    record = Record(home)
    checks = [next(iter(record.checks(str(result["run_id"])).values())) for result in results]
    return SimpleNamespace(
        record=record,
        site=checks[:3],
        refused=dict(zip(REFUSED_BODIES, checks[3:], strict=True)),
        asked=asked,
    )


def put_site(root):
    """A sitemap of sitemaps, one of them elsewhere; pages that are there, gone, and redirected inwards."""
    maps = sitemap(f"{SITE}/s/jobs.xml", "http://10.0.0.1/x.xml", kind="sitemapindex", entry="sitemap")
    put(root, f"{SITE}/sitemap.xml", maps)
    links = [f"{SITE}/jobs/{n}" for n in (1, 2, 3, 4, 1)] + [f"{SITE}/about", "https://other.example/jobs/1"]
    put(root, f"{SITE}/s/jobs.xml", gzip.compress(sitemap(*links)), gzip=False)
    for n in (1, 2):
        put(root, f"{SITE}/jobs/{n}", ld(job(identifier=f"LW-{n}")))
    put(root, f"{SITE}/jobs/3", b"", status=410)
    put(root, f"{SITE}/jobs/4", b"", status=302, headers={"Location": "http://169.254.169.254/latest"})


def test_a_sitemap_is_walked_within_its_host(crawled):
    check = crawled.site[0]
    assert check.outcome == "partial" and "may not be asked" in check.reason and "jobs/4" in check.reason
    mine = {address for address in crawled.asked if address.startswith("lantern.example/")}
    paths = ("sitemap.xml", "s/jobs.xml", *(f"jobs/{n}" for n in range(1, 5)))
    assert mine == {f"lantern.example/{path}" for path in paths}
    assert not any(address.startswith(("10.", "169.", "127.", "other")) for address in crawled.asked)


def test_a_single_page_costs_one_304_the_second_time(crawled):
    assert [check.outcome for check in crawled.site[1:]] == ["complete", "unchanged"]


@pytest.mark.parametrize("name", REFUSED_BODIES)
def test_what_is_refused_fails_and_says_why(crawled, name):
    check, (_, _, outcome, reason) = crawled.refused[name], REFUSED_BODIES[name]
    assert check.outcome == outcome and reason in check.reason, check.reason


def test_only_the_sites_own_postings_are_kept(crawled):
    assert crawled.record.posting_keys() == {"page:lantern.example:LW-1", "page:lantern.example:LW-2"}


def test_a_public_name_that_resolves_to_a_private_address_is_not_asked(tmp_path):
    """No replay here: "127.1" is a name to us and the loopback to a resolver."""
    assert not_public("http://127.1/jobs") is None
    result = crawl(
        "page",
        arguments={"url": "http://127.1/jobs"},
        environ={"PROMPTJOBS_HOME": str(tmp_path)},
        settings={"RETRY_TIMES": 0},
    )
    (check,) = Record(tmp_path).checks(result.run_id).values()
    assert check.outcome == "failed" and "no results for hostname lookup: 127.1" in check.reason
    log = (tmp_path / "logs" / "crawl-page.log").read_text("utf-8")
    assert "127.1 resolves to the private address 127.0.0.1 and is not asked" in log


# --- hostile pages --------------------------------------------------------------------------------

DEEP = 900


@pytest.mark.parametrize(
    "body",
    [
        b"<!---->" * 100_000 + b"<urlset/>",
        b"<?a?>" * 100_000,
        b"<!--" * 100_000,
        b'<script type="application/ld+json">' + b"<!--" * 100_000 + b" JobPosting</script>",
        b'<script type="application/ld+json">' + b", " * 200_000 + b" JobPosting</script>",
        b'<div itemscope itemtype="https://schema.org/JobPosting">' + b"<div itemprop=title>" * 5_000,
        b'<div itemscope itemtype="https://schema.org/JobPosting" itemprop="a">' * 2_000,
    ],
)
def test_hostile_pages_are_read_in_linear_time(body):
    begun = perf_counter()
    with contextlib.suppress(ValueError):
        open_page(body)
    assert perf_counter() - begun < 10


@pytest.mark.parametrize(
    "field", ["description", "jobLocation", "baseSalary", "hiringOrganization", "skills", "x"]
)
@pytest.mark.parametrize(
    ("start", "end"), [("[", "]"), ('{"name": ', "}"), ('{"value": ', "}"), ('{"address": ', "}")]
)
def test_values_nested_deeply_inside_a_posting_cost_no_more_than_it(field, start, end):
    nested = start * DEEP + '"x"' + end * DEEP
    whole = json.dumps(job(identifier="1"))[:-1] + f', "{field}": {nested}}}'
    listing, _ = read(
        f'<script type="application/ld+json">[{whole}, {json.dumps(job(identifier="2"))}]</script>'
    )
    assert "lantern.example:2" in [p.external_id for p in listing.postings] or not listing.postings
    assert len(listing.postings) + len(listing.rejects) >= 1


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><?style x?><urlset>', b"urlset"),
        (b"<sm:sitemapindex xmlns:sm='x'>", b"sitemapindex"),
        (b"<!doctype html><html>", b""),
        (b"<html>", b"html"),
        (b"", b""),
        (b"<!-- never ends", b""),
        (b"plain", b""),
    ],
)
def test_root_names(body, name):
    assert root_name(body) == name
